#pragma once

// Where the sources are. Only source_folder.cpp is compiled with the path, so that a compiler cache
// serves all other tests in any clone.

#include <filesystem>

namespace lantian {

const std::filesystem::path& source_folder();

} // namespace lantian

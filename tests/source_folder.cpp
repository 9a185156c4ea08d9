#include "source_folder.hpp"

namespace lantian {

const std::filesystem::path& source_folder() {
  static const std::filesystem::path folder = LANTIAN_SOURCE_DIR;
  return folder;
}

} // namespace lantian

#pragma once

#include <span>
#include <string_view>

namespace lantian {

struct TemplateFile {
  std::string_view path; //!< below the folder
  std::string_view text;
};

//! The files of scenarios/template, as they were when the command was built.
std::span<const TemplateFile> template_files();

} // namespace lantian

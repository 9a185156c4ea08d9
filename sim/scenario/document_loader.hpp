#pragma once

// From files to one merged tree. The files are applied in this order, each once: those that a file
// extends, in the order it names them, then its own CSV tables, then its own TOML. Whatever is
// common to two files that are both extended is applied first, so it never undoes a change.

#include <string>

#include "scenario/diagnostics.hpp"
#include "scenario/input_files.hpp"
#include "scenario/read_options.hpp"
#include "scenario/value.hpp"

namespace lantian {

//! Reads `top` and all that it extends and names into `document`, which `diagnostics` must know.
//! Mistakes are reported; what could be read is in the document nevertheless.
void load_document(const InputFiles& files, const std::string& top, const ReadLimits& limits,
                   Document& document, Diagnostics& diagnostics);

} // namespace lantian

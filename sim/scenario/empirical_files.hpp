#pragma once

// { empirical = { file = "hours.csv", column = "nox", unit = "mg/m3" } }: the values of a
// distribution from a column of a CSV file. Replaced by the values themselves before anything is
// read.

#include "scenario/diagnostics.hpp"
#include "scenario/file_reader.hpp"
#include "scenario/value.hpp"

namespace lantian {

//! Replaces `file`, `column` and `unit` of every empirical distribution by `values`.
void read_empirical_files(Document& document, FileReader& reader, Diagnostics& diagnostics);

} // namespace lantian

#pragma once

// Numbers as the tables of the command show them.

#include <string>

namespace lantian {

//! Four significant digits, with thousands kept whole: "12350", "3.142", "-0.01234", "1.234e+09".
std::string number_cell(double value);

//! A share as "12.3 %".
std::string percent_cell(double share);

} // namespace lantian

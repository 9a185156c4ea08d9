#pragma once

// Numbers as the tables of the command show them.

#include <string>

namespace lantian {

//! Four significant digits, with thousands kept whole: "12350", "3.142", "-0.01234", "1.234e+09".
std::string number_cell(double value);

//! A date given in days since 1970-01-01; "-" where there is none.
std::string date_cell(double days);

//! The same of a quantile, which may lie after the last day of the horizon: "> 2026-12-31".
std::string quantile_cell(double days, double horizon_end);

//! A share as "12.3 %".
std::string percent_cell(double share);

} // namespace lantian

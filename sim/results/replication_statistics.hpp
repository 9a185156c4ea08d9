#pragma once
//! The statistics over the replications at the end of a run, from what was written of them.

#include <span>
#include <stop_token>

#include "results/variable_array.hpp"

namespace lantian {

//! Reads arrays back, some columns of chunks at a time, and writes their means, standard errors and
//! quantiles. Unpacking, computing and packing is done on `threads` threads; libhdf5 is called by
//! this one alone, and in the same order whatever the threads. Stops between columns.
void write_statistics(hid_t group, std::span<const VariableArray* const> arrays, unsigned threads,
                      const std::stop_token& stop);

} // namespace lantian

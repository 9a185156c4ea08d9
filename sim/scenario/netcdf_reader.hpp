#pragma once

// Reads a netCDF-4 (or HDF5) file as a table of rows, as a CSV file would be, and as xarray's
// to_dataframe() does: every axis is a column whose cells are its labels, every variable is a
// column, and a number gets the text of its attribute `units`. The rows are the combinations of the
// labels; one is left out where the variables with the most axes are missing (NaN, or the
// _FillValue). An axis `id` names the rows, else their labels do, joined by "--". Groups and
// scalars are not read.

#include <cstdint>
#include <optional>
#include <string_view>

#include "scenario/diagnostics.hpp"
#include "scenario/read_options.hpp"
#include "scenario/value.hpp"

namespace lantian {

//! Whether these are the bytes of a netCDF or HDF5 file, of whatever version.
bool is_netcdf(std::string_view bytes);

//! A table of rows, as read_csv_rows makes it. Reports a classic netCDF file, axes without labels,
//! and what libhdf5 cannot read.
std::optional<Value> read_netcdf_rows(std::string_view bytes, std::uint32_t file,
                                      Diagnostics& diagnostics, const ReadLimits& limits = {});

} // namespace lantian

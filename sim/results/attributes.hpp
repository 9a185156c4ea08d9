#pragma once
//! Attributes of HDF5 objects, as netCDF-4 readers expect them: texts are variable-length UTF-8,
//! numbers are arrays of one element or more, in little-endian file types.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ensemble/layout.hpp"
#include "hdf5/reading.hpp"

namespace lantian::hdf5 {

//! Writes an attribute that is not there yet.
void put(hid_t object, const Attribute& attribute);

//! A text that lies in the attribute itself: `ncdump -t` knows no other where it decodes dates.
//! h5py shows it as bytes.
void put_fixed_text(hid_t object, const std::string& name, const std::string& text);

//! The `units` and `calendar` of a time, such as "days since 1970-01-01", as fixed texts.
void put_time_unit(hid_t object, const std::string& unit);

//! Numbers of a given file type, e.g. a `_FillValue` or `flag_values`.
void put_numbers(hid_t object, const std::string& name, std::span<const std::int8_t> values);
void put_numbers(hid_t object, const std::string& name, std::span<const std::int32_t> values);
void put_numbers(hid_t object, const std::string& name, std::span<const double> values);

//! The CF attributes `flag_values` and `flag_meanings`.
void put_flags(hid_t object, std::span<const Flag> flags);

//! All attributes that `put` can write, sorted by name; those of HDF5's own dimension scales are
//! left out.
std::vector<Attribute> attributes(hid_t object);

} // namespace lantian::hdf5

#pragma once
//! Datasets, dimensions and groups as netCDF-4 readers expect them.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hdf5/reading.hpp"

namespace lantian::hdf5 {

//! Creation properties of a group (H5P_GROUP_CREATE) or a file with its root (H5P_FILE_CREATE):
//! members and attributes are listed in the order in which they were made.
Properties group_properties(hid_t kind);

//! A new group with these properties.
Group create_group(hid_t parent, const std::string& name);

//! Creation properties common to all datasets: no time stamps, attributes within the header.
Properties dataset_properties();

//! How a chunked dataset is stored. Always with Fletcher-32 checksums.
struct Storage {
  std::vector<hsize_t> chunk; //!< cut down to the shape where it is longer
  bool deflate = false;
};

//! A new dataset; chunked unless it is a scalar or has no values (HDF5 knows no such chunks).
Dataset create_dataset(hid_t group, const std::string& name, hid_t file_type,
                       std::span<const hsize_t> shape, const Storage& storage);

//! A new one-dimensional dataset, written whole, stored in one piece without checksum.
Dataset write_list(hid_t group, const std::string& name, std::span<const double> values);
Dataset write_list(hid_t group, const std::string& name, std::span<const std::int32_t> values);
Dataset write_list(hid_t group, const std::string& name, std::span<const std::string> values);

//! Makes a dataset a dimension that is also the coordinate variable of its name.
void make_dimension(const Dataset& dataset, const std::string& name);

//! Says that the axes of `dataset` are these dimensions, in order.
void attach(const Dataset& dataset, std::span<const hid_t> dimensions);

//! The values within a box: `start` and `count` along each axis, the last running fastest.
void read_box(const Dataset& dataset, std::span<const hsize_t> start,
              std::span<const hsize_t> count, hid_t memory_type, void* values);
void write_box(const Dataset& dataset, std::span<const hsize_t> start,
               std::span<const hsize_t> count, hid_t memory_type, const void* values);

//! Whether a dataset's values carry Fletcher-32 checksums.
bool is_checksummed(const Dataset& dataset);

} // namespace lantian::hdf5

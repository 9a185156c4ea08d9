#include "results/datasets.hpp"

#include <algorithm>
#include <array>

#include <hdf5_hl.h>

namespace lantian::hdf5 {
namespace {

Dataset write_whole(hid_t group, const std::string& name, hid_t file_type, hid_t memory_type,
                    std::size_t length, const void* data, hid_t transfer = H5P_DEFAULT) {
  const std::array<hsize_t, 1> shape = {length};
  const Space space(H5Screate_simple(1, shape.data(), nullptr), "create a data space");
  Dataset dataset(H5Dcreate2(group, name.c_str(), file_type, space.id(), H5P_DEFAULT,
                             dataset_properties().id(), H5P_DEFAULT),
                  "create " + name);
  if (length > 0) {
    checked(H5Dwrite(dataset.id(), memory_type, H5S_ALL, H5S_ALL, transfer, data), "write " + name);
  }
  return dataset;
}

Space box_space(const Dataset& dataset, std::span<const hsize_t> start,
                std::span<const hsize_t> count) {
  Space space(H5Dget_space(dataset.id()), "open a data space");
  if (!count.empty()) { // a scalar is its own box
    checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(),
                                nullptr),
            "select a box");
  }
  return space;
}

// With as many axes as the file has: libhdf5 maps boxes of another rank value by value, at a
// tenth of the speed.
Space memory_space(std::span<const hsize_t> count) {
  return {H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr),
          "create a data space"};
}

} // namespace

Properties group_properties(hid_t kind) {
  Properties properties(H5Pcreate(kind), "create group properties");
  checked(
      H5Pset_link_creation_order(properties.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
      "set the order of links");
  checked(H5Pset_obj_track_times(properties.id(), false), "leave time stamps out");
  checked(H5Pset_attr_phase_change(properties.id(), 64, 32), "keep attributes in order");
  return properties;
}

Group create_group(hid_t parent, const std::string& name) {
  const Properties properties = group_properties(H5P_GROUP_CREATE);
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
          "create the group " + name};
}

Properties dataset_properties() {
  Properties properties(H5Pcreate(H5P_DATASET_CREATE), "create dataset properties");
  checked(H5Pset_obj_track_times(properties.id(), false), "leave time stamps out");
  checked(H5Pset_attr_phase_change(properties.id(), 64, 32), "keep attributes in order");
  return properties;
}

Dataset create_dataset(hid_t group, const std::string& name, hid_t file_type,
                       std::span<const hsize_t> shape, const Storage& storage) {
  const Properties creation = dataset_properties();
  const bool is_empty = std::ranges::find(shape, 0u) != shape.end();
  if (!is_empty && !shape.empty()) {
    std::vector<hsize_t> chunk(shape.size());
    std::ranges::transform(shape, storage.chunk, chunk.begin(), std::ranges::min);
    checked(H5Pset_chunk(creation.id(), static_cast<int>(chunk.size()), chunk.data()),
            "set chunks");
    if (storage.deflate) {
      checked(H5Pset_deflate(creation.id(), 1), "set compression");
    }
    checked(H5Pset_fletcher32(creation.id()), "set checksums");
  }
  // Whole chunks are written and read once: a cache of them would only cost memory.
  const Properties access(H5Pcreate(H5P_DATASET_ACCESS), "create dataset properties");
  checked(H5Pset_chunk_cache(access.id(), 1, 0, 1.0), "set the chunk cache");
  const Space space(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                    "create a data space");
  return {H5Dcreate2(group, name.c_str(), file_type, space.id(), H5P_DEFAULT, creation.id(),
                     access.id()),
          "create " + name};
}

Dataset write_list(hid_t group, const std::string& name, std::span<const double> values) {
  return write_whole(group, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, values.size(), values.data());
}

Dataset write_list(hid_t group, const std::string& name, std::span<const std::int32_t> values) {
  return write_whole(group, name, H5T_STD_I32LE, H5T_NATIVE_INT32, values.size(), values.data());
}

Dataset write_list(hid_t group, const std::string& name, std::span<const std::string> values) {
  const Type type = text_type();
  std::vector<const char*> raw;
  for (const std::string& value : values) {
    raw.push_back(value.c_str());
  }
  return write_whole(group, name, type.id(), type.id(), raw.size(), raw.data(),
                     text_transfer(raw.size()).id());
}

void make_dimension(const Dataset& dataset, const std::string& name) {
  checked(H5DSset_scale(dataset.id(), name.c_str()), "make the dimension " + name);
}

void attach(const Dataset& dataset, std::span<const hid_t> dimensions) {
  for (std::size_t axis = 0; axis < dimensions.size(); ++axis) {
    checked(H5DSattach_scale(dataset.id(), dimensions[axis], static_cast<unsigned>(axis)),
            "attach a dimension");
  }
}

void read_box(const Dataset& dataset, std::span<const hsize_t> start,
              std::span<const hsize_t> count, hid_t memory_type, void* values) {
  const Space box = box_space(dataset, start, count);
  checked(
      H5Dread(dataset.id(), memory_type, memory_space(count).id(), box.id(), H5P_DEFAULT, values),
      "read values");
}

void write_box(const Dataset& dataset, std::span<const hsize_t> start,
               std::span<const hsize_t> count, hid_t memory_type, const void* values) {
  const Space box = box_space(dataset, start, count);
  checked(
      H5Dwrite(dataset.id(), memory_type, memory_space(count).id(), box.id(), H5P_DEFAULT, values),
      "write values");
}

bool is_checksummed(const Dataset& dataset) {
  const Properties creation(H5Dget_create_plist(dataset.id()), "read dataset properties");
  unsigned flags = 0;
  std::size_t elements = 0;
  unsigned settings = 0;
  return H5Pget_filter_by_id2(creation.id(), H5Z_FILTER_FLETCHER32, &flags, &elements, nullptr, 0,
                              nullptr, &settings) >= 0;
}

} // namespace lantian::hdf5

#include "results/result_format.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "results/attributes.hpp"
#include "results/datasets.hpp"
#include "results/sha256.hpp"

namespace lantian {
namespace {

constexpr hsize_t kInputChunk = 1 << 20;

std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

hdf5::Group open_or_create(hid_t parent, const std::string& name) {
  if (hdf5::checked(H5Lexists(parent, name.c_str(), H5P_DEFAULT), "look for " + name) > 0) {
    return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT), "open " + name};
  }
  return hdf5::create_group(parent, name);
}

InputFile read_input(const hdf5::Dataset& dataset, const std::string& name) {
  InputFile input{name, std::string(hdf5::shape(dataset).at(0), '\0')};
  if (!input.bytes.empty()) {
    hdf5::checked(
        H5Dread(dataset.id(), H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, input.bytes.data()),
        "read the input " + name);
  }
  if (hdf5::text(dataset.id(), "sha256") != sha256(input.bytes)) {
    throw hdf5::Failure(fmt::format("the input {} does not match its SHA-256", name));
  }
  return input;
}

} // namespace

void check_input_names(const std::vector<InputFile>& inputs) {
  std::set<std::string> distinct;
  for (const InputFile& input : inputs) {
    const bool is_relative = std::ranges::none_of(segments(input.path), [](const auto& part) {
      return part.empty() || part == "." || part == "..";
    });
    if (!is_relative || !distinct.insert(input.path).second) {
      throw std::invalid_argument(
          fmt::format("input '{}': not a relative path, or there twice", input.path));
    }
  }
}

void write_input(hid_t inputs, const InputFile& input) {
  const std::vector<std::string> parts = segments(input.path);
  std::vector<hdf5::Group> folders; // keeps each parent open while its child is made
  hid_t parent = inputs;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    folders.push_back(open_or_create(parent, parts[i]));
    parent = folders.back().id();
  }
  const hsize_t size = input.bytes.size();
  const hsize_t start = 0;
  const hdf5::Dataset dataset = hdf5::create_dataset(parent, parts.back(), H5T_STD_U8LE,
                                                     std::span(&size, 1), {{kInputChunk}, true});
  if (size > 0) {
    hdf5::write_box(dataset, std::span(&start, 1), std::span(&size, 1), H5T_NATIVE_UINT8,
                    input.bytes.data());
  }
  hdf5::make_dimension(dataset, parts.back());
  hdf5::put(dataset.id(), {"long_name", std::string("input file, byte for byte")});
  hdf5::put(dataset.id(), {"sha256", sha256(input.bytes)});
}

std::vector<InputFile> read_inputs(hid_t group, const std::string& folder) {
  std::vector<InputFile> inputs;
  for (const std::string& name : hdf5::members(group)) {
    const hdf5::Object object(H5Oopen(group, name.c_str(), H5P_DEFAULT), "open " + name);
    if (H5Iget_type(object.id()) == H5I_GROUP) {
      std::vector<InputFile> below = read_inputs(object.id(), folder + name + "/");
      inputs.insert(inputs.end(), std::make_move_iterator(below.begin()),
                    std::make_move_iterator(below.end()));
    } else {
      inputs.push_back(read_input(hdf5::open_dataset(group, name), folder + name));
    }
  }
  return inputs;
}

} // namespace lantian

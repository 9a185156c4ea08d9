#include "results/digest.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <vector>

#include "results/attributes.hpp"
#include "results/datasets.hpp"

namespace lantian::hdf5 {

void ContentDigest::add_length(std::uint64_t length) {
  std::array<std::byte, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::byte>(length >> (8 * i));
  }
  hash_.add(bytes);
}

void ContentDigest::add_text(const std::string& text) {
  add_length(text.size());
  hash_.add(text);
}

void ContentDigest::add_attributes(hid_t object) {
  for (const std::string& name : attribute_names(object)) {
    if (name == kDigestAttribute || is_scale_machinery(name)) {
      continue;
    }
    add_text(name);
    for (const std::string& text : texts(object, name)) {
      add_text(text);
    }
  }
}

void ContentDigest::add_values(hid_t dataset, std::size_t count) {
  const Type type(H5Dget_type(dataset), "read a type");
  std::vector<std::byte> bytes(count * H5Tget_size(type.id()));
  if (count > 0) {
    checked(H5Dread(dataset, type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()),
            "read values");
  }
  hash_.add(bytes);
}

void ContentDigest::add_dataset(hid_t group, const std::string& name) {
  const Dataset dataset = open_dataset(group, name);
  const std::vector<hsize_t> lengths = shape(dataset);
  std::ranges::for_each(lengths, [&](hsize_t length) { add_length(length); });
  add_attributes(dataset.id());
  for (const std::string& dimension : dimensions(dataset)) {
    add_text(dimension);
  }
  if (is_checksummed(dataset)) {
    return;
  }
  if (value_class(dataset) == H5T_STRING) {
    for (const std::string& text : read_texts(dataset)) {
      add_text(text);
    }
    return;
  }
  add_values(dataset.id(),
             std::accumulate(lengths.begin(), lengths.end(), std::size_t{1}, std::multiplies{}));
}

void ContentDigest::add_group(hid_t group, const std::string& path) {
  add_text(path);
  add_attributes(group);
  std::vector<std::string> names = members(group);
  std::ranges::sort(names);
  for (const std::string& name : names) {
    const Object object(H5Oopen(group, name.c_str(), H5P_DEFAULT), "open " + name);
    if (H5Iget_type(object.id()) == H5I_GROUP) {
      add_group(object.id(), path + "/" + name);
    } else {
      add_text(path + "/" + name);
      add_dataset(group, name);
    }
  }
}

} // namespace lantian::hdf5

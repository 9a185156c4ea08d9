#include "results/attributes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace lantian::hdf5 {
namespace {

Space list_space(std::size_t length) {
  const hsize_t size = length;
  return {H5Screate_simple(1, &size, nullptr), "create a data space"};
}

void put_raw(hid_t object, const std::string& name, hid_t file_type, hid_t memory_type, hid_t space,
             const void* data) {
  const AttributeHandle attribute(
      H5Acreate2(object, name.c_str(), file_type, space, H5P_DEFAULT, H5P_DEFAULT),
      "create the attribute " + name);
  checked(H5Awrite(attribute.id(), memory_type, data), "write the attribute " + name);
}

void put_value(hid_t object, const std::string& name, const std::string& text) {
  const Space scalar(H5Screate(H5S_SCALAR), "create a data space");
  const Type type = text_type();
  const char* data = text.c_str();
  put_raw(object, name, type.id(), type.id(), scalar.id(), &data);
}

void put_value(hid_t object, const std::string& name, const std::vector<std::string>& texts) {
  const Type type = text_type();
  std::vector<const char*> data;
  for (const std::string& text : texts) {
    data.push_back(text.c_str());
  }
  put_raw(object, name, type.id(), type.id(), list_space(texts.size()).id(), data.data());
}

void put_value(hid_t object, const std::string& name, std::int64_t value) {
  put_raw(object, name, H5T_STD_I64LE, H5T_NATIVE_INT64, list_space(1).id(), &value);
}

void put_value(hid_t object, const std::string& name, std::uint64_t value) {
  put_raw(object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, list_space(1).id(), &value);
}

void put_value(hid_t object, const std::string& name, double value) {
  put_raw(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, list_space(1).id(), &value);
}

template <class T>
T read_number(const OpenAttribute& opened, const std::string& name, hid_t memory_type) {
  std::vector<T> values(opened.length);
  checked(H5Aread(opened.attribute.id(), memory_type, values.data()), "read the attribute " + name);
  return values.front();
}

std::optional<Attribute> read(hid_t object, const std::string& name) {
  const std::optional<OpenAttribute> opened = open_attribute(object, name);
  if (!opened || opened->length == 0) {
    return std::nullopt;
  }
  if (opened->kind == H5T_FLOAT) {
    return Attribute{name, read_number<double>(*opened, name, H5T_NATIVE_DOUBLE)};
  }
  if (opened->kind == H5T_INTEGER && H5Tget_sign(opened->type.id()) == H5T_SGN_NONE) {
    return Attribute{name, read_number<std::uint64_t>(*opened, name, H5T_NATIVE_UINT64)};
  }
  if (opened->kind == H5T_INTEGER) {
    return Attribute{name, read_number<std::int64_t>(*opened, name, H5T_NATIVE_INT64)};
  }
  std::vector<std::string> all = texts(*opened, name);
  if (all.empty()) {
    return std::nullopt;
  }
  if (H5Sget_simple_extent_type(opened->space.id()) == H5S_SCALAR) {
    return Attribute{name, std::move(all.front())};
  }
  return Attribute{name, std::move(all)};
}

// What libhdf5 keeps to know the dimensions.
bool is_scale_machinery(const std::string& attribute) {
  constexpr std::array names = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST"};
  return std::ranges::find(names, attribute) != names.end();
}

} // namespace

void put(hid_t object, const Attribute& attribute) {
  std::visit([&](const auto& value) { put_value(object, attribute.name, value); }, attribute.value);
}

void put_fixed_text(hid_t object, const std::string& name, const std::string& text) {
  const Space scalar(H5Screate(H5S_SCALAR), "create a data space");
  const Type type(H5Tcopy(H5T_C_S1), "copy a type");
  checked(H5Tset_size(type.id(), text.size() + 1), "make a text type");
  put_raw(object, name, type.id(), type.id(), scalar.id(), text.c_str());
}

void put_time_unit(hid_t object, const std::string& unit) {
  put_fixed_text(object, "units", unit);
  put_fixed_text(object, "calendar", "proleptic_gregorian");
}

void put_numbers(hid_t object, const std::string& name, std::span<const std::int8_t> values) {
  put_raw(object, name, H5T_STD_I8LE, H5T_NATIVE_INT8, list_space(values.size()).id(),
          values.data());
}

void put_numbers(hid_t object, const std::string& name, std::span<const std::int32_t> values) {
  put_raw(object, name, H5T_STD_I32LE, H5T_NATIVE_INT32, list_space(values.size()).id(),
          values.data());
}

void put_numbers(hid_t object, const std::string& name, std::span<const double> values) {
  put_raw(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, list_space(values.size()).id(),
          values.data());
}

void put_flags(hid_t object, std::span<const Flag> flags) {
  std::vector<std::int8_t> values;
  std::string meanings;
  for (const Flag& flag : flags) {
    values.push_back(flag.value);
    meanings += (meanings.empty() ? "" : " ") + flag.meaning;
  }
  put_numbers(object, "flag_values", values);
  put(object, {"flag_meanings", meanings});
}

std::vector<Attribute> attributes(hid_t object) {
  std::vector<Attribute> all;
  for (const std::string& name : attribute_names(object)) {
    if (is_scale_machinery(name)) {
      continue;
    }
    if (std::optional<Attribute> attribute = read(object, name)) {
      all.push_back(std::move(*attribute));
    }
  }
  return all;
}

} // namespace lantian::hdf5

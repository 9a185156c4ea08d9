#include "hdf5/reading.hpp"

#include <algorithm>
#include <utility>

#include <hdf5_hl.h>

namespace lantian::hdf5 {
namespace {

std::size_t list_length(const Dataset& dataset) {
  const std::vector<hsize_t> axes = shape(dataset);
  return axes.size() == 1
             ? axes[0]
             : throw Failure("read a list: it has " + std::to_string(axes.size()) + " axes");
}

template <class T>
std::vector<T> read_list(const Dataset& dataset, hid_t memory_type, hid_t transfer = H5P_DEFAULT) {
  std::vector<T> values(list_length(dataset));
  if (!values.empty()) {
    checked(H5Dread(dataset.id(), memory_type, H5S_ALL, H5S_ALL, transfer, values.data()),
            "read a list");
  }
  return values;
}

// The NAME of a dimension; asking libhdf5 for the path of an object met through a reference would
// search the whole file.
std::string scale_name(hid_t scale) {
  const auto length = checked(H5DSget_scale_name(scale, nullptr, 0), "name a dimension");
  std::string name(static_cast<std::size_t>(length) + 1, '\0');
  checked(H5DSget_scale_name(scale, name.data(), name.size()), "name a dimension");
  name.resize(static_cast<std::size_t>(length));
  return name;
}

// Called by libhdf5, which no exception may cross: an empty name is the error.
herr_t take_name(hid_t, unsigned, hid_t scale, void* name) {
  try {
    *static_cast<std::string*>(name) = scale_name(scale);
  } catch (const Failure&) {
    return -1;
  }
  return 1; // one dimension an axis is enough
}

herr_t collect_member(hid_t, const char* name, const H5L_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

herr_t collect_name(hid_t, const char* name, const H5A_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

// One text that lies in the attribute itself, padded with NULs.
std::string read_fixed_text(const OpenAttribute& opened, const std::string& name) {
  std::string text(H5Tget_size(opened.type.id()), '\0');
  checked(H5Aread(opened.attribute.id(), opened.type.id(), text.data()),
          "read the attribute " + name);
  return text.substr(0, text.find('\0'));
}

} // namespace

Type text_type() {
  Type type(H5Tcopy(H5T_C_S1), "copy a type");
  checked(H5Tset_size(type.id(), H5T_VARIABLE), "make a text type");
  checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
  return type;
}

Properties text_transfer(std::size_t length) {
  constexpr std::size_t kPlace = 16; // of a text, in the file or in memory [bytes]
  constexpr std::size_t kLeast = 1 << 10;
  constexpr std::size_t kMost = 1 << 20; // then it goes in pieces
  Properties transfer(H5Pcreate(H5P_DATASET_XFER), "create transfer properties");
  checked(
      H5Pset_buffer(transfer.id(), std::clamp(kPlace * length, kLeast, kMost), nullptr, nullptr),
      "set the transfer buffer");
  return transfer;
}

Dataset open_dataset(hid_t group, const std::string& name) {
  return {H5Dopen2(group, name.c_str(), H5P_DEFAULT), "open " + name};
}

std::vector<hsize_t> shape(const Dataset& dataset) {
  const Space space(H5Dget_space(dataset.id()), "open a data space");
  const auto axes = checked(H5Sget_simple_extent_ndims(space.id()), "count axes");
  std::vector<hsize_t> lengths(static_cast<std::size_t>(axes));
  checked(H5Sget_simple_extent_dims(space.id(), lengths.data(), nullptr), "measure axes");
  return lengths;
}

std::vector<std::string> dimensions(const Dataset& dataset) {
  if (checked(H5DSis_scale(dataset.id()), "look for a dimension") > 0) {
    return {scale_name(dataset.id())};
  }
  std::vector<std::string> names(shape(dataset).size());
  for (std::size_t axis = 0; axis < names.size(); ++axis) {
    checked(H5DSiterate_scales(dataset.id(), static_cast<unsigned>(axis), nullptr, take_name,
                               &names[axis]),
            "read the dimensions");
    if (names[axis].empty()) {
      throw Failure("cannot read the dimensions: an axis has none");
    }
  }
  return names;
}

std::vector<double> read_doubles(const Dataset& dataset) {
  return read_list<double>(dataset, H5T_NATIVE_DOUBLE);
}

std::vector<std::int64_t> read_integers(const Dataset& dataset) {
  return read_list<std::int64_t>(dataset, H5T_NATIVE_INT64);
}

std::vector<std::string> read_texts(const Dataset& dataset) {
  const Type type = text_type();
  const Space space(H5Dget_space(dataset.id()), "open a data space");
  const Properties transfer = text_transfer(list_length(dataset));
  return take_texts(read_list<char*>(dataset, type.id(), transfer.id()), type.id(), space.id());
}

std::vector<std::string> members(hid_t group, H5_index_t order) {
  std::vector<std::string> names;
  hsize_t position = 0;
  checked(H5Literate(group, order, H5_ITER_INC, &position, collect_member, &names), "list a group");
  return names;
}

H5T_class_t value_class(const Dataset& dataset) {
  const Type type(H5Dget_type(dataset.id()), "read a type");
  return H5Tget_class(type.id());
}

std::optional<OpenAttribute> open_attribute(hid_t object, const std::string& name) {
  if (H5Aexists(object, name.c_str()) <= 0) {
    return std::nullopt;
  }
  const std::string action = "read the attribute " + name;
  OpenAttribute opened;
  opened.attribute = AttributeHandle(H5Aopen(object, name.c_str(), H5P_DEFAULT), action);
  opened.type = Type(H5Aget_type(opened.attribute.id()), action);
  opened.space = Space(H5Aget_space(opened.attribute.id()), action);
  opened.length =
      static_cast<std::size_t>(checked(H5Sget_simple_extent_npoints(opened.space.id()), action));
  opened.kind = H5Tget_class(opened.type.id());
  return opened;
}

std::vector<std::string> texts(const OpenAttribute& opened, const std::string& name) {
  if (opened.kind != H5T_STRING) {
    return {};
  }
  if (H5Tis_variable_str(opened.type.id()) <= 0) {
    return opened.length == 1 ? std::vector{read_fixed_text(opened, name)}
                              : std::vector<std::string>{};
  }
  std::vector<char*> raw(opened.length, nullptr);
  const Type type = text_type();
  checked(H5Aread(opened.attribute.id(), type.id(), raw.data()), "read the attribute " + name);
  return take_texts(std::move(raw), type.id(), opened.space.id());
}

std::vector<std::string> attribute_names(hid_t object) {
  std::vector<std::string> names;
  hsize_t position = 0;
  checked(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &position, collect_name, &names),
          "list attributes");
  std::ranges::sort(names);
  return names;
}

std::optional<std::string> text(hid_t object, const std::string& name) {
  std::vector<std::string> all = texts(object, name);
  return all.size() == 1 ? std::optional(std::move(all.front())) : std::nullopt;
}

std::vector<std::string> texts(hid_t object, const std::string& name) {
  const std::optional<OpenAttribute> opened = open_attribute(object, name);
  return opened ? texts(*opened, name) : std::vector<std::string>{};
}

std::vector<std::int64_t> integers(hid_t object, const std::string& name) {
  const std::optional<OpenAttribute> opened = open_attribute(object, name);
  if (!opened || opened->kind != H5T_INTEGER) {
    return {};
  }
  std::vector<std::int64_t> values(opened->length);
  checked(H5Aread(opened->attribute.id(), H5T_NATIVE_INT64, values.data()),
          "read the attribute " + name);
  return values;
}

std::vector<double> numbers(hid_t object, const std::string& name) {
  const std::optional<OpenAttribute> opened = open_attribute(object, name);
  if (!opened || (opened->kind != H5T_INTEGER && opened->kind != H5T_FLOAT)) {
    return {};
  }
  std::vector<double> values(opened->length);
  checked(H5Aread(opened->attribute.id(), H5T_NATIVE_DOUBLE, values.data()),
          "read the attribute " + name);
  return values;
}

std::vector<std::string> take_texts(std::vector<char*> raw, hid_t type, hid_t space) {
  std::vector<std::string> texts;
  for (const char* text : raw) {
    texts.emplace_back(text == nullptr ? "" : text);
  }
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, raw.data());
  return texts;
}

} // namespace lantian::hdf5

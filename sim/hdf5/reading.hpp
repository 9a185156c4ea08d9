#pragma once
//! Reading datasets and attributes of HDF5 files as netCDF-4 lays them out.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hdf5/handles.hpp"

namespace lantian::hdf5 {

//! Variable-length UTF-8 text.
Type text_type();

//! How a list of so many texts is read or written: libhdf5 clears a buffer of 1 MiB for each list,
//! however short, unless it is told how much the list needs.
Properties text_transfer(std::size_t length);

//! Opens a member of a group.
Dataset open_dataset(hid_t group, const std::string& name);

//! Lengths of the axes.
std::vector<hsize_t> shape(const Dataset& dataset);

//! Names of the dimensions of the axes; its own name for a coordinate variable. Throws Failure if
//! an axis has none.
std::vector<std::string> dimensions(const Dataset& dataset);

//! All values of a one-dimensional dataset.
std::vector<double> read_doubles(const Dataset& dataset);
std::vector<std::int64_t> read_integers(const Dataset& dataset);
std::vector<std::string> read_texts(const Dataset& dataset);

//! Names of the members of a group, by default in the order in which they were made, which only a
//! file that keeps it has.
std::vector<std::string> members(hid_t group, H5_index_t order = H5_INDEX_CRT_ORDER);

//! Class of the type of a dataset's values.
H5T_class_t value_class(const Dataset& dataset);

//! An attribute, open to be read.
struct OpenAttribute {
  AttributeHandle attribute;
  Type type;
  Space space;
  std::size_t length = 0;
  H5T_class_t kind = H5T_NO_CLASS;
};

//! Nothing if it is not there.
std::optional<OpenAttribute> open_attribute(hid_t object, const std::string& name);

//! All texts of an open attribute; empty if it is not of texts.
std::vector<std::string> texts(const OpenAttribute& opened, const std::string& name);

//! Names of all attributes of an object, sorted.
std::vector<std::string> attribute_names(hid_t object);

//! An attribute of one text, or nothing if it is not there or not that. Reads fixed texts too.
std::optional<std::string> text(hid_t object, const std::string& name);

//! All texts of an attribute, in order; empty if it is not there or not of texts.
std::vector<std::string> texts(hid_t object, const std::string& name);

//! An attribute of whole numbers; empty if it is not there or not that.
std::vector<std::int64_t> integers(hid_t object, const std::string& name);

//! An attribute of numbers, whole or not; empty if it is not there or not that.
std::vector<double> numbers(hid_t object, const std::string& name);

//! Takes the texts of variable-length HDF5 strings over and frees them.
std::vector<std::string> take_texts(std::vector<char*> raw, hid_t type, hid_t space);

} // namespace lantian::hdf5

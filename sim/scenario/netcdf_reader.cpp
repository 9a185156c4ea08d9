#include "scenario/netcdf_reader.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "hdf5/reading.hpp"

namespace lantian {

namespace {

constexpr std::string_view kHdf5 = "\x89HDF\r\n\x1a\n";
constexpr std::string_view kClassic = "CDF";
constexpr std::string_view kNoVariable = "This is a netCDF dimension but not a netCDF variable";

//! A mistake in the file, as a sentence.
class NetcdfError : public Error {
public:
  using Error::Error;
};

//! Cells along some axes, the last running fastest; "" is missing.
struct Column {
  std::string name;
  std::vector<std::string> axes;
  std::vector<hsize_t> lengths; // of the axes
  std::vector<std::string> cells;
};

//! An axis, and how far apart its labels are in the cells of the table.
struct Axis {
  std::string name;
  std::vector<std::string> labels;
};

hdf5::File open_image(std::string_view bytes) {
  const hdf5::Properties access(H5Pcreate(H5P_FILE_ACCESS), "create file properties");
  hdf5::checked(H5Pset_fapl_core(access.id(), 1 << 20, false), "set the memory driver");
  std::vector<char> copy(bytes.begin(), bytes.end()); // libhdf5 asks for a pointer it may write to
  hdf5::checked(H5Pset_file_image(access.id(), copy.data(), copy.size()), "hand the bytes over");
  return {H5Fopen("table.nc", H5F_ACC_RDONLY, access.id()), "open it"};
}

std::vector<std::string> texts_of(const hdf5::Dataset& dataset, const std::string& name,
                                  std::size_t size) {
  const hdf5::Type type(H5Dget_type(dataset.id()), "read a type");
  if (H5Tis_variable_str(type.id()) <= 0) {
    throw NetcdfError(fmt::format("'{}' has texts of fixed length: write them as strings "
                                  "(xarray does so of dtype object)",
                                  name));
  }
  std::vector<char*> raw(size, nullptr);
  const hdf5::Space space(H5Dget_space(dataset.id()), "open a data space");
  hdf5::checked(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()),
                "read " + name);
  return hdf5::take_texts(std::move(raw), type.id(), space.id());
}

std::vector<std::string> numbers_of(const hdf5::Dataset& dataset, const std::string& name,
                                    std::size_t size) {
  std::vector<double> values(size);
  hdf5::checked(
      H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
      "read " + name);
  const std::vector<double> fill = hdf5::numbers(dataset.id(), "_FillValue");
  const std::string unit = hdf5::text(dataset.id(), "units").value_or("");
  const std::string suffix = unit.empty() || unit == "1" ? "" : " " + unit;
  std::vector<std::string> cells;
  for (const double value : values) {
    const bool is_missing = std::isnan(value) || (!fill.empty() && value == fill.front());
    cells.push_back(is_missing ? "" : fmt::format("{}{}", value, suffix));
  }
  return cells;
}

//! How many values a variable has. A damaged or hostile file may say more than memory or a number
//! of 64 bits could hold.
std::size_t size_of(const hdf5::Dataset& dataset, const std::string& name,
                    const ReadLimits& limits) {
  double size = 1;
  for (const hsize_t length : hdf5::shape(dataset)) {
    size *= static_cast<double>(length);
  }
  if (size > static_cast<double>(limits.values)) {
    throw NetcdfError(fmt::format("'{}' has {:.0f} values; at most {} are read: split the file, {}",
                                  name, size, limits.values, limit_advice("values", size)));
  }
  return static_cast<std::size_t>(size);
}

std::vector<std::string> cells_of(const hdf5::Dataset& dataset, const std::string& name,
                                  const ReadLimits& limits) {
  const std::size_t size = size_of(dataset, name, limits);
  switch (hdf5::value_class(dataset)) {
  case H5T_STRING:
    return texts_of(dataset, name, size);
  case H5T_INTEGER:
  case H5T_FLOAT:
    return numbers_of(dataset, name, size);
  default:
    throw NetcdfError(fmt::format("'{}' is neither of numbers nor of texts", name));
  }
}

//! Axes and columns of a file's root.
class NetcdfTable {
public:
  NetcdfTable(const hdf5::File& file, const ReadLimits& limits) : limits_(limits) {
    for (const std::string& name : hdf5::members(file.id(), H5_INDEX_NAME)) {
      const hdf5::Object object(H5Oopen(file.id(), name.c_str(), H5P_DEFAULT), "open " + name);
      if (H5Iget_type(object.id()) == H5I_DATASET) {
        read(hdf5::open_dataset(file.id(), name), name);
      }
    }
    if (columns_.empty()) {
      throw NetcdfError("it has no variable with axes, so that it is no table");
    }
    std::stable_sort(columns_.begin(), columns_.end(), [](const Column& a, const Column& b) {
      return a.axes.size() > b.axes.size();
    });
    set_axes();
  }

  //! Rows keyed by their ids.
  TableValue rows(Position position) const {
    TableValue rows;
    std::vector<std::size_t> at(axes_.size(), 0); // place along each axis
    for (std::size_t row = 0; row < size_; ++row, advance(at)) {
      TableValue members = row_at(at, position);
      if (members.empty()) {
        continue;
      }
      const std::string id = id_of(at);
      if (rows.find(id) != nullptr) {
        throw NetcdfError(fmt::format("two rows have the labels '{}'", id));
      }
      Value value;
      value.data = std::move(members);
      value.position = position;
      rows.set(id, position, std::move(value));
    }
    return rows;
  }

private:
  void read(const hdf5::Dataset& dataset, const std::string& name) {
    if (hdf5::shape(dataset).empty()) {
      return;
    }
    if (hdf5::checked(H5DSis_scale(dataset.id()), "look for a dimension") > 0) {
      const std::string scale = hdf5::dimensions(dataset).front();
      if (scale.rfind(kNoVariable, 0) != 0) {
        labels_[name] = cells_of(dataset, name, limits_);
      }
      return;
    }
    Column column{name, hdf5::dimensions(dataset), hdf5::shape(dataset),
                  cells_of(dataset, name, limits_)};
    for (const std::string& axis : column.axes) {
      if (axis.rfind(kNoVariable, 0) == 0) {
        throw NetcdfError(fmt::format("an axis of '{}' has no labels: give it a coordinate "
                                      "variable of its name",
                                      name));
      }
    }
    columns_.push_back(std::move(column));
  }

  //! The axes of the table are those of the column with the most.
  void set_axes() {
    for (const std::string& name : columns_.front().axes) {
      const auto labels = labels_.find(name);
      if (labels == labels_.end()) {
        throw NetcdfError(fmt::format("the axis '{}' has no labels", name));
      }
      axes_.push_back({name, labels->second});
      size_ *= labels->second.size();
    }
    for (const Column& column : columns_) {
      for (std::size_t i = 0; i < column.axes.size(); ++i) {
        const std::string& name = column.axes[i];
        if (find_axis(name) == axes_.size()) {
          throw NetcdfError(fmt::format("'{}' has an axis '{}' that '{}' lacks: one variable must "
                                        "have them all",
                                        column.name, name, columns_.front().name));
        }
        if (column.lengths[i] != labels_[name].size()) {
          throw NetcdfError(fmt::format("the axis '{}' of '{}' has {} places and {} labels", name,
                                        column.name, column.lengths[i], labels_[name].size()));
        }
      }
    }
  }

  std::size_t find_axis(const std::string& name) const {
    const auto found = std::find_if(axes_.begin(), axes_.end(),
                                    [&](const Axis& axis) { return axis.name == name; });
    return static_cast<std::size_t>(found - axes_.begin());
  }

  void advance(std::vector<std::size_t>& at) const {
    for (std::size_t axis = axes_.size(); axis-- > 0;) {
      if (++at[axis] < axes_[axis].labels.size()) {
        return;
      }
      at[axis] = 0;
    }
  }

  const std::string& cell_of(const Column& column, const std::vector<std::size_t>& at) const {
    std::size_t place = 0;
    for (const std::string& name : column.axes) {
      const std::size_t axis = find_axis(name);
      place = place * axes_[axis].labels.size() + at[axis];
    }
    return column.cells[place];
  }

  //! Empty where all columns with the most axes are.
  TableValue row_at(const std::vector<std::size_t>& at, Position position) const {
    TableValue members;
    bool has_value = false;
    const auto set = [&](const std::string& name, const std::string& cell) {
      if (!cell.empty() && name != "id") {
        Value value;
        value.data = cell;
        value.position = position;
        value.is_cell = true;
        members.set(name, position, std::move(value));
      }
    };
    for (const Column& column : columns_) {
      const std::string& cell = cell_of(column, at);
      has_value = has_value || (column.axes.size() == axes_.size() && !cell.empty());
      set(column.name, cell);
    }
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      set(axes_[axis].name, axes_[axis].labels[at[axis]]);
    }
    return has_value ? members : TableValue{};
  }

  std::string id_of(const std::vector<std::size_t>& at) const {
    std::string id;
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      const std::string& label = axes_[axis].labels[at[axis]];
      if (axes_[axis].name == "id") {
        return label;
      }
      id += (id.empty() ? "" : "--") + label;
    }
    return id;
  }

  const ReadLimits& limits_;
  std::map<std::string, std::vector<std::string>> labels_;
  std::vector<Column> columns_; // those with the most axes first
  std::vector<Axis> axes_;
  std::size_t size_ = 1;
};

} // namespace

bool is_netcdf(std::string_view bytes) {
  return bytes.substr(0, kHdf5.size()) == kHdf5 || bytes.substr(0, kClassic.size()) == kClassic;
}

std::optional<Value> read_netcdf_rows(std::string_view bytes, std::uint32_t file,
                                      Diagnostics& diagnostics, const ReadLimits& limits) {
  const Position whole{file, 0, 0};
  if (bytes.substr(0, kHdf5.size()) != kHdf5) {
    diagnostics.error(whole, "",
                      "is a classic netCDF file; netCDF-4 is read: convert it with `nccopy -k nc4 "
                      "old.nc new.nc`");
    return std::nullopt;
  }
  try {
    const hdf5::Quiet quiet;
    const hdf5::File image = open_image(bytes);
    Value value;
    value.data = NetcdfTable(image, limits).rows(whole);
    value.position = whole;
    return value;
  } catch (const NetcdfError& error) {
    diagnostics.error(whole, "", error.what());
  } catch (const hdf5::Failure& failure) {
    diagnostics.error(whole, "", failure.what());
  }
  return std::nullopt;
}

} // namespace lantian

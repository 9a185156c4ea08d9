#include "results/variable_array.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "results/attributes.hpp"
#include "results/result_format.hpp"

namespace lantian {
namespace {

// A chunk is written at once, a column of chunks (all replications) is read at once.
constexpr hsize_t kLargestChunk = 1 << 20;   // [bytes]
constexpr hsize_t kLargestColumn = 64 << 20; // [bytes]
constexpr hsize_t kSmallestChunk = 4 << 10;  // [bytes], however many replications

// One block of replications of the whole variable, cut along its first axes if that is too large.
std::vector<hsize_t> choose_chunk(std::span<const hsize_t> shape, std::int64_t block) {
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  if (std::ranges::find(shape, 0u) != shape.end()) {
    return chunk;
  }
  chunk[0] = std::clamp<hsize_t>(static_cast<hsize_t>(block), 1, shape[0]);
  const hsize_t limit =
      std::clamp(kLargestColumn * chunk[0] / shape[0], kSmallestChunk, kLargestChunk);
  hsize_t bytes = sizeof(double);
  for (const hsize_t length : chunk) {
    bytes *= length;
  }
  for (std::size_t axis = 1; axis < chunk.size() && bytes > limit; ++axis) {
    const hsize_t slice = bytes / chunk[axis];
    chunk[axis] = std::clamp<hsize_t>(limit / slice, 1, chunk[axis]);
    bytes = slice * chunk[axis];
  }
  return chunk;
}

void describe(hid_t dataset, const Variable& variable, const std::string& cell_methods) {
  if (!variable.long_name.empty()) {
    hdf5::put(dataset, {"long_name", variable.long_name});
  }
  if (variable.unit == kDateUnit) {
    hdf5::put_time_unit(dataset, variable.unit);
  } else if (variable.flags.empty()) {
    hdf5::put(dataset, {"units", variable.unit.empty() ? "1" : variable.unit});
  } else {
    hdf5::put_flags(dataset, variable.flags);
  }
  if (!cell_methods.empty()) {
    hdf5::put(dataset, {"cell_methods", cell_methods});
  }
  if (variable.type == ValueType::float64) {
    const double missing = std::nan("");
    hdf5::put_numbers(dataset, "_FillValue", std::span(&missing, 1));
  }
}

} // namespace

// What is written of a variable beside or instead of its values.
struct VariableArray::Statistic {
  std::string suffix;
  std::string meaning;
  std::string cell_methods;
  std::string unit;
  hsize_t length = 0; // of an axis before the variable's own; 0: there is none
  hid_t axis = H5I_INVALID_HID;
};

VariableArray::VariableArray(const Variable& variable, std::string auxiliary_coordinates,
                             const ArraySettings& settings, std::vector<hid_t> dimensions)
    : variable_(variable), auxiliary_coordinates_(std::move(auxiliary_coordinates)),
      settings_(settings), dimensions_(std::move(dimensions)),
      shape_{settings.statistics_only ? 1 : static_cast<hsize_t>(settings.replications)} {
  shape_.insert(shape_.end(), variable.shape.begin(), variable.shape.end());
  storage_.chunk = choose_chunk(shape_, settings.block);
}

void VariableArray::create(hid_t group, std::span<const double> first_values) {
  storage_.deflate = settings_.deflate && (variable_.type == ValueType::int8 ||
                                           settings_.filters->compresses_well(first_values));
  values_ = hdf5::ChunkedArray(group, variable_.name, variable_.type, shape_, storage_);
  const hdf5::Dataset& dataset = values_.dataset();
  describe(dataset.id(), variable_, variable_.cell_methods);
  hdf5::put(dataset.id(), {"coordinates", auxiliary_coordinates_});
  hdf5::attach(dataset, dimensions_);
}

void VariableArray::write(std::int64_t first, std::int64_t count, std::span<const double> values) {
  if (values.empty()) {
    return;
  }
  hdf5::Box box = hdf5::whole_box(shape_);
  box.start[0] = static_cast<hsize_t>(first);
  box.count[0] = static_cast<hsize_t>(count);
  const hdf5::WritingValues values_only(*settings_.health);
  try {
    values_.write(box, values, *settings_.filters);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(fmt::format("{}: {}", variable_.name, error.what()));
  }
}

std::vector<hdf5::Box> VariableArray::columns() const {
  std::vector<hdf5::Box> columns;
  if (std::ranges::find(shape_, 0u) != shape_.end()) {
    return columns;
  }
  hdf5::Box box = hdf5::whole_box(shape_);
  while (true) {
    for (std::size_t axis = 1; axis < shape_.size(); ++axis) {
      box.count[axis] = std::min(storage_.chunk[axis], shape_[axis] - box.start[axis]);
    }
    columns.push_back(box);
    std::size_t axis = shape_.size() - 1;
    while (axis > 0 && (box.start[axis] += storage_.chunk[axis]) >= shape_[axis]) {
      box.start[axis--] = 0;
    }
    if (axis == 0) {
      return columns;
    }
  }
}

VariableArray::Statistic VariableArray::mean() const {
  const std::string& methods = variable_.cell_methods;
  return {"_mean", "mean over the replications",
          methods + (methods.empty() ? "" : " ") + "replication: mean", variable_.unit};
}

VariableArray::Statistic VariableArray::error() const {
  return {"_se", "standard error of the mean over the replications", variable_.cell_methods,
          variable_.unit == kDateUnit ? "d" : variable_.unit};
}

VariableArray::Statistic VariableArray::quantiles() const {
  return {"_quantile",
          "quantiles over the replications",
          variable_.cell_methods,
          variable_.unit,
          std::size(kQuantiles),
          settings_.quantile};
}

hdf5::ChunkedArray VariableArray::create_statistic(hid_t group, const Statistic& statistic) const {
  std::vector<hsize_t> shape(shape_.begin() + 1, shape_.end());
  std::vector<hsize_t> chunk(storage_.chunk.begin() + 1, storage_.chunk.end());
  std::vector<hid_t> dimensions(dimensions_.begin() + 1, dimensions_.end());
  if (statistic.length > 0) {
    shape.insert(shape.begin(), statistic.length);
    chunk.insert(chunk.begin(), statistic.length);
    dimensions.insert(dimensions.begin(), statistic.axis);
  }
  hdf5::ChunkedArray array(group, variable_.name + statistic.suffix, ValueType::float64,
                           std::move(shape), {std::move(chunk), storage_.deflate});
  Variable described = variable_;
  described.long_name += (described.long_name.empty() ? "" : ": ") + statistic.meaning;
  described.unit = statistic.unit;
  described.type = ValueType::float64;
  described.flags.clear();
  describe(array.dataset().id(), described, statistic.cell_methods);
  hdf5::attach(array.dataset(), dimensions);
  return array;
}

VariableStatistics VariableArray::create_statistics(hid_t group) const {
  return {create_statistic(group, mean()), create_statistic(group, error()),
          create_statistic(group, quantiles())};
}

void VariableArray::write_statistic(hid_t group, const Statistic& statistic,
                                    std::span<const double> values) const {
  const hdf5::ChunkedArray array = create_statistic(group, statistic);
  if (!values.empty()) {
    array.write(hdf5::whole_box(array.shape()), values, *settings_.filters);
  }
}

void VariableArray::write_statistics(hid_t group, std::span<const RunningColumn> columns) {
  std::vector<double> means;
  std::vector<double> errors;
  std::vector<double> bounds;
  std::vector<double> numbers;
  for (const RunningColumn& column : columns) {
    const Moments moments = column.moments();
    means.push_back(moments.mean);
    errors.push_back(moments.error);
    bounds.push_back(column.quantile_error());
    numbers.push_back(static_cast<double>(column.number()));
  }
  storage_.deflate = settings_.deflate && settings_.filters->compresses_well(means);
  if (!variable_.flags.empty()) {
    return write_numbers(group, columns);
  }
  std::vector<double> at;
  for (const double p : kQuantiles) {
    std::ranges::transform(columns, std::back_inserter(at),
                           [p](const RunningColumn& column) { return column.quantile(p); });
  }
  write_statistic(group, mean(), means);
  write_statistic(group, error(), errors);
  write_statistic(group, quantiles(), at);
  write_statistic(group,
                  {"_quantile_error", "most by which a quantile may be wrong",
                   variable_.cell_methods, error().unit},
                  bounds);
  write_statistic(group, {kNumberSuffix, "replications that have a value", "", "1"}, numbers);
}

void VariableArray::write_numbers(hid_t group, std::span<const RunningColumn> columns) const {
  std::vector<double> numbers;
  for (const Flag& flag : variable_.flags) {
    for (const RunningColumn& column : columns) {
      numbers.push_back(static_cast<double>(column.number_of(flag.value)));
    }
  }
  write_statistic(group,
                  {kNumberSuffix, "number of replications", "", "1", variable_.flags.size(),
                   dimensions_.front()},
                  numbers);
}

} // namespace lantian

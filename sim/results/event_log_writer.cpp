#include "results/event_log_writer.hpp"

#include <numeric>
#include <stdexcept>

#include "results/attributes.hpp"

namespace lantian {
namespace {

struct Column {
  const char* name;
  const char* long_name;
};

constexpr Column kColumns[] = {{"row", "number of the row, from 0"},
                               {"replication", "replication in which it happened, from 0"},
                               {"time", "when it happened"},
                               {"measure", "id of the measure or entity it happened to"},
                               {"event", "what happened, in one word"},
                               {"detail", "which stage, what was waited for"}};

hdf5::Dataset create_column(hid_t group, const Column& column, hid_t type) {
  const hsize_t empty = 0;
  const hsize_t unlimited = H5S_UNLIMITED;
  const hsize_t chunk = 1024;
  const hdf5::Properties properties = hdf5::dataset_properties();
  hdf5::checked(H5Pset_chunk(properties.id(), 1, &chunk), "set chunks");
  const hdf5::Space space(H5Screate_simple(1, &empty, &unlimited), "create a data space");
  hdf5::Dataset dataset(
      H5Dcreate2(group, column.name, type, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
      std::string("create ") + column.name);
  hdf5::put(dataset.id(), {"long_name", std::string(column.long_name)});
  return dataset;
}

std::vector<const char*> pointers(const std::vector<std::string>& texts) {
  std::vector<const char*> raw;
  raw.reserve(texts.size());
  for (const std::string& text : texts) {
    raw.push_back(text.c_str());
  }
  return raw;
}

std::vector<std::int64_t> seconds(const std::vector<Time>& times) {
  std::vector<std::int64_t> counts;
  counts.reserve(times.size());
  for (const Time time : times) {
    counts.push_back(time.time_since_epoch().count());
  }
  return counts;
}

} // namespace

EventLogWriter::EventLogWriter(hid_t scenario_group)
    : group_(hdf5::create_group(scenario_group, "log")) {
  const hdf5::Type text = hdf5::text_type();
  const std::array<hid_t, kLogColumns> types = {H5T_STD_I32LE, H5T_STD_I32LE, H5T_STD_I64LE,
                                                text.id(),     text.id(),     text.id()};
  for (std::size_t i = 0; i < kLogColumns; ++i) {
    columns_[i] = create_column(group_.id(), kColumns[i], types[i]);
  }
  hdf5::make_dimension(columns_[0], "row");
  const hid_t row = columns_[0].id();
  for (std::size_t i = 1; i < kLogColumns; ++i) {
    hdf5::attach(columns_[i], std::span(&row, 1));
  }
  hdf5::put_time_unit(columns_[2].id(), "seconds since 1970-01-01");
}

template <class T>
void EventLogWriter::append_column(std::size_t column, hid_t memory_type,
                                   const std::vector<T>& values) {
  const hsize_t start = rows_;
  const hsize_t count = values.size();
  const hsize_t length = start + count;
  hdf5::checked(H5Dset_extent(columns_[column].id(), &length), "lengthen the event log");
  hdf5::write_box(columns_[column], std::span(&start, 1), std::span(&count, 1), memory_type,
                  values.data());
}

void EventLogWriter::append(const EventLog& log) {
  const std::size_t rows = log.size();
  if (log.replication.size() != rows || log.measure.size() != rows || log.event.size() != rows ||
      log.detail.size() != rows) {
    throw std::invalid_argument("the columns of an event log must be as long as each other");
  }
  if (rows == 0) {
    return;
  }
  const hdf5::Type text = hdf5::text_type();
  std::vector<std::int32_t> numbers(rows);
  std::iota(numbers.begin(), numbers.end(), static_cast<std::int32_t>(rows_));
  append_column(0, H5T_NATIVE_INT32, numbers);
  append_column(1, H5T_NATIVE_INT32, log.replication);
  append_column(2, H5T_NATIVE_INT64, seconds(log.time));
  append_column(3, text.id(), pointers(log.measure));
  append_column(4, text.id(), pointers(log.event));
  append_column(5, text.id(), pointers(log.detail));
  rows_ += rows;
}

} // namespace lantian

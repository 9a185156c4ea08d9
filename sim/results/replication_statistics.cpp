#include "results/replication_statistics.hpp"

#include <memory>
#include <utility>
#include <vector>

#include "ensemble/parallel.hpp"
#include "results/column_statistics.hpp"

namespace lantian {
namespace {

constexpr std::size_t kValuesAtATime = 8 << 20; // in memory, with what comes of them

// The way of a column from the file to its statistics and back.
class Column {
public:
  Column(const hdf5::ChunkedArray& values, std::shared_ptr<const VariableStatistics> statistics,
         hdf5::Box box)
      : values_(values), statistics_(std::move(statistics)), box_(std::move(box)),
        positions_{{box_.start.begin() + 1, box_.start.end()},
                   {box_.count.begin() + 1, box_.count.end()}} {}

  // Of values and statistics, in numbers.
  std::size_t size() const { return box_.size() + (2 + std::size(kQuantiles)) * positions_.size(); }

  void fetch() { stored_ = values_.fetch(box_); }

  // Calls nothing of libhdf5.
  void compute() {
    thread_local hdf5::ChunkFilters filters; // the system takes longer to give it than a column
    std::vector<double> values(box_.size());
    values_.unpack(std::exchange(stored_, {}), box_, values, filters);
    const ColumnStatistics columns = column_statistics(values, positions_.size(), kQuantiles);
    hdf5::Box quantiles = box_;
    quantiles.count[0] = std::size(kQuantiles);
    means_ = statistics_->means.pack(positions_, columns.means, filters);
    errors_ = statistics_->errors.pack(positions_, columns.errors, filters);
    quantiles_ = statistics_->quantiles.pack(quantiles, columns.quantiles, filters);
  }

  void store() const {
    statistics_->means.store(means_);
    statistics_->errors.store(errors_);
    statistics_->quantiles.store(quantiles_);
  }

private:
  const hdf5::ChunkedArray& values_;
  std::shared_ptr<const VariableStatistics> statistics_;
  hdf5::Box box_;
  hdf5::Box positions_;
  hdf5::PackedChunks stored_;
  hdf5::PackedChunks means_;
  hdf5::PackedChunks errors_;
  hdf5::PackedChunks quantiles_;
};

void write(std::vector<Column> columns, unsigned threads) {
  for (Column& column : columns) {
    column.fetch();
  }
  run_parallel(
      columns.size(), threads, [&](std::size_t i, const std::stop_token&) { columns[i].compute(); },
      [](std::size_t) {});
  for (const Column& column : columns) {
    column.store();
  }
}

} // namespace

void write_statistics(hid_t group, std::span<const VariableArray* const> arrays, unsigned threads,
                      const std::stop_token& stop) {
  std::vector<Column> waiting;
  std::size_t values = 0;
  for (const VariableArray* array : arrays) {
    const auto statistics =
        std::make_shared<const VariableStatistics>(array->create_statistics(group));
    for (hdf5::Box& box : array->columns()) {
      waiting.emplace_back(array->values(), statistics, std::move(box));
      values += waiting.back().size();
      if (values >= kValuesAtATime) {
        write(std::exchange(waiting, {}), threads);
        values = 0;
      }
      if (stop.stop_requested()) {
        return;
      }
    }
  }
  write(std::move(waiting), threads);
}

} // namespace lantian

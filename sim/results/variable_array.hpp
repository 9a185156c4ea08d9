#pragma once
//! One variable of one scenario in the file: an array [replication][...] in chunks that are one
//! block long, and its statistics over the replications beside it; or statistics only.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ensemble/layout.hpp"
#include "results/chunks.hpp"
#include "results/datasets.hpp"
#include "results/posix_driver.hpp"
#include "results/running_column.hpp"

namespace lantian {

//! The quantiles that are kept of a variable with statistics.
inline constexpr double kQuantiles[] = {0.05, 0.25, 0.5, 0.75, 0.95};

//! What all variables of a scenario have in common.
struct ArraySettings {
  std::int64_t replications = 0;
  std::int64_t block = 1;                //!< replications a chunk
  bool deflate = false;                  //!< variables where compression pays
  bool statistics_only = false;          //!< there is no array of replications
  hid_t quantile = H5I_INVALID_HID;      //!< dimension of kQuantiles; needed for statistics
  hdf5::FileHealth* health = nullptr;    //!< of the file; outlives the array
  hdf5::ChunkFilters* filters = nullptr; //!< outlives the array
};

//! Over the replications; the quantiles have an axis of their own in front.
struct VariableStatistics {
  hdf5::ChunkedArray means;
  hdf5::ChunkedArray errors;
  hdf5::ChunkedArray quantiles;
};

class VariableArray {
public:
  //! `dimensions` are the replication and the variable's own, in order; in place of the
  //! replication, for statistics only, that of kQuantiles or of the flags. `auxiliary_coordinates`
  //! the CF attribute that names what else describes them.
  VariableArray(const Variable& variable, std::string auxiliary_coordinates,
                const ArraySettings& settings, std::vector<hid_t> dimensions);

  //! Creates the array, compressed if that pays for the first block's values. Call it once, before
  //! the others.
  void create(hid_t group, std::span<const double> first_values);

  //! Writes `count` replications from `first` on. Throws std::invalid_argument if a value of an
  //! int8 variable is missing or no whole number from -128 to 127.
  void write(std::int64_t first, std::int64_t count, std::span<const double> values);

  const hdf5::ChunkedArray& values() const { return values_; }

  //! Columns of chunks: boxes that hold all replications of some positions.
  std::vector<hdf5::Box> columns() const;

  //! Creates `<name>_mean`, `<name>_se` and `<name>_quantile`.
  VariableStatistics create_statistics(hid_t group) const;

  //! For statistics only: writes the above from what is known of each position, with
  //! `<name>_quantile_error` and `<name>_number`; of flags, how many replications have which.
  void write_statistics(hid_t group, std::span<const RunningColumn> columns);

private:
  struct Statistic;
  hdf5::ChunkedArray create_statistic(hid_t group, const Statistic& statistic) const;
  void write_statistic(hid_t group, const Statistic& statistic,
                       std::span<const double> values) const;
  void write_numbers(hid_t group, std::span<const RunningColumn> columns) const;
  Statistic mean() const;
  Statistic error() const;
  Statistic quantiles() const;

  Variable variable_;
  std::string auxiliary_coordinates_;
  ArraySettings settings_;
  std::vector<hid_t> dimensions_;
  std::vector<hsize_t> shape_; // with the replication first
  hdf5::Storage storage_;
  hdf5::ChunkedArray values_;
};

} // namespace lantian

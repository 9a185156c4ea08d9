#pragma once
//! The event log of one scenario: the group `log`, with one column a dataset, growing with each
//! block that has one.

#include <array>

#include "ensemble/block.hpp"
#include "results/datasets.hpp"

namespace lantian {

//! The number of the row, and the columns of EventLog.
inline constexpr std::size_t kLogColumns = 6;

class EventLogWriter {
public:
  //! Creates the group and its empty columns.
  explicit EventLogWriter(hid_t scenario_group);

  //! Appends the rows. Throws std::invalid_argument if the columns differ in length.
  void append(const EventLog& log);

private:
  template <class T>
  void append_column(std::size_t column, hid_t memory_type, const std::vector<T>& values);

  hdf5::Group group_;
  std::array<hdf5::Dataset, kLogColumns> columns_;
  hsize_t rows_ = 0;
};

} // namespace lantian

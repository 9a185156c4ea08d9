#pragma once

// A Table holds the rows of one keyed table of the scenario, sorted by id. A row is referred to by
// its index in that order, so that neither the order of tables in a file nor that of rows in a CSV
// file ever matters. Lookup by id is a binary search; the run itself uses indices only.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian {

//! Index of a row in a Table.
using Index = std::uint32_t;
//! "Refers to nothing."
inline constexpr Index kNone = std::numeric_limits<Index>::max();

//! Rows with a member `std::string id`, sorted by it.
template <class Row> class Table {
public:
  using value_type = Row;

  Table() = default;
  Table(std::initializer_list<Row> rows) : Table(std::vector<Row>(rows)) {}
  //! Sorts the rows. Throws std::invalid_argument when two have the same id.
  explicit Table(std::vector<Row> rows) : rows_(std::move(rows)) {
    std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    const auto twin = std::adjacent_find(rows_.begin(), rows_.end(),
                                         [](const Row& a, const Row& b) { return a.id == b.id; });
    if (twin != rows_.end()) {
      throw std::invalid_argument("two rows have the id '" + twin->id + "'");
    }
  }

  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }
  const Row& operator[](std::size_t index) const { return rows_[index]; }
  Row& operator[](std::size_t index) { return rows_[index]; }

  //! Index of the row with this id, if there is one.
  std::optional<Index> find(std::string_view id) const {
    const auto row = std::lower_bound(rows_.begin(), rows_.end(), id,
                                      [](const Row& a, std::string_view b) { return a.id < b; });
    if (row == rows_.end() || row->id != id) {
      return std::nullopt;
    }
    return static_cast<Index>(row - rows_.begin());
  }

  //! The row with this id. Throws std::out_of_range when there is none.
  const Row& at(std::string_view id) const {
    const auto index = find(id);
    if (!index) {
      throw std::out_of_range("no row has the id '" + std::string(id) + "'");
    }
    return rows_[*index];
  }

private:
  std::vector<Row> rows_;
};

} // namespace lantian

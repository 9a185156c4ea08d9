#include "ensemble/recorder.hpp"

namespace lantian {

void Recorder::add_arrivals() {
  const auto add = [&](std::string name, std::string unit, std::string what) {
    return layout_.add(Variable{.name = std::move(name),
                                .dims = {"arrivals", "year"},
                                .unit = std::move(unit),
                                .long_name = std::move(what),
                                .cell_methods = "year: sum",
                                .with_statistics = true});
  };
  arrivals_number_ = add("arrivals_number", "1", "occurrences that began");
  arrivals_found_ = add("arrivals_found", "1", "occurrences that ended because they were found");
  arrivals_prevented_ = add("arrivals_prevented", "1", "occurrences that were deterred");
  arrivals_time_ = add("arrivals_time", "d", "time for which occurrences were open, added up");
}

void Recorder::record_arrivals(const Books& books, Block& block, std::size_t row) const {
  constexpr double kSecondsPerDay = 86400;
  const auto number = row_of(block, arrivals_number_, row);
  const auto found = row_of(block, arrivals_found_, row);
  const auto prevented = row_of(block, arrivals_prevented_, row);
  const auto time = row_of(block, arrivals_time_, row);
  for (std::size_t k = 0; k < books.arrivals.size(); ++k) {
    const ArrivalsCount& count = books.arrivals[k];
    number[k] = static_cast<double>(count.number);
    found[k] = static_cast<double>(count.found);
    prevented[k] = static_cast<double>(count.prevented);
    time[k] = count.open / kSecondsPerDay;
  }
}

} // namespace lantian

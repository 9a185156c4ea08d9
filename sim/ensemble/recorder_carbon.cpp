#include "ensemble/recorder.hpp"

#include <algorithm>

namespace lantian {

//! Only where there are beds of carbon: the other controls have nothing to say here.
void Recorder::add_carbon() {
  if (!blueprint_->has_beds())
    return;
  Labels ids;
  for (const Control& row : blueprint_->scenario().controls)
    ids.ids.push_back(row.id);
  layout_.add({"control", "control", std::move(ids)});
  carbon_changes_ = layout_.add(Variable{.name = "carbon_changes_by_control",
                                         .dims = {"control", "time"},
                                         .unit = "1",
                                         .long_name = "changes of a bed's carbon",
                                         .cell_methods = "time: sum",
                                         .with_statistics = true});
  carbon_cost_ = layout_.add(Variable{.name = "carbon_cost_by_control",
                                      .dims = {"control", "time"},
                                      .unit = "CNY",
                                      .long_name = "cost of fresh carbon, changed on the calendar",
                                      .cell_methods = "time: sum",
                                      .with_statistics = true});
}

void Recorder::record_carbon(const Books& books, Block& block, std::size_t row) const {
  if (!carbon_changes_)
    return;
  std::copy(books.carbon_changes.begin(), books.carbon_changes.end(),
            row_of(block, *carbon_changes_, row).begin());
  std::copy(books.carbon_cost.begin(), books.carbon_cost.end(),
            row_of(block, *carbon_cost_, row).begin());
}

} // namespace lantian

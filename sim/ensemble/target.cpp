#include "ensemble/target.hpp"

namespace lantian {

const FieldTable<TargetPlan>& target_fields() {
  static const auto fields =
      FieldTable<TargetPlan>("target", "What every target states.")
          .text(
              "not_assessable", &TargetPlan::not_assessable,
              {.doc = "Why this inventory cannot tell whether it is met; it is then reported so."})
          .text("not_assessable_zh", &TargetPlan::not_assessable_zh,
                {.doc = "The same in Chinese."});
  return fields;
}

} // namespace lantian

#include "ensemble/alert_cut.hpp"
#include "ensemble/cap.hpp"
#include "ensemble/compliance_target.hpp"
#include "ensemble/deadline.hpp"
#include "ensemble/permit.hpp"
#include "ensemble/rate.hpp"
#include "ensemble/reduction.hpp"
#include "ensemble/target.hpp"

namespace lantian {

std::vector<Kind> target_kinds() {
  return {deadline_kind(), cap_kind(),  reduction_kind(), compliance_kind(),
          permit_kind(),   rate_kind(), alert_cut_kind()};
}

} // namespace lantian

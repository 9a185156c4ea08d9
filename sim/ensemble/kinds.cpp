#include "ensemble/kinds.hpp"

#include "ensemble/target.hpp"
#include "measures/registry.hpp"

namespace lantian {

KindRegistry all_kinds() {
  return {measure_kinds(), target_kinds()};
}

} // namespace lantian

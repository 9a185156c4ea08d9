#pragma once

// `substitution`: a share of what one source does goes to another that does the same: lorries to
// rail, stoves to heat pumps, discharged water to reuse. The stages bring the share, dated steps
// add to it (deliveries) or change it (prices). The new source may break down, and then the share
// goes back or to a fallback; people may slide back until the next inspection; and a check of the
// share in so many months running may stand between the works and the assessment.

#include "measures/measure.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

struct Substitution : MeasurePlan {
  //! A change of the share on a date.
  struct Step {
    std::string id;
    Time on{};
    std::optional<Number> delay;   //!< slip of the date (chance) [s]
    std::optional<Number> adds;    //!< what it adds to the share
    std::optional<Number> becomes; //!< or what the share becomes
    std::optional<Number> over;    //!< in a straight line over this time (chance) [s]
  };
  struct Breakdowns {
    Number time_between = Number::constant(0); //!< in service (chance) [s]
    Number repair = Number::constant(0);       //!< (chance) [s]
    Index fallback = kNone;                    //!< source that does it meanwhile; kNone is `from`
  };
  struct Inspections {
    Number every = Number::constant(0);  //!< from one to the next (chance) [s]
    Index calendar = kNone;              //!< when they are possible
    Number effect = Number::constant(1); //!< share of what can be undone that each undoes (chance)
  };
  //! What of the share falls back after the works, growing from `low` to `high`.
  struct Backslide {
    Number low = Number::constant(0);        //!< of what has moved, after an inspection
    Number high = Number::constant(0);       //!< of what has moved, without one
    Number fades_over = Number::constant(0); //!< [s]
    std::optional<Inspections> inspections;
  };
  //! The new source's share of all that is done, month by month.
  struct Check {
    Number share = Number::constant(0); //!< that it must have
    std::int64_t months = 1;            //!< in so many calendar months running
    std::vector<Index> clean;           //!< sources that count beside `to`
  };

  Index from = kNone;
  Index to = kNone;
  Number share = Number::constant(1); //!< of what `from` does that the stages move
  std::vector<Step> steps;
  std::optional<Breakdowns> breakdowns;
  std::optional<Backslide> backslide;
  std::optional<Check> check;

  Process run(World& world, Index measure) const override;
  double most_moved(Index source, const Scenario& scenario) const override;
};

const FieldTable<Substitution>& substitution_fields();
void check_substitution(const Substitution& plan, const Scenario& scenario, const std::string& key,
                        Diagnostics& diagnostics);
Kind substitution_kind();

} // namespace lantian

#pragma once

// `alert_response`: spells of heavy pollution come at random in their season. Rules turn how bad
// and how long a spell will be into an alert level; orders by level and performance grade cut what
// sources may do, from the announcement on where they need time; when the alert is lifted they go
// back, and make up part of what they lost.
//
//   for each spell, in the order in which they come:
//     the rules of the day of its announcement give it a level, or none: then nothing happens
//     announced  `notice` before it begins; who needs time starts to turn down
//     in force   while it lasts, and `lifted_after` more
//     lifted     everyone goes back to full; rebound
//
// Spells may overlap: the level in force is the highest of those that hold. The spells themselves
// depend on nothing that happens in the world, so that scenarios meet the same ones.

#include "measures/measure.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

struct AlertResponse : MeasurePlan {
  //! Spells of heavy pollution: a Poisson process with the rate of a profile.
  struct Episodes {
    Number per_year = Number::constant(0); //!< mean number in a calendar year
    Index profile = kNone;                 //!< kNone is flat
    std::vector<double>
        trend; //!< factor per calendar year from the horizon's first; the last holds
    Number peak = Number::constant(0);  //!< highest AQI (chance)
    Number lasts = Number::constant(0); //!< (chance) [s]
    std::optional<double> floor; //!< AQI at begin and end, in straight lines to the peak and back;
                                 //!< absent stays at the peak all along
  };

  //! A condition on a spell that calls for a level; any one of a level's suffices.
  struct Rule {
    Time from = Time::min(); //!< rules of the latest date that has come hold, alone
    AlertLevel level = AlertLevel::yellow;
    double above = 0;                //!< AQI that is reached …
    Duration lasting{};              //!< … for at least so long
    std::optional<double> and_above; //!< a second condition on the same spell
    Duration and_lasting{};
  };

  //! Share of the activity that is cut at each level.
  struct LevelCuts {
    Number yellow = Number::constant(0);
    Number orange = Number::constant(0);
    Number red = Number::constant(0);
  };
  //! By performance grade; `any` for what has none, and for grades without cuts of their own.
  struct Cuts {
    std::optional<LevelCuts> A, B, C, D, any;
  };

  //! Whether a share of each order is carried out, or each source obeys with that probability.
  enum class Obedience : std::uint8_t { share, chance };

  //! An order for some sources. A source is under the first order that names it.
  struct Order {
    std::string id;
    std::string name;
    std::string name_zh;
    std::vector<Index> sources;
    std::vector<Index> plants;
    std::vector<std::string> processes;
    std::vector<Index> sectors;
    Cuts cuts;
    Number least = Number::constant(0); //!< what it cannot be turned down below [share]
    Number ramp = Number::constant(0);  //!< time from full to the order, and back [s]
    Number obeyed = Number::constant(1);
    Obedience obedience = Obedience::share;
    bool rebounds = true;
  };

  //! What is made up after an alert.
  struct Rebound {
    Number share = Number::constant(0); //!< of what was cut
    Number at = Number::constant(0);    //!< share above what runs otherwise
  };

  Episodes episodes;
  std::vector<Rule> rules;
  std::vector<Order> orders;
  Duration notice{0};
  Duration lifted_after{0};
  std::optional<Rebound> rebound;
  Grade unexempted_as = Grade::B; //!< how grade A is judged in the view without exemptions

  Process run(World& world, Index measure) const override;
};

//! The sources under each order, in id order.
std::vector<std::vector<Index>> sources_under_orders(const AlertResponse& plan,
                                                     const Scenario& scenario);

const FieldTable<AlertResponse>& alert_response_fields();
void check_alert_response(const AlertResponse& plan, const Scenario& scenario,
                          const std::string& key, Diagnostics& diagnostics);
Kind alert_response_kind();

} // namespace lantian

#pragma once

// What a patrol does about the occurrences of one row of arrivals, as a Watch of the world: its
// answers for one occurrence, each from draws that are keyed by the patrol, the row and the
// occurrence's ordinal.

#include "measures/patrol.hpp"
#include "measures/project.hpp"
#include "world/arrivals.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace lantian {

//! The way of a round over the sites, from its first visit on.
class Route {
public:
  //! `calendar` may be null: it goes always. `period` in open time [s].
  Route(const Calendar* calendar, Time begin, double period, std::uint32_t sites);

  //! When the site is visited for the (count + 1)-th time from `from` on.
  Time visit(std::uint32_t site, double count, Time from) const;
  //! How many visits to all sites fall before `time`.
  double visits_before(Time time) const;

private:
  double open_time(Time to) const;
  double steps_done(Time time, double offset, double step) const;

  const Calendar* calendar_;
  Time begin_;
  double period_;
  double sites_;
};

class PatrolWatch final : public Watch {
public:
  //! Of occurrences of `row`, from now on.
  PatrolWatch(Project& project, const Patrol& plan, Index row);

  bool prevents(const Occurrence& occurrence) const override;
  Time ends(const Occurrence& occurrence, Time from) const override;

private:
  //! A detectability with its numbers drawn.
  struct Eye {
    double probability = 0;
    double half = 0; //!< [activity amount per second]; 0 where the probability is a number
    double slope = 1;
    double sees(const Occurrence& occurrence) const;
  };
  //! One way of being found, with the streams of its chances.
  struct Way {
    Eye eye;
    const std::optional<Number>* delay = nullptr; //!< null in rounds
    const std::optional<Number>* response;
    ChanceStream luck;
    ChanceStream delays;
    ChanceStream responses;
  };
  Way way(const Project& project, const Detectability& detects, const std::string& what,
          const std::optional<Number>* delay, const std::optional<Number>* response) const;
  Time found_on_rounds(const Occurrence& occurrence, Time from) const;
  Time detected(const Way& way, const Occurrence& occurrence, Time from) const;
  Time over(const Way& way, const Occurrence& occurrence, Time found) const;

  const Draw& draw_;
  const std::string row_; //!< id, the beginning of all purposes
  double deterrence_;
  Time until_;
  std::optional<Route> route_;
  std::vector<Way> ways_; //!< that of the rounds first, where there are any
  ChanceStream deterred_;
};

} // namespace lantian

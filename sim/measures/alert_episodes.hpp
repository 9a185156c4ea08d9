#pragma once

// Spells of heavy pollution. They come as a Poisson process whose rate follows a profile: the
// cumulative rate is inverted, so that the k-th spell has the k-th draws, whatever else happens. A
// spell is known from its announcement on: how bad it gets and how long it lasts.

#include "measures/alert_response.hpp"

#include <cstdint>
#include <optional>

namespace lantian {

struct Episode {
  std::uint32_t ordinal = 0;
  Time announced{};
  Time begin{};
  Time end{}; //!< of the pollution; the alert is lifted later
  AlertLevel level = AlertLevel::none;
};

//! How long a spell stays at or above an AQI. With `floor` it climbs from there to its peak and
//! falls back, each in a straight line; without, it is at its peak all along.
Duration time_above(double aqi, double peak, Duration lasts, std::optional<double> floor);

//! The level that the rules of `date` give to a spell; the highest of those that apply.
AlertLevel level_of(const AlertResponse& plan, double peak, Duration lasts, Time date);

//! The spells of one replication, one after the other.
class Episodes {
public:
  Episodes(const World& world, Index measure, const AlertResponse& plan);
  Episodes(const Episodes&) = delete;
  Episodes& operator=(const Episodes&) = delete;

  //! The next spell that calls for an alert; nothing where none does before the horizon's end.
  std::optional<Episode> next();

private:
  const World& world_;
  const AlertResponse& plan_;
  std::optional<ActivityClock> own_clock_; //!< where there is a trend
  const ActivityClock& clock_;
  double per_year_;
  ChanceStream gaps_;
  ChanceStream peaks_;
  ChanceStream lengths_;
  std::uint32_t ordinal_ = 0;
  Time begin_; //!< of the last spell
};

} // namespace lantian

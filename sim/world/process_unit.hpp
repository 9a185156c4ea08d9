#pragma once

// A ProcessUnit is one source at run time: its activity, its outlets with the state of their
// controls, and its energy flows. It only answers "how much per unit of share, now"; the Ledger
// integrates.
//
// Each outlet (one pollutant of the source) is in one of two modes, never both:
//   raw    stack = raw x capture x Π(1 - efficiency of the controls in service)
//          fugitive = raw x (1 - capture) x (1 - fugitive control)
//   stack  stack = concentration (or bypass) x oxygen correction x gas volume
// In raw mode a control stands on the outlets of the pollutants for which it has an efficiency. In
// stack mode the concentration says what all controls leave; they stand on the outlets that give a
// `bypass`, and the failure of any of them leads to it. An outlet without `bypass` does not notice.
// Everything that can move is a Ramp, so a flow is a product of ramps.

#include "scenario/scenario.hpp"
#include "world/activity.hpp"
#include "world/bed.hpp"
#include "world/blueprint.hpp"
#include "world/polynomial.hpp"

#include <optional>
#include <span>
#include <vector>

namespace lantian {

//! Not there yet, working, or failed with the gas going round it.
enum class Service : std::uint8_t { absent, working, out };

//! A control as one outlet sees it.
struct ControlUse {
  Index control = kNone;
  double new_efficiency =
      0;           //!< when as new [share]; 0 in stack mode, whose concentrations contain it; 1 of
                   //!< a bed of carbon, which takes all and lets through what it must, see Bed
  Ramp efficiency; //!< now, by age [share]
  Ramp rise = Ramp::constant(1); //!< share of that which is reached; from 0 to 1 in commissioning
  Service service = Service::working;
};

struct Outlet {
  Index pollutant = kNone;
  bool is_raw = true;
  Ramp factor;           //!< raw [kg per unit of activity], or concentration [kg/m3]
  double gas_volume = 0; //!< [m3 per unit of activity]; 0 where unknown
  double bypass = 0;     //!< concentration while a control is bypassed [kg/m3]
  Ramp capture = Ramp::constant(1);
  Ramp fugitive_control = Ramp::constant(0);
  std::vector<ControlUse> controls;
  double limit = 0;       //!< hourly limit [kg/m3], stack mode only; 0 is none
  double hourly_cv = 0;   //!< of hourly means around the mean
  int commissionings = 0; //!< under way; meanwhile hours do not count for compliance

  //! True while a control that the outlet needs is out of service and the gas goes round it.
  bool is_bypassed() const;
  //! Mean concentration at the outlet [kg/m3]; stack mode only.
  double concentration(Time base, double offset) const {
    return is_bypassed() ? bypass : factor.at(base, offset);
  }
};

//! Channel of what is booked by source only.
inline constexpr std::uint32_t kNoChannel = static_cast<std::uint32_t>(-1);

//! Which amount goes to which channel; an energy flow goes to its carrier's meter. Small, because
//! a change of the unit looks at all of its flows.
struct Flow {
  //! `charged`: what a carrier's use causes elsewhere; booked when the books are closed, from the
  //! yearly amounts of the energy flow `of` and the carrier's factor of that year. `generated` and
  //! `removed` of a raw outlet are for the mass balance. `activity` is the last flow of each unit.
  enum class Kind : std::uint8_t { stack, fugitive, energy, charged, generated, removed, activity };
  Kind kind = Kind::stack;
  std::uint32_t channel = 0;
  std::uint32_t of = 0;       //!< outlet (all that concern one) or energy flow (charged)
  Index used_carrier = kNone; //!< energy that is used, not recovered
  double per_activity = 0;    //!< energy: [base amount per unit of activity]

  Flow(Kind kind, std::size_t channel, std::size_t of)
      : kind(kind), channel(static_cast<std::uint32_t>(channel)),
        of(static_cast<std::uint32_t>(of)) {}
};

//! Activity that comes at random beside the nominal one and goes again: a fire, a leak, a storm. It
//! passes through the factors and ceilings of the unit.
struct Pulse {
  std::uint64_t id = 0; //!< told apart by, within a source
  Time begin{};
  Time end{};
  double rate = 0; //!< [amount of activity per second]
  //! What the rate is multiplied by in the course of `span` from the beginning; absent is 1.
  struct Shape {
    Polynomial course;
    Duration span{};
  };
  std::optional<Shape> shape{};

  int degree() const { return shape ? shape->course.degree() : 0; }
  //! Rate at `offset` seconds after `base`, from its beginning to its end.
  double rate_at(Time base, double offset) const {
    if (!shape)
      return rate;
    const double since = static_cast<double>((base - begin).count()) + offset;
    return rate * shape->course.at(since / static_cast<double>(shape->span.count()));
  }
};

class ProcessUnit {
public:
  ProcessUnit(Activity activity, std::vector<Outlet> outlets, std::vector<Flow> flows)
      : activity(std::move(activity)), outlets(std::move(outlets)), flows(std::move(flows)) {}

  //! Amount of flow `f` per unit of activity.
  double per_activity(std::size_t f, Time base, double offset) const;
  //! Amount of flow `f` per calendar year at share 1 and profile 1.
  double intensity(std::size_t f, Time base, double offset) const {
    return activity.nominal() * per_activity(f, base, offset);
  }
  //! What a unit of activity feeds to the bed [kg]; 0 while it is out of service.
  double fed_to_bed(Time base, double offset) const;
  //! Degree of the intensities as polynomials within (a, b).
  int degree(Time a, Time b) const;
  void append_corners(Time a, Time b, std::vector<double>& corners) const;

  bool emits(Index pollutant) const;
  //! The outlet of a pollutant, or null.
  Outlet* outlet_of(Index pollutant);

  //! The flow of what is used of a carrier, or null.
  Flow* flow_of_use(Index carrier);

  Activity activity;
  std::vector<Outlet> outlets;
  std::vector<Flow> flows;
  std::vector<Pulse> pulses;    //!< those that have not been booked to their end
  std::size_t most_pulses = 64; //!< at which those that have ended are booked and forgotten
  std::optional<Bed> bed;       //!< of carbon, whose outlet's stack flow is what goes round it
  Time settled{};               //!< the ledger has booked everything before this
};

//! C_ref = C (21 - O2_ref)/(21 - O2), oxygen as shares (0.21 is air).
double oxygen_correction(double oxygen, double reference_oxygen);

//! Number of flows of a source's unit; the same in every replication.
std::size_t flow_count_of(const Blueprint& blueprint, const Source& source);
//! True where the outlet's compliance is followed: it has a limit, or a standard has one for it
//! that a measure may bring into force.
bool is_limited(const Scenario& scenario, const Source& source, const EmissionFactor& emits);

//! The limit that a standard has for a pollutant of a process, or null.
const StandardLimit* limit_of(const Standard& standard, const std::string& process,
                              Index pollutant);

//! The unit of source `s` at the start of the horizon, under one draw of the parameters.
ProcessUnit make_unit(const Blueprint& blueprint, std::size_t s,
                      std::span<const double> parameters);

} // namespace lantian

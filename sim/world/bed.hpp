#pragma once

// The bed of carbon of a unit: what one of its outlets captures goes through it, behind all other
// controls. It is fed while its control is in service; what goes round it (in commissioning, in a
// failure, while the carbon is away) is booked like that of any outlet, what breaks through by the
// closed form of adsorber.hpp from what was fed.

#include "scenario/table.hpp"
#include "world/adsorber.hpp"

#include <cstddef>

namespace lantian {

struct Bed {
  Index control = kNone;
  std::size_t outlet = 0;    //!< of the unit
  double mass = 0;           //!< of carbon [kg]
  double fresh_capacity = 0; //!< what fresh carbon is meant to hold [kg]
  AdsorberBed carbon;
  double fed = 0;       //!< since the start of the horizon [kg]
  double through = 0;   //!< broken through [kg]
  double taken_out = 0; //!< with carbon that was taken out [kg]
  double at_start = 0;  //!< adsorbed before the horizon [kg]

  //! Takes `feed` [kg] in and returns what of it breaks through [kg].
  double take(double feed) {
    const double passed = carbon.take(feed);
    fed += feed;
    through += passed;
    return passed;
  }
};

} // namespace lantian

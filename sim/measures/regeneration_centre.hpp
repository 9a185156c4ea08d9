#pragma once

// A centre that regenerates the activated carbon of many shops. Until it opens, the beds are
// changed on the calendar, early or late (world/adsorber_life). From then on a bed's carbon is
// changed when it is loaded, or on a shorter calendar: a truck brings carbon that the centre has in
// stock and takes the spent one along, which waits for a kiln, first come, first served. Where the
// centre has no stock, the shop's own carbon goes and comes back, and its gas goes round the bed
// meanwhile.
//
// A kiln drives off what the carbon has adsorbed, into an oxidiser. What the carbon can hold falls
// by `recovery` each time, and a share of it is made up with fresh carbon:
//
//     share of the fresh capacity  ->  (1 - make_up) x recovery x share + make_up

#include "measures/measure.hpp"
#include "scenario/kind.hpp"

#include <optional>
#include <vector>

namespace lantian {

struct RegenerationCentre : MeasurePlan {
  std::vector<Index> controls;        //!< adsorbers
  std::optional<Number> change_at;    //!< load at which carbon is changed [share of its capacity]
  std::optional<Number> change_every; //!< or the time after which it is (chance) [s]
  Index truck = kNone;                //!< crews, one for each round; kNone: there are enough
  Number transport = Number::constant(0);    //!< one way, and the same back (chance) [s]
  Number spare_carbon = Number::constant(0); //!< in stock at the opening, fresh [kg]
  std::int64_t kilns = 1;
  Number throughput = Number::constant(0); //!< of one kiln [kg/year]
  Number recovery = Number::constant(1);   //!< of capacity, each time [share]
  Number make_up = Number::constant(0);    //!< fresh carbon, each time [share]
  Index centre = kNone;       //!< source whose activity is the carbon that goes through the kilns
  Index oxidiser = kNone;     //!< source whose activity is what is driven off
  Index waste = kNone;        //!< source whose activity is the carbon that is made up for
  std::optional<Number> cost; //!< of regenerating [CNY/kg]
  std::optional<Number> trip_cost; //!< of a truck's round [CNY]

  Process run(World& world, Index measure) const override;
};

Kind regeneration_centre_kind();

} // namespace lantian

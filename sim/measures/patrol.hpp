#pragma once

// A patrol looks for what comes at random: open fires, dust events, leaks. From the end of its
// works on it deters a share of the occurrences, and finds others on its rounds, by camera or
// because somebody complains; what is found ends after the time of response, unless it has ended by
// itself. What it draws goes by the ordinal of the occurrence, so that patrols are compared on the
// same ones.
//
// A round goes from site to site, evenly over its period: site s of n is visited at the share s/n
// of each period. A visit detects what is there with a probability; how many visits it takes is
// drawn once, by inversion of the geometric distribution.

#include "measures/measure.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

//! The probability of detecting an occurrence that is there: a number, or a curve of its flow.
struct Detectability {
  //! p = 1/(1 + (half/flow)^slope)
  struct BySize {
    Number half = Number::constant(0); //!< flow of which half is detected [activity amount/year]
    Number slope = Number::constant(1);
  };
  std::optional<Number> probability;
  std::optional<BySize> by_size;
};

struct Patrol : MeasurePlan {
  struct Rounds {
    Number every = Number::constant(0); //!< period of a round, in open time of the calendar [s]
    Index calendar = kNone;             //!< when they go; kNone is always
    Detectability detects;              //!< at one visit
    std::optional<Number> response;     //!< (chance) from detection to the end [s]
    std::optional<Number> cost;         //!< of a visit [CNY]
  };
  //! A camera, a complaint: it detects an occurrence once or never.
  struct Detection {
    std::string id;
    Detectability detects;
    std::optional<Number> delay;    //!< (chance) from the beginning to the detection [s]
    std::optional<Number> response; //!< (chance) from detection to the end [s]
  };

  std::vector<Index> arrivals;
  std::optional<Number> deterrence; //!< share that does not happen any more
  std::optional<Rounds> rounds;
  std::vector<Detection> detections;
  std::optional<Time> until; //!< it is over then

  Process run(World& world, Index measure) const override;
};

Kind patrol_kind();

} // namespace lantian

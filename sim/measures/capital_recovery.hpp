#pragma once

// What capital costs a year: capital times the capital recovery factor, the equal payments at each
// year's end that pay a sum back with interest over its life.
//
//     CRF = r (1 + r)^L / ((1 + r)^L - 1), and 1/L without interest
//
// (Sorrels and Walton, Cost Estimation: Concepts and Methodology, chapter 2 of the EPA Air
// Pollution Control Cost Manual, 7th edition, 2017.)

#include "measures/project_plan.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

//! [1/year]. `rate` is 0 or more [share per year], `years` is above 0.
double capital_recovery_factor(double rate, double years);

//! Of what a measure builds, at the scenario's discount rate [1/year].
double capital_recovery_factor(const ProjectPlan& plan, const Scenario& scenario);

} // namespace lantian

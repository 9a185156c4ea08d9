#pragma once

// What the bits of a run's numbers depend on: the program, the build, the seed, and every byte of
// its inputs. Blocks that were computed elsewhere, or before, belong to a run only if all of that
// is the same.

#include "ensemble/ensemble.hpp"
#include "results/scenario_set.hpp"

#include <string>

namespace lantian {

//! One line a fact, "name: value"; an input file with its digest.
std::string run_description(const ScenarioSet& scenarios, const EnsembleOptions& options);

//! The digest of a description.
std::string run_identity(const std::string& description);

//! What is another in `theirs` than in `ours`, for people: "seed 2 instead of 1, and baseline.toml
//! has changed"; empty where nothing is.
std::string difference_of_runs(const std::string& theirs, const std::string& ours);

} // namespace lantian

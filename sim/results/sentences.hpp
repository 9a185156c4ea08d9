#pragma once

// What an explanation says, in English sentences. They round; the tables beside them do not.

#include "results/comparison.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lantian {

struct Explanation;

//! When a measure is done in so many replications, and what its time goes into.
std::vector<std::string> sentences_on_measure(const Explanation& measure,
                                              std::int64_t replications);

//! How often a target is met; of a deadline when it is, how late that is, and for what.
std::vector<std::string> sentences_on_target(const ComparedTarget& target);

} // namespace lantian

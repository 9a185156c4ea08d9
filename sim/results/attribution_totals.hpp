#pragma once

// What an attribution shares out, of many coalitions: yearly direct emissions and costs, and what
// the capital costs a year over the life of what it builds.

#include "ensemble/attribution.hpp"
#include "results/kept_runs.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace lantian {

//! One quantity in all scenarios of a run.
struct TotalledVariable {
  std::string name;
  std::string unit;
  std::string long_name;
  std::vector<GameValues> values; //!< by scenario, each as [replication][year]
};

struct YearlyTotals {
  std::vector<std::int32_t> years;
  std::vector<TotalledVariable> variables; //!< pollutants of the plan, capital,
                                           //!< operating, cost, annuity
};

//! Runs the scenarios, which keep yearly totals. Throws UsageError where one of them differs from
//! the first in its years, or lacks a pollutant of the plan or has it in another unit; and what
//! run_and_keep throws.
YearlyTotals run_yearly_totals(std::size_t count,
                               const std::function<SharedScenario(std::size_t)>& load,
                               const Scenario& plan, const EnsembleOptions& options,
                               const Progress& progress, const std::stop_token& stop);

//! Throws UsageError unless both have the same price year and discount rate.
void require_same_money(const Scenario& plan, const Scenario& base);

//! Median date at which each measure's works are done [d since 1970], the earlier of two in the
//! middle; the greatest number where in most worlds they never are.
std::map<std::string, double> median_works_dates(const SharedScenario& scenario,
                                                 const EnsembleOptions& options,
                                                 const std::stop_token& stop);

} // namespace lantian

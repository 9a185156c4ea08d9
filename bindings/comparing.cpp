#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "bind.hpp"
#include "results/comparison.hpp"
#include "results/explanation.hpp"
#include "under_way.hpp"

// What `lantian compare` and `lantian why` print, as data.
namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

py::tuple pair_of(const ConfidenceInterval& interval) {
  return py::make_tuple(interval.low, interval.high);
}

py::dict dict_of(const ComparedAmount& amount) {
  py::dict row("scenario"_a = amount.scenario, "mean"_a = amount.amount.mean,
               "standard_error"_a = amount.amount.error,
               "parameter_variance"_a = amount.spread.parameter_variance,
               "chance_variance"_a = amount.spread.chance_variance);
  if (amount.difference) {
    row["difference"] = amount.difference->difference.mean;
    row["difference_interval"] = pair_of(amount.difference->interval);
    row["probability_below"] = amount.order->probability_below;
    row["probability_below_interval"] = pair_of(amount.order->interval);
  }
  return row;
}

//! Dates are days since 1970-01-01, missing where they are not within the horizon.
py::dict dict_of(const Lateness& lateness) {
  py::list days;
  for (const double date : lateness.dates)
    days.append(std::isfinite(date) ? date : std::numeric_limits<double>::quiet_NaN());
  py::list causes;
  for (const LateCause& cause : lateness.causes) {
    causes.append(py::dict("name"_a = cause.name, "mean_days"_a = cause.mean_days,
                           "p90_days"_a = cause.p90_days, "mean_late"_a = cause.mean_late,
                           "p90_late"_a = cause.p90_late, "share"_a = cause.share));
  }
  py::dict last;
  for (const LastMeasure& measure : lateness.last)
    last[py::str(measure.id)] = measure.share;
  return py::dict("due"_a = lateness.due, "dates"_a = days, "never"_a = lateness.never,
                  "mean_days"_a = lateness.days.mean,
                  "mean_days_interval"_a = pair_of(lateness.interval), "causes"_a = causes,
                  "last_measures"_a = last);
}

py::dict dict_of(const ComparedTarget& target) {
  py::dict row("scenario"_a = target.scenario, "target"_a = target.target, "met"_a = target.met,
               "assessable"_a = target.assessable,
               "probability_interval"_a = pair_of(target.probability),
               "median_margin"_a = target.median_margin, "margin_unit"_a = target.margin_unit);
  if (target.band) {
    row["probability_band"] = pair_of(*target.band);
  }
  if (target.against_base) {
    row["difference_to_base"] = target.against_base->difference;
    row["p_value"] = target.against_base->p_value;
  }
  if (target.lateness)
    row["lateness"] = dict_of(*target.lateness);
  return row;
}

py::dict compared(const ResultFile& file, const std::string& base) {
  const Comparison comparison = compare(file, base);
  py::list quantities;
  for (const ComparedQuantity& quantity : comparison.quantities) {
    py::list amounts;
    for (const ComparedAmount& amount : quantity.scenarios) {
      amounts.append(dict_of(amount));
    }
    quantities.append(
        py::dict("name"_a = quantity.name, "unit"_a = quantity.unit, "amounts"_a = amounts));
  }
  py::list targets;
  for (const ComparedTarget& target : comparison.targets) {
    targets.append(dict_of(target));
  }
  return py::dict("base"_a = comparison.base, "replications"_a = comparison.replications,
                  "chance_draws"_a = comparison.chance_draws, "start"_a = comparison.from,
                  "end"_a = comparison.to, "quantities"_a = quantities, "targets"_a = targets);
}

py::dict dict_of(const Explanation& explanation) {
  py::list milestones;
  for (const ExplainedMilestone& milestone : explanation.milestones) {
    milestones.append(py::dict("name"_a = milestone.name, "reached"_a = milestone.reached,
                               "days"_a = milestone.dates));
  }
  py::list causes;
  for (const ExplainedCause& cause : explanation.causes) {
    causes.append(py::dict("name"_a = cause.name, "mean_days"_a = cause.mean_days,
                           "p90_days"_a = cause.p90_days));
  }
  py::dict row("scenario"_a = explanation.scenario, "id"_a = explanation.id,
               "name"_a = explanation.name, "sentences"_a = explanation.sentences,
               "cancelled"_a = explanation.cancelled, "milestones"_a = milestones,
               "causes"_a = causes);
  if (explanation.target)
    row["target"] = dict_of(*explanation.target);
  return row;
}

py::list explained(const ResultFile& file, const std::string& name) {
  py::list result;
  for (const Explanation& explanation : explain(file, name))
    result.append(dict_of(explanation));
  return result;
}

} // namespace

void bind_comparing(py::module_& module) {
  const py::call_guard<UnderWay> at_work;
  module.def("compare", &compared, "file"_a, "base"_a, at_work);
  module.def("explain", &explained, "file"_a, "name"_a, at_work);
}

} // namespace lantian::python

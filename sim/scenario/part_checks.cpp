#include "scenario/part_checks.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr double kRounding = 1e-9;
constexpr double kOxygenOfAir = 0.21;

class PartCheck {
public:
  PartCheck(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}

  void source(const Source& source) {
    for (const EmissionFactor& part : source.emits) {
      const EmissionFactor* whole = whole_of(source, part.pollutant);
      if (whole == nullptr || !is_known(part) || !is_known(*whole)) {
        continue;
      }
      const double more = emitted(source, part);
      const double less = emitted(source, *whole);
      if (more > less * (1 + kRounding)) {
        report(source, part, *whole, more, less);
      }
    }
  }

private:
  //! The closest pollutant that contains this one and is emitted here too.
  const EmissionFactor* whole_of(const Source& source, Index pollutant) const {
    std::size_t steps = 0;
    for (Index at = scenario_.pollutants[pollutant].within;
         at != kNone && steps <= scenario_.pollutants.size();
         at = scenario_.pollutants[at].within, ++steps) {
      const auto found =
          std::find_if(source.emits.begin(), source.emits.end(),
                       [&](const EmissionFactor& each) { return each.pollutant == at; });
      if (found != source.emits.end()) {
        return &*found;
      }
    }
    return nullptr;
  }

  static bool is_known(const EmissionFactor& factor) {
    return factor.raw || (factor.concentration && factor.gas_volume);
  }

  //! After control, per unit of activity [base units].
  double emitted(const Source& source, const EmissionFactor& factor) {
    if (!factor.raw) {
      return value(*factor.concentration) * value(*factor.gas_volume) * correction(factor);
    }
    double passed = 1;
    for (const Index index : source.controls) {
      const Control& control = scenario_.controls[index];
      for (const ControlEfficiency& each : control.efficiency) {
        if (control.in_service && each.pollutant == factor.pollutant) {
          passed *= 1 - value(each.efficiency);
        }
      }
    }
    const double captured = value(factor.capture);
    return value(*factor.raw) *
           (captured * passed + (1 - captured) * (1 - value(factor.fugitive_control)));
  }

  double correction(const EmissionFactor& factor) {
    return factor.oxygen ? (kOxygenOfAir - value(*factor.reference_oxygen)) /
                               (kOxygenOfAir - value(*factor.oxygen))
                         : 1;
  }

  double value(const Number& number) {
    if (number.has_parameters() && medians_.empty()) {
      medians_ = draw_parameters(scenario_.parameters, [](const auto&) { return 0.5; });
    }
    return number.value(medians_);
  }

  void report(const Source& source, const EmissionFactor& part, const EmissionFactor& whole,
              double more, double less) const {
    const std::string& name = scenario_.pollutants[part.pollutant].id;
    const std::string& of = scenario_.pollutants[whole.pollutant].id;
    diagnostics_.error(
        fmt::format("sources.{}.emits.{}.{}", source.id, name, part.raw ? "raw" : "concentration"),
        fmt::format("{} is part of {}, but after control {:.3g} times as much of it is emitted{}",
                    name, of, more / less,
                    medians_.empty() ? "" : ", at the medians of the parameters"));
  }

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  std::vector<double> medians_; //!< of the parameters; empty until one is needed
};

} // namespace

void check_parts(const Scenario& scenario, const std::set<std::string>& unsound,
                 Diagnostics& diagnostics) {
  PartCheck check(scenario, diagnostics);
  for (const Source& source : scenario.sources) {
    const bool is_sound =
        unsound.count("sources." + source.id) == 0 &&
        std::none_of(source.controls.begin(), source.controls.end(), [&](Index control) {
          return unsound.count("controls." + scenario.controls[control].id) > 0;
        });
    if (is_sound) {
      check.source(source);
    }
  }
}

} // namespace lantian

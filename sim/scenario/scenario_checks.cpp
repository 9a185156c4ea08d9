#include "scenario/scenario_checks.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "scenario/dispersion_checks.hpp"
#include "scenario/matter_checks.hpp"
#include "scenario/part_checks.hpp"
#include "scenario/published_checks.hpp"
#include "scenario/units.hpp"

namespace lantian {

namespace {

//! One pass over the inventory.
class InventoryCheck {
public:
  InventoryCheck(const Scenario& scenario, const std::set<std::string>& unsound,
                 Diagnostics& diagnostics)
      : scenario_(scenario), unsound_(unsound), diagnostics_(diagnostics) {}

  void tables() const {
    if (scenario_.pollutants.empty() && is_sound("pollutants")) {
      diagnostics_.error("pollutants", "the scenario has no pollutants: nothing is accounted");
    }
    if (scenario_.sources.empty() && is_sound("sources")) {
      diagnostics_.error("sources", "the scenario has no sources: nothing emits");
    }
  }

  void pollutants() const {
    for (Index i = 0; i < scenario_.pollutants.size(); ++i) {
      const Pollutant& pollutant = scenario_.pollutants[i];
      const std::string key = "pollutants." + pollutant.id;
      if (!is_sound(key) || pollutant.within == kNone) {
        continue;
      }
      const Pollutant& whole = scenario_.pollutants[pollutant.within];
      if (contains_itself(i)) {
        diagnostics_.error(key + ".within", fmt::format("{} contains itself", pollutant.id));
      } else if (amount_of(pollutant) != amount_of(whole)) {
        diagnostics_.error(
            key + ".within",
            fmt::format("{} is counted in {} and {} in {}: a part and its whole must "
                        "be of one dimension",
                        pollutant.id, pollutant.unit, whole.id, whole.unit));
      }
    }
  }

  void carriers(int first_year) const {
    for (const Carrier& carrier : scenario_.carriers) {
      const std::string key = "carriers." + carrier.id;
      if (!is_sound(key)) {
        continue;
      }
      std::map<Index, std::int64_t> begins;
      for (const CarrierFactor& factor : carrier.factors) {
        const auto [found, is_new] = begins.emplace(factor.pollutant, factor.from);
        found->second = std::min(found->second, factor.from);
        check_carrier_factor(carrier, factor, key);
      }
      for (const auto& [pollutant, from] : begins) {
        if (from > first_year) {
          diagnostics_.error(
              fmt::format("{}.factors.{}", key, scenario_.pollutants[pollutant].id),
              fmt::format("begins in {}, after the scenario does ({})", from, first_year));
        }
      }
    }
  }

  void sources() const {
    for (const Source& source : scenario_.sources) {
      const std::string key = "sources." + source.id;
      if (!is_sound(key)) {
        continue;
      }
      if (source.district == kNone) {
        diagnostics_.error(key, "has neither a 'plant' nor a 'district': give one of them");
      }
      if (source.sector == kNone) {
        diagnostics_.error(key, "has neither a 'plant' nor a 'sector': give one of them");
      }
      for (const EmissionFactor& emission : source.emits) {
        const Pollutant& pollutant = scenario_.pollutants[emission.pollutant];
        check_emission(source, emission, key + ".emits." + pollutant.id);
      }
      for (const EnergyUse& use : source.energy) {
        check_energy(source, use, key + ".energy." + scenario_.carriers[use.carrier].id);
      }
    }
  }

  void arrivals() const {
    for (const ArrivalsRow& row : scenario_.arrivals) {
      const std::string key = "arrivals." + row.id;
      if (!is_sound(key)) {
        continue; // it may have no source
      }
      const Source& source = scenario_.sources[row.source];
      if (!is_sound("sources." + source.id)) {
        continue;
      }
      if (row.amount) {
        check_occurrence(source, *row.amount, source.activity.dimension() * kTime, key + ".amount");
      } else if (row.flow) {
        check_occurrence(source, *row.flow, source.activity.dimension(), key + ".flow");
      }
      check_emission_of_occurrences(source, key + ".source");
    }
  }

private:
  bool is_sound(const std::string& row) const { return unsound_.count(row) == 0; }

  static Dimension amount_of(const Pollutant& pollutant) {
    return parse_unit(pollutant.unit).dimension;
  }

  Dimension amount_of(const Carrier& carrier) const {
    return carrier.pollutant == kNone ? kEnergy
                                      : amount_of(scenario_.pollutants[carrier.pollutant]);
  }

  bool contains_itself(Index begin) const {
    Index at = begin;
    for (std::size_t steps = 0; steps <= scenario_.pollutants.size(); ++steps) {
      at = scenario_.pollutants[at].within;
      if (at == kNone || at == begin) {
        return at == begin;
      }
    }
    return false; // another one does
  }

  void check_carrier_factor(const Carrier& carrier, const CarrierFactor& factor,
                            const std::string& key) const {
    const Pollutant& pollutant = scenario_.pollutants[factor.pollutant];
    const Dimension needed = amount_of(pollutant) / amount_of(carrier);
    if (factor.value.dimension() != needed) {
      diagnostics_.error(fmt::format("{}.factors.{}", key, pollutant.id),
                         fmt::format("is {}; {} is needed, because {} is counted in {}",
                                     describe(factor.value.dimension()), describe(needed),
                                     pollutant.id, pollutant.unit));
    }
  }

  //! "t/(t*km)" for a pollutant in t and an activity in t*km/year.
  static std::string factor_unit(const std::string& amount, const Source& source) {
    const std::string per = source.activity_unit.substr(0, source.activity_unit.rfind('/'));
    const bool is_product = per.find_first_of("*/") != std::string::npos;
    return amount + "/" + (is_product ? "(" + per + ")" : per);
  }

  //! `found` x `beside` x activity must be an amount of the pollutant per time.
  void check_factor(const Source& source, const Pollutant& pollutant, const Number& found,
                    Dimension beside, const std::string& key) const {
    const Dimension needed = amount_of(pollutant) / kTime / source.activity.dimension() / beside;
    if (found.dimension() != needed) {
      const std::string amount = beside == kDimensionless ? pollutant.unit : "m3";
      diagnostics_.error(
          key,
          fmt::format("is {}; {} is needed, such as in '{}', because {} is counted in {} and "
                      "the activity in {}",
                      describe(found.dimension()), describe(needed), factor_unit(amount, source),
                      pollutant.id, pollutant.unit, source.activity_unit));
    }
  }

  void check_emission(const Source& source, const EmissionFactor& emission,
                      const std::string& key) const {
    const Pollutant& pollutant = scenario_.pollutants[emission.pollutant];
    if (!is_sound("pollutants." + pollutant.id)) {
      return;
    }
    if (emission.raw) {
      check_factor(source, pollutant, *emission.raw, kDimensionless, key + ".raw");
    }
    if (emission.concentration && emission.gas_volume) {
      check_factor(source, pollutant, *emission.gas_volume, kConcentration, key + ".gas_volume");
      check_outlet_controls(source, emission, key);
    }
  }

  //! An outlet concentration is what comes out behind the control.
  void check_outlet_controls(const Source& source, const EmissionFactor& emission,
                             const std::string& key) const {
    for (const Index index : source.controls) {
      const Control& control = scenario_.controls[index];
      const bool acts = std::any_of(
          control.efficiency.begin(), control.efficiency.end(),
          [&](const ControlEfficiency& e) { return e.pollutant == emission.pollutant; });
      if (acts) {
        diagnostics_.error(key + ".concentration",
                           fmt::format("is the concentration behind control '{}', whose efficiency "
                                       "would count twice: give `raw` instead, or take the "
                                       "pollutant out of the control",
                                       control.id));
      }
      const bool is_bypassed =
          control.failures && control.failures->on_failure == OnFailure::bypass;
      if (is_bypassed && !emission.bypass) {
        diagnostics_.error(key, fmt::format("needs the key 'bypass': control '{}' is bypassed when "
                                            "it fails",
                                            control.id));
      }
    }
  }

  void check_energy(const Source& source, const EnergyUse& use, const std::string& key) const {
    const Carrier& carrier = scenario_.carriers[use.carrier];
    const Dimension needed = amount_of(carrier) / kTime / source.activity.dimension();
    const std::pair<const char*, const std::optional<Number>*> parts[] = {
        {".uses", &use.uses}, {".recovers", &use.recovers}};
    for (const auto& [name, number] : parts) {
      if (*number && (*number)->dimension() != needed) {
        diagnostics_.error(key + name,
                           fmt::format("is {}; {} is needed, because the activity is counted in {}",
                                       describe((*number)->dimension()), describe(needed),
                                       source.activity_unit));
      }
    }
  }

  //! What one occurrence adds must count what the source's activity counts.
  void check_occurrence(const Source& source, const Number& found, Dimension needed,
                        const std::string& key) const {
    if (found.dimension() != needed) {
      diagnostics_.error(key, fmt::format("is {}; {} is needed, because the activity of '{}' is "
                                          "counted in {}",
                                          describe(found.dimension()), describe(needed), source.id,
                                          source.activity_unit));
    }
  }

  //! Occurrences emit by the factors of their source. Hours above a limit are counted of units that
  //! run, which a source of occurrences does not.
  void check_emission_of_occurrences(const Source& source, const std::string& key) const {
    if (source.emits.empty() && source.energy.empty()) {
      diagnostics_.error(key, fmt::format("'{}' emits nothing, so that occurrences on it count for "
                                          "nothing: give it 'emits'",
                                          source.id));
    }
    for (const EmissionFactor& emission : source.emits) {
      if (emission.limit) {
        diagnostics_.error(key,
                           fmt::format("'{}' has an hourly limit on {}, which cannot be judged "
                                       "of random occurrences: put these on a source of "
                                       "their own",
                                       source.id, scenario_.pollutants[emission.pollutant].id));
      }
    }
  }

  const Scenario& scenario_;
  const std::set<std::string>& unsound_;
  Diagnostics& diagnostics_;
};

} // namespace

void check_inventory(const Scenario& scenario, const std::set<std::string>& unsound,
                     bool has_horizon, Diagnostics& diagnostics) {
  const InventoryCheck check(scenario, unsound, diagnostics);
  check.tables();
  check.pollutants();
  check.sources();
  check_parts(scenario, unsound, diagnostics);
  check_adsorbers(scenario, unsound, diagnostics);
  check_feeds(scenario, unsound, diagnostics);
  check.arrivals();
  check_published(scenario, unsound, diagnostics);
  check_dispersion(scenario, unsound, diagnostics);
  if (has_horizon) {
    const auto day = std::chrono::floor<std::chrono::days>(scenario.start);
    check.carriers(static_cast<int>(std::chrono::year_month_day(day).year()));
  }
}

} // namespace lantian

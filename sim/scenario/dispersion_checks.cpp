#include "scenario/dispersion_checks.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "scenario/units.hpp"

namespace lantian {

namespace {

bool is_same_case(const Transfer& a, const Transfer& b) {
  return std::tie(a.source, a.plant, a.district, a.zone, a.receptor, a.pollutant) ==
         std::tie(b.source, b.plant, b.district, b.zone, b.receptor, b.pollutant);
}

//! One pass over receptors and dispersion.
class DispersionCheck {
public:
  DispersionCheck(const Scenario& scenario, const std::set<std::string>& unsound,
                  Diagnostics& diagnostics)
      : scenario_(scenario), unsound_(unsound), diagnostics_(diagnostics) {}

  void receptors() const {
    const bool screens = scenario_.dispersion && scenario_.dispersion->screens();
    for (const Receptor& receptor : scenario_.receptors) {
      const std::string key = "receptors." + receptor.id;
      if (!is_sound(key)) {
        continue;
      }
      if (screens && (std::isnan(receptor.latitude) || std::isnan(receptor.longitude))) {
        diagnostics_.error(key, "no plume can be computed to it: give 'latitude' and 'longitude', "
                                "or a 'district' that has them");
      }
      check_airshed(receptor, key);
    }
  }

  void presence() const {
    if (scenario_.dispersion && scenario_.receptors.empty() && is_sound("receptors")) {
      diagnostics_.error("dispersion", "says nothing without [receptors.ID]");
    } else if (!scenario_.dispersion && !scenario_.receptors.empty() && is_sound("dispersion")) {
      diagnostics_.error("receptors", "how emissions reach them is not known: add [dispersion]");
    }
  }

  void places() const {
    for (const Source& source : scenario_.sources) {
      check_place("sources." + source.id, source.latitude, source.longitude);
    }
    for (const Receptor& receptor : scenario_.receptors) {
      check_place("receptors." + receptor.id, receptor.latitude, receptor.longitude);
    }
  }

  void pollutants(const Dispersion& dispersion) const {
    const auto& all = dispersion.pollutants;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Pollutant& pollutant = scenario_.pollutants[all[i]];
      const std::string key = fmt::format("dispersion.pollutants[{}]", i + 1);
      if (!is_sound("pollutants." + pollutant.id)) {
        continue;
      }
      if (parse_unit(pollutant.unit).dimension != kMass) {
        diagnostics_.error(key, fmt::format("{} is counted in {}: only a mass has a concentration "
                                            "in the air",
                                            pollutant.id, pollutant.unit));
      }
    }
  }

  //! Of each case the ranges of height must not overlap.
  void matrix(const Dispersion& dispersion) const {
    std::vector<const Transfer*> rows;
    for (const Transfer& row : dispersion.matrix) {
      rows.push_back(&row);
    }
    std::sort(rows.begin(), rows.end(), [](const Transfer* a, const Transfer* b) {
      return std::tie(a->source, a->plant, a->district, a->zone, a->receptor, a->pollutant,
                      a->above, a->id) < std::tie(b->source, b->plant, b->district, b->zone,
                                                  b->receptor, b->pollutant, b->above, b->id);
    });
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (is_same_case(*rows[i - 1], *rows[i]) && rows[i]->above < rows[i - 1]->below) {
        diagnostics_.error("dispersion.matrix." + rows[i]->id,
                           fmt::format("is of the same origin, receptor, pollutant and height as "
                                       "'{}': which of the two holds?",
                                       rows[i - 1]->id));
      }
    }
  }

private:
  bool is_sound(const std::string& row) const { return unsound_.count(row) == 0; }

  void check_place(const std::string& key, double latitude, double longitude) const {
    if (is_sound(key) && std::isnan(latitude) != std::isnan(longitude)) {
      diagnostics_.error(key, fmt::format("the key '{}' is missing: a place needs both",
                                          std::isnan(latitude) ? "latitude" : "longitude"));
    }
  }

  void check_airshed(const Receptor& receptor, const std::string& key) const {
    std::vector<std::string> known;
    for (const District& district : scenario_.districts) {
      if (receptor.airshed == district.airshed) {
        return;
      }
      if (!district.airshed.empty()) {
        known.push_back(district.airshed);
      }
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    diagnostics_.error(
        receptor.airshed.empty() ? key : key + ".airshed",
        receptor.airshed.empty()
            ? fmt::format("states no airshed, but districts do: it must be {}", one_of(known))
            : fmt::format("no district lies in the airshed '{}'{}", receptor.airshed,
                          did_you_mean(receptor.airshed, known)));
  }

  const Scenario& scenario_;
  const std::set<std::string>& unsound_;
  Diagnostics& diagnostics_;
};

} // namespace

void check_dispersion(const Scenario& scenario, const std::set<std::string>& unsound,
                      Diagnostics& diagnostics) {
  const DispersionCheck check(scenario, unsound, diagnostics);
  check.presence();
  check.places();
  if (!scenario.districts.empty()) {
    check.receptors();
  }
  const bool is_sound = std::none_of(unsound.begin(), unsound.end(), [](const std::string& row) {
    return row == "dispersion" || row.rfind("dispersion.", 0) == 0;
  });
  if (scenario.dispersion && is_sound) {
    check.pollutants(*scenario.dispersion);
    check.matrix(*scenario.dispersion);
  }
}

} // namespace lantian

#pragma once

// Shops whose beds of carbon a centre regenerates. VOC is here SO2.

#include "measures/regeneration_centre.hpp"
#include "measures/stories.hpp"

#include <functional>
#include <string>
#include <vector>

namespace lantian {

//! A shop that feeds 1 kg of VOC a day to 100 kg of carbon for 12 kg.
inline void add_shop(Inventory& town, const std::string& id, double load = 0,
                     double change_every = 0) {
  auto& bed = town.control(id + "-bed").removes("SO2", 0.85);
  bed.row.adsorber = Adsorber{};
  bed.row.adsorber->bed = fixed(100);
  bed.row.adsorber->capacity = fixed(0.12);
  bed.row.adsorber->load = fixed(load);
  bed.row.adsorber->carbon_cost = fixed(10);
  if (change_every > 0)
    bed.row.adsorber->change_every = fixed_days(change_every);
  town.source(id).raw("SO2", 1).control(id + "-bed");
}

//! A centre that takes a bed when it is loaded to 80 %, with one kiln that takes 2 days for it; 1 g
//! of NOx for each kg of carbon, and 3 % of what is driven off is not destroyed.
inline void add_centre(Inventory& town, std::vector<std::string> shops,
                       std::function<void(RegenerationCentre&, const Scenario&)> more) {
  town.source("kilns").idle().raw("NOx", 0.001);
  town.control("burner").removes("SO2", 0.97);
  town.source("oxidiser").idle().raw("SO2", 1).control("burner");
  town.source("waste").idle().raw("PM", 1);
  town.measure<RegenerationCentre>("centre", [=](RegenerationCentre& plan, const Scenario& all) {
    for (const std::string& shop : shops)
      plan.controls.push_back(*all.controls.find(shop + "-bed"));
    plan.change_at = fixed(0.8);
    plan.throughput = fixed(50 * 365.2425);
    plan.centre = source_of(all, "kilns");
    plan.oxidiser = source_of(all, "oxidiser");
    plan.waste = source_of(all, "waste");
    if (more)
      more(plan, all);
  });
}

} // namespace lantian

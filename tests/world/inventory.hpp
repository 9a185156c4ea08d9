#pragma once

// Small inventories in code. Everything is in base units: kg, J, CNY, seconds, amounts per calendar
// year. The horizon is the common year 2025 by default; pollutants are PM, PM10, PM25 (each within
// the one before), SO2, NOx, CO2 and electricity. References are resolved by id when the scenario
// is made.

#include "scenario/scenario.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

inline Time date(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                               std::chrono::day{day}};
}
inline Duration days(double count) {
  return whole_seconds(count * 86400);
}
//! So many days after the start of 2025, or before it.
inline Time day(double count) {
  return count < 0 ? date(2025, 1, 1) - days(-count) : date(2025, 1, 1) + days(count);
}
inline Number fixed(double value) {
  return Number::constant(value);
}
inline Number fixed_days(double count) {
  return Number::constant(count * 86400, kTime);
}
//! Exponential, drawn anew at each use.
inline Number exponential_days(double mean) {
  return Number::chance(Distribution::exponential(mean * 86400), kTime);
}

class Inventory {
public:
  //! A row, and what is filled in when all ids are known.
  template <class Row> struct Draft {
    Row row;
    std::vector<std::function<void(Row&, const Scenario&)>> links;
  };

  class SourceDraft : public Draft<Source> {
  public:
    SourceDraft& makes(double per_year) {
      return set([=](Source& s) { s.activity = fixed(per_year); });
    }
    SourceDraft& idle() {
      return set([](Source& s) { s.idle = true; });
    }
    SourceDraft& process(std::string name) {
      return set([=](Source& s) { s.process = name; });
    }
    SourceDraft& trend(std::vector<double> factors) {
      return set([=](Source& s) { s.trend = factors; });
    }
    SourceDraft& background() {
      return set([](Source& s) { s.background = true; });
    }
    SourceDraft& of(std::string plant) {
      return link([=](Source& s, const Scenario& all) { s.plant = *all.plants.find(plant); });
    }
    SourceDraft& in(std::string sector) {
      return link([=](Source& s, const Scenario& all) { s.sector = *all.sectors.find(sector); });
    }
    SourceDraft& profile(std::string id) {
      return link([=](Source& s, const Scenario& all) { s.profile = *all.profiles.find(id); });
    }
    SourceDraft& control(std::string id) {
      return link(
          [=](Source& s, const Scenario& all) { s.controls.push_back(*all.controls.find(id)); });
    }
    //! Raw factor [kg per unit of activity].
    SourceDraft& raw(std::string pollutant, double factor, double capture = 1,
                     double fugitive_control = 0) {
      return emits(pollutant, [=](EmissionFactor& e) {
        e.raw = fixed(factor);
        e.capture = fixed(capture);
        e.fugitive_control = fixed(fugitive_control);
      });
    }
    //! Outlet concentration [kg/m3] x gas volume [m3 per unit of activity].
    SourceDraft& stack(std::string pollutant, double concentration, double gas_volume) {
      return emits(pollutant, [=](EmissionFactor& e) {
        e.concentration = fixed(concentration);
        e.gas_volume = fixed(gas_volume);
      });
    }
    //! Changes the emission of a pollutant that was stated before.
    SourceDraft& emits(std::string pollutant, std::function<void(EmissionFactor&)> change) {
      return link([=](Source& s, const Scenario& all) {
        const Index p = *all.pollutants.find(pollutant);
        const auto found = std::find_if(s.emits.begin(), s.emits.end(),
                                        [p](const auto& e) { return e.pollutant == p; });
        EmissionFactor& e = found == s.emits.end() ? s.emits.emplace_back() : *found;
        e.pollutant = p;
        change(e);
      });
    }
    SourceDraft& uses(std::string carrier, double amount) {
      return energy(carrier, [=](EnergyUse& use) { use.uses = fixed(amount); });
    }
    SourceDraft& recovers(std::string carrier, double amount) {
      return energy(carrier, [=](EnergyUse& use) { use.recovers = fixed(amount); });
    }

  private:
    SourceDraft& energy(std::string carrier, std::function<void(EnergyUse&)> change) {
      return link([=](Source& s, const Scenario& all) {
        EnergyUse& use = s.energy.emplace_back();
        use.carrier = *all.carriers.find(carrier);
        change(use);
      });
    }
    SourceDraft& set(std::function<void(Source&)> change) {
      change(row);
      return *this;
    }
    SourceDraft& link(std::function<void(Source&, const Scenario&)> change) {
      links.push_back(std::move(change));
      return *this;
    }
  };

  class ControlDraft : public Draft<Control> {
  public:
    ControlDraft& removes(std::string pollutant, double share) {
      links.push_back([=](Control& c, const Scenario& all) {
        c.efficiency.push_back({*all.pollutants.find(pollutant), fixed(share)});
      });
      return *this;
    }
    ControlDraft& fails(Number time_between, Number repair, OnFailure how, Duration grace = {}) {
      row.failures = Failures{std::move(time_between), std::move(repair), how, grace};
      return *this;
    }
    ControlDraft& ages(std::vector<AgeingPoint> corners) {
      row.ageing = std::move(corners);
      return *this;
    }
  };

  Inventory() {
    base_.id = "story";
    base_.start = date(2025, 1, 1);
    base_.end = date(2026, 1, 1);
    const auto pollutant = [](std::string id, std::string unit = "kg") {
      Pollutant p;
      p.id = std::move(id);
      p.unit = std::move(unit);
      return p;
    };
    base_.pollutants = {pollutant("PM"),
                        pollutant("PM10"),
                        pollutant("PM25"),
                        pollutant("SO2"),
                        pollutant("NOx"),
                        pollutant("CO2"),
                        pollutant("electricity", "J")};
    base_.pollutants[*base_.pollutants.find("PM10")].within = *base_.pollutants.find("PM");
    base_.pollutants[*base_.pollutants.find("PM25")].within = *base_.pollutants.find("PM10");
    base_.zones = {{"key", "", ""}};
    base_.districts = {{"city", "", "", 0, 0, 0, ""}};
    base_.sectors = {{"coking", "", ""}, {"steel", "", ""}};
  }

  Inventory& horizon(Time start, Time end) {
    base_.start = start;
    base_.end = end;
    return *this;
  }
  Inventory& interval(Interval interval) {
    base_.output.interval = interval;
    return *this;
  }
  Inventory& dimensions(std::vector<std::string> names) {
    base_.output.dimensions = std::move(names);
    return *this;
  }
  SourceDraft& source(std::string id) {
    SourceDraft& draft = sources_.emplace_back();
    draft.row.id = std::move(id);
    draft.row.district = 0;
    draft.row.sector = *base_.sectors.find("steel");
    draft.row.activity = fixed(365);
    return draft;
  }
  ControlDraft& control(std::string id) {
    ControlDraft& draft = controls_.emplace_back();
    draft.row.id = std::move(id);
    return draft;
  }
  //! `source` feeds `unit` over a stock for so many days; a ratio of 0 is that of the nominals.
  Inventory& feeds(std::string source, std::string unit, double stock, double ratio = 0) {
    after_sources_.push_back([=](Table<Source>& sources) {
      Feed feeds{*sources.find(unit), {}, fixed_days(stock)};
      if (ratio > 0)
        feeds.ratio = fixed(ratio);
      sources[*sources.find(source)].feeds = feeds;
    });
    return *this;
  }
  //! A plant that makes so much [kg/calendar year]; change the row for the rest.
  Plant& plant(std::string id, double production) {
    Plant& row = plants_.emplace_back();
    row.id = std::move(id);
    row.district = 0;
    row.sector = *base_.sectors.find("steel");
    row.production = fixed(production);
    return row;
  }
  //! Occurrences on a source, so many a year; each is 1 kg and lasts so many days, unless changed.
  Draft<ArrivalsRow>& arrivals(std::string id, std::string source, double per_year,
                               double lasts_days) {
    Draft<ArrivalsRow>& draft = arrivals_.emplace_back();
    draft.row.id = std::move(id);
    draft.row.per_year = fixed(per_year);
    draft.row.amount = fixed(1);
    draft.row.lasts = fixed_days(lasts_days);
    draft.links.push_back([source = std::move(source)](ArrivalsRow& row, const Scenario& all) {
      row.source = *all.sources.find(source);
    });
    return draft;
  }
  Profile& profile(std::string id) {
    Profile& row = profiles_.emplace_back();
    row.id = std::move(id);
    return row;
  }
  //! A carrier whose use causes so much CO2 [kg/J] from each year on.
  Carrier& carrier(std::string id, std::vector<std::pair<int, double>> co2) {
    Carrier& row = carriers_.emplace_back();
    row.id = std::move(id);
    row.pollutant = *base_.pollutants.find("electricity");
    for (const auto& [from, factor] : co2) {
      row.factors.push_back({*base_.pollutants.find("CO2"), from, fixed(factor)});
    }
    return row;
  }
  Inventory& crews(std::string id, std::int64_t count) {
    ResourceRow& row = resources_.emplace_back();
    row.id = std::move(id);
    row.capacity = count;
    return *this;
  }
  Inventory& budget(std::string id, std::vector<std::pair<Time, double>> releases) {
    ResourceRow& row = resources_.emplace_back();
    row.id = std::move(id);
    row.kind = ResourceKind::consumable;
    for (const auto& [on, amount] : releases)
      row.releases.push_back({on, fixed(amount)});
    return *this;
  }
  //! Accounts emissions by alert level.
  Inventory& follows_alerts() {
    base_.output.dimensions.push_back("alert");
    return *this;
  }
  Inventory& calendar(std::string id, std::vector<Season> open,
                      std::vector<AlertLevel> stopped_by_alerts = {}) {
    CalendarRow& row = calendars_.emplace_back();
    row.id = std::move(id);
    row.calendar = Calendar(open);
    row.stopped_by_alerts = std::move(stopped_by_alerts);
    return *this;
  }
  //! A standard's limit for a pollutant of a process [kg/m3].
  Inventory& limit(std::string standard, std::string process, std::string pollutant, double limit) {
    auto row = std::find_if(standards_.begin(), standards_.end(),
                            [&](const Standard& each) { return each.id == standard; });
    if (row == standards_.end()) {
      standards_.emplace_back().id = standard;
      row = standards_.end() - 1;
    }
    row->limits.push_back({process, *base_.pollutants.find(pollutant), fixed(limit)});
    return *this;
  }
  //! A measure whose plan of type P is filled in when all ids are known.
  template <class P>
  Inventory& measure(std::string id, std::function<void(P&, const Scenario&)> fill) {
    measures_.push_back({std::move(id), [fill](const Scenario& all) {
                           auto plan = std::make_shared<P>();
                           plan->start = all.start;
                           fill(*plan, all);
                           return std::shared_ptr<const Plan>(std::move(plan));
                         }});
    return *this;
  }

  //! A measure that does nothing by itself.
  Inventory& measure(std::string id) {
    measures_.push_back({std::move(id), [](const Scenario&) { return nullptr; }});
    return *this;
  }

  Scenario scenario() const {
    Scenario all = base_;
    all.profiles = Table<Profile>(profiles_);
    all.plants = Table<Plant>(std::vector<Plant>(plants_.begin(), plants_.end()));
    all.carriers = Table<Carrier>(std::vector<Carrier>(carriers_.begin(), carriers_.end()));
    all.resources = Table<ResourceRow>(resources_);
    all.calendars = Table<CalendarRow>(calendars_);
    all.standards = Table<Standard>(standards_);
    all.controls = linked(controls_, all);
    all.sources = linked(sources_, all);
    for (const auto& link : after_sources_)
      link(all.sources);
    all.arrivals = linked(arrivals_, all);
    std::vector<Entry> entries;
    for (const auto& [id, make] : measures_) {
      Entry& entry = entries.emplace_back();
      entry.id = id;
    }
    all.measures = Table<Entry>(std::move(entries));
    for (const auto& [id, make] : measures_) {
      all.measures[*all.measures.find(id)].plan = make(all);
    }
    return all;
  }

private:
  template <class D>
  static Table<decltype(D::row)> linked(const std::deque<D>& drafts, const Scenario& all) {
    std::vector<decltype(D::row)> rows;
    for (const D& draft : drafts) {
      rows.push_back(draft.row);
      for (const auto& link : draft.links)
        link(rows.back(), all);
    }
    return Table<decltype(D::row)>(std::move(rows));
  }

  Scenario base_;
  std::deque<SourceDraft> sources_;
  std::vector<std::function<void(Table<Source>&)>> after_sources_;
  std::deque<ControlDraft> controls_;
  std::deque<Draft<ArrivalsRow>> arrivals_;
  std::deque<Plant> plants_;
  std::deque<Carrier> carriers_;
  std::vector<Profile> profiles_;
  std::vector<ResourceRow> resources_;
  std::vector<CalendarRow> calendars_;
  std::vector<Standard> standards_;
  std::vector<std::pair<std::string, std::function<std::shared_ptr<const Plan>(const Scenario&)>>>
      measures_;
};

} // namespace lantian

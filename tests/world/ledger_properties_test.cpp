// Any small town: what must not matter to the ledger, and what must come out exactly.

#include "world/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "world/small_world.hpp"

namespace lantian {
namespace {

//! A number from 0 to `most` in tenths, which binary fractions do not hold.
rc::Gen<double> tenths(int most) {
  return rc::gen::map(rc::gen::inRange(0, 10 * most + 1), [](int n) { return n / 10.0; });
}

struct Works {
  double activity = 0;
  double capture = 1;
  std::string profile; //!< "" is none
};

void showValue(const Works& works, std::ostream& out) { // NOLINT(readability-identifier-naming)
  out << works.activity << " a year, captured " << works.capture << ", " << works.profile;
}

//! Something about one of the works that moves from one value to another.
struct Change {
  enum class What : std::uint8_t { scale, add, limit, factor, capture };
  What what = What::scale;
  std::size_t works = 0;
  int at = 0; //!< [s after the year 2023]
  double from = 1;
  double to = 1;
  int length = 0; //!< [s]
};

void showValue(const Change& change, std::ostream& out) { // NOLINT(readability-identifier-naming)
  constexpr const char* kNames[] = {"scale", "add", "limit", "factor", "capture"};
  out << kNames[static_cast<int>(change.what)] << " of " << change.works << " at " << change.at
      << " s from " << change.from << " to " << change.to << " in " << change.length << " s";
}

constexpr int kYear = 365 * 86400;

//! A year and a half from within 2023, with the leap day of 2024.
struct Town {
  std::vector<Works> works;
  std::vector<Change> changes;
  Duration begin{};
  Duration end{};
  Interval interval = Interval::month;
};

void showValue(const Town& town, std::ostream& out) { // NOLINT(readability-identifier-naming)
  out << "from " << town.begin.count() << " s to " << town.end.count() << " s: ";
  rc::show(town.works, out);
  out << "; ";
  rc::show(town.changes, out);
}

rc::Gen<Town> any_town() {
  using namespace rc;
  const auto any_works = gen::build<Works>(
      gen::set(&Works::activity, tenths(1000)), gen::set(&Works::capture, tenths(1)),
      gen::set(&Works::profile, gen::element<std::string>("", "months", "weekdays", "season")));
  const auto any_change = gen::build<Change>(
      gen::set(&Change::what,
               gen::element(Change::What::scale, Change::What::add, Change::What::limit,
                            Change::What::factor, Change::What::capture)),
      gen::set(&Change::works, gen::inRange<std::size_t>(0, 4)),
      gen::set(&Change::at, gen::inRange(0, 2 * kYear)), gen::set(&Change::from, tenths(1)),
      gen::set(&Change::to, tenths(1)),
      gen::set(&Change::length,
               gen::weightedOneOf<int>({{1, gen::just(0)}, {3, gen::inRange(0, 2 * kYear)}})));
  const auto seconds = [](int from, int to) {
    return gen::map(gen::inRange(from, to), [](int s) { return Duration(s); });
  };
  const auto few = [](auto any, int most) {
    return gen::resize(most, gen::container<std::vector<typename decltype(any)::ValueType>>(
                                 gen::resize(kNominalSize, any)));
  };
  const auto any_part = gen::build<Town>(
      gen::set(&Town::works, gen::nonEmpty(few(any_works, 2))),
      gen::set(&Town::changes, few(any_change, 16)), gen::set(&Town::begin, seconds(0, kYear)),
      gen::set(&Town::end, seconds(kYear + 1, 2 * kYear)),
      gen::set(&Town::interval, gen::element(Interval::day, Interval::month, Interval::year)));
  return gen::map(any_part, [](Town town) {
    for (Change& change : town.changes)
      change.works %= town.works.size();
    return town;
  });
}

std::string id_of(std::size_t works) {
  return "works" + std::to_string(works);
}

Inventory inventory_of(const Town& town, Time origin) {
  using namespace std::chrono;
  Inventory inventory;
  inventory.horizon(origin + town.begin, origin + town.end).interval(town.interval);
  inventory.profile("months").months = {1, 2, 1, 1, 3, 1, 1, 0, 1, 1, 1, 2};
  inventory.profile("weekdays").weekdays = {1, 1, 1, 1, 1, 0.5, 0.3};
  Profile& season = inventory.profile("season");
  season.season = Calendar({{October / 15, April / 15}});
  season.outside = 0.2;
  for (std::size_t i = 0; i < town.works.size(); ++i) {
    const Works& works = town.works[i];
    auto& source = inventory.source(id_of(i)).makes(works.activity).raw("PM", 0.7, works.capture);
    if (!works.profile.empty())
      source.profile(works.profile);
  }
  return inventory;
}

//! What it sets holds from then on, also where it began in the past.
void carry_out(World& world, const Change& change, Time origin) {
  const auto source = static_cast<Index>(change.works);
  const Ramp ramp =
      Ramp::linear(change.from, change.to, origin + Duration(change.at), Duration(change.length));
  switch (change.what) {
  case Change::What::scale:
    return world.scale_source(source, world.new_influence(), ramp);
  case Change::What::add:
    return world.add_to_source(source, world.new_influence(), ramp);
  case Change::What::limit:
    return world.limit_source(source, world.new_influence(), ramp);
  case Change::What::factor:
    world.changing(source).outlets[0].factor = ramp;
    return;
  case Change::What::capture:
    world.changing(source).outlets[0].capture = ramp;
  }
}

constexpr Time kOrigin = std::chrono::sys_days{std::chrono::year{2023} / 1 / 1};

//! The town's run. Changes before it begins are made at its start.
struct TownReplay : Replay {
  explicit TownReplay(const Town& town, Time origin = kOrigin)
      : Replay(inventory_of(town, origin).scenario()) {
    std::vector<Change> changes = town.changes;
    std::ranges::stable_sort(changes, {}, &Change::at);
    for (const Change& change : changes) {
      const Duration time = std::max(Duration(change.at), town.begin);
      if (time < town.end) {
        at(origin + time, [=](World& world) { carry_out(world, change, origin); });
      }
    }
  }

  double everywhere() { return total("PM") + total("PM", Account::fugitive); }
};

std::vector<double> multiplied(std::vector<double> values, double factor) {
  for (double& value : values)
    value *= factor;
  return values;
}

//! But for rounding, which is 1e-12 of the greatest value.
bool are_near(const std::vector<double>& a, const std::vector<double>& b) {
  const auto greatest = [](const std::vector<double>& values) {
    return std::transform_reduce(values.begin(), values.end(), 0.0, std::ranges::max,
                                 [](double value) { return std::abs(value); });
  };
  return std::ranges::equal(a, b, [tolerance = 1e-12 * greatest(a)](double x, double y) {
    return std::abs(x - y) <= tolerance;
  });
}

// A power of two changes no digit of a binary fraction.
RC_GTEST_PROP(LedgerProperties, multiplies_exactly_with_the_activity_by_a_power_of_two, ()) {
  const Town town = *any_town();
  const double factor = std::ldexp(1.0, *rc::gen::inRange(-8, 9));
  Town other = town;
  for (Works& works : other.works)
    works.activity *= factor;
  TownReplay once(town);
  TownReplay changed(other);
  RC_ASSERT(changed.books().cells == multiplied(once.books().cells, factor));
  RC_ASSERT(changed.books().sources == multiplied(once.books().sources, factor));
}

// The calendar repeats after 400 years, weekdays included.
RC_GTEST_PROP(LedgerProperties, keeps_every_bit_when_all_dates_move_by_400_years, ()) {
  const Town town = *any_town();
  const int year = 2023 + 400 * *rc::gen::inRange(-4, 5);
  TownReplay now(town);
  TownReplay then(town, std::chrono::sys_days{std::chrono::year{year} / 1 / 1});
  RC_ASSERT(then.books().cells == now.books().cells);
  RC_ASSERT(then.books().sources == now.books().sources);
}

RC_GTEST_PROP(LedgerProperties, does_not_mind_how_often_it_is_looked_at, ()) {
  const Town town = *any_town();
  const auto looks = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 2 * kYear));
  TownReplay left_alone(town);
  TownReplay watched(town);
  for (const int look : looks) {
    if (Duration(look) >= town.begin && Duration(look) < town.end) {
      watched.at(kOrigin + Duration(look), [&town](World& world) {
        for (Index source = 0; source < town.works.size(); ++source)
          world.settled(source);
      });
    }
  }
  RC_ASSERT(are_near(watched.books().cells, left_alone.books().cells));
  RC_ASSERT(are_near(watched.books().sources, left_alone.books().sources));
}

RC_GTEST_PROP(LedgerProperties, adds_up_over_any_two_parts_of_its_horizon, ()) {
  const Town town = *any_town();
  const Duration split(*rc::gen::inRange(town.begin.count() + 1, town.end.count()));
  Town before = town;
  Town after = town;
  before.end = after.begin = split;
  const double whole = TownReplay(town).everywhere();
  const double parts = TownReplay(before).everywhere() + TownReplay(after).everywhere();
  RC_ASSERT(std::abs(whole - parts) <= 1e-12 * whole);
}

RC_GTEST_PROP(LedgerProperties, adds_up_over_any_intervals, ()) {
  const Town town = *any_town();
  const auto by = [&town](Interval interval) {
    Town other = town;
    other.interval = interval;
    return TownReplay(other).everywhere();
  };
  const double yearly = by(Interval::year);
  RC_ASSERT(std::abs(by(Interval::month) - yearly) <= 1e-12 * yearly);
  RC_ASSERT(std::abs(by(Interval::day) - yearly) <= 1e-12 * yearly);
}

// The halves have half the activity each, and all changes of the whole.
RC_GTEST_PROP(LedgerProperties, books_two_halves_of_a_source_as_the_whole, ()) {
  const Town town = *any_town();
  Town halved = town;
  halved.works[0].activity /= 2;
  halved.works.push_back(halved.works[0]);
  for (const Change& change : town.changes) {
    if (change.works == 0) {
      halved.changes.push_back(change);
      halved.changes.back().works = town.works.size();
    }
  }
  TownReplay whole(town);
  TownReplay halves(halved);
  const std::string half = id_of(town.works.size());
  for (std::size_t year = 0; year < whole.blueprint().years().size(); ++year) {
    RC_ASSERT(2 * halves.of(id_of(0), "PM", year) == whole.of(id_of(0), "PM", year));
    RC_ASSERT(halves.of(half, "PM", year) == halves.of(id_of(0), "PM", year));
  }
  RC_ASSERT(are_near(halves.books().cells, whole.books().cells));
}

} // namespace
} // namespace lantian

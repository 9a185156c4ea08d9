// Machines that break and wait for a crew, with a known stationary state; a machine that is renewed
// for ever; and clocks whose strokes fall on the same instants, of which none may be lost.

#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"
#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace lantian::oracles {
namespace {

constexpr double kRepair = 10'000.0; // mean [s]

Time after_repairs(double count) {
  return Time{} + whole_seconds(count * kRepair);
}

// ---- machine repair: 6 machines with a mean life of 4 repairs, 2 crews

enum class Repair { by_crews, without_waiting };

struct Shop {
  explicit Shop(std::uint32_t replication)
      : lives(replication, "life", Distribution::exponential(4.0 * kRepair)),
        repairs(replication, "repair", Distribution::exponential(kRepair)) {}

  void change_broken(int change) {
    const Time now = simulation.now();
    broken_area += broken * static_cast<double>((now - changed).count());
    changed = now;
    broken += change;
  }

  Simulation simulation{Time{}};
  ResourcePool pool{simulation, {{.id = "crews", .capacity = 2.0}}};
  Draws lives;
  Draws repairs;
  int broken = 0;
  double broken_area = 0.0;
  Time changed = Time{};
};

Process machine(Shop& shop, std::uint32_t first, Repair repair) {
  for (std::uint32_t k = first;; ++k) {
    co_await shop.simulation.after(shop.lives.duration(k));
    shop.change_broken(+1);
    Grant crew;
    if (repair == Repair::by_crews) {
      Request request = shop.pool.request(Need{0, 1.0});
      crew = co_await request;
    }
    co_await shop.simulation.after(shop.repairs.duration(k));
    shop.change_broken(-1);
  }
}

std::vector<double> mean_broken(Repair repair) {
  std::vector<double> means;
  for (std::uint32_t replication = 0; replication < 100; ++replication) {
    Shop shop(replication);
    for (std::uint32_t i = 0; i < 6; ++i) {
      shop.simulation.spawn("machine", i, machine(shop, i << 16, repair));
    }
    shop.simulation.run_until(after_repairs(50.0));
    shop.change_broken(0);
    shop.broken_area = 0.0;
    shop.simulation.run_until(after_repairs(800.0));
    shop.change_broken(0);
    means.push_back(shop.broken_area / (750.0 * kRepair));
  }
  return means;
}

// Birth and death: p(n+1) / p(n) = (6 - n) / 4 / min(n + 1, 2), and the mean over n = 0 ... 6.
double expected_broken() {
  double weight = 1.0;
  double sum = 0.0;
  double moment = 0.0;
  for (int n = 0; n <= 6; ++n) {
    sum += weight;
    moment += n * weight;
    weight *= (6 - n) / 4.0 / std::min(n + 1, 2);
  }
  return moment / sum;
}

TEST(MachineRepair, keeps_as_many_broken_as_theory_says) {
  EXPECT_TRUE(agrees("machines broken", mean_broken(Repair::by_crews), expected_broken()));
}

TEST(MachineRepair, that_never_waits_for_a_crew_is_caught) {
  EXPECT_TRUE(
      is_caught("machines broken", mean_broken(Repair::without_waiting), expected_broken()));
}

// ---- renewal reward: by each cycle it runs a life and is down a repair

enum class DownTime { whole, cut_by_a_tenth };

struct Renewal {
  explicit Renewal(std::uint32_t replication)
      : lives(replication, "life", Distribution::weibull(2.0, 3.0 * kRepair)),
        repairs(replication, "repair", Distribution::lognormal(kRepair, 0.8)) {}

  Simulation simulation{Time{}};
  Draws lives;
  Draws repairs;
  Duration up{};
};

//! Renewed up to the end of the first cycle beyond the horizon.
Process renew(Renewal& renewal, DownTime down) {
  for (std::uint32_t k = 0; renewal.simulation.now() < after_repairs(2'000.0); ++k) {
    const Time began = renewal.simulation.now();
    co_await renewal.simulation.after(renewal.lives.duration(k));
    renewal.up += renewal.simulation.now() - began;
    const Duration repair = renewal.repairs.duration(k);
    co_await renewal.simulation.after(down == DownTime::whole ? repair : repair * 9 / 10);
  }
}

// E life / (E life + E repair), with E life = 3 Gamma(1.5).
const double kShareUp = 3.0 * std::tgamma(1.5) / (3.0 * std::tgamma(1.5) + 1.0);

//! Time up beyond its share of the whole, which is 0 by Wald's identity, in shares.
std::vector<double> shares_up(DownTime down) {
  std::vector<double> shares;
  for (std::uint32_t replication = 0; replication < 400; ++replication) {
    Renewal renewal(replication);
    renewal.simulation.spawn("machine", 1, renew(renewal, down));
    renewal.simulation.run_until(kNever);
    const auto whole = static_cast<double>((renewal.simulation.now() - Time{}).count());
    const double beyond = static_cast<double>(renewal.up.count()) - kShareUp * whole;
    shares.push_back(kShareUp + beyond / (2'000.0 * kRepair));
  }
  return shares;
}

TEST(RenewalReward, is_the_mean_reward_of_a_cycle_over_its_mean_length) {
  EXPECT_TRUE(agrees("share of time up", shares_up(DownTime::whole), kShareUp));
}

TEST(RenewalReward, with_a_tenth_of_the_down_time_lost_is_caught) {
  EXPECT_TRUE(is_caught("share of time up", shares_up(DownTime::cut_by_a_tenth), kShareUp));
}

// ---- ten clocks, each of which strikes at a full hour with probability 1/5

constexpr int kClocks = 10;
constexpr int kHours = 2000;

struct Tower {
  explicit Tower(std::uint32_t replication)
      : strikes(replication, "strike", Distribution::uniform(0.0, 1.0)) {}

  Simulation simulation{Time{}};
  Draws strikes;
  Signal stroke;
  double counted = 0.0;
  double heard = 0.0;
};

Process clock(Tower& tower, std::uint32_t first) {
  for (std::uint32_t hour = 0; hour < kHours; ++hour) {
    co_await tower.simulation.after(std::chrono::hours(1));
    if (tower.strikes.value(first + hour) < 0.2) {
      ++tower.counted;
      tower.stroke.raise();
    }
  }
}

// It hears one stroke an instant: those that tie with it are lost.
Process listener(Tower& tower) {
  for (;;) {
    co_await tower.stroke.wait(Priority::late);
    ++tower.heard;
  }
}

std::vector<double> strokes(double Tower::* of) {
  std::vector<double> strokes;
  for (std::uint32_t replication = 0; replication < 50; ++replication) {
    Tower tower(replication);
    tower.simulation.spawn("listener", kClocks, listener(tower));
    for (std::uint32_t i = 0; i < kClocks; ++i) {
      tower.simulation.spawn("clock", i, clock(tower, i * kHours));
    }
    tower.simulation.run_until(kNever);
    strokes.push_back(tower.*of);
  }
  return strokes;
}

// The strokes of a replication are binomial with mean 10 * 2,000 / 5. Of an hour one is heard, if
// there is any.
TEST(StrokesOfTheSameInstant, are_all_counted) {
  EXPECT_TRUE(agrees("strokes", strokes(&Tower::counted), 0.2 * kClocks * kHours));
  EXPECT_TRUE(agrees("hours with a stroke", strokes(&Tower::heard),
                     (1.0 - std::pow(0.8, kClocks)) * kHours));
}

TEST(StrokesOfTheSameInstant, of_which_one_is_lost_are_caught) {
  EXPECT_TRUE(is_caught("strokes", strokes(&Tower::heard), 0.2 * kClocks * kHours));
}

} // namespace
} // namespace lantian::oracles

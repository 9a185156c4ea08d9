#include "ensemble/ensemble.hpp"

#include "ensemble/same_values.hpp"
#include "ensemble/scenario_text.hpp"
#include "ensemble/two_plants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lantian {
namespace {

using test::is_same;
using test::kClosure;
using test::kInventory;
using test::kRetrofit;
using test::kTargets;
using test::load_text;

//! Keeps all blocks, joined by scenario.
class Collector : public BlockSink {
public:
  explicit Collector(std::size_t scenarios) : data(scenarios) {}
  void write(Block block) override {
    auto& mine = data[block.scenario];
    mine.resize(block.data.size());
    for (std::size_t v = 0; v < block.data.size(); ++v) {
      mine[v].insert(mine[v].end(), block.data[v].begin(), block.data[v].end());
    }
  }
  std::vector<std::vector<std::vector<double>>> data; //!< [scenario][variable][replication x ...]
};

//! The base without measures, and the plan with all.
class Ensemble : public testing::Test {
protected:
  Ensemble()
      : base_scenario(load_text("base", kInventory)),
        plan_scenario(load_text("plan", std::string(kInventory) + kClosure + kRetrofit + kTargets)),
        base(base_scenario), plan(plan_scenario) {}

  Collector run(EnsembleOptions options) {
    const std::vector<const Model*> models{&base, &plan};
    Collector collector(models.size());
    run_ensemble(models, options, collector);
    return collector;
  }

  std::size_t variable(const Model& model, const char* name) { return *model.layout().find(name); }

  Scenario base_scenario;
  Scenario plan_scenario;
  Model base;
  Model plan;
};

TEST_F(Ensemble, gives_the_same_bits_on_any_number_of_threads_and_blocks) {
  const Collector one = run({.replications = 40, .seed = 7, .threads = 1, .block = 40});
  for (const unsigned threads : {2U, 3U, 8U}) {
    const Collector many = run({.replications = 40, .seed = 7, .threads = threads, .block = 16});
    for (std::size_t s = 0; s < one.data.size(); ++s) {
      for (std::size_t v = 0; v < one.data[s].size(); ++v) {
        EXPECT_TRUE(is_same(one.data[s][v], many.data[s][v]))
            << threads << " threads, scenario " << s << ", variable " << v;
      }
    }
  }
}

TEST_F(Ensemble, differs_with_the_seed) {
  const Collector a = run({.replications = 4, .seed = 7});
  const Collector b = run({.replications = 4, .seed = 8});
  EXPECT_FALSE(is_same(a.data[1][variable(plan, "PM")], b.data[1][variable(plan, "PM")]));
}

TEST_F(Ensemble, gives_what_a_measure_does_not_touch_the_same_luck_with_and_without_it) {
  // The closure does not touch the mill: with it or without, the mill's filter fails at the same
  // instants and its dust is the same, so the mill's emission is the same to the last bit.
  const Scenario other_scenario = load_text("other", std::string(kInventory) + kClosure);
  const Model other(other_scenario);
  const std::vector<const Model*> models{&base, &other};
  Collector collector(models.size());
  run_ensemble(models, {.replications = 20}, collector);

  const std::size_t by_source = variable(base, "PM_by_source");
  const std::size_t years = 3;
  const std::size_t mill = 0; // mill-stack comes before old-stack
  for (std::size_t r = 0; r < 20; ++r) {
    for (std::size_t y = 0; y < years; ++y) {
      const std::size_t k = r * 2 * years + mill * years + y;
      EXPECT_EQ(collector.data[0][by_source][k], collector.data[1][by_source][k]);
    }
  }
}

TEST_F(Ensemble, shares_one_parameter_draw_among_its_chance_draws) {
  const Collector all = run({.replications = 6, .chance_draws = 3});
  const auto& dust = all.data[0][variable(base, "parameter_value")];
  EXPECT_EQ(dust[0], dust[1]);
  EXPECT_EQ(dust[0], dust[2]);
  EXPECT_NE(dust[0], dust[3]);
  EXPECT_EQ(dust[3], dust[5]);
}

TEST_F(Ensemble, books_the_same_total_in_every_breakdown) {
  const Collector all = run({.replications = 5});
  const auto sum = [&](const char* name, std::size_t replication) {
    const Variable& of = plan.layout().variables()[variable(plan, name)];
    const auto& values = all.data[1][variable(plan, name)];
    const auto first = values.begin() + static_cast<std::ptrdiff_t>(replication * of.size);
    return std::accumulate(first, first + static_cast<std::ptrdiff_t>(of.size), 0.0);
  };
  for (std::size_t r = 0; r < 5; ++r) {
    for (const char* name :
         {"PM_by_zone", "PM_by_district", "PM_by_sector", "PM_by_plant", "PM_by_source"}) {
      EXPECT_NEAR(sum(name, r), sum("PM", r), 1e-10 * sum("PM", r)) << name;
    }
  }
}

TEST_F(Ensemble, judges_a_deadline_by_the_date_that_was_recorded) {
  const Collector all = run({.replications = 50});
  const auto& dates = all.data[1][variable(plan, "measure_date")];
  const auto& met = all.data[1][variable(plan, "target_met")];
  const auto& margins = all.data[1][variable(plan, "target_margin")];
  // Targets in id order: city-cap, city-less, closed-in-time. close-old is the first measure; its
  // works are the second of four milestones. 2025-04-01, the end of the last day, is day 20179.
  for (std::size_t r = 0; r < 50; ++r) {
    const double works = dates[r * 2 * 4 + 1];
    EXPECT_EQ(met[r * 3 + 2], works < 20179 ? 1 : 0);
    EXPECT_DOUBLE_EQ(margins[r * 3 + 2], 20179 - works);
  }
}

TEST_F(Ensemble, judges_a_reduction_against_the_same_replication_of_its_base) {
  const Collector all = run({.replications = 20});
  const auto& before = all.data[0][variable(base, "PM_by_zone")];
  const auto& after = all.data[1][variable(plan, "PM_by_zone")];
  const auto& margins = all.data[1][variable(plan, "target_margin")];
  const std::size_t months = 36;
  const auto city = [&](const std::vector<double>& values, std::size_t r) {
    double total = 0; // stack and fugitive of the city, months of 2025 and 2026
    for (std::size_t account = 0; account < 2; ++account) {
      for (std::size_t m = 12; m < months; ++m) {
        total += values[r * 2 * 4 * months + account * months + m];
      }
    }
    return total;
  };
  for (std::size_t r = 0; r < 20; ++r) {
    EXPECT_NEAR(margins[r * 3 + 1], 1 - city(after, r) / city(before, r) - 0.5, 1e-12);
  }
}

TEST_F(Ensemble, calls_a_reduction_not_assessable_without_its_base) {
  const std::vector<const Model*> alone{&plan};
  Collector collector(1);
  run_ensemble(alone, {.replications = 2}, collector);
  EXPECT_EQ(collector.data[0][variable(plan, "target_met")][1], 2);
}

// The replication is 32 bits of the key of its random numbers: number 2^32 would be number 0 again.
TEST_F(Ensemble, has_no_more_replications_than_a_seed_has_different_ones) {
  check_options({.replications = std::int64_t{1} << 32});
  EXPECT_THROW(check_options({.replications = (std::int64_t{1} << 32) + 1}), UsageError);
  EXPECT_THROW(check_options({.replications = 0}), UsageError);
  EXPECT_THROW(check_options({.block = 0}), UsageError);
  EXPECT_THROW(check_options({.replications = 10, .chance_draws = 3}), UsageError);
}

TEST_F(Ensemble, stops_when_asked_to) {
  std::stop_source stop;
  stop.request_stop();
  const std::vector<const Model*> models{&base};
  Collector collector(1);
  EXPECT_THROW(run_ensemble(models, {.replications = 1000}, collector, {}, stop.get_token()),
               Interrupted);
}

TEST_F(Ensemble, passes_on_what_the_progress_callback_throws) {
  const std::vector<const Model*> models{&base};
  Collector collector(1);
  const Progress refuse = [](std::int64_t, std::int64_t) { throw std::runtime_error("enough"); };
  EXPECT_THROW(run_ensemble(models, {.replications = 10}, collector, refuse), std::runtime_error);
}

// Two scenarios of five replications in blocks of two: 4, 8 and 10 of 10 are done.
TEST_F(Ensemble, tells_how_much_of_all_is_done) {
  const std::vector<const Model*> models{&base, &plan};
  Collector collector(models.size());
  std::vector<std::int64_t> done;
  const Progress progress = [&](std::int64_t so_far, std::int64_t all) {
    done.push_back(so_far);
    EXPECT_EQ(all, 10);
  };
  run_ensemble(models, {.replications = 5, .threads = 1, .block = 2}, collector, progress);
  EXPECT_TRUE(std::ranges::is_sorted(done));
  for (const std::int64_t end_of_block : {4, 8, 10})
    EXPECT_THAT(done, testing::Contains(end_of_block));
}

TEST_F(Ensemble, counts_the_events_of_all_blocks) {
  const std::vector<const Model*> models{&base, &plan};
  const EnsembleOptions options{.replications = 3, .block = 2};
  Collector collector(models.size());
  const std::uint64_t first = run_batch(models, options, {0, 2}).events;
  const std::uint64_t second = run_batch(models, options, {2, 1}).events;
  EXPECT_GT(first, second);
  EXPECT_GT(second, 0U);
  EXPECT_EQ(run_ensemble(models, options, collector).events, first + second);
}

TEST_F(Ensemble, averages_to_what_the_closed_form_says) {
  // The base's old stack emits 100 kt x 2 kg/t = 200 t in every calendar year, leap or not. The
  // mill emits 200 kt x dust x (1 - 0.9 in service): the filter is out 12 h in 60.5 d on average,
  // a share of 0.5/60.5, when it emits all. E(dust) = 2 kg/t, so per year
  // 200 kt x 2 kg/t x (0.1 + 0.9 x 0.5/60.5) = 42.975 t. First failures come after a whole up time,
  // which makes the finite horizon a little better than stationary: z below 4 catches neither.
  const Collector all = run({.replications = 400, .seed = 3});
  const auto& by_source = all.data[0][variable(base, "PM_by_source")];
  double sum = 0;
  double squares = 0;
  for (std::size_t r = 0; r < 400; ++r) {
    EXPECT_NEAR(by_source[r * 6 + 3], 200.0, 1e-9);
    EXPECT_NEAR(by_source[r * 6 + 4], 200.0, 1e-9);
    sum += by_source[r * 6 + 2];
    squares += by_source[r * 6 + 2] * by_source[r * 6 + 2];
  }
  const double mean = sum / 400;
  const double error = std::sqrt((squares / 400 - mean * mean) / 400);
  EXPECT_LT(std::abs(mean - 42.975) / error, 4.0) << mean;
  // The named defect: a filter that never fails would emit 40.0 t on average.
  EXPECT_GT(mean, 40.0 - 4 * error);
}

} // namespace
} // namespace lantian

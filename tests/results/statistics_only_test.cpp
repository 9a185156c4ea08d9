// Runs that keep statistics only, against the values of the same runs.
#include "ensemble/statistics.hpp"
#include "results/errors.hpp"
#include "results/result_file.hpp"
#include "results/shards.hpp"
#include "results/two_runs.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>

#include <gmock/gmock.h>

namespace lantian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr double kQuantileAt[] = {0.05, 0.25, 0.5, 0.75, 0.95};

class StatisticsOnly : public test::TwoRuns {
protected:
  StatisticsOnly() { options.ensemble.replications = 40; }

  //! Runs with statistics only.
  void run(const std::filesystem::path& file) {
    options.statistics_only = true;
    run_to_file(scenarios, file, options);
  }

  void run_until(std::int64_t done) {
    options.statistics_only = true;
    std::stop_source stop;
    const auto watch = [&](std::int64_t now, std::int64_t) {
      if (now >= done)
        stop.request_stop();
    };
    EXPECT_THROW(run_to_file(scenarios, output, options, watch, stop.get_token()), Interrupted);
  }

  std::filesystem::path parts() const { return folder.path() / "out.h5.parts"; }
};

//! The values of one position that are there.
std::vector<double> known_of(const std::vector<double>& values, std::size_t size,
                             std::size_t position) {
  std::vector<double> known;
  for (std::size_t i = position; i < values.size(); i += size) {
    if (!std::isnan(values[i]))
      known.push_back(values[i]);
  }
  return known;
}

//! Every number of a file, by scenario and name, as bytes.
std::map<std::string, std::string> all_bits(const std::filesystem::path& path) {
  const ResultFile file(path);
  std::map<std::string, std::string> bits;
  for (const std::string& scenario : file.scenarios()) {
    for (const Variable& variable : file.layout(scenario).variables()) {
      for (const char* what : {"_mean", "_se", "_quantile", "_quantile_error", "_number"}) {
        if (!variable.flags.empty() && std::string(what) != "_number")
          continue;
        const std::string name = variable.name + what;
        const std::vector<double> values = file.read_array(scenario, name).values;
        bits[scenario + "/" + name] = std::string(reinterpret_cast<const char*>(values.data()),
                                                  values.size() * sizeof(double));
      }
    }
    bits[scenario + "/log"] = std::to_string(file.event_log(scenario).size());
  }
  return bits;
}

TEST_F(StatisticsOnly, are_those_of_the_values) {
  run_to_file(scenarios, whole, options);
  run(output);
  const ResultFile values(whole);
  const ResultFile statistics(output);
  for (const std::string& scenario : values.scenarios()) {
    for (const Variable& variable : values.layout(scenario).variables()) {
      if (!variable.flags.empty())
        continue;
      const auto read = [&](const char* what) {
        return statistics.read_array(scenario, variable.name + what).values;
      };
      const std::vector<double> all = values.read(scenario, variable.name);
      const std::vector<double> means = read("_mean");
      const std::vector<double> errors = read("_se");
      const std::vector<double> quantiles = read("_quantile");
      const std::vector<double> bounds = read("_quantile_error");
      const std::vector<double> numbers = read("_number");
      ASSERT_EQ(means.size(), variable.size) << variable.name;
      for (std::size_t k = 0; k < variable.size; ++k) {
        std::vector<double> known = known_of(all, variable.size, k);
        ASSERT_EQ(numbers[k], static_cast<double>(known.size())) << variable.name;
        if (known.empty()) {
          EXPECT_TRUE(std::isnan(means[k])) << variable.name;
          continue;
        }
        const Moments expected = moments(known);
        EXPECT_EQ(means[k], expected.mean) << variable.name;
        if (known.size() > 1) {
          // Values that differ by their last digit only have an error that is rounding.
          const double rounding = std::numeric_limits<double>::epsilon() * std::abs(means[k]);
          EXPECT_NEAR(errors[k], expected.error, 1e-9 * expected.error + rounding) << variable.name;
        }
        std::ranges::sort(known);
        for (std::size_t q = 0; q < std::size(kQuantileAt); ++q)
          EXPECT_NEAR(quantiles[q * variable.size + k], sorted_quantile(known, kQuantileAt[q]),
                      bounds[k])
              << variable.name;
      }
    }
  }
}

TEST_F(StatisticsOnly, count_flags) {
  run_to_file(scenarios, whole, options);
  run(output);
  const std::vector<double> met = ResultFile(whole).read("plan", "target_met");
  const ResultArray numbers = ResultFile(output).read_array("plan", "target_met_number");
  const std::vector<Flag> flags =
      ResultFile(output)
          .layout("plan")
          .variables()[*ResultFile(output).layout("plan").find("target_met")]
          .flags;
  ASSERT_EQ(numbers.shape.front(), flags.size());
  const std::size_t targets = numbers.shape[1];
  for (std::size_t f = 0; f < flags.size(); ++f) {
    for (std::size_t t = 0; t < targets; ++t) {
      const std::vector<double> of_target = known_of(met, targets, t);
      EXPECT_EQ(numbers.values[f * targets + t],
                static_cast<double>(std::ranges::count(of_target, flags[f].value)));
    }
  }
}

TEST_F(StatisticsOnly, stand_in_a_file_with_the_same_axes_and_units) {
  run_to_file(scenarios, whole, options);
  run(output);
  ResultFile(output).verify();
  const ResultFile file(output);
  const ResultFile other(whole);
  for (const Variable& variable : other.layout("plan").variables()) {
    const auto index = file.layout("plan").find(variable.name);
    ASSERT_TRUE(index) << variable.name;
    const Variable& found = file.layout("plan").variables()[*index];
    EXPECT_EQ(found.dims, variable.dims);
    EXPECT_EQ(found.unit, variable.unit);
    EXPECT_EQ(found.long_name, variable.long_name);
    EXPECT_EQ(found.cell_methods, variable.cell_methods);
    EXPECT_FALSE(file.has_values("plan", variable.name));
  }
  for (const Coordinate& axis : other.layout("plan").coordinates()) {
    const Coordinate* found = file.layout("plan").coordinate(axis.name);
    ASSERT_NE(found, nullptr) << axis.name;
    EXPECT_EQ(found->size(), axis.size());
    EXPECT_EQ(found->companions.size(), axis.companions.size()) << axis.name;
  }
}

TEST_F(StatisticsOnly, have_the_same_bits_on_any_threads_and_in_any_blocks) {
  run(whole);
  const auto expected = all_bits(whole);
  for (const std::int64_t block : {1, 7, 40}) {
    options.ensemble.block = block;
    options.ensemble.threads = 3;
    options.overwrite = true;
    run(output);
    EXPECT_EQ(all_bits(output), expected) << block;
  }
}

TEST_F(StatisticsOnly, have_the_same_bits_from_shards_and_executors) {
  run(whole);
  const auto expected = all_bits(whole);
  GatheredRun gathered(scenarios, output, options);
  for (std::int64_t first = 0; first < 40; first += 3)
    gathered.write(compute_blocks(scenarios, options.ensemble,
                                  {first, std::min<std::int64_t>(3, 40 - first)}));
  gathered.finish();
  EXPECT_EQ(all_bits(output), expected);

  RunOptions of_shards = options;
  of_shards.statistics_only = false;
  std::vector<ReadScenario> read;
  for (const SharedScenario& scenario : shared())
    read.push_back({scenario, scenario->id + ".toml"});
  std::vector<std::filesystem::path> shards;
  for (const int number : {1, 2}) {
    shards.push_back(folder.path() / std::to_string(number));
    run_to_shard(read, shards.back(), {number, 2}, of_shards);
  }
  const std::filesystem::path merged = folder.path() / "merged.h5";
  merge_shards(shards, merged, options, kinds);
  EXPECT_EQ(all_bits(merged), expected);
  EXPECT_THAT([&] { run_to_shard(read, output, {1, 2}, options); },
              ThrowsMessage<UsageError>(HasSubstr("ask lantian merge for statistics only")));
}

TEST_F(StatisticsOnly, of_a_stopped_run_go_on_where_it_was) {
  run_until(50); // of 80: at least 8 blocks of both scenarios are done
  EXPECT_FALSE(exists(output));
  EXPECT_TRUE(exists(parts() / "statistics-0"));
  options.resume = true;
  std::int64_t least = 80;
  run_to_file(scenarios, output, options,
              [&](std::int64_t done, std::int64_t) { least = std::min(least, done); });
  EXPECT_GE(least, 48);
  EXPECT_FALSE(exists(parts()));
  run(whole);
  EXPECT_EQ(all_bits(output), all_bits(whole));
}

TEST_F(StatisticsOnly, that_were_damaged_are_computed_again) {
  run_until(50);
  std::fstream state(parts() / "statistics-0", std::ios::in | std::ios::out | std::ios::binary);
  state.seekp(-2000, std::ios::end);
  state.put('x').put('y');
  state.close();
  options.resume = true;
  run(output);
  options.resume = false;
  run(whole);
  EXPECT_EQ(all_bits(output), all_bits(whole));
}

TEST_F(StatisticsOnly, say_what_they_do_not_have) {
  run(output);
  const ResultFile file(output);
  EXPECT_THAT([&] { file.read("plan", "PM"); },
              ThrowsMessage<UsageError>(output.string() +
                                        " has statistics of PM only, and not its values in each "
                                        "replication: run it without --statistics-only"));
}

TEST_F(StatisticsOnly, take_no_more_room_for_more_replications) {
  run(whole);
  options.ensemble.replications = 400;
  run(output);
  const auto few = static_cast<double>(file_size(whole));
  EXPECT_NEAR(static_cast<double>(file_size(output)), few, 0.1 * few);
}

} // namespace
} // namespace lantian

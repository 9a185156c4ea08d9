// What a run may consume: limits by name, and whether a result fits before it is computed.

#include "results/errors.hpp"
#include "results/limits.hpp"
#include "results/shards.hpp"
#include "results/two_runs.hpp"
#include "source_folder.hpp"

#include <cmath>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace lantian {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

class LimitsTest : public test::TwoRuns {
protected:
  void run() { run_to_file(scenarios, output, options); }
};

TEST_F(LimitsTest, a_limit_is_set_by_its_name) {
  for (const Limit& limit : limits())
    set_limit(options, limit.name, 7);
  EXPECT_EQ(options.ensemble.limits.events, 7u);
  EXPECT_EQ(options.ensemble.limits.events_at_once, 7u);
  EXPECT_EQ(options.ensemble.limits.processes, 7u);
  EXPECT_EQ(options.max_output, 7u);
  for (const NamedReadLimit& limit : named_read_limits())
    EXPECT_EQ(options.reading.limits.*limit.member, 7u) << limit.name;
}

TEST_F(LimitsTest, a_name_that_is_not_known_is_told_with_the_one_that_was_meant) {
  EXPECT_THAT([&] { set_limit(options, "event", 7); },
              ThrowsMessage<UsageError>("there is no limit 'event'; did you mean 'events'?; there "
                                        "are events, events-at-once, processes, output, files, "
                                        "toml-size, toml-depth, file-size, rows, columns, cells, "
                                        "values"));
}

TEST_F(LimitsTest, a_limit_of_reading_has_a_range_of_its_own) {
  EXPECT_THAT([&] { set_limit(options, "toml-depth", 257); },
              ThrowsMessage<UsageError>("limit toml-depth=257: must be a whole number from 1 to "
                                        "256"));
}

TEST_F(LimitsTest, a_value_is_a_whole_number) {
  for (const double value : {0.0, -1.0, 1.5, 1e19, std::nan("")}) {
    EXPECT_THAT([&] { set_limit(options, "events", value); },
                ThrowsMessage<UsageError>(HasSubstr("must be a whole number from 1 to 1e+18")));
  }
}

TEST_F(LimitsTest, a_replication_of_too_many_events_is_stopped_and_leaves_nothing) {
  set_limit(options, "events", 2);
  EXPECT_THAT([&] { run(); }, ThrowsMessage<ModelError>(HasSubstr("more than 2 events")));
  EXPECT_TRUE(is_empty(folder.path()));
}

TEST_F(LimitsTest, a_replication_of_too_many_processes_is_stopped) {
  set_limit(options, "processes", 1);
  EXPECT_THAT([&] { run(); }, ThrowsMessage<ModelError>(HasSubstr("more than 1 processes")));
}

// 25 billion replications of 8 bytes a value or more are over 200 GB.
TEST_F(LimitsTest, a_result_that_is_too_large_is_refused_before_anything_is_computed) {
  options.ensemble.replications = kMostReplications; // 34 GB for each value
  const auto refuses = ThrowsMessage<UsageError>(
      AllOf(StartsWith(output.string() + " would hold "),
            HasSubstr(" of values; the limit 'output' is 200 GB: ask for fewer replications")));
  EXPECT_THAT([&] { run(); }, refuses);
  EXPECT_THAT([&] { GatheredRun(scenarios, output, options); }, refuses);
  EXPECT_TRUE(is_empty(folder.path()));
}

// 7 replications of both scenarios, of which a shard of two has the first two blocks, 6.
TEST_F(LimitsTest, a_shard_counts_by_its_own_part) {
  std::vector<ReadScenario> read;
  for (const SharedScenario& scenario : shared())
    read.push_back({scenario, scenario->id + ".toml"});
  set_limit(options, "output", bytes_of_values(scenarios, 6));
  EXPECT_THROW(run(), UsageError);
  EXPECT_NO_THROW(run_to_shard(read, folder.path() / "part", {1, 2}, options));
}

TEST_F(LimitsTest, a_result_counts_eight_bytes_a_value_of_every_scenario) {
  const std::size_t values = scenarios.models()[0]->layout().values_per_replication() +
                             scenarios.models()[1]->layout().values_per_replication();
  EXPECT_EQ(bytes_of_values(scenarios, 7), 7 * 8.0 * static_cast<double>(values));
}

TEST_F(LimitsTest, a_disk_with_less_room_is_told_with_what_is_needed_and_what_is_free) {
  EXPECT_THAT(
      [&] { require_bytes_fit(12.3e9, "out.h5", options, 3e9); },
      ThrowsMessage<OutputError>("out.h5: needs about 12.3 GB before compression, 3 GB are free: "
                                 "ask for fewer replications or output regions, for statistics "
                                 "only (--statistics-only), or set the limit "
                                 "to 1e+11 bytes (--limit output=1e+11)"));
  EXPECT_NO_THROW(require_bytes_fit(2.9e9, "out.h5", options, 3e9));
  EXPECT_NO_THROW(require_bytes_fit(12.3e9, "out.h5", options, std::nullopt));
}

TEST_F(LimitsTest, an_output_limit_that_was_set_is_believed_whatever_is_free) {
  set_limit(options, "output", 1e11);
  EXPECT_NO_THROW(require_bytes_fit(12.3e9, "out.h5", options, 3e9));
  EXPECT_THROW(require_bytes_fit(1.1e11, "out.h5", options, 1e15), UsageError);
}

std::string page() {
  std::ifstream file(source_folder() / "docs/reliability.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

//! 2000000 as "2 million", 16777216 as "16 × 2^20".
std::string words(std::uint64_t number) {
  if (number % (1U << 20) == 0)
    return fmt::format("{} × 2^20", number >> 20);
  if (number >= 1'000'000'000)
    return fmt::format("{} billion", number / 1'000'000'000);
  return number >= 1'000'000 ? fmt::format("{} million", number / 1'000'000)
                             : fmt::format("{}", number);
}

TEST(PageOfLimits, has_each_that_can_be_set_with_its_standard_value) {
  const std::string text = page();
  for (const Limit& limit : limits()) {
    EXPECT_THAT(text, HasSubstr(fmt::format("| {} | `{}` | {} |", limit.of, limit.name,
                                            words(limit.standard))));
  }
}

} // namespace
} // namespace lantian

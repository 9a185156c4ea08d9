// Runs that are stopped, and gone on with: nothing that was kept is computed again or lost.

#include "results/errors.hpp"
#include "results/kept_blocks.hpp"
#include "results/run_identity.hpp"
#include "results/same_bits.hpp"
#include "results/two_runs.hpp"

#include <cerrno>
#include <fstream>
#include <functional>

#include <gmock/gmock.h>

namespace lantian {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::ThrowsMessage;

class ResumeTest : public test::TwoRuns {
protected:
  //! Runs until so many replications of both scenarios are done.
  void run_until(std::int64_t done) {
    std::stop_source stop;
    const auto watch = [&](std::int64_t now, std::int64_t) {
      if (now >= done)
        stop.request_stop();
    };
    EXPECT_THROW(run_to_file(scenarios, output, options, watch, stop.get_token()), Interrupted);
  }

  //! Kept blocks, by their names.
  std::vector<std::string> kept() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(parts))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }

  void resume() {
    options.resume = true;
    run_to_file(scenarios, output, options);
  }

  void expect_the_whole() {
    options = {.ensemble = options.ensemble};
    run_to_file(scenarios, whole, options);
    test::expect_same_bits(output, whole);
    EXPECT_FALSE(exists(parts));
    EXPECT_EQ(folder.count(), 2) << "something was left beside the results";
  }

  void overwrite(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
  }

  std::filesystem::path parts = folder.path() / "out.h5.parts";
};

// The first block has 3 replications of 2 scenarios: it is kept, and the file is not there.
TEST_F(ResumeTest, a_run_that_was_stopped_goes_on_where_it_was) {
  run_until(6);
  EXPECT_FALSE(exists(output));
  EXPECT_EQ(kept(), (std::vector<std::string>{"000000000000", "run"}));
  resume();
  expect_the_whole();
}

TEST_F(ResumeTest, a_stop_says_how_much_is_kept) {
  std::stop_source stop;
  const auto watch = [&](std::int64_t now, std::int64_t) {
    if (now >= 12)
      stop.request_stop();
  };
  EXPECT_THAT([&] { run_to_file(scenarios, output, options, watch, stop.get_token()); },
              ThrowsMessage<OutputInterrupted>(EndsWith(
                  "interrupted; 6 of 7 replications are kept beside it: resume the run to go on")));
}

TEST_F(ResumeTest, what_is_kept_is_not_computed_again) {
  run_until(6);
  std::vector<std::int64_t> seen;
  options.resume = true;
  run_to_file(scenarios, output, options, [&](std::int64_t done, std::int64_t all) {
    EXPECT_EQ(all, 14);
    seen.push_back(done);
  });
  EXPECT_EQ(seen.front(), 6) << "the first report comes when 6 are done at once";
}

TEST_F(ResumeTest, a_block_that_was_torn_is_computed_again) {
  run_until(12);
  const std::filesystem::path block = parts / "000000000003";
  for (const std::uintmax_t length : {std::uintmax_t{0}, std::uintmax_t{100}}) {
    resize_file(block, length);
    resume();
    expect_the_whole();
    remove(whole);
    remove(output);
    run_until(12);
  }
}

TEST_F(ResumeTest, a_block_with_one_bit_that_is_wrong_is_computed_again) {
  run_until(12);
  std::string bytes = *bytes_of_file(parts / "000000000003");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 16);
  overwrite(parts / "000000000003", bytes);
  resume();
  expect_the_whole();
}

TEST_F(ResumeTest, blocks_of_another_length_are_computed_again) {
  run_until(6);
  options.ensemble.block = 2;
  resume();
  expect_the_whole();
}

TEST_F(ResumeTest, there_may_be_nothing_to_resume) {
  resume();
  expect_the_whole();
}

TEST_F(ResumeTest, blocks_are_not_overlooked_and_not_thrown_away_unasked) {
  run_until(6);
  EXPECT_THAT([&] { run_to_file(scenarios, output, options); },
              ThrowsMessage<OutputError>(HasSubstr(
                  "an earlier run was stopped before its end and has left blocks in out.h5.parts; "
                  "resume it, or overwrite it to begin anew")));
  EXPECT_EQ(kept().size(), 2u);
  options.overwrite = true;
  run_to_file(scenarios, output, options);
  expect_the_whole();
}

TEST_F(ResumeTest, another_seed_or_changed_inputs_are_told_by_name) {
  run_until(6);
  options.resume = true;
  options.ensemble.seed = 4;
  const ScenarioSet other(
      {load("base", std::string(test::kInventory) + "# a comment\n"), shared().back()});
  EXPECT_THAT([&] { run_to_file(other, output, options); },
              ThrowsMessage<UsageError>(
                  AllOf(HasSubstr("out.h5 cannot be resumed, what is left is of another run: "),
                        HasSubstr("base.toml has changed"), HasSubstr("seed 3 instead of 4"),
                        EndsWith("overwrite it to begin anew"))));
  EXPECT_EQ(kept().size(), 2u);
}

TEST_F(ResumeTest, two_runs_of_one_output_exclude_each_other) {
  const KeptBlocks first(output, "a run", Leftovers::refuse);
  for (const Leftovers leftovers : {Leftovers::refuse, Leftovers::resume, Leftovers::discard}) {
    EXPECT_THAT([&] { KeptBlocks(output, "a run", leftovers); },
                ThrowsMessage<OutputError>(EndsWith("out.h5: is being written by another run")));
  }
  overwrite(output, "an older result");
  std::filesystem::create_symlink(output, folder.path() / "same.h5");
  EXPECT_THROW(KeptBlocks(folder.path() / "same.h5", "a run", Leftovers::refuse), OutputError);
}

TEST_F(ResumeTest, a_run_that_keeps_nothing_leaves_nothing) {
  {
    const KeptBlocks blocks(output, "a run", Leftovers::refuse);
    EXPECT_TRUE(exists(parts));
  }
  EXPECT_FALSE(exists(parts));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(run_to_file(scenarios, output, options, {}, stop.get_token()), Interrupted);
  EXPECT_EQ(folder.count(), 0);
}

TEST_F(ResumeTest, an_existing_result_is_refused_before_anything_is_kept) {
  overwrite(output, "precious");
  try {
    run_to_file(scenarios, output, options);
    FAIL();
  } catch (const OutputError& error) {
    EXPECT_EQ(error.code(), EEXIST);
  }
  EXPECT_EQ(folder.count(), 1);
}

TEST_F(ResumeTest, leftovers_of_killed_processes_are_swept_and_others_are_not) {
  overwrite(folder.path() / "out.h5.tmp-999999999", "left by a process that was killed");
  overwrite(folder.path() / "other.h5.tmp-999999999", "of another output");
  run_to_file(scenarios, output, options);
  EXPECT_FALSE(exists(folder.path() / "out.h5.tmp-999999999"));
  EXPECT_TRUE(exists(folder.path() / "other.h5.tmp-999999999"));
}

TEST(RunIdentity, names_what_differs) {
  const std::string ours = "seed: 1\nscenarios: a, b\ninput a.toml: 11\ninput b.toml: 22\n";
  EXPECT_EQ(difference_of_runs(ours, ours), "");
  EXPECT_EQ(
      difference_of_runs("seed: 2\nscenarios: a, b\ninput a.toml: 12\ninput c.toml: 22\n", ours),
      "a.toml has changed, c.toml was read, seed 2 instead of 1, b.toml was not read");
}

} // namespace
} // namespace lantian

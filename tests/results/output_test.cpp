#include <cerrno>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <unistd.h>

#include "results/errors.hpp"
#include "results/in_child.hpp"
#include "results/result_file.hpp"
#include "results/result_writer.hpp"
#include "results/sample.hpp"
#include "results/temporary_folder.hpp"

namespace lantian {
namespace {

using std::filesystem::path;

std::string content(const path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void write_text(const path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

// The OutputError that an act throws.
std::optional<OutputError> output_error(const std::function<void()>& act) {
  try {
    act();
  } catch (const OutputError& error) {
    return error;
  }
  return std::nullopt;
}

std::string message(const std::function<void()>& act) {
  const std::optional<OutputError> error = output_error(act);
  return error ? error->what() : "no OutputError";
}

TEST(Output, is_refused_where_a_file_is_already) {
  const TemporaryFolder folder;
  const path out = folder.path() / "out.h5";
  write_text(out, "precious");
  EXPECT_EQ(message([&] { sample::write(out); }),
            out.string() + ": exists already; choose another name, or say that it may be "
                           "overwritten");
  EXPECT_EQ(content(out), "precious");
  EXPECT_EQ(folder.count(), 1);
}

TEST(Output, replaces_a_file_only_when_all_is_written) {
  const TemporaryFolder folder;
  const path out = folder.path() / "out.h5";
  write_text(out, "precious");
  ResultWriter writer(out, sample::record(), sample::layouts(), {.overwrite = true, .block = 4});
  EXPECT_EQ(content(out), "precious");
  sample::write_all(writer);
  EXPECT_NO_THROW(ResultFile(out).verify());
  EXPECT_EQ(folder.count(), 1);
}

TEST(Output, does_not_replace_a_file_that_came_meanwhile) {
  const TemporaryFolder folder;
  const path out = folder.path() / "out.h5";
  {
    ResultWriter writer(out, sample::record(), sample::layouts(), {.block = 4});
    write_text(out, "precious");
    EXPECT_EQ(output_error([&] { sample::write_all(writer); })->code(), EEXIST);
  }
  EXPECT_EQ(content(out), "precious");
  EXPECT_EQ(folder.count(), 1);
}

TEST(Output, follows_a_link_to_where_it_points) {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "disk");
  write_text(folder.path() / "disk/old.h5", "old");
  std::filesystem::create_symlink("disk/old.h5", folder.path() / "out.h5");
  sample::write(folder.path() / "out.h5", {.overwrite = true, .block = 4});
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path() / "out.h5"));
  EXPECT_NO_THROW(ResultFile(folder.path() / "disk/old.h5").verify());
}

TEST(Output, is_refused_in_the_place_of_a_folder) {
  const TemporaryFolder folder;
  EXPECT_EQ(message([&] { sample::write(folder.path(), {.overwrite = true}); }),
            folder.path().string() + ": is no regular file; choose another name");
}

TEST(Output, is_refused_in_a_folder_that_is_not_there) {
  const TemporaryFolder folder;
  const path out = folder.path() / "missing/out.h5";
  EXPECT_EQ(message([&] { sample::write(out); }),
            out.string() + ": cannot create: No such file or directory (errno 2); create its "
                           "folder first");
}

TEST(Output, is_refused_in_a_read_only_folder) {
  const TemporaryFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms{0555});
  const path out = folder.path() / "out.h5";
  const int code = in_child([&] {
    if (geteuid() == 0 && seteuid(65534) != 0) { // root may write everywhere
      return kNotPossible;
    }
    const std::string said = message([&] { sample::write(out); });
    _exit(said == out.string() + ": cannot create: Permission denied (errno 13); write to a "
                                 "folder that you may write to"
              ? 0
              : 1); // at once: a leak checker could not look into a process that gave up its rights
  });
  std::filesystem::permissions(folder.path(), std::filesystem::perms{0755});
  if (code == kNotPossible) {
    GTEST_SKIP() << "cannot give up root's rights";
  }
  EXPECT_EQ(code, 0);
  EXPECT_EQ(folder.count(), 0);
}

TEST(Output, is_refused_while_another_writer_writes_the_same) {
  const TemporaryFolder folder;
  const path out = folder.path() / "out.h5";
  ResultWriter first(out, sample::record(), sample::layouts(), {.block = 4});
  EXPECT_EQ(message([&] { sample::write(out); }),
            out.string() + ": is being written by another run in this process");
  sample::write_all(first);
  EXPECT_NO_THROW(ResultFile(out).verify());
}

TEST(Output, takes_over_what_a_killed_run_left) {
  const TemporaryFolder folder;
  const path out = folder.path() / "out.h5";
  write_text(out.string() + ".tmp-" + std::to_string(getpid()), std::string(1000000, 'x'));
  sample::write(out);
  EXPECT_NO_THROW(ResultFile(out).verify());
  EXPECT_EQ(folder.count(), 1);
}

TEST(Output, leaves_nothing_when_it_is_given_up) {
  const TemporaryFolder folder;
  {
    ResultWriter writer(folder.path() / "out.h5", sample::record(), sample::layouts());
    writer.write(sample::block(sample::layouts()[0], 0, 0, 10));
    EXPECT_EQ(folder.count(), 1);
  }
  EXPECT_EQ(folder.count(), 0);
}

TEST(Output, leaves_nothing_when_interrupted_while_it_is_finished) {
  const TemporaryFolder folder;
  const path out = folder.path() / "out.h5";
  std::stop_source stop;
  stop.request_stop();
  {
    ResultWriter writer(out, sample::record(), sample::layouts());
    writer.write(sample::block(sample::layouts()[0], 0, 0, 10));
    writer.write(sample::block(sample::layouts()[1], 1, 0, 10));
    try {
      writer.finish({}, stop.get_token());
      FAIL() << "it was not interrupted";
    } catch (const Interrupted& interrupted) {
      EXPECT_EQ(interrupted.what(),
                out.string() + ": interrupted while it was written; nothing was kept");
    }
  }
  EXPECT_EQ(folder.count(), 0);
}

TEST(Output, leaves_nothing_when_interrupted_while_blocks_are_written) {
  const TemporaryFolder folder;
  std::stop_source stop;
  {
    ResultWriter writer(folder.path() / "out.h5", sample::record(), sample::layouts(),
                        {.block = 4, .stop = stop.get_token()});
    stop.request_stop();
    EXPECT_THROW(sample::write_all(writer), OutputInterrupted);
    EXPECT_EQ(folder.count(), 1);
  }
  EXPECT_EQ(folder.count(), 0);
}

TEST(Output, leaves_nothing_when_replications_are_missing) {
  const TemporaryFolder folder;
  {
    ResultWriter writer(folder.path() / "out.h5", sample::record(), sample::layouts());
    writer.write(sample::block(sample::layouts()[0], 0, 0, 10));
    EXPECT_THROW(writer.finish({}), std::invalid_argument);
  }
  EXPECT_EQ(folder.count(), 0);
}

// What the writer says of one wrong block, at the latest when it finishes.
std::string complaint(const Block& block) {
  const TemporaryFolder folder;
  ResultWriter writer(folder.path() / "out.h5", sample::record(), sample::layouts(), {.block = 4});
  try {
    writer.write(block);
    writer.finish({});
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no complaint";
}

TEST(ResultWriter, refuses_blocks_that_do_not_fit) {
  const Layout layout = sample::layouts()[0];
  EXPECT_EQ(complaint(sample::block(layout, 0, 4, 4)),
            "block of baseline from replication 4: 0 is the next");
  EXPECT_EQ(complaint(sample::block(layout, 0, 0, 3)),
            "block of baseline from replication 0: 3 replications, for blocks of 4 and 10 in all");
  EXPECT_EQ(complaint(sample::block(layout, 7, 0, 4)),
            "a block of a scenario that was not announced");
  Block block = sample::block(layout, 0, 0, 4);
  block.data[sample::kNOx].pop_back();
  EXPECT_EQ(complaint(block), "block of baseline from replication 0: 23 values of NOx for 24");
  block.data.pop_back();
  EXPECT_EQ(complaint(block), "block of baseline from replication 0: 4 variables for 5");
  block = sample::block(layout, 0, 0, 4);
  block.log.detail.pop_back();
  EXPECT_EQ(complaint(block), "the columns of an event log must be as long as each other");
}

TEST(ResultWriter, refuses_what_a_flag_cannot_say) {
  const Layout layout = sample::layouts()[0];
  for (const double wrong : {0.5, 128.0, std::numeric_limits<double>::quiet_NaN()}) {
    Block block = sample::block(layout, 0, 0, 4);
    block.data[sample::kTargetMet][2] = wrong;
    EXPECT_THAT(complaint(block), testing::StartsWith("target_met: "));
    EXPECT_THAT(complaint(block), testing::EndsWith(" is no whole number from -128 to 127"));
  }
}

TEST(ResultWriter, refuses_names_that_cannot_be) {
  const TemporaryFolder folder;
  const path out = folder.path() / "out.h5";
  const auto refusal = [&](RunRecord record, std::vector<Layout> layouts) {
    try {
      ResultWriter(out, std::move(record), std::move(layouts));
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string("no refusal");
  };
  EXPECT_EQ(refusal(sample::record(), {sample::layout("inputs", {})}),
            "the scenario name inputs is reserved or stands twice");
  for (const char* name : {"../x.toml", "/etc/x", "a//b", ""}) {
    RunRecord record = sample::record();
    record.inputs = {{name, "x"}};
    EXPECT_EQ(refusal(record, sample::layouts()),
              std::string("input '") + name + "': not a relative path, or there twice");
  }
  EXPECT_EQ(folder.count(), 0);
}

} // namespace
} // namespace lantian

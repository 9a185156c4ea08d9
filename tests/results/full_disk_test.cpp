// A disk that fills up at any moment: a clear error, nothing left behind, no crash at exit.
#include <cerrno>
#include <csignal>
#include <string>

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "results/errors.hpp"
#include "results/in_child.hpp"
#include "results/result_writer.hpp"
#include "results/sample.hpp"
#include "results/temporary_folder.hpp"

namespace lantian {
namespace {

constexpr std::int64_t kReplications = 100;
constexpr std::size_t kPlants = 400;

Layout large_layout() {
  Layout layout("large");
  Labels plants;
  for (std::size_t i = 0; i < kPlants; ++i) {
    plants.ids.push_back("plant-" + std::to_string(i));
  }
  layout.add(Coordinate{.name = "plant", .values = plants});
  for (int v = 0; v < 20; ++v) {
    layout.add(Variable{
        .name = "v" + std::to_string(v), .dims = {"plant"}, .unit = "t", .with_statistics = true});
  }
  return layout;
}

// Writes 6.4 MB of numbers that do not compress; returns the errno of the OutputError (-1 if it has
// none), or 0 if there is no error.
int write_large(const std::filesystem::path& path) {
  RunRecord record = sample::record();
  record.parameter_draws = kReplications;
  record.chance_draws = 1;
  try {
    ResultWriter writer(path, record, {large_layout()}, {.block = 10});
    std::uint64_t state = 1;
    for (std::int64_t first = 0; first < kReplications; first += 10) {
      Block block{.scenario = 0, .first_replication = first, .count = 10};
      block.data.assign(20, std::vector<double>(10 * kPlants));
      for (std::vector<double>& values : block.data) {
        for (double& value : values) {
          state = state * 6364136223846793005u + 1442695040888963407u;
          value = static_cast<double>(state >> 11);
        }
      }
      writer.write(std::move(block));
    }
    writer.finish({});
  } catch (const OutputError& error) {
    return error.code() != 0 ? error.code() : -1;
  }
  return 0;
}

// Exit code of a child that may write files of `limit` bytes: 0 if it saw the right error.
int write_with_limit(const std::filesystem::path& path, rlim_t limit) {
  return in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limits{limit, limit};
    if (setrlimit(RLIMIT_FSIZE, &limits) != 0) {
      return kNotPossible;
    }
    return write_large(path) == EFBIG ? 0 : 1;
  });
}

TEST(FullDisk, is_a_clear_error_wherever_the_limit_lies) {
  const TemporaryFolder folder;
  for (rlim_t limit = 0; limit < 6'000'000; limit = limit * 3 / 2 + 500) {
    EXPECT_EQ(write_with_limit(folder.path() / "out.h5", limit), 0) << "limit " << limit;
    EXPECT_EQ(folder.count(), 0) << "limit " << limit;
  }
}

TEST(FullDisk, is_no_error_while_there_is_room) {
  const TemporaryFolder folder;
  EXPECT_EQ(write_large(folder.path() / "out.h5"), 0);
  EXPECT_EQ(folder.count(), 1);
}

// On a real file system of 2 MB, in a mount name space of the child's own.
int write_to_small_disk(const std::filesystem::path& folder) {
  if (unshare(CLONE_NEWNS) != 0 ||
      mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=2m") != 0) {
    return kNotPossible;
  }
  const int code = write_large(folder / "out.h5");
  return code == ENOSPC && std::filesystem::is_empty(folder) ? 0 : 1;
}

TEST(FullDisk, is_a_clear_error_on_a_file_system_that_is_full) {
  const TemporaryFolder folder;
  const int code = in_child([&] { return write_to_small_disk(folder.path()); });
  if (code == kNotPossible) {
    GTEST_SKIP() << "no right to mount a small file system";
  }
  EXPECT_EQ(code, 0);
}

TEST(FullDisk, says_what_to_do) {
  EXPECT_STREQ(system_output_error("out.h5", ENOSPC, "write").what(),
               "out.h5: cannot write: No space left on device (errno 28); free some space there or "
               "write to another folder");
}

} // namespace
} // namespace lantian

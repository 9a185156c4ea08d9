// How fast results are written, uncompressed: a file of some hundred megabytes through the writer
// of results, and the same number of bytes written plainly, each put on the disk, in turns.
//
//   lantian_results_benchmarks FOLDER [MEGABYTES] [TURNS]
//
// prints a line for each turn: megabytes a second of the writer, and of plain writing.

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/core.h>

#include "results/result_writer.hpp"

namespace lantian {
namespace {

constexpr std::size_t kDays = 3652;
constexpr std::size_t kPlaces = 31;
constexpr std::size_t kPlainPiece = 256 << 10; // larger single writes are slower [bytes]
constexpr std::int64_t kBlock = 64;

Layout layout() {
  std::vector<Time> days;
  for (std::size_t d = 0; d <= kDays; ++d)
    days.push_back(std::chrono::sys_days{std::chrono::year{2025} / 1 / 1} + std::chrono::days(d));
  Labels places;
  for (std::size_t p = 0; p < kPlaces; ++p)
    places.ids.push_back(fmt::format("p{:02}", p));
  Layout layout("nation");
  layout.add(Coordinate{.name = "time", .values = Intervals{std::move(days)}});
  layout.add(Coordinate{.name = "district", .values = std::move(places)});
  layout.add(Variable{.name = "PM_by_district", .dims = {"district", "time"}, .unit = "t"});
  return layout;
}

std::vector<double> values(std::int64_t first, std::int64_t count) {
  std::vector<double> values(static_cast<std::size_t>(count) * kPlaces * kDays);
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<double>(first) + static_cast<double>(i) / 7.0;
  return values;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// [s], from the first block until the file is in place.
double write_results(const std::filesystem::path& path, std::int64_t blocks) {
  const auto begin = std::chrono::steady_clock::now();
  const RunRecord record{.program_version = "benchmark",
                         .random_scheme = "none",
                         .parameter_draws = blocks * kBlock,
                         .chance_draws = 1};
  ResultWriter writer(path, record, {layout()},
                      {.overwrite = true, .block = kBlock, .deflate = false, .threads = 2});
  for (std::int64_t b = 0; b < blocks; ++b) {
    Block block{.scenario = 0, .first_replication = b * kBlock, .count = kBlock};
    block.data.push_back(values(b * kBlock, kBlock));
    writer.write(std::move(block));
  }
  writer.finish({});
  return seconds_since(begin);
}

void checked(bool holds, const char* action) {
  if (!holds)
    throw std::system_error(errno, std::generic_category(), action);
}

// [s], the same values made and their bytes put on the disk.
double write_plainly(const std::filesystem::path& path, std::int64_t blocks) {
  const auto begin = std::chrono::steady_clock::now();
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  checked(file >= 0, "open");
  for (std::int64_t b = 0; b < blocks; ++b) {
    const std::vector<double> block = values(b * kBlock, kBlock);
    const auto* const bytes = reinterpret_cast<const char*>(block.data());
    const std::size_t size = block.size() * sizeof(double);
    for (std::size_t at = 0; at < size; at += kPlainPiece) {
      const std::size_t piece = std::min(kPlainPiece, size - at);
      checked(write(file, bytes + at, piece) == static_cast<ssize_t>(piece), "write");
    }
  }
  checked(fsync(file) == 0, "fsync");
  checked(close(file) == 0, "close");
  return seconds_since(begin);
}

int measure(const std::filesystem::path& folder, double megabytes, int turns) {
  const double block_size = static_cast<double>(kBlock * kPlaces * kDays * sizeof(double)) / 1e6;
  const auto blocks = std::max<std::int64_t>(1, std::llround(megabytes / block_size));
  const double size = block_size * static_cast<double>(blocks);
  for (int turn = 0; turn < turns; ++turn) {
    const double ours = write_results(folder / "written.h5", blocks);
    const double plain = write_plainly(folder / "written.bytes", blocks);
    fmt::print("{:.0f} {:.0f}\n", size / ours, size / plain);
  }
  std::filesystem::remove(folder / "written.h5");
  std::filesystem::remove(folder / "written.bytes");
  return 0;
}

} // namespace
} // namespace lantian

int main(int count, char** words) {
  if (count < 2) {
    fmt::print(stderr, "usage: {} FOLDER [MEGABYTES] [TURNS]\n", words[0]);
    return 2;
  }
  return lantian::measure(words[1], count > 2 ? std::atof(words[2]) : 580.0,
                          count > 3 ? std::atoi(words[3]) : 3);
}

#include "results/kept_blocks.hpp"

#include "results/block_bytes.hpp"
#include "results/errors.hpp"
#include "results/run_identity.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr char kSuffix[] = ".parts";
constexpr char kRun[] = "run";
constexpr char kUnfinished[] = ".tmp";
constexpr std::chrono::seconds kBetweenSettlings{10};

//! The output with its links resolved, so that two names of one file have one lock.
std::filesystem::path folder_of(const std::filesystem::path& output) {
  std::error_code unresolved;
  std::filesystem::path place = std::filesystem::weakly_canonical(output, unresolved);
  if (unresolved || place.empty())
    throw system_output_error(output, unresolved ? unresolved.value() : ENOENT, "create");
  place += kSuffix;
  return place;
}

} // namespace

KeptBlocks::KeptBlocks(std::filesystem::path output, std::string description, Leftovers leftovers)
    : output_(std::move(output)), folder_(folder_of(output_)),
      description_(std::move(description)) {
  lock();
  take_over(leftovers);
}

KeptBlocks::~KeptBlocks() {
  try {
    if (lock_.is_open() && is_empty())
      remove();
  } catch (const std::exception&) { // no memory, or the folder cannot be listed: it stays
  }
}

//! Another run may remove the folder between our opening and our locking it: then we begin again.
void KeptBlocks::lock() {
  while (true) {
    if (mkdir(folder_.c_str(), 0777) != 0 && errno != EEXIST)
      throw system_output_error(output_, errno, "create");
    lock_ = Descriptor(open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!lock_.is_open() && errno == ENOENT)
      continue;
    if (!lock_.is_open())
      throw system_output_error(output_, errno, "create");
    if (flock(lock_.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK)
        throw OutputError(output_, EWOULDBLOCK, "is being written by another run");
      if (errno != ENOTSUP && errno != ENOLCK) // a file system without locks
        throw system_output_error(output_, errno, "lock");
    }
    if (is_same_file(lock_.number(), folder_))
      return;
  }
}

void KeptBlocks::take_over(Leftovers leftovers) {
  if (leftovers == Leftovers::discard)
    clear();
  const std::optional<std::string> left = bytes_of_file(folder_ / kRun);
  if (!left)
    return clear();
  if (leftovers == Leftovers::refuse) {
    throw OutputError(output_, EALREADY,
                      fmt::format("an earlier run was stopped before its end and has left blocks "
                                  "in {}; resume it, or overwrite it to begin anew",
                                  folder_.filename().string()));
  }
  if (*left != description_) {
    throw UsageError(fmt::format("{} cannot be resumed, what is left is of another run: {}; "
                                 "overwrite it to begin anew",
                                 output_.string(), difference_of_runs(*left, description_)));
  }
  is_described_ = true;
}

std::optional<std::string> KeptBlocks::find(std::int64_t first_replication) const {
  return is_described_ ? bytes_of_file(place_of(first_replication)) : std::nullopt;
}

std::vector<std::string> KeptBlocks::find_statistics() const {
  std::vector<std::string> found;
  for (const int number : {0, 1}) {
    std::optional<std::string> bytes =
        is_described_ ? bytes_of_file(place_of_statistics(number)) : std::nullopt;
    if (bytes)
      found.push_back(*std::move(bytes));
  }
  return found;
}

void KeptBlocks::keep(std::int64_t first_replication, const Batch& batch,
                      std::string_view identity) {
  keep_at(place_of(first_replication),
          [&](int descriptor) { append_sealed(descriptor, batch, identity, output_); });
}

void KeptBlocks::keep_statistics(std::string packed) {
  const std::string bytes = sealed(std::move(packed));
  keep_at(place_of_statistics(next_statistics_),
          [&](int descriptor) { append_bytes(descriptor, bytes, output_); });
  next_statistics_ = 1 - next_statistics_;
}

void KeptBlocks::keep_at(const std::filesystem::path& place,
                         const std::function<void(int)>& write) {
  if (!is_described_) {
    put_in_place(folder_ / kRun,
                 [&](int descriptor) { append_bytes(descriptor, description_, output_); });
    is_described_ = true;
  }
  put_in_place(place, write);
  if (std::chrono::steady_clock::now() - settled_at_ > kBetweenSettlings)
    put_on_disk();
}

void KeptBlocks::remove() {
  unsettled_.clear();
  try {
    clear();
  } catch (const std::exception&) { // a run that has come to its end does not fail for that
  }
  rmdir(folder_.c_str());
  lock_ = Descriptor();
}

//! The description goes last: without it, blocks are nobody's.
void KeptBlocks::clear() const {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
    if (entry.path().filename() != kRun)
      std::filesystem::remove(entry.path(), ignored);
  }
  std::filesystem::remove(folder_ / kRun, ignored);
}

bool KeptBlocks::is_empty() const {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name != kRun && !name.ends_with(kUnfinished))
      return false;
  }
  return true;
}

std::filesystem::path KeptBlocks::place_of(std::int64_t first_replication) const {
  return folder_ / fmt::format("{:012}", first_replication);
}

std::filesystem::path KeptBlocks::place_of_statistics(int number) const {
  return folder_ / fmt::format("statistics-{}", number);
}

void KeptBlocks::put_in_place(const std::filesystem::path& place,
                              const std::function<void(int)>& write) {
  std::filesystem::path unfinished = place;
  unfinished += kUnfinished;
  const Descriptor file(
      open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!file.is_open())
    throw system_output_error(output_, errno, "keep a block beside it");
  write(file.number());
  if (std::rename(unfinished.c_str(), place.c_str()) != 0)
    throw system_output_error(output_, errno, "keep a block beside it");
  unsettled_.push_back(place);
}

void KeptBlocks::put_on_disk() {
  for (const std::filesystem::path& place : unsettled_) {
    const Descriptor file(open(place.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open())
      throw system_output_error(output_, errno, "put on the disk what was kept beside it");
    synchronise(file.number(), output_);
  }
  if (!unsettled_.empty())
    synchronise(lock_.number(), output_);
  unsettled_.clear();
  settled_at_ = std::chrono::steady_clock::now();
}

} // namespace lantian

#pragma once

// The blocks of a run under way, kept in a folder beside its output until the output is there, so
// that a run that was stopped or killed can go on.
//
//   OUT.h5.parts/        locked for as long as a run writes OUT.h5
//     run                what the blocks depend on, see run_identity.hpp
//     000000000064       the replications from 64 on: sealed bytes, see block_bytes.hpp
//     statistics-0, -1   instead of blocks, where only statistics are kept: the last two states of
//                        them, so that one is whole
//
// A block is written under another name and renamed, so one that has its name is whole, and a
// process that is killed loses at most the block that it was writing. About every ten seconds all
// is put on the disk; what a power failure tears nevertheless does not match its own digest, and is
// computed again. One thread at a time keeps; another may find meanwhile.

#include "ensemble/ensemble.hpp"
#include "results/file_bytes.hpp"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

//! What to do with the blocks that an earlier run has left.
enum class Leftovers { refuse, resume, discard };

class KeptBlocks {
public:
  //! Locks the folder, made where there is none. Throws OutputError where another run writes the
  //! same output, or blocks are left that are not wanted; UsageError where they are to be resumed
  //! but belong to another run, with what differs.
  KeptBlocks(std::filesystem::path output, std::string description, Leftovers leftovers);
  //! Unlocks the folder, which is left where it holds blocks.
  ~KeptBlocks();
  KeptBlocks(const KeptBlocks&) = delete;
  KeptBlocks& operator=(const KeptBlocks&) = delete;

  //! The bytes of a block that was kept; they may be damaged. Throws OutputError.
  std::optional<std::string> find(std::int64_t first_replication) const;

  //! Seals the replications from here on and keeps them. Throws OutputError.
  void keep(std::int64_t first_replication, const Batch& batch, std::string_view identity);

  //! The statistics that were kept, in no order; they may be damaged. Throws OutputError.
  std::vector<std::string> find_statistics() const;

  //! Seals them and keeps them in the place of the last but one. Throws OutputError.
  void keep_statistics(std::string packed);

  //! Removes the folder, as far as possible: its blocks are in the output, or nobody wants them.
  void remove();

private:
  void lock();
  void take_over(Leftovers leftovers);
  void clear() const;
  bool is_empty() const;
  std::filesystem::path place_of(std::int64_t first_replication) const;
  std::filesystem::path place_of_statistics(int number) const;
  //! `write(descriptor)` writes the content.
  void keep_at(const std::filesystem::path& place, const std::function<void(int)>& write);
  void put_in_place(const std::filesystem::path& place, const std::function<void(int)>& write);
  void put_on_disk();

  std::filesystem::path output_;
  std::filesystem::path folder_;
  std::string description_;
  Descriptor lock_;
  std::atomic<bool> is_described_ = false;
  int next_statistics_ = 0;
  std::vector<std::filesystem::path> unsettled_; //!< written, perhaps not on the disk
  std::chrono::steady_clock::time_point settled_at_ = std::chrono::steady_clock::now();
};

} // namespace lantian

#pragma once
//! Writes one result file: HDF5 that is also netCDF-4 with CF conventions (docs/io_formats.md).
//!
//!     ResultWriter writer("out/baotou.h5", record, layouts, options);   // creates a temporary
//!     file for each block: writer.write(block);                              // as BlockSink says
//!     writer.finish(runtime);                                           // now it is there, whole
//!
//! Until finish returns there is no result file, and whatever goes wrong there will be none: the
//! temporary file is removed, and a file that was to be overwritten is untouched. A thread of the
//! writer's own writes while the next block is computed; at most two blocks wait, so that memory
//! does not grow with the number of replications.

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "ensemble/block.hpp"
#include "ensemble/spent_blocks.hpp"
#include "results/run_record.hpp"
#include "results/running_statistics.hpp"

namespace lantian {

struct WriterOptions {
  bool overwrite = false;
  std::int64_t block = 64;      //!< replications a block: the length of a chunk
  bool deflate = true;          //!< variables that shrink to half
  unsigned threads = 1;         //!< for the statistics at the end
  bool statistics_only = false; //!< they are given, in place of blocks
  SpentBlocks* spent = nullptr; //!< gets the blocks that are written
  std::stop_token stop = {};    //!< asked for: a block is left half written, and nothing is kept
};

class ResultWriter : public BlockSink {
public:
  //! Creates the temporary file with one group for each layout, in order. Throws OutputError, and
  //! std::invalid_argument if options, inputs or layouts are impossible.
  ResultWriter(std::filesystem::path path, RunRecord record, std::vector<Layout> layouts,
               WriterOptions options = {});
  ~ResultWriter() override;

  //! Takes the next block of a scenario: `block` replications, or what is left. Throws OutputError,
  //! OutputInterrupted or std::invalid_argument, for this block or one before.
  void write(Block block) override;

  //! Writes the statistics of all replications, where only they are kept. Call it once, before
  //! finish. Throws OutputError.
  void write(const RunningStatistics& statistics);

  //! Statistics, digests, then: close, synchronise, read back, rename into place. `runtime` are
  //! facts that differ from run to run (phase timings, event counts, threads), for `/runtime`.
  //! Throws OutputError, OutputInterrupted if `stop` asks for it before the file is in place, and
  //! std::invalid_argument if replications are missing. May be called once.
  void finish(const std::vector<Attribute>& runtime, const std::stop_token& stop = {});

private:
  class File;
  std::unique_ptr<File> file_;
};

} // namespace lantian

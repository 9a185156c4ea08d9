#pragma once
//! Blocks that are done with, kept for their memory: to have the system clear new pages for every
//! block takes as long as writing it.

#include <mutex>
#include <utility>
#include <vector>

#include "ensemble/ensemble.hpp"

namespace lantian {

//! Any thread may use it.
class SpentBlocks {
public:
  void add(Block block) {
    const std::lock_guard lock(mutex_);
    blocks_.push_back(std::move(block));
  }

  //! One of each scenario, where there is one.
  Batch take() {
    const std::lock_guard lock(mutex_);
    Batch batch;
    std::vector<Block> rest;
    for (Block& block : blocks_) {
      if (batch.blocks.size() <= block.scenario)
        batch.blocks.resize(block.scenario + 1);
      Block& place = batch.blocks[block.scenario];
      if (place.data.empty())
        place = std::move(block);
      else
        rest.push_back(std::move(block));
    }
    blocks_ = std::move(rest);
    return batch;
  }

private:
  std::mutex mutex_;
  std::vector<Block> blocks_;
};

} // namespace lantian

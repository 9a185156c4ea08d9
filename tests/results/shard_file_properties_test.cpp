#include "results/shard_file.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lantian {
namespace {

// In order and one after the other, the shards of a run are its blocks; more shards than blocks,
// too. No shard has two blocks more than another.
RC_GTEST_PROP(ShardProperties, have_every_block_of_a_run_once_between_them, ()) {
  const EnsembleOptions options{.replications = *rc::gen::inRange<std::int64_t>(1, 5000),
                                .block = *rc::gen::inRange<std::int64_t>(1, 300)};
  const auto count = *rc::gen::inRange<std::int64_t>(1, 60);
  std::vector<ReplicationRange> all;
  std::int64_t least = kMostReplications;
  std::int64_t most = 0;
  for (std::int64_t number = 1; number <= count; ++number) {
    const auto ranges = ranges_of_shard(options, {number, count});
    all.insert(all.end(), ranges.begin(), ranges.end());
    least = std::min(least, std::ssize(ranges));
    most = std::max(most, std::ssize(ranges));
  }
  std::int64_t next = 0;
  for (const ReplicationRange& range : all) {
    RC_ASSERT(range.first == next);
    RC_ASSERT(range.count == std::min(options.block, options.replications - next));
    next += range.count;
  }
  RC_ASSERT(next == options.replications);
  RC_ASSERT(most - least <= 1);
}

} // namespace
} // namespace lantian

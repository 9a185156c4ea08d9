#pragma once
//! Random numbers without state: the k-th draw of a stream is a function of (seed, replication,
//! stream, k), by Philox4x32-10. A stream is an entity and a purpose. So an entity meets the same
//! draw in every scenario that is compared, whatever other entities do, and nothing depends on
//! threads, shards or order. k is an ordinal of the model (the k-th failure), never a running
//! count.

#include <cstdint>
#include <string_view>

namespace lantian {

//! Hash of an entity's id and of what the draws are for; the same on every machine. Two different
//! pairs may collide: whoever makes many compares their ids.
std::uint64_t stream_id(std::string_view entity, std::string_view purpose);

class RandomSource {
public:
  RandomSource(std::uint64_t seed, std::uint32_t replication)
      : seed_(seed), replication_(replication) {}

  //! The k-th draw: (n + 1/2) 2^-52 with n uniform on 0 ... 2^52 - 1, so never 0 and never 1.
  double uniform(std::uint64_t stream, std::uint32_t k) const;

  std::uint64_t seed() const { return seed_; }
  std::uint32_t replication() const { return replication_; }

private:
  std::uint64_t seed_;
  std::uint32_t replication_;
};

} // namespace lantian

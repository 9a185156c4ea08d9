// Any batch of blocks is the same after its way through bytes, and bytes that were changed on the
// way are refused.

#include "results/block_bytes.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "results/crc64.hpp"

namespace lantian {

void showValue(const Batch& batch, std::ostream& out) { // NOLINT(readability-identifier-naming)
  out << batch.blocks.size() << " blocks, packed ";
  rc::show(packed(batch, ""), out);
}

namespace {

constexpr char kIdentity[] = "this run";

//! Of any bits: infinite, -0 and what is no number among them.
std::vector<std::vector<std::uint64_t>> bits_of(const Block& block) {
  std::vector<std::vector<std::uint64_t>> bits;
  for (const std::vector<double>& values : block.data) {
    auto& row = bits.emplace_back();
    for (const double value : values)
      row.push_back(std::bit_cast<std::uint64_t>(value));
  }
  return bits;
}

rc::Gen<std::vector<double>> any_values() {
  const auto any_double = rc::gen::map(rc::gen::arbitrary<std::uint64_t>(), [](std::uint64_t bits) {
    return std::bit_cast<double>(bits);
  });
  return rc::gen::container<std::vector<double>>(any_double);
}

rc::Gen<EventLog> any_log() {
  using namespace rc;
  const auto any_time =
      gen::map(gen::arbitrary<std::int64_t>(), [](std::int64_t s) { return Time(Duration(s)); });
  return gen::build<EventLog>(
      gen::set(&EventLog::replication),
      gen::set(&EventLog::time, gen::container<std::vector<Time>>(any_time)),
      gen::set(&EventLog::measure), gen::set(&EventLog::event), gen::set(&EventLog::detail));
}

rc::Gen<Batch> any_batch() {
  using namespace rc;
  const auto any_block = gen::build<Block>(
      gen::set(&Block::scenario), gen::set(&Block::first_replication), gen::set(&Block::count),
      gen::set(&Block::data, gen::container<std::vector<std::vector<double>>>(any_values())),
      gen::set(&Block::log, any_log()));
  return gen::scale(
      0.2,
      gen::build<Batch>(gen::set(&Batch::events),
                        gen::set(&Batch::blocks, gen::container<std::vector<Block>>(any_block))));
}

//! One byte changed, some cut out, off the end, or put in; never the bytes as they were.
std::string damaged(const std::string& bytes) {
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  std::string other = bytes;
  switch (*rc::gen::inRange(0, 4)) {
  case 0:
    other[at] = static_cast<char>(other[at] ^ *rc::gen::inRange(1, 256));
    return other;
  case 1:
    return other.erase(at, *rc::gen::inRange<std::size_t>(1, bytes.size() + 1));
  case 2:
    return other.erase(bytes.size() - std::min<std::size_t>(bytes.size(), at % 20 + 1));
  default:
    return other.insert(at, *rc::gen::nonEmpty<std::string>());
  }
}

RC_GTEST_PROP(BlockBytesProperties, give_back_every_bit_of_a_batch, ()) {
  const Batch batch = *any_batch();
  const Batch back = batch_of(sealed(packed(batch, kIdentity)), kIdentity);
  RC_ASSERT(back.events == batch.events);
  RC_ASSERT(back.blocks.size() == batch.blocks.size());
  for (std::size_t i = 0; i < batch.blocks.size(); ++i) {
    const Block& a = batch.blocks[i];
    const Block& b = back.blocks[i];
    RC_ASSERT(b.scenario == a.scenario);
    RC_ASSERT(b.first_replication == a.first_replication);
    RC_ASSERT(b.count == a.count);
    RC_ASSERT(bits_of(b) == bits_of(a));
    RC_ASSERT(b.log.replication == a.log.replication);
    RC_ASSERT(b.log.time == a.log.time);
    RC_ASSERT(b.log.measure == a.log.measure);
    RC_ASSERT(b.log.event == a.log.event);
    RC_ASSERT(b.log.detail == a.log.detail);
  }
}

RC_GTEST_PROP(BlockBytesProperties, refuse_what_was_changed_on_its_way, ()) {
  const std::string bytes = sealed(packed(*any_batch(), kIdentity));
  RC_ASSERT_THROWS_AS(batch_of(damaged(bytes), kIdentity), UsageError);
  RC_ASSERT_THROWS_AS(batch_of(bytes, "another run"), UsageError);
}

// A digest that matches is no proof of sense: lengths may be absurd. What is read all the same
// stood before the digest.
RC_GTEST_PROP(BlockBytesProperties, believe_no_length_under_a_digest_that_matches, ()) {
  const std::string bytes = sealed(damaged(packed(*any_batch(), kIdentity)));
  try {
    const std::string again = packed(batch_of(bytes, kIdentity), kIdentity);
    RC_ASSERT(bytes.starts_with(again));
    RC_ASSERT(again.size() <= bytes.size() - Crc64::kLength);
  } catch (const UsageError&) {
    RC_SUCCEED("it is refused");
  }
}

} // namespace
} // namespace lantian

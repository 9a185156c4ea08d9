#pragma once
//! Whether two result files have the same bits in every scenario, logs included.

#include <cstring>
#include <filesystem>

#include <gtest/gtest.h>

#include "results/result_file.hpp"

namespace lantian::test {

inline void expect_same_bits(const std::filesystem::path& a, const std::filesystem::path& b) {
  const ResultFile mine(a);
  const ResultFile theirs(b);
  ASSERT_EQ(mine.scenarios(), theirs.scenarios());
  ASSERT_EQ(mine.replications(), theirs.replications());
  for (const std::string& scenario : mine.scenarios()) {
    for (const Variable& variable : mine.layout(scenario).variables()) {
      const auto one = mine.read(scenario, variable.name);
      const auto other = theirs.read(scenario, variable.name);
      ASSERT_EQ(one.size(), other.size());
      EXPECT_TRUE(one.empty() ||
                  std::memcmp(one.data(), other.data(), one.size() * sizeof(double)) == 0)
          << variable.name;
    }
    const EventLog log = mine.event_log(scenario);
    const EventLog other = theirs.event_log(scenario);
    EXPECT_EQ(log.replication, other.replication);
    EXPECT_EQ(log.time, other.time);
    EXPECT_EQ(log.detail, other.detail);
  }
}

} // namespace lantian::test

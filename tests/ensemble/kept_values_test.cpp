#include "ensemble/kept_values.hpp"

#include "ensemble/ensemble.hpp"
#include "ensemble/two_plants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lantian {
namespace {

using testing::ElementsAre;
using testing::ThrowsMessage;

//! A layout of two variables, and a block of it: replication r has 10 + r, and 20 + r, 30 + r.
Layout two_variables() {
  Layout layout("s");
  layout.add(Coordinate{.name = "year", .values = Years{{2024, 2025}}});
  layout.add(Variable{.name = "cost"});
  layout.add(Variable{.name = "dust", .dims = {"year"}});
  return layout;
}

Block block(std::int64_t first, std::int64_t count) {
  Block block{.scenario = 0, .first_replication = first, .count = count};
  block.data.resize(2);
  for (std::int64_t r = first; r < first + count; ++r) {
    const auto luck = static_cast<double>(r);
    block.data[0].push_back(10 + luck);
    block.data[1].insert(block.data[1].end(), {20 + luck, 30 + luck});
  }
  return block;
}

TEST(KeptValues, joins_the_blocks_of_what_is_wanted_in_the_order_wanted) {
  const Layout layout = two_variables();
  const std::vector<std::string> wanted{"dust", "cost"};
  KeptValues kept({&layout}, wanted);
  kept.write(block(0, 2));
  kept.write(block(2, 1));
  EXPECT_THAT(kept.take(0, 0), ElementsAre(20, 30, 21, 31, 22, 32));
  EXPECT_THAT(kept.take(0, 1), ElementsAre(10, 11, 12));
}

TEST(KeptValues, leaves_out_what_it_was_not_asked_for) {
  const Layout layout = two_variables();
  const std::vector<std::string> wanted{"cost"};
  KeptValues kept({&layout}, wanted);
  Block of_another = block(0, 2);
  of_another.scenario = 1;
  kept.write(of_another);
  EXPECT_THAT(kept.take(0, 0), testing::IsEmpty());
}

TEST(KeptValues, names_what_was_probably_meant) {
  const Layout layout = two_variables();
  const std::vector<std::string> wanted{"dusk"};
  EXPECT_THAT(
      [&] { KeptValues({&layout}, wanted); },
      ThrowsMessage<UsageError>("the scenario 's' has no variable 'dusk'; did you mean 'dust'?"));
}

} // namespace
} // namespace lantian

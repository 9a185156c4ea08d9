#include "scenario/diagnostics.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(EditDistance, counts_insertions_deletions_changes_and_swaps) {
  EXPECT_EQ(edit_distance("activity", "activity"), 0u);
  EXPECT_EQ(edit_distance("activty", "activity"), 1u);
  EXPECT_EQ(edit_distance("actviity", "activity"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
}

TEST(DidYouMean, suggests_the_nearest_and_only_what_is_near) {
  const std::vector<std::string> words = {"plant", "plants", "profile", "process"};
  EXPECT_EQ(did_you_mean("plnt", words), "; did you mean 'plant'?");
  EXPECT_EQ(did_you_mean("plantt", words), "; did you mean 'plant' or 'plants'?");
  EXPECT_EQ(did_you_mean("control", words), "");
  EXPECT_EQ(did_you_mean("ab", {"xy"}), "");
}

TEST(Diagnostics, sorts_by_file_and_place_and_says_each_once) {
  Document document;
  document.files = {{"b.toml", "b.toml", ""}, {"a.csv", "a.csv", ""}};
  Diagnostics diagnostics(&document);
  diagnostics.error(Position{0, 12, 8}, "measures.x.start", "too late");
  diagnostics.error(Position{0, 2, 1}, "", "first");
  diagnostics.error(Position{1, 3, 4}, "sources.y", "in the table");
  diagnostics.error(Position{0, 2, 1}, "", "first");
  try {
    diagnostics.throw_if_any();
    FAIL();
  } catch (const ScenarioError& error) {
    EXPECT_STREQ(error.what(), "a.csv:3:4: sources.y: in the table\n"
                               "b.toml:2:1: first\n"
                               "b.toml:12:8: measures.x.start: too late");
    EXPECT_EQ(error.mistakes().size(), 3u);
    EXPECT_EQ(error.mistakes()[2].key, "measures.x.start");
  }
}

TEST(Diagnostics, throws_nothing_without_mistakes) {
  EXPECT_NO_THROW(Diagnostics().throw_if_any());
}

} // namespace
} // namespace lantian

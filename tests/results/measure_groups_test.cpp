#include "results/measure_groups.hpp"

#include "kernel/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lantian {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::ThrowsMessage;

const std::vector<std::string> kMeasures{"close", "filter", "hood", "seal"};

auto group(const std::string& id, const std::vector<std::string>& measures) {
  return AllOf(Field(&MeasureGroup::id, id), Field(&MeasureGroup::measures, measures));
}

TEST(MeasureGroups, gives_a_measure_in_no_group_one_of_its_own_after_those_that_are_named) {
  const auto grouping = group_measures(kMeasures, {}, {{"coke", {"seal", "filter"}}}, {});
  EXPECT_THAT(grouping.groups, ElementsAre(group("coke", {"seal", "filter"}),
                                           group("close", {"close"}), group("hood", {"hood"})));
  EXPECT_THAT(grouping.notes, IsEmpty());
}

TEST(MeasureGroups, puts_measures_that_refer_to_each_other_together_and_says_so) {
  const auto grouping =
      group_measures(kMeasures, {}, {}, {{"seal", "filter"}, {"hood", "seal"}, {"hood", "filter"}});
  EXPECT_THAT(grouping.groups, ElementsAre(group("close", {"close"}),
                                           group("filter+hood+seal", {"filter", "hood", "seal"})));
  EXPECT_THAT(grouping.notes, ElementsAre("seal refers to filter, so they are credited together",
                                          "hood refers to seal, so they are credited together"));
}

TEST(MeasureGroups, takes_a_measure_into_the_named_group_that_it_refers_to) {
  const auto grouping =
      group_measures(kMeasures, {}, {{"coke", {"seal"}}}, {{"close", "seal"}, {"seal", "close"}});
  EXPECT_THAT(grouping.groups, ElementsAre(group("coke", {"seal", "close"}),
                                           group("filter", {"filter"}), group("hood", {"hood"})));
}

TEST(MeasureGroups, tells_all_mistakes_at_once) {
  const std::vector<MeasureGroup> named{
      {"a", {"filtre", "hood", "hood"}}, {"a", {"old"}}, {"b", {"hood"}}, {"interaction", {}}};
  EXPECT_THAT(
      [&] { group_measures(kMeasures, {"old"}, named, {}); },
      ThrowsMessage<UsageError>(
          "group 'a': the plan has no measure 'filtre'; did you mean 'filter'?; it has 'close', "
          "'filter', 'hood' or 'seal'\n"
          "group 'a' names the measure 'hood' twice\n"
          "two groups are called 'a'\n"
          "group 'a': the base has the measure 'old' as well, so there is nothing to credit it "
          "with\n"
          "the measure 'hood' is in the groups 'a' and 'b'; it can be in one\n"
          "a group may not be called 'interaction', which is a line of the result\n"
          "the group 'interaction' must have a name and a measure"));
}

TEST(MeasureGroups, refuses_named_groups_that_need_each_other) {
  const std::vector<MeasureGroup> named{{"coke", {"seal"}}, {"steel", {"filter"}}};
  EXPECT_THAT([&] { group_measures(kMeasures, {}, named, {{"seal", "filter"}}); },
              ThrowsMessage<UsageError>("the groups 'coke' and 'steel' must be one: the measure "
                                        "'seal' refers to 'filter'"));
}

} // namespace
} // namespace lantian

#include "results/measure_groups.hpp"

#include "scenario/diagnostics.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace lantian {

namespace {

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void throw_if_any(const std::vector<std::string>& mistakes) {
  if (!mistakes.empty())
    throw UsageError(fmt::format("{}", fmt::join(mistakes, "\n")));
}

class Grouper {
public:
  Grouper(const std::vector<std::string>& measures, const std::vector<std::string>& fixed,
          const std::vector<MeasureGroup>& named)
      : measures_(measures), fixed_(fixed), named_(named) {
    for (const MeasureGroup& group : named)
      take(group);
    throw_if_any(mistakes_);
    for (const std::string& measure : measures) {
      if (group_of_.emplace(measure, groups_.size()).second)
        groups_.push_back({measure, {measure}});
    }
  }

  void join(const std::vector<MeasureLink>& links) {
    for (const MeasureLink& link : links)
      join(link);
    throw_if_any(mistakes_);
  }

  MeasureGrouping finish() {
    std::erase_if(groups_, [](const MeasureGroup& group) { return group.measures.empty(); });
    return {std::move(groups_), std::move(notes_)};
  }

private:
  void take(const MeasureGroup& group) {
    if (group.id == kOtherChanges || group.id == kInteraction)
      mistakes_.push_back(
          fmt::format("a group may not be called '{}', which is a line of the result", group.id));
    if (group.id.empty() || group.measures.empty())
      mistakes_.push_back(fmt::format("the group '{}' must have a name and a measure", group.id));
    if (!ids_.insert(group.id).second)
      mistakes_.push_back(fmt::format("two groups are called '{}'", group.id));
    for (const std::string& measure : group.measures)
      take(measure, group.id);
    groups_.push_back(group);
  }

  void take(const std::string& measure, const std::string& group) {
    if (has(fixed_, measure)) {
      mistakes_.push_back(fmt::format("group '{}': the base has the measure '{}' as well, so there "
                                      "is nothing to credit it with",
                                      group, measure));
    } else if (!has(measures_, measure)) {
      mistakes_.push_back(fmt::format("group '{}': the plan has no measure '{}'{}; it has {}",
                                      group, measure, did_you_mean(measure, measures_),
                                      one_of(measures_)));
    } else if (const auto [known, is_new] = group_of_.emplace(measure, groups_.size()); !is_new) {
      mistakes_.push_back(
          known->second == groups_.size()
              ? fmt::format("group '{}' names the measure '{}' twice", group, measure)
              : fmt::format("the measure '{}' is in the groups '{}' and '{}'; it can be in one",
                            measure, groups_[known->second].id, group));
    }
  }

  bool is_named(std::size_t group) const { return group < named_.size(); }

  //! Moves all of the later group into the earlier one: a named one stays.
  void join(const MeasureLink& link) {
    const std::size_t of_measure = group_of_.at(link.measure);
    const std::size_t of_needed = group_of_.at(link.needed);
    const std::size_t to = std::min(of_measure, of_needed);
    const std::size_t from = std::max(of_measure, of_needed);
    if (to == from)
      return;
    if (is_named(from)) {
      mistakes_.push_back(fmt::format("the groups '{}' and '{}' must be one: the measure '{}' "
                                      "refers to '{}'",
                                      groups_[to].id, groups_[from].id, link.measure, link.needed));
      return;
    }
    notes_.push_back(
        fmt::format("{} refers to {}, so they are credited together", link.measure, link.needed));
    for (const std::string& measure : groups_[from].measures) {
      group_of_[measure] = to;
      groups_[to].measures.push_back(measure);
    }
    groups_[from].measures.clear();
    if (!is_named(to)) {
      std::sort(groups_[to].measures.begin(), groups_[to].measures.end());
      groups_[to].id = fmt::format("{}", fmt::join(groups_[to].measures, "+"));
    }
  }

  const std::vector<std::string>& measures_;
  const std::vector<std::string>& fixed_;
  const std::vector<MeasureGroup>& named_;
  std::set<std::string> ids_;
  std::map<std::string, std::size_t> group_of_;
  std::vector<MeasureGroup> groups_;
  std::vector<std::string> notes_;
  std::vector<std::string> mistakes_;
};

} // namespace

MeasureGrouping group_measures(const std::vector<std::string>& measures,
                               const std::vector<std::string>& fixed,
                               const std::vector<MeasureGroup>& named,
                               const std::vector<MeasureLink>& links) {
  Grouper grouper(measures, fixed, named);
  grouper.join(links);
  return grouper.finish();
}

} // namespace lantian

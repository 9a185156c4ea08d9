#include "results/sentences.hpp"

#include "kernel/time.hpp"
#include "results/explanation.hpp"
#include "world/books.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

namespace lantian {

namespace {

struct Phrase {
  std::string_view cause;
  std::string_view spent; //!< "30 days …"
  std::string_view owed;  //!< "30 % is owed to …"
};
constexpr std::array<Phrase, 9> kPhrases = {{
    {"predecessors", "waiting for other measures", "other measures"},
    {"permits", "on permits", "permits"},
    {"crews", "waiting for crews", "waiting for crews"},
    {"money", "waiting for money", "waiting for money"},
    {"season", "waiting for the season", "waiting for the season"},
    {"alerts", "resting in alerts", "rests in alerts"},
    {"work", "at work", "work"},
    {"cancelled", "after a measure was given up", "measures that are given up"},
    {"start", "before the planned start", "a start that is planned after the deadline"},
}};

const Phrase& phrase_of(std::string_view cause) {
  return *std::ranges::find(kPhrases, cause, &Phrase::cause);
}

constexpr double kWorthTelling = 0.005; //!< share below which a cause is not named

//! "310", "4.5", "4": whole from 10 on, at most one decimal below.
std::string rounded(double value) {
  if (std::abs(value) >= 9.95)
    return fmt::format("{:.0f}", value);
  std::string text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0"))
    text.resize(text.size() - 2);
  return text;
}

std::string days(double count) {
  const std::string number = rounded(count);
  return number + (number == "1" ? " day" : " days");
}

//! "13 %"; what is not all is never called 100 %.
std::string percent(double share) {
  const bool is_nearly_all = share < 1 && share >= 0.995;
  return (is_nearly_all ? fmt::format("{:.1f}", std::min(100 * share, 99.9))
                        : rounded(100 * share)) +
         " %";
}

std::string worlds(std::int64_t count) {
  return fmt::format("{} {}", count, count == 1 ? "world" : "worlds");
}

//! "none of 200 worlds", "13 % of 200 worlds", "all 200 worlds", "the only world".
std::string part_of(double share, std::int64_t count) {
  if (share == 0)
    return "none of " + worlds(count);
  if (share == 1)
    return count == 1 ? "the only world" : "all " + worlds(count);
  return percent(share) + " of " + worlds(count);
}

std::string day_of(double date) {
  return format_time(Time{std::chrono::seconds(std::llround(date * 86400))}).substr(0, 10);
}

//! The last day before midnight.
std::string last_day_before(double midnight) {
  return day_of(midnight - 1);
}

//! "a", "a and b", "a, b and c".
std::string enumerate(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0)
      text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

struct Amount {
  std::string_view cause;
  double value;
};

//! The causes that are worth naming, the largest first.
std::vector<Amount> main_causes(std::vector<Amount> all) {
  const double total = std::accumulate(all.begin(), all.end(), 0.0,
                                       [](double sum, const Amount& a) { return sum + a.value; });
  std::erase_if(
      all, [&](const Amount& a) { return !(a.value >= kWorthTelling * total) || a.value == 0; });
  std::ranges::stable_sort(all, std::ranges::greater{}, &Amount::value);
  return all;
}

//! "420 days: 210 days waiting for crews and 210 days at work", "30 days, all at work".
std::string time_spent(const std::vector<Amount>& all) {
  const double total = std::accumulate(all.begin(), all.end(), 0.0,
                                       [](double sum, const Amount& a) { return sum + a.value; });
  const std::vector<Amount> main = main_causes(all);
  if (main.empty())
    return "no time";
  if (main.size() == 1) {
    return fmt::format("{}, {} {}", days(total), main[0].value == total ? "all" : "nearly all",
                       phrase_of(main[0].cause).spent);
  }
  std::vector<std::string> parts;
  for (const Amount& each : main)
    parts.push_back(days(each.value) + " " + std::string(phrase_of(each.cause).spent));
  return days(total) + ": " + enumerate(parts);
}

std::string on_average(std::int64_t count, const std::string& sentence) {
  return count > 1 ? "On average i" + sentence.substr(1) : sentence;
}

std::string chance(const ComparedTarget& target) {
  const auto count = static_cast<double>(target.assessable);
  const double share = static_cast<double>(target.met) / count;
  std::string interval = fmt::format("{} to {}", rounded(100 * target.probability.low),
                                     percent(target.probability.high));
  if (target.met == 0)
    interval = "at most " + percent(target.probability.high);
  if (target.met == target.assessable)
    interval = "at least " + percent(target.probability.low);
  const std::string due =
      target.lateness ? "; it falls due on " + last_day_before(target.lateness->due) : "";
  return fmt::format("{} is met in {} (95 %: {}){}.", target.target,
                     part_of(share, target.assessable), interval, due);
}

std::string dates(const Lateness& lateness) {
  constexpr std::array<std::string_view, kDateShares.size()> kNames = {"half of the worlds", "80 %",
                                                                       "95 %"};
  const std::string beyond =
      fmt::format("before the horizon ends on {}", last_day_before(lateness.horizon_end));
  if (lateness.days.count == 1) {
    return std::isfinite(lateness.dates[0])
               ? fmt::format("It is there on {}.", day_of(lateness.dates[0]))
               : fmt::format("It is not there {}.", beyond);
  }
  std::vector<std::string> reached;
  std::size_t k = 0;
  for (; k < kDateShares.size() && std::isfinite(lateness.dates[k]); ++k) {
    reached.push_back(
        fmt::format("{}{} by {}", kNames[k], k == 0 ? " have it" : "", day_of(lateness.dates[k])));
  }
  if (k == 0)
    return fmt::format("Fewer than half of the worlds have it {}.", beyond);
  std::string text = enumerate(reached);
  text[0] = 'H';
  if (k < kDateShares.size())
    text += fmt::format("; fewer than {} have it {}", kNames[k], beyond);
  return text + ".";
}

std::string how_late(const Lateness& lateness) {
  if (lateness.days.mean == 0) {
    return lateness.never == 0 ? "It is never late."
                               : "How late it is, a horizon that ends so early does not tell.";
  }
  const std::string interval =
      std::isfinite(lateness.interval.high) && lateness.days.error > 0
          ? fmt::format(" (95 %: {} to {})", rounded(lateness.interval.low),
                        rounded(lateness.interval.high))
          : "";
  std::string text = on_average(
      lateness.days.count, fmt::format("It is {}{} late{}", lateness.never > 0 ? "at least " : "",
                                       days(lateness.days.mean), interval));
  if (lateness.never > 0) {
    const std::string who = lateness.never == 1
                                ? "no world has"
                                : percent(lateness.never) + " of the worlds do not have";
    text +=
        fmt::format(", for {} it when the horizon ends, and what is beyond does not count", who);
  }
  return text + ".";
}

std::string who_is_last(const std::vector<LastMeasure>& last) {
  if (last.size() == 1)
    return fmt::format("The last measure on the way is always {}.", last[0].id);
  std::string text = fmt::format("Most often ({}) the last measure on the way is {}",
                                 percent(last[0].share), last[0].id);
  return text + fmt::format(", then {} ({}).", last[1].id, percent(last[1].share));
}

std::string owed(const Lateness& lateness) {
  std::vector<Amount> shares;
  for (const LateCause& cause : lateness.causes)
    shares.push_back({cause.name, cause.share});
  shares = main_causes(shares);
  if (shares.size() == 1)
    return fmt::format("The lateness is owed to {}.", phrase_of(shares[0].cause).owed);
  std::vector<std::string> parts;
  for (const Amount& each : shares) {
    parts.push_back(fmt::format("{}{} to {}", percent(each.value), parts.empty() ? " is owed" : "",
                                phrase_of(each.cause).owed));
  }
  return "Of the lateness " + enumerate(parts) + ".";
}

std::string margin(const ComparedTarget& target) {
  const std::string amount = fmt::format("{:.4g}{}", std::abs(target.median_margin),
                                         target.margin_unit == "1" ? "" : " " + target.margin_unit);
  return target.median_margin < 0
             ? fmt::format("Half of the worlds miss it by {} or more.", amount)
             : fmt::format("Half of the worlds have {} or more to spare.", amount);
}

//! "half of them by 2025-08-09 and 90 % by 2025-10-19"
std::string by_when(const ExplainedMilestone& milestone) {
  return fmt::format("half of them by {} and 90 % by {}", day_of(milestone.dates[1]),
                     day_of(milestone.dates[2]));
}

std::string reached(const std::string& subject, const std::string& verb,
                    const ExplainedMilestone& milestone, std::int64_t count) {
  const std::string part = part_of(milestone.reached, count);
  if (milestone.reached == 0)
    return fmt::format("{} is {} in {} within the horizon.", subject, verb, part);
  if (count == 1)
    return fmt::format("{} is {} on {}.", subject, verb, day_of(milestone.dates[1]));
  return fmt::format("{} is {} in {}, {}.", subject, verb, part, by_when(milestone));
}

} // namespace

std::vector<std::string> sentences_on_measure(const Explanation& measure,
                                              std::int64_t replications) {
  const auto& works = measure.milestones[static_cast<std::size_t>(Milestone::works)];
  const auto& published = measure.milestones[static_cast<std::size_t>(Milestone::published)];
  std::vector<std::string> all = {reached(measure.id, "built", works, replications)};
  if (works.reached > 0 && (published.reached != works.reached || published.dates != works.dates))
    all.push_back(reached("It", "published", published, replications));
  if (measure.cancelled > 0)
    all.push_back(fmt::format("It is given up in {}.", part_of(measure.cancelled, replications)));
  std::vector<Amount> times;
  for (const ExplainedCause& cause : measure.causes)
    times.push_back({cause.name, cause.mean_days});
  all.push_back(on_average(replications, fmt::format("It takes {}.", time_spent(times))));
  return all;
}

std::vector<std::string> sentences_on_target(const ComparedTarget& target) {
  if (target.assessable == 0)
    return {target.target + " cannot be judged with this inventory."};
  std::vector<std::string> all = {chance(target)};
  if (!target.lateness) {
    if (!std::isnan(target.median_margin))
      all.push_back(margin(target));
    return all;
  }
  const Lateness& lateness = *target.lateness;
  all.push_back(dates(lateness));
  all.push_back(how_late(lateness));
  all.push_back(who_is_last(lateness.last));
  std::vector<Amount> times;
  for (const LateCause& cause : lateness.causes)
    times.push_back({cause.name, cause.mean_days});
  all.push_back(on_average(lateness.days.count,
                           fmt::format("Its critical path takes {}.", time_spent(times))));
  if (lateness.days.mean > 0)
    all.push_back(owed(lateness));
  return all;
}

} // namespace lantian

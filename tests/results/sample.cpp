#include "results/sample.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace lantian::sample {
namespace {

Time day(int year, int month, int d) {
  return std::chrono::sys_days{std::chrono::year{year} / month / d};
}

EventLog log_of(std::int64_t replication) {
  const auto r = static_cast<std::int32_t>(replication);
  return {.replication = {r, r},
          .time = {day(2024, 1, 2), day(2024, 2, 3) + std::chrono::hours{r}},
          .measure = {"relocate-jiyu", "relocate-jiyu"},
          .event = {"begun", "waiting"},
          .detail = {"", "等待许可"}};
}

} // namespace

Layout layout(const std::string& scenario, const std::vector<std::string>& measures) {
  Layout layout(scenario);
  layout.attributes = {{"title", "Scenario " + scenario}, {"as_of", std::string("2024-03-31")}};
  layout.add(Coordinate{
      .name = "time",
      .long_name = "start of the interval",
      .values = Intervals{{day(2024, 1, 1), day(2024, 2, 1), day(2024, 3, 1), day(2024, 4, 1)}}});
  layout.add(Coordinate{.name = "year", .values = Years{{2024, 2025}}});
  layout.add(Coordinate{.name = "account", .values = Labels{{"stack", "fugitive"}}});
  layout.add(Coordinate{
      .name = "zone",
      .long_name = "zone",
      .values = Labels{{"key-area", "outside"}},
      .companions = {
          {.name = "name_zh", .values = std::vector<std::string>{"重点区域", "市外"}},
          {.name = "latitude", .unit = "degrees_north", .values = std::vector<double>{40.6, 41}}}});
  layout.add(Coordinate{.name = "measure", .values = Labels{measures}});
  layout.add(Coordinate{.name = "milestone", .values = Labels{{"begun", "works"}}});
  layout.add(Coordinate{.name = "target", .values = Labels{{"steel-ule"}}});
  layout.add(Variable{.name = "NOx",
                      .dims = {"account", "time"},
                      .unit = "t",
                      .long_name = "NOx emitted, as NO2",
                      .cell_methods = "time: sum",
                      .with_statistics = true});
  layout.add(Variable{
      .name = "NOx_by_zone", .dims = {"zone", "time"}, .unit = "t", .cell_methods = "time: sum"});
  layout.add(Variable{.name = "measure_date",
                      .dims = {"measure", "milestone"},
                      .unit = kDateUnit,
                      .long_name = "date of a milestone"});
  layout.add(Variable{.name = "target_met",
                      .dims = {"target"},
                      .long_name = "whether a target is met",
                      .type = ValueType::int8,
                      .flags = {{-1, "not_assessable"}, {0, "missed"}, {1, "met"}}});
  layout.add(Variable{.name = "capital", .unit = "CNY", .with_statistics = true});
  return layout;
}

std::vector<Layout> layouts() {
  return {layout("baseline", {}), layout("as-planned", {"relocate-jiyu", "retrofit-daan"})};
}

RunRecord record() {
  return {.program_version = "0.1.0",
          .program_commit = "0123abcd",
          .build_fingerprint = "test",
          .date = "2026-01-02T03:04:05Z",
          .seed = 18446744073709551615u,
          .random_scheme = "philox4x32-10",
          .parameter_draws = 5,
          .chance_draws = 2,
          .inputs = {{"baseline.toml", "lantian = 1\n"},
                     {"data/plants.csv", "id,name\njiyu,吉宇\n"},
                     {"data/empty.csv", ""}},
          .further = {{"comment", std::string("a sample")}}};
}

std::vector<double> values(const Layout& layout, std::size_t variable, std::int64_t replication) {
  const auto r = static_cast<double>(replication);
  std::vector<double> result(layout.variables()[variable].size);
  for (std::size_t p = 0; p < result.size(); ++p) {
    result[p] = 100 * static_cast<double>(variable) + static_cast<double>(p) + r / 2;
  }
  if (variable == kMeasureDate) {
    std::ranges::fill(result, std::numeric_limits<double>::quiet_NaN());
    if (!result.empty()) {
      result[1] = days_since_epoch(day(2025, 6, 1)) + r;
    }
  }
  if (variable == kTargetMet) {
    result[0] = static_cast<double>(replication % 3) - 1;
  }
  return result;
}

Block block(const Layout& layout, std::size_t scenario, std::int64_t first, std::int64_t count) {
  Block block{.scenario = scenario, .first_replication = first, .count = count};
  block.data.resize(layout.variables().size());
  for (std::int64_t r = first; r < first + count; ++r) {
    for (std::size_t v = 0; v < block.data.size(); ++v) {
      const std::vector<double> one = values(layout, v, r);
      block.data[v].insert(block.data[v].end(), one.begin(), one.end());
    }
    if (r < 2) {
      block.log.append(log_of(r));
    }
  }
  return block;
}

void write_all(ResultWriter& writer, std::int64_t length) {
  const std::vector<Layout> all = layouts();
  for (std::int64_t first = 0; first < kReplications; first += length) {
    const std::int64_t count = std::min(length, kReplications - first);
    for (std::size_t scenario = 0; scenario < all.size(); ++scenario) {
      writer.write(block(all[scenario], scenario, first, count));
    }
  }
  writer.finish({{"seconds_run", 1.5}, {"events", std::int64_t{1234}}});
}

void write(const std::filesystem::path& path, WriterOptions options) {
  ResultWriter writer(path, record(), layouts(), options);
  write_all(writer, options.block);
}

} // namespace lantian::sample

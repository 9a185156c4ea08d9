#include "results/limits.hpp"

#include "ensemble/layout.hpp"
#include "results/errors.hpp"

#include <array>
#include <cerrno>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr double kBytesPerValue = sizeof(double);
constexpr std::int64_t kStatisticsOfANumber = 9; // mean, error, five quantiles, their error, number
constexpr double kLargestLimit = 1e18;

struct NamedLimit {
  std::string_view name;
  std::string_view of;
  std::uint64_t (*get)(const RunOptions&);
  void (*set)(RunOptions&, std::uint64_t);
};

constexpr std::array kEntries{
    NamedLimit{"events", "events of a replication",
               [](const RunOptions& run) { return run.ensemble.limits.events; },
               [](RunOptions& run, std::uint64_t value) { run.ensemble.limits.events = value; }},
    NamedLimit{
        "events-at-once", "events of a replication at one instant of simulated time",
        [](const RunOptions& run) { return run.ensemble.limits.events_at_once; },
        [](RunOptions& run, std::uint64_t value) { run.ensemble.limits.events_at_once = value; }},
    NamedLimit{"processes", "processes of a replication that go on at the same time",
               [](const RunOptions& run) { return run.ensemble.limits.processes; },
               [](RunOptions& run, std::uint64_t value) { run.ensemble.limits.processes = value; }},
    NamedLimit{"output", "values of a result file before they are compressed [bytes]",
               [](const RunOptions& run) { return run.max_output.value_or(kStandardOutput); },
               [](RunOptions& run, std::uint64_t value) { run.max_output = value; }},
};

//! The power of ten above.
double round_limit(double bytes) {
  return std::pow(10, std::ceil(std::log10(bytes)));
}

//! "12.3 GB", "350 MB".
std::string size_text(double bytes) {
  constexpr std::array kUnits{"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < kUnits.size(); ++unit)
    bytes /= 1000;
  return fmt::format("{:.3g} {}", bytes, kUnits[unit]);
}

std::optional<double> free_space(const std::filesystem::path& output) {
  std::error_code failed;
  const auto space = std::filesystem::space(
      output.has_parent_path() ? output.parent_path() : std::filesystem::path("."), failed);
  return failed ? std::nullopt : std::optional(static_cast<double>(space.available));
}

} // namespace

std::vector<Limit> limits() {
  std::vector<Limit> all;
  for (const NamedLimit& entry : kEntries)
    all.push_back({std::string(entry.name), std::string(entry.of), entry.get({})});
  for (const Limit& limit : limits_of_reading())
    all.push_back(limit);
  return all;
}

void set_limit(RunOptions& options, const std::string& name, double value) {
  for (const NamedLimit& entry : kEntries) {
    if (entry.name == name)
      return entry.set(options, checked_limit(name, value, kLargestLimit));
  }
  for (const NamedReadLimit& limit : named_read_limits()) {
    if (limit.name == name)
      return set_limit(options.reading.limits, name, value);
  }
  refuse_limit(name, limits());
}

double bytes_of_values(const ScenarioSet& scenarios, std::int64_t replications) {
  double values = 0;
  for (const Model* model : scenarios.models())
    values += static_cast<double>(model->layout().values_per_replication());
  return values * static_cast<double>(replications) * kBytesPerValue;
}

void require_output_fits(const ScenarioSet& scenarios, std::int64_t replications,
                         const std::filesystem::path& output, const RunOptions& options) {
  const std::int64_t rows = options.statistics_only ? kStatisticsOfANumber : replications;
  require_bytes_fit(bytes_of_values(scenarios, rows), output, options, free_space(output));
}

void require_bytes_fit(double bytes, const std::filesystem::path& output, const RunOptions& options,
                       std::optional<double> free) {
  const auto most = static_cast<double>(options.max_output.value_or(kStandardOutput));
  const std::string advice =
      fmt::format("ask for fewer replications or output regions, for statistics only "
                  "(--statistics-only), or set the limit to {:.0e} bytes (--limit output={:.0e})",
                  round_limit(bytes), round_limit(bytes));
  if (bytes > most) {
    throw UsageError(fmt::format("{} would hold {} of values; the limit 'output' is {}: {}",
                                 output.string(), size_text(bytes), size_text(most), advice));
  }
  if (!options.max_output && free && bytes > *free) {
    throw OutputError(output, ENOSPC,
                      fmt::format("needs about {} before compression, {} are free: {}",
                                  size_text(bytes), size_text(*free), advice));
  }
}

} // namespace lantian

#include "ensemble/recorder.hpp"

#include "ensemble/parallel.hpp"
#include "world/segment.hpp"

namespace lantian {

namespace {

constexpr double kKilogramsPerTonne = 1000;

bool is_direct(std::size_t account) {
  return account == static_cast<std::size_t>(Account::stack) ||
         account == static_cast<std::size_t>(Account::fugitive);
}

} // namespace

Block Recorder::make_block(std::size_t scenario, std::int64_t first, std::int64_t count,
                           Block spent, unsigned threads) const {
  const std::span<const Variable> variables = layout_.variables();
  Block block{scenario, first, count, std::move(spent.data), {}};
  block.data.resize(variables.size());
  run_parallel(
      variables.size(), threads,
      [&](std::size_t v, const std::stop_token&) {
        block.data[v].resize(variables[v].size * static_cast<std::size_t>(count));
      },
      [](std::size_t) {});
  return block;
}

std::span<double> Recorder::row_of(Block& block, std::size_t variable, std::size_t row) const {
  const std::size_t size = layout_.variables()[variable].size;
  return std::span(block.data[variable]).subspan(row * size, size);
}

void Recorder::record(const Books& books, const std::vector<double>& parameters, Block& block,
                      std::int64_t row) const {
  const auto r = static_cast<std::size_t>(row);
  for (std::size_t v = 0; v < block.data.size(); ++v) {
    std::ranges::fill(row_of(block, v, r), 0.0);
  }
  record_emissions(books, block, r);
  record_sources(books, block, r);
  record_activity(books, block, r);
  record_response(books, block, r);
  record_measures(books, block, r);
  record_exceedance(books, block, r);
  record_arrivals(books, block, r);
  record_carbon(books, block, r);
  record_permits(books, block, r);
  record_receptors(books, block, r);
  record_deadlines(books, block, r);
  const auto values = row_of(block, parameter_, r);
  std::copy(parameters.begin(), parameters.end(), values.begin());
}

std::vector<char> Recorder::used_channels(const Books& books) const {
  const std::size_t channels = blueprint_->channels();
  const std::size_t rows = blueprint_->intervals().size(); // of each cell
  std::vector<char> used(blueprint_->cells().size() * channels, 0);
  for (std::size_t c = 0; c < blueprint_->cells().size(); ++c) {
    char* const mine = used.data() + c * channels;
    for (std::size_t i = 0; i < rows; ++i) {
      const double* const row = books.cells.data() + (c * rows + i) * channels;
      for (std::size_t k = 0; k < channels; ++k)
        mine[k] |= static_cast<char>(row[k] != 0);
    }
  }
  return used;
}

void Recorder::record_emissions(const Books& books, Block& block, std::size_t row) const {
  const Scenario& scenario = blueprint_->scenario();
  const std::size_t intervals = blueprint_->intervals().size();
  const std::size_t pollutants = scenario.pollutants.size();
  const std::size_t channels = blueprint_->channels();
  const std::vector<char> used = used_channels(books);

  for (std::size_t p = 0; p < pollutants; ++p) {
    const double scale = 1 / scenario.pollutants[p].unit_in_base;
    const auto rows_of = [&](Breakdown breakdown) {
      const auto variable = emission(p, breakdown);
      return variable ? row_of(block, *variable, row).data() : nullptr;
    };
    double* const total = rows_of(Breakdown::total);
    double* const by_zone = rows_of(Breakdown::zone);
    double* const by_district = rows_of(Breakdown::district);
    double* const by_sector = rows_of(Breakdown::sector);
    for (std::size_t c = 0; c < blueprint_->cells().size(); ++c) {
      const Blueprint::Cell& cell = blueprint_->cells()[c];
      const std::size_t zone = scenario.districts[cell.district].zone;
      for (std::size_t account = 0; account < kAccounts; ++account) {
        if (!used[c * channels + account * pollutants + p])
          continue;
        const double* channel =
            books.cells.data() + c * intervals * channels + account * pollutants + p;
        const auto add = [&](double* rows, std::size_t place) {
          if (!rows)
            return;
          for (std::size_t i = 0; i < intervals; ++i) {
            rows[place * intervals + i] += channel[i * channels] * scale;
          }
        };
        add(total, account);
        add(by_zone, zone * kAccounts + account);
        if (!is_direct(account))
          continue;
        add(by_district, cell.district);
        add(by_sector, cell.sector);
      }
    }
  }
}

void Recorder::record_sources(const Books& books, Block& block, std::size_t row) const {
  const Scenario& scenario = blueprint_->scenario();
  const std::size_t years = blueprint_->years().size();
  for (std::size_t s = 0; s < scenario.sources.size(); ++s) {
    std::size_t flow = 0;
    for (const EmissionFactor& emits : scenario.sources[s].emits) {
      const std::size_t flows = emits.raw ? 2 : 1; // stack, and fugitive in raw mode
      const double scale = 1 / scenario.pollutants[emits.pollutant].unit_in_base;
      const auto by_source = emission(emits.pollutant, Breakdown::source);
      const auto by_plant = emission(emits.pollutant, Breakdown::plant);
      const std::size_t plant = scenario.sources[s].plant;
      for (std::size_t k = 0; k < flows * years; ++k) {
        const std::size_t year = k % years;
        const std::size_t place = ledger_layout_->place(s, flow + k / years, year);
        const double amount = books.sources[place] * scale;
        if (by_source)
          row_of(block, *by_source, row)[s * years + year] += amount;
        if (by_plant && plant != kNone) {
          row_of(block, *by_plant, row)[plant * years + year] += amount;
        }
      }
      flow += flows;
    }
  }
  const auto production = row_of(block, production_, row);
  for (std::size_t k = 0; k < production.size(); ++k) {
    production[k] = books.production[k] / kKilogramsPerTonne;
  }
}

//! Activity is the last flow of each source.
void Recorder::record_activity(const Books& books, Block& block, std::size_t row) const {
  const std::size_t years = blueprint_->years().size();
  const auto activity = row_of(block, activity_, row);
  for (std::size_t s = 0; s < activity_scale_.size(); ++s) {
    const std::size_t last = ledger_layout_->flow_count(s) - 1;
    for (std::size_t y = 0; y < years; ++y) {
      const double amount = books.sources[ledger_layout_->place(s, last, y)];
      activity[s * years + y] = amount * activity_scale_[s];
    }
  }
}

void Recorder::record_response(const Books& books, Block& block, std::size_t row) const {
  const auto graded = row_of(block, grade_time_, row);
  for (std::size_t k = 0; k < graded.size(); ++k)
    graded[k] = days_of(books.graded[k]);
  if (!alert_time_)
    return;
  const TimeAxis& years = blueprint_->years();
  const auto times = row_of(block, *alert_time_, row);
  for (const AlertPeriod& period : books.alerts) {
    for_each_interval(years, period.from, period.to, [&](std::size_t year, Time a, Time b) {
      times[rank(period.level) * years.size() + year] += days_of(b - a);
    });
  }
  const std::size_t pollutants = blueprint_->scenario().pollutants.size();
  for (std::size_t p = 0; p < pollutants; ++p) {
    const double scale = 1 / blueprint_->scenario().pollutants[p].unit_in_base;
    const auto amounts = row_of(block, *by_alert_[p], row);
    for (std::size_t k = 0; k < amounts.size(); ++k)
      amounts[k] = books.by_alert[k * pollutants + p] * scale;
  }
}

void Recorder::record_measures(const Books& books, Block& block, std::size_t row) const {
  const auto copy = [&](const std::vector<double>& from, std::size_t variable) {
    std::copy(from.begin(), from.end(), row_of(block, variable, row).begin());
  };
  copy(books.capital, capital_);
  copy(books.operating, operating_);
  copy(books.progress, measure_progress_);
  const auto states = row_of(block, measure_state_, row);
  const auto off_list = row_of(block, measure_delisted_, row);
  const auto dates = row_of(block, measure_date_, row);
  const auto times = row_of(block, measure_time_, row);
  for (std::size_t m = 0; m < books.measures.size(); ++m) {
    const MeasureRecord& record = books.measures[m];
    states[m] = static_cast<double>(record.state);
    off_list[m] = days_of(record.off_list);
    for (std::size_t k = 0; k < kMilestones; ++k) {
      dates[m * kMilestones + k] = days_since_epoch(record.dates[k]);
    }
    std::ranges::transform(record.spent(), times.subspan(m * kCauses).begin(), days_of);
  }
}

void Recorder::record_exceedance(const Books& books, Block& block, std::size_t row) const {
  const auto shares = row_of(block, exceedance_, row);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    shares[k] = books.valid[k] > 0 ? books.exceeding[k] / books.valid[k] : kMissing;
  }
}

void Recorder::record(const Verdict& verdict, std::size_t target, Block& block,
                      std::int64_t row) const {
  const auto r = static_cast<std::size_t>(row);
  row_of(block, target_met_, r)[target] = static_cast<double>(verdict.outcome);
  row_of(block, target_margin_, r)[target] = verdict.margin;
}

void Recorder::append_log(const Books& books, std::int32_t replication, EventLog& log) const {
  for (const LogEvent& event : books.log) {
    const std::size_t space = event.event.find(' ');
    log.replication.push_back(replication);
    log.time.push_back(event.time);
    log.measure.push_back(blueprint_->scenario().measures[event.measure].id);
    log.event.push_back(event.event.substr(0, space));
    log.detail.push_back(space == std::string::npos ? "" : event.event.substr(space + 1));
  }
}

} // namespace lantian

#include "results/scenario_group.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "results/attributes.hpp"
#include "results/replication_statistics.hpp"
#include "results/result_format.hpp"

namespace lantian {
namespace {

void put_text(const hdf5::Dataset& dataset, const char* name, const std::string& text) {
  if (!text.empty()) {
    hdf5::put(dataset.id(), {name, text});
  }
}

std::vector<double> days(std::span<const Time> times) {
  std::vector<double> values(times.size());
  std::ranges::transform(times, values.begin(), days_since_epoch);
  return values;
}

// The CF attribute that ties names and positions of an axis to a variable.
std::string auxiliary_coordinates(const Layout& layout, const Variable& variable) {
  std::string names = "parameter_draw chance_draw";
  for (const std::string& dim : variable.dims) {
    for (const Companion& companion : layout.coordinate(dim)->companions) {
      names += " " + dim + "_" + companion.name;
    }
  }
  return names;
}

} // namespace

ScenarioGroup::ScenarioGroup(hid_t file, Layout layout, const ArraySettings& settings,
                             std::int64_t chance_draws)
    : layout_(std::move(layout)), settings_(settings),
      group_(hdf5::create_group(file, layout_.scenario())) {
  for (const Attribute& attribute : layout_.attributes) {
    hdf5::put(group_.id(), attribute);
  }
  if (settings_.statistics_only) {
    hdf5::put(group_.id(), {kContentAttribute, std::string(kStatisticsContent)});
  } else {
    create_replications(chance_draws);
  }
  for (const Coordinate& coordinate : layout_.coordinates()) {
    create_coordinate(coordinate);
  }
  if (settings_.statistics_only ||
      std::ranges::any_of(layout_.variables(), &Variable::with_statistics)) {
    create_quantile();
  }
  for (const Variable& variable : layout_.variables()) {
    add_variable(variable);
  }
  log_ = std::make_unique<EventLogWriter>(group_.id());
}

void ScenarioGroup::add_axis(const std::string& name, hdf5::Dataset dataset) {
  hdf5::make_dimension(dataset, name);
  axes_.emplace_back(name, std::move(dataset));
}

hid_t ScenarioGroup::axis(const std::string& name) const {
  return std::ranges::find(axes_, name, &std::pair<std::string, hdf5::Dataset>::first)->second.id();
}

void ScenarioGroup::create_replications(std::int64_t chance_draws) {
  std::vector<std::int32_t> replications;
  std::vector<std::int32_t> parameters;
  std::vector<std::int32_t> chances;
  for (std::int64_t r = 0; r < settings_.replications; ++r) {
    replications.push_back(static_cast<std::int32_t>(r));
    parameters.push_back(static_cast<std::int32_t>(r / chance_draws));
    chances.push_back(static_cast<std::int32_t>(r % chance_draws));
  }
  hdf5::Dataset dataset =
      hdf5::write_list(group_.id(), "replication", std::span<const std::int32_t>(replications));
  put_text(dataset, "long_name", "replication, from 0");
  add_axis("replication", std::move(dataset));
  const hid_t replication = axis("replication");
  const auto write_draws = [&](const char* name, const char* meaning,
                               std::span<const std::int32_t> draws) {
    const hdf5::Dataset column = hdf5::write_list(group_.id(), name, draws);
    put_text(column, "long_name", meaning);
    hdf5::attach(column, std::span(&replication, 1));
  };
  write_draws("parameter_draw", "draw of the parameters, from 0", parameters);
  write_draws("chance_draw", "draw of chance within the parameter draw, from 0", chances);
}

void ScenarioGroup::create_coordinate(const Coordinate& coordinate) {
  std::visit([&](const auto& values) { create_values(coordinate, values); }, coordinate.values);
  for (const Companion& companion : coordinate.companions) {
    create_companion(coordinate, companion);
  }
}

void ScenarioGroup::create_values(const Coordinate& coordinate, const Labels& labels) {
  hdf5::Dataset dataset =
      hdf5::write_list(group_.id(), coordinate.name, std::span<const std::string>(labels.ids));
  put_text(dataset, "long_name", coordinate.long_name);
  add_axis(coordinate.name, std::move(dataset));
}

void ScenarioGroup::create_values(const Coordinate& coordinate, const Years& years) {
  hdf5::Dataset dataset =
      hdf5::write_list(group_.id(), coordinate.name, std::span<const std::int32_t>(years.years));
  put_text(dataset, "long_name", coordinate.long_name);
  put_text(dataset, "units", "1");
  add_axis(coordinate.name, std::move(dataset));
}

void ScenarioGroup::create_values(const Coordinate& coordinate, const Intervals& intervals) {
  const std::vector<double> bounds = days(intervals.bounds);
  const std::string& name = coordinate.name;
  hdf5::Dataset dataset =
      hdf5::write_list(group_.id(), name, std::span<const double>(bounds).first(bounds.size() - 1));
  put_text(dataset, "standard_name", "time");
  put_text(dataset, "long_name", coordinate.long_name);
  hdf5::put_time_unit(dataset.id(), kDateUnit);
  put_text(dataset, "axis", "T");
  hdf5::put_fixed_text(dataset.id(), "bounds", name + "_bnds");
  add_axis(name, std::move(dataset));
  if (std::ranges::find(axes_, "bnds", &std::pair<std::string, hdf5::Dataset>::first) ==
      axes_.end()) {
    constexpr std::int32_t edges[] = {0, 1};
    hdf5::Dataset bnds = hdf5::write_list(group_.id(), "bnds", std::span(edges));
    put_text(bnds, "long_name", "edge of an interval: 0 its start, 1 its end");
    add_axis("bnds", std::move(bnds));
  }
  std::vector<double> pairs;
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    pairs.insert(pairs.end(), {bounds[i], bounds[i + 1]});
  }
  const hsize_t shape[] = {bounds.size() - 1, 2};
  const hsize_t start[] = {0, 0};
  const hdf5::Dataset edges = hdf5::create_dataset(group_.id(), name + "_bnds", H5T_IEEE_F64LE,
                                                   shape, {{shape[0], shape[1]}, false});
  hdf5::write_box(edges, start, shape, H5T_NATIVE_DOUBLE, pairs.data());
  const hid_t dimensions[] = {axis(name), axis("bnds")};
  hdf5::attach(edges, dimensions);
}

void ScenarioGroup::create_companion(const Coordinate& coordinate, const Companion& companion) {
  const std::string name = coordinate.name + "_" + companion.name;
  const hdf5::Dataset dataset = std::visit(
      [&](const auto& values) {
        using Value = typename std::decay_t<decltype(values)>::value_type;
        return hdf5::write_list(group_.id(), name, std::span<const Value>(values));
      },
      companion.values);
  put_text(dataset, "long_name", companion.long_name);
  put_text(dataset, "units", companion.unit);
  const hid_t dimension = axis(coordinate.name);
  hdf5::attach(dataset, std::span(&dimension, 1));
}

void ScenarioGroup::create_quantile() {
  hdf5::Dataset dataset =
      hdf5::write_list(group_.id(), "quantile", std::span<const double>(kQuantiles));
  put_text(dataset, "long_name", "quantile over the replications (type 7 of Hyndman and Fan)");
  put_text(dataset, "units", "1");
  add_axis("quantile", std::move(dataset));
  settings_.quantile = axis("quantile");
}

// The axis along which the replications with each flag are counted.
void ScenarioGroup::create_meanings(const Variable& variable) {
  const std::string name = variable.name + kMeaningSuffix;
  std::vector<std::string> meanings;
  for (const Flag& flag : variable.flags) {
    meanings.push_back(flag.meaning);
  }
  hdf5::Dataset dataset =
      hdf5::write_list(group_.id(), name, std::span<const std::string>(meanings));
  put_text(dataset, "long_name", variable.long_name);
  hdf5::put_flags(dataset.id(), variable.flags);
  add_axis(name, std::move(dataset));
}

void ScenarioGroup::add_variable(const Variable& variable) {
  std::vector<hid_t> dimensions;
  if (!settings_.statistics_only) {
    dimensions.push_back(axis("replication"));
  } else if (variable.flags.empty()) {
    dimensions.push_back(settings_.quantile);
  } else {
    create_meanings(variable);
    dimensions.push_back(axis(variable.name + kMeaningSuffix));
  }
  for (const std::string& dim : variable.dims) {
    dimensions.push_back(axis(dim));
  }
  arrays_.emplace_back(variable, auxiliary_coordinates(layout_, variable), settings_,
                       std::move(dimensions));
}

void ScenarioGroup::write(const Block& block, const std::stop_token& stop) {
  const auto require = [&](bool holds, const std::string& what) {
    if (!holds) {
      throw std::invalid_argument(fmt::format("block of {} from replication {}: {}",
                                              layout_.scenario(), block.first_replication, what));
    }
  };
  require(block.first_replication == written_, fmt::format("{} is the next", written_));
  require(block.count == std::min(settings_.block, settings_.replications - written_),
          fmt::format("{} replications, for blocks of {} and {} in all", block.count,
                      settings_.block, settings_.replications));
  require(block.data.size() == arrays_.size(),
          fmt::format("{} variables for {}", block.data.size(), arrays_.size()));
  for (std::size_t v = 0; v < arrays_.size() && !stop.stop_requested(); ++v) {
    const Variable& variable = layout_.variables()[v];
    const std::size_t expected = static_cast<std::size_t>(block.count) * variable.size;
    require(block.data[v].size() == expected,
            fmt::format("{} values of {} for {}", block.data[v].size(), variable.name, expected));
    if (written_ == 0) {
      arrays_[v].create(group_.id(), block.data[v]);
    }
    arrays_[v].write(block.first_replication, block.count, block.data[v]);
  }
  log_->append(block.log);
  written_ += block.count;
}

void ScenarioGroup::write(const RunningScenario& statistics, std::int64_t replications) {
  for (std::size_t v = 0; v < arrays_.size(); ++v) {
    arrays_[v].write_statistics(group_.id(), statistics.columns[v]);
  }
  log_->append(statistics.log);
  written_ = replications;
}

void ScenarioGroup::write_statistics(unsigned threads, const std::stop_token& stop) const {
  std::vector<const VariableArray*> arrays;
  for (std::size_t v = 0; v < arrays_.size() && !settings_.statistics_only; ++v) {
    if (layout_.variables()[v].with_statistics) {
      arrays.push_back(&arrays_[v]);
    }
  }
  lantian::write_statistics(group_.id(), arrays, threads, stop);
}

} // namespace lantian

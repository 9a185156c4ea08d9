#include "results/layout_reader.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "results/attributes.hpp"
#include "results/datasets.hpp"
#include "results/result_format.hpp"

namespace lantian {
namespace {

constexpr hsize_t kMostIntervals = hsize_t{1} << 32; // far above what a file can hold

// One dataset of the group, with what tells its role.
struct Stored {
  std::string name;
  hdf5::Dataset dataset;
  std::vector<std::string> dims;

  bool is_axis() const { return dims.size() == 1 && dims.front() == name; }
  bool is_variable() const {
    return !dims.empty() && dims.front() == "replication" && !is_axis() &&
           name != "parameter_draw" && name != "chance_draw";
  }
  std::string text(const std::string& attribute) const {
    return hdf5::text(dataset.id(), attribute).value_or("");
  }
};

// Axes that the writer adds to every layout.
bool is_own_axis(const std::string& name) {
  return name == "replication" || name == "quantile" || name == "bnds";
}

std::vector<Stored> open_members(hid_t group) {
  std::vector<Stored> all;
  for (const std::string& name : hdf5::members(group)) {
    if (name == "log") {
      continue;
    }
    hdf5::Dataset dataset = hdf5::open_dataset(group, name);
    std::vector<std::string> dims = hdf5::dimensions(dataset);
    all.push_back({name, std::move(dataset), std::move(dims)});
  }
  return all;
}

Time time_of(double days) {
  return Time{Duration{static_cast<std::int64_t>(std::llround(days * 86400))}};
}

Intervals read_intervals(hid_t group, const std::string& bounds) {
  const hdf5::Dataset dataset = hdf5::open_dataset(group, bounds);
  const std::vector<hsize_t> shape = hdf5::shape(dataset);
  if (shape.size() != 2 || shape[1] != 2 || shape[0] == 0 || shape[0] > kMostIntervals) {
    throw hdf5::Failure("read " + bounds + ": not pairs of bounds");
  }
  std::vector<double> edges(2 * shape[0]);
  const hsize_t start[] = {0, 0};
  hdf5::read_box(dataset, start, shape, H5T_NATIVE_DOUBLE, edges.data());
  Intervals intervals{{time_of(edges.front())}};
  for (std::size_t i = 1; i < edges.size(); i += 2) {
    intervals.bounds.push_back(time_of(edges[i]));
  }
  return intervals;
}

Coordinate read_axis(hid_t group, const Stored& member) {
  Coordinate coordinate{.name = member.name, .long_name = member.text("long_name"), .values = {}};
  const std::string bounds = member.text("bounds");
  if (!bounds.empty()) {
    coordinate.values = read_intervals(group, bounds);
  } else if (hdf5::value_class(member.dataset) == H5T_STRING) {
    coordinate.values = Labels{hdf5::read_texts(member.dataset)};
  } else {
    Years years;
    for (const std::int64_t year : hdf5::read_integers(member.dataset)) {
      years.years.push_back(static_cast<std::int32_t>(year));
    }
    coordinate.values = std::move(years);
  }
  return coordinate;
}

Companion read_companion(const Stored& member) {
  const std::size_t prefix = member.dims.front().size() + 1;
  Companion companion{.name = member.name.substr(prefix),
                      .long_name = member.text("long_name"),
                      .unit = member.text("units"),
                      .values = {}};
  if (hdf5::value_class(member.dataset) == H5T_STRING) {
    companion.values = hdf5::read_texts(member.dataset);
  } else {
    companion.values = hdf5::read_doubles(member.dataset);
  }
  return companion;
}

std::vector<Flag> read_flags(const Stored& member) {
  const std::vector<std::int64_t> values = hdf5::integers(member.dataset.id(), "flag_values");
  const std::string meanings = member.text("flag_meanings");
  std::vector<Flag> flags;
  std::size_t begin = 0;
  for (const std::int64_t value : values) {
    const std::size_t end = std::min(meanings.find(' ', begin), meanings.size());
    flags.push_back({static_cast<std::int8_t>(value), meanings.substr(begin, end - begin)});
    begin = std::min(end + 1, meanings.size());
  }
  return flags;
}

Variable read_variable(const Stored& member, const std::vector<Stored>& all) {
  const bool is_float = hdf5::value_class(member.dataset) == H5T_FLOAT;
  return {.name = member.name,
          .dims = {member.dims.begin() + 1, member.dims.end()},
          .unit = member.text("units"),
          .long_name = member.text("long_name"),
          .cell_methods = member.text("cell_methods"),
          .type = is_float ? ValueType::float64 : ValueType::int8,
          .flags = read_flags(member),
          .with_statistics =
              std::ranges::find(all, member.name + "_mean", &Stored::name) != all.end()};
}

constexpr char kMeanSuffix[] = "_mean";
constexpr std::string_view kStatisticSuffixes[] = {kMeanSuffix, "_se", "_quantile",
                                                   "_quantile_error", kNumberSuffix};
constexpr char kMeaningOfMean[] = ": mean over the replications";

bool is_there(const std::vector<Stored>& all, const std::string& name) {
  return std::ranges::find(all, name, &Stored::name) != all.end();
}

std::string without(std::string text, std::string_view suffix) {
  if (text.ends_with(suffix))
    text.resize(text.size() - suffix.size());
  return text;
}

// A variable of which there are statistics only, told from the first of them.
std::optional<Variable> read_reduced(const Stored& member, const std::vector<Stored>& all) {
  const std::string counted = without(member.name, kNumberSuffix);
  if (!member.dims.empty() && member.dims.front() == counted + kMeaningSuffix) {
    const Stored& meanings = *std::ranges::find(all, member.dims.front(), &Stored::name);
    return Variable{.name = counted,
                    .dims = {member.dims.begin() + 1, member.dims.end()},
                    .long_name = meanings.text("long_name"),
                    .type = ValueType::int8,
                    .flags = read_flags(meanings)};
  }
  const std::string name = without(member.name, kMeanSuffix);
  if (name == member.name || !is_there(all, name + kNumberSuffix))
    return std::nullopt;
  const auto error = std::ranges::find(all, name + "_se", &Stored::name);
  return Variable{.name = name,
                  .dims = member.dims,
                  .unit = member.text("units"),
                  .long_name = without(member.text("long_name"), kMeaningOfMean),
                  .cell_methods = error == all.end() ? "" : error->text("cell_methods"),
                  .with_statistics = true};
}

// All variables of a group that has statistics only.
std::vector<Variable> read_all_reduced(const std::vector<Stored>& all) {
  std::vector<Variable> variables;
  for (const Stored& member : all) {
    if (std::optional<Variable> variable = read_reduced(member, all))
      variables.push_back(*std::move(variable));
  }
  return variables;
}

bool is_statistic(const std::string& name, const std::vector<Variable>& reduced) {
  return std::ranges::any_of(reduced, [&](const Variable& variable) {
    return name.starts_with(variable.name + "_") &&
           std::ranges::find(kStatisticSuffixes, name.substr(variable.name.size())) !=
               std::end(kStatisticSuffixes);
  });
}

} // namespace

Layout read_layout(hid_t group, const std::string& scenario) {
  const std::vector<Stored> all = open_members(group);
  Layout layout(scenario);
  layout.attributes = hdf5::attributes(group);
  const bool has_statistics_only =
      hdf5::text(group, kContentAttribute) == std::string(kStatisticsContent);
  const std::vector<Variable> reduced =
      has_statistics_only ? read_all_reduced(all) : std::vector<Variable>();
  for (const Stored& axis : all) {
    if (!axis.is_axis() || is_own_axis(axis.name)) {
      continue;
    }
    Coordinate coordinate = read_axis(group, axis);
    for (const Stored& member : all) {
      if (!member.is_axis() && member.dims == axis.dims &&
          member.name.starts_with(axis.name + "_") && !is_statistic(member.name, reduced)) {
        coordinate.companions.push_back(read_companion(member));
      }
    }
    layout.add(std::move(coordinate));
  }
  for (const Stored& member : all) {
    if (member.is_variable()) {
      layout.add(read_variable(member, all));
    }
  }
  for (const Variable& variable : reduced) {
    layout.add(variable);
  }
  return layout;
}

} // namespace lantian

#include "results/layout_reader.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "results/attributes.hpp"
#include "results/datasets.hpp"
#include "results/digest.hpp"

namespace lantian {
namespace {

// One dataset of the group, with what tells its role.
struct Member {
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

std::vector<Member> open_members(hid_t group) {
  std::vector<Member> all;
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
  if (shape.size() != 2 || shape[1] != 2 || shape[0] == 0) {
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

Coordinate read_axis(hid_t group, const Member& member) {
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

Companion read_companion(const Member& member) {
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

std::vector<Flag> read_flags(const Member& member) {
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

Variable read_variable(const Member& member, const std::vector<Member>& all) {
  const bool is_float = hdf5::value_class(member.dataset) == H5T_FLOAT;
  return {.name = member.name,
          .dims = {member.dims.begin() + 1, member.dims.end()},
          .unit = member.text("units"),
          .long_name = member.text("long_name"),
          .cell_methods = member.text("cell_methods"),
          .type = is_float ? ValueType::float64 : ValueType::int8,
          .flags = read_flags(member),
          .with_statistics =
              std::ranges::find(all, member.name + "_mean", &Member::name) != all.end()};
}

} // namespace

Layout read_layout(hid_t group, const std::string& scenario) {
  const std::vector<Member> all = open_members(group);
  Layout layout(scenario);
  for (Attribute& attribute : hdf5::attributes(group)) {
    if (attribute.name != hdf5::kDigestAttribute) {
      layout.attributes.push_back(std::move(attribute));
    }
  }
  for (const Member& axis : all) {
    if (!axis.is_axis() || is_own_axis(axis.name)) {
      continue;
    }
    Coordinate coordinate = read_axis(group, axis);
    for (const Member& member : all) {
      if (!member.is_axis() && member.dims == axis.dims &&
          member.name.starts_with(axis.name + "_")) {
        coordinate.companions.push_back(read_companion(member));
      }
    }
    layout.add(std::move(coordinate));
  }
  for (const Member& member : all) {
    if (member.is_variable()) {
      layout.add(read_variable(member, all));
    }
  }
  return layout;
}

} // namespace lantian

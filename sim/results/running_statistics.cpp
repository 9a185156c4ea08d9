#include "results/running_statistics.hpp"

#include "ensemble/parallel.hpp"
#include "results/block_bytes.hpp"
#include "results/packing.hpp"

#include <utility>

namespace lantian {

namespace {

constexpr std::string_view kStatisticsMagic = "lantian statistics 1\n";

void add_rows(std::vector<RunningColumn>& columns, const std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size();) {
    for (RunningColumn& column : columns)
      column.add(values[i++]);
  }
}

void pack(Packer& packer, const RunningScenario& scenario) {
  packer.number<std::uint64_t>(scenario.columns.size());
  for (const std::vector<RunningColumn>& columns : scenario.columns) {
    packer.number<std::uint64_t>(columns.size());
    for (const RunningColumn& column : columns)
      column.pack(packer);
  }
  pack(packer, scenario.log);
}

RunningScenario unpack_scenario(Unpacker& unpacker) {
  RunningScenario scenario;
  scenario.columns.resize(unpacker.count());
  for (std::vector<RunningColumn>& columns : scenario.columns) {
    const std::size_t count = unpacker.count();
    columns.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
      columns.emplace_back(unpacker);
  }
  scenario.log = unpack_log(unpacker);
  return scenario;
}

} // namespace

RunningStatistics::RunningStatistics(std::span<const Layout> layouts) {
  for (const Layout& layout : layouts) {
    RunningScenario& scenario = scenarios_.emplace_back();
    for (const Variable& variable : layout.variables())
      scenario.columns.emplace_back(variable.size);
  }
}

void RunningStatistics::add(const Batch& batch, unsigned threads) {
  std::vector<std::pair<std::size_t, std::size_t>> tasks; // block, variable
  for (std::size_t b = 0; b < batch.blocks.size(); ++b) {
    for (std::size_t v = 0; v < batch.blocks[b].data.size(); ++v)
      tasks.emplace_back(b, v);
    scenarios_[batch.blocks[b].scenario].log.append(batch.blocks[b].log);
  }
  const auto task = [&](std::size_t number, const std::stop_token&) {
    const auto [b, v] = tasks[number];
    const Block& block = batch.blocks[b];
    add_rows(scenarios_[block.scenario].columns[v], block.data[v]);
  };
  run_parallel(tasks.size(), threads, task, [](std::size_t) {});
  replications_ += batch.blocks.front().count;
  events_ += batch.events;
}

std::size_t RunningStatistics::size() const {
  std::size_t columns = 0;
  for (const RunningScenario& scenario : scenarios_) {
    for (const std::vector<RunningColumn>& variable : scenario.columns)
      columns += variable.size();
  }
  return columns * RunningColumn::kMostBytes;
}

std::string RunningStatistics::packed(std::string_view identity) const {
  Packer packer(kStatisticsMagic);
  packer.text(identity);
  packer.number(replications_);
  packer.number(events_);
  packer.number<std::uint64_t>(scenarios_.size());
  for (const RunningScenario& scenario : scenarios_)
    pack(packer, scenario);
  return std::move(packer).take();
}

RunningStatistics RunningStatistics::of(std::string_view bytes, std::string_view identity) {
  Unpacker unpacker(sound_content(bytes, kStatisticsMagic, identity));
  RunningStatistics statistics;
  statistics.replications_ = unpacker.number<std::int64_t>();
  statistics.events_ = unpacker.number<std::uint64_t>();
  statistics.scenarios_.resize(unpacker.count());
  for (RunningScenario& scenario : statistics.scenarios_)
    scenario = unpack_scenario(unpacker);
  return statistics;
}

} // namespace lantian

// Random damage to every kind of file that Lantian writes: bits that are flipped, ends that are cut
// off, bytes that come in between, pieces that change places. Each file is refused with an error of
// Lantian's own, or says what it said before. In a child process, so that a crash or a hang is a
// failure of one test and not the end of all.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <sys/mman.h>

#include <fmt/format.h>

#include "results/attribute.hpp"
#include "results/comparison.hpp"
#include "results/file_bytes.hpp"
#include "results/in_child.hpp"
#include "results/shards.hpp"
#include "results/two_runs.hpp"

namespace lantian {
namespace {

using std::filesystem::path;

constexpr unsigned kPatience = 60; // [s], for one damaged file

// What the child has found, in memory that both processes see.
struct Findings {
  int begun = 0;
  int refused = 0;
  char complaint[400] = "";
};

class SharedFindings {
public:
  SharedFindings()
      : memory_(mmap(nullptr, sizeof(Findings), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                     -1, 0)),
        findings_(new(memory_) Findings) {}
  ~SharedFindings() { munmap(memory_, sizeof(Findings)); }
  SharedFindings(const SharedFindings&) = delete;
  SharedFindings& operator=(const SharedFindings&) = delete;

  Findings* operator->() { return findings_; }
  void complain(const std::string& what) {
    what.copy(findings_->complaint, sizeof findings_->complaint - 1);
  }

private:
  void* memory_;
  Findings* findings_;
};

std::string flip_bit(std::string bytes, std::mt19937_64& luck) {
  char& byte = bytes[luck() % bytes.size()];
  byte = static_cast<char>(byte ^ (1 << luck() % 8));
  return bytes;
}

std::string cut_off(std::string bytes, std::mt19937_64& luck) {
  bytes.resize(luck() % bytes.size());
  return bytes;
}

std::string insert(std::string bytes, std::mt19937_64& luck) {
  std::string more(1 + luck() % 64, '\0');
  for (char& byte : more)
    byte = static_cast<char>(luck());
  return bytes.insert(luck() % bytes.size(), more);
}

std::string swap_pieces(std::string bytes, std::mt19937_64& luck) {
  const std::size_t length = 1 + luck() % std::min<std::size_t>(512, bytes.size() / 2);
  const std::size_t first = luck() % (bytes.size() - 2 * length + 1);
  const std::size_t second = first + length + luck() % (bytes.size() - 2 * length - first + 1);
  const auto at = [&](std::size_t place) {
    return bytes.begin() + static_cast<std::ptrdiff_t>(place);
  };
  std::swap_ranges(at(first), at(first + length), at(second));
  return bytes;
}

std::string damaged(const std::string& bytes, std::mt19937_64& luck) {
  constexpr std::array kWays{flip_bit, cut_off, insert, swap_pieces};
  return kWays[luck() % kWays.size()](bytes, luck);
}

void overwrite(const path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

// Damages a file so many times (LANTIAN_DAMAGE=10: ten times as often) and looks what `content`
// says; gives the share that is refused.
double damage(const path& file, int standard, const std::function<std::string()>& content) {
  const std::string sound = *bytes_of_file(file);
  const std::string said = content();
  EXPECT_FALSE(said.empty());
  const char* factor = std::getenv("LANTIAN_DAMAGE");
  const int times = standard * (factor != nullptr ? std::atoi(factor) : 1);
  SharedFindings findings;
  const int code = in_child([&] {
    std::mt19937_64 luck(20261126);
    for (int i = 0; i < times; ++i) {
      findings->begun = i;
      overwrite(file, damaged(sound, luck));
      alarm(kPatience);
      try {
        if (content() != said)
          return findings.complain("it was read, and says something else"), 1;
      } catch (const Error&) {
        ++findings->refused;
      } catch (const std::exception& other) {
        return findings.complain(fmt::format("not an error of ours: {}", other.what())), 1;
      }
    }
    return 0;
  });
  overwrite(file, sound);
  EXPECT_EQ(code, 0) << "damage number " << findings->begun << " to " << file.filename()
                     << (code < 0 ? ": a crash or a hang" : ": ") << findings->complaint;
  return static_cast<double>(findings->refused) / times;
}

std::string bits(const std::vector<double>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)};
}

std::string text_of(const Attribute& attribute) {
  return attribute.name + std::visit(
                              [](const auto& value) {
                                if constexpr (requires { value.begin()->size(); })
                                  return fmt::format("{}", fmt::join(value, ","));
                                else
                                  return fmt::format("{}", value);
                              },
                              attribute.value);
}

std::string text_of(const Coordinate& axis) {
  std::string text = axis.name + axis.long_name;
  if (const auto* labels = std::get_if<Labels>(&axis.values))
    text += fmt::format("{}", fmt::join(labels->ids, ","));
  if (const auto* intervals = std::get_if<Intervals>(&axis.values)) {
    for (const Time bound : intervals->bounds)
      text += format_time(bound);
  }
  if (const auto* years = std::get_if<Years>(&axis.values))
    text += fmt::format("{}", fmt::join(years->years, ","));
  for (const Companion& companion : axis.companions) {
    text += companion.name + companion.unit;
    if (const auto* numbers = std::get_if<std::vector<double>>(&companion.values))
      text += bits(*numbers);
    else
      text +=
          fmt::format("{}", fmt::join(std::get<std::vector<std::string>>(companion.values), ","));
  }
  return text;
}

std::string text_of(const ResultFile& file, const std::string& scenario) {
  const Layout& layout = file.layout(scenario);
  std::string text = scenario;
  for (const Attribute& attribute : layout.attributes)
    text += text_of(attribute);
  for (const Coordinate& axis : layout.coordinates())
    text += text_of(axis);
  for (const Variable& variable : layout.variables()) {
    text += variable.name + variable.unit + variable.long_name + variable.cell_methods;
    for (const Flag& flag : variable.flags)
      text += flag.meaning;
    if (file.has_values(scenario, variable.name))
      text += bits(file.read(scenario, variable.name));
    if (variable.with_statistics) {
      for (const char* what : {"_mean", "_se", "_quantile"})
        text += bits(file.read_array(scenario, variable.name + what).values);
    }
  }
  const EventLog log = file.event_log(scenario);
  for (std::size_t row = 0; row < log.size(); ++row)
    text += format_time(log.time[row]) + log.measure[row] + log.event[row] + log.detail[row];
  return text;
}

// All that a reader may use of a result file; not what differs from run to run.
std::string everything_in(const path& place) {
  const ResultFile file(place);
  std::string text;
  for (const Attribute& attribute : file.attributes()) {
    if (attribute.name != "date")
      text += text_of(attribute);
  }
  for (const InputFile& input : file.inputs())
    text += input.path + input.bytes;
  for (const std::string& scenario : file.scenarios())
    text += text_of(file, scenario);
  return text;
}

std::string compared(const path& place) {
  const Comparison comparison = compare(ResultFile(place));
  std::string text = comparison.base;
  for (const ComparedQuantity& quantity : comparison.quantities) {
    for (const ComparedAmount& amount : quantity.scenarios)
      text +=
          fmt::format("{} {} {} {} {}\n", quantity.name, quantity.unit, amount.scenario,
                      amount.amount.mean, amount.difference ? amount.difference->interval.low : 0);
  }
  for (const ComparedTarget& target : comparison.targets)
    text += fmt::format("{} {} {}\n", target.target, target.met, target.median_margin);
  return text;
}

class RandomDamage : public test::TwoRuns {
protected:
  RandomDamage() { options.overwrite = true; }

  std::vector<ReadScenario> read() const {
    std::vector<ReadScenario> scenarios;
    for (const SharedScenario& scenario : shared())
      scenarios.push_back({scenario, scenario->id + ".toml"});
    return scenarios;
  }

  path shard(int number) const {
    path name = folder.path() / fmt::format("shard-{}", number);
    run_to_shard(read(), name, {number, 2}, options);
    return name;
  }

  //! Stops a run after its first block.
  void stop_a_run() {
    std::stop_source stop;
    const auto watch = [&](std::int64_t done, std::int64_t) {
      if (done >= 6)
        stop.request_stop();
    };
    EXPECT_THROW(run_to_file(scenarios, output, options, watch, stop.get_token()), Interrupted);
  }

  //! What a resumed run gives, the kept files put back as they were.
  std::string resumed(const path& of_run, const path& kept) {
    const std::string run = *bytes_of_file(of_run);
    const std::string bytes = *bytes_of_file(kept);
    RunOptions resume = options;
    resume.resume = true;
    remove(output);
    const auto put_back = [&] {
      create_directories(of_run.parent_path());
      overwrite(of_run, run);
      overwrite(kept, bytes);
    };
    try {
      run_to_file(scenarios, output, resume);
    } catch (...) {
      put_back();
      throw;
    }
    put_back();
    return everything_in(output);
  }
};

TEST_F(RandomDamage, to_a_result_is_refused_or_harmless) {
  options.deflate = false;
  run_to_file(scenarios, output, options);
  EXPECT_GT(damage(output, 260, [&] { return everything_in(output) + compared(output); }), 0.75);
}

TEST_F(RandomDamage, to_a_compressed_result_is_refused_or_harmless) {
  run_to_file(scenarios, output, options);
  EXPECT_GT(damage(output, 260, [&] { return everything_in(output) + compared(output); }), 0.75);
}

TEST_F(RandomDamage, to_a_result_of_statistics_is_refused_or_harmless) {
  options.statistics_only = true;
  run_to_file(scenarios, output, options);
  EXPECT_GT(damage(output, 200, [&] { return everything_in(output); }), 0.75);
}

TEST_F(RandomDamage, to_an_attribution_is_refused_or_harmless) {
  AttributionOptions attribution;
  attribution.run = options;
  attribute_to_file(read()[1], {}, output, attribution, kinds);
  EXPECT_GT(damage(output, 200, [&] { return everything_in(output); }), 0.75);
}

TEST_F(RandomDamage, to_a_shard_is_refused_or_harmless) {
  const std::vector<path> shards = {shard(1), shard(2)};
  const double refused = damage(shards[0], 30, [&] {
    merge_shards(shards, output, options, kinds);
    return everything_in(output);
  });
  EXPECT_GT(refused, 0.75);
}

TEST_F(RandomDamage, to_a_kept_block_is_found_when_a_run_is_resumed) {
  stop_a_run();
  const path parts = folder.path() / "out.h5.parts";
  damage(parts / "000000000000", 8, [&] { return resumed(parts / "run", parts / "000000000000"); });
}

TEST_F(RandomDamage, to_kept_statistics_is_found_when_a_run_is_resumed) {
  options.statistics_only = true;
  stop_a_run();
  const path parts = folder.path() / "out.h5.parts";
  damage(parts / "statistics-0", 8, [&] { return resumed(parts / "run", parts / "statistics-0"); });
}

} // namespace
} // namespace lantian

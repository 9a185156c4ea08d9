// Writes what fuzzing begins with, made of the shipped scenarios and of the wrong files of the
// tests, so that no copies are kept:
//
//   lantian_fuzz_seeds FOLDER      FOLDER/TARGET/… seeds, FOLDER/TARGET.dict the words of the
//   format

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "ensemble/kinds.hpp"
#include "fuzz/packed_files.hpp"
#include "results/block_bytes.hpp"
#include "results/sample.hpp"
#include "results/temporary_folder.hpp"
#include "scenario/distributions.hpp"
#include "scenario/ids.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/schema.hpp"
#include "scenario/units.hpp"
#include "source_folder.hpp"

namespace lantian::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = 64 * 1024; // of a scenario with all its files [bytes]

std::string bytes_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

//! The seeds of one target.
class Seeds {
public:
  Seeds(const fs::path& folder, const std::string& target) : folder_(folder / target) {
    fs::create_directories(folder_);
  }
  void add(std::string_view bytes) {
    std::ofstream(folder_ / std::to_string(count_++), std::ios::binary) << bytes;
  }

private:
  fs::path folder_;
  int count_ = 0;
};

//! A folder that remembers what was read from it.
class WatchedFiles : public FolderFiles {
public:
  explicit WatchedFiles(const fs::path& folder) : FolderFiles(folder) {}
  std::string read(const std::string& path) const override {
    return files_[path] = FolderFiles::read(path);
  }

  //! What was read, the file `top` first.
  std::string packed(const std::string& top) const {
    std::string text = files_[top];
    for (const auto& [name, bytes] : files_) {
      if (name != top) {
        text += (text.ends_with('\n') ? "" : "\n") + std::string(kFile) + name + "\n" + bytes;
      }
    }
    return text;
  }

private:
  mutable std::map<std::string, std::string> files_;
};

std::string packed_scenario(const fs::path& path, const KindRegistry& kinds) {
  const WatchedFiles files(path.parent_path());
  const std::string top = path.filename().string();
  try {
    load_scenario(files, top, kinds);
  } catch (const ScenarioError&) { // a wrong file is a good seed too
  }
  return files.packed(top);
}

std::vector<fs::path> files_below(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == extension) {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

void add_scenario_files(const fs::path& out) {
  const KindRegistry kinds = all_kinds();
  Seeds scenarios(out, "scenario");
  Seeds toml(out, "toml");
  Seeds csv(out, "csv");
  for (const char* folder : {"scenarios", "tests/scenario/wrong"}) {
    for (const fs::path& path : files_below(source_folder() / folder, ".toml")) {
      const std::string packed = packed_scenario(path, kinds);
      if (packed.size() <= kLargest) {
        scenarios.add(packed);
      }
      toml.add(bytes_of(path));
    }
    for (const fs::path& path : files_below(source_folder() / folder, ".csv")) {
      csv.add(bytes_of(path));
    }
  }
}

void add_units(const fs::path& out) {
  Seeds units(out, "units");
  for (const UnitRow& row : unit_table()) {
    units.add(std::string("1.5 ") += row.name);
  }
  for (const char* text : {"mg/m3", "CNY/(t/year)", "-3e-4 g/(t*km)", "35 mg/m3 * @ratio"}) {
    units.add(text);
  }
}

void add_distributions(const fs::path& out) {
  Seeds seeds(out, "distribution");
  for (const DistributionSpec& spec : distribution_specs()) {
    for (const auto& form : spec.forms) {
      std::string arguments;
      int value = 1;
      for (const std::string_view name : form) {
        const bool is_list = name == "values" || name == "weights";
        const std::string number = std::to_string(value++);
        arguments += (arguments.empty() ? " " : ", ") + std::string(name) + " = " +
                     (is_list ? "[1, 2.5, " + number + "]" : number);
      }
      seeds.add("x = { " + std::string(spec.name) + " = {" + arguments + " } }\n");
    }
  }
  seeds.add("x = { uniform = { low = \"2 t\", high = \"3 kt\" }, times = 1e3 }\n");
  seeds.add("x = { mix = { from = \"2 t\", to = \"3 kg\", share = \"50 %\" } }\n");
}

void add_results(const fs::path& out) {
  const TemporaryFolder folder;
  Seeds(out, "result").add(std::string("\0\0\1\0\0\1x\1\0\2\0\2xy", 15));
  Seeds results(out, "sealed_result");
  for (const bool deflate : {false, true}) {
    const fs::path path = folder.path() / std::to_string(deflate);
    sample::write(path, {.block = 4, .deflate = deflate});
    results.add(bytes_of(path));
  }
  Seeds blocks(out, "blocks");
  Batch batch;
  batch.blocks.push_back(sample::block(sample::layouts().front(), 0, 0, 1));
  blocks.add(packed(batch, "a run").substr(sizeof "lantian blocks 1\n" - 1 + 8 + 5));
}

//! Every text in quotes of the JSON Schema that is an id is a word of the format.
std::set<std::string> words_of(std::string_view schema) {
  std::set<std::string> words;
  while (!schema.empty()) {
    const std::string_view text = schema.substr(0, schema.find('"'));
    if (is_id(text)) {
      words.emplace(text);
    }
    schema.remove_prefix(std::min(schema.size(), text.size() + 1));
  }
  return words;
}

void write_dictionary(const fs::path& path, const std::set<std::string>& words) {
  std::ofstream stream(path);
  for (const std::string& word : words) {
    stream << '"' << word << "\"\n";
  }
}

void add_dictionaries(const fs::path& out) {
  std::set<std::string> units;
  for (const UnitRow& row : unit_table()) {
    units.emplace(row.name);
  }
  std::set<std::string> words = words_of(json_schema(all_kinds()));
  words.insert({"=== a.csv\\x0a", "extends", "times", "mix", "@", "e308"});
  words.insert(units.begin(), units.end());
  write_dictionary(out / "units.dict", units);
  write_dictionary(out / "scenario.dict", words);
  write_dictionary(out / "distribution.dict", words);
}

} // namespace
} // namespace lantian::fuzz

int main(int, char** arguments) {
  const std::filesystem::path out = arguments[1];
  lantian::fuzz::add_scenario_files(out);
  lantian::fuzz::add_units(out);
  lantian::fuzz::add_distributions(out);
  lantian::fuzz::add_results(out);
  lantian::fuzz::add_dictionaries(out);
}

// Which files a scenario may read: those of its folder, its project, or the root that is named, in
// whatever way it names them.

#include "scenario/input_files.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario/diagnostics.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/toy_kinds.hpp"
#include "source_folder.hpp"

namespace lantian {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

//! A folder "above" with a base and data in it, and in that a folder "inside".
class Inputs : public testing::Test {
protected:
  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    path_ = fs::canonical(fs::temp_directory_path()) / ("lantian_" + name);
    fs::remove_all(path_);
    fs::create_directories(inside());
    const fs::path wrong = source_folder() / "tests/scenario/wrong";
    fs::copy(wrong / "shared/good.toml", path_ / "above/base.toml");
    fs::copy(wrong / "shared/good_rows.csv", path_ / "above/good_rows.csv");
    fs::copy(wrong / "shared/hours.csv", path_ / "above/hours.csv");
    fs::copy(wrong / "matrix_classic.nc", path_ / "above/matrix.nc");
    fs::copy(path_ / "above/base.toml", inside() / "own.toml");
  }
  void TearDown() override { fs::remove_all(path_); }

  fs::path inside() const { return path_ / "above/inside"; }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(inside() / name, std::ios::binary) << text;
  }
  std::string mistakes_of(const std::string& name, const ReadOptions& options = {}) {
    try {
      load_scenario(inside() / name, toy::kinds(), options);
    } catch (const ScenarioError& error) {
      std::string text = error.what();
      for (auto at = text.find(path_.string()); at != text.npos; at = text.find(path_.string())) {
        text.erase(at, path_.string().size() + 1);
      }
      return text;
    }
    return "";
  }
  static std::vector<std::string> paths_of(const Scenario& scenario) {
    std::vector<std::string> paths;
    for (const InputFile& file : scenario.inputs) {
      paths.push_back(file.path);
    }
    return paths;
  }

  fs::path path_;
};

const std::string kOwn = "extends = \"own.toml\"\n";
const std::string kOutside =
    "it lies outside of the scenario's folder; if that is meant, name a folder that holds both "
    "(--root above, in Python root=), or make that the project (lantian schema > "
    "above/lantian.schema.json)";

//! How each way of naming a file begins, what follows the name, and where the name stands.
struct Naming {
  std::string before;
  std::string after;
  std::string place;
};

const std::vector<Naming>& namings() {
  static const std::vector<Naming> all{
      {"extends = ", "\n", "1:11: extends"},
      {kOwn + "[tables]\nsources = ", "\n", "3:11: tables.sources"},
      {kOwn + "[tables]\n\"sources.sinter.emits\" = ", "\n", "3:26: tables.sources.sinter.emits"},
      {kOwn + "[parameters.x]\nvalue = { empirical = { file = ", " } }\n",
       "3:32: parameters.x.value.empirical.file"},
  };
  return all;
}

TEST_F(Inputs, outside_of_the_folder_are_refused_however_they_are_named) {
  for (const Naming& naming : namings()) {
    write("top.toml", naming.before + "'../hours.csv'" + naming.after);
    EXPECT_EQ(mistakes_of("top.toml"),
              fmt::format("above/inside/top.toml:{}: '../hours.csv' cannot be used: {}",
                          naming.place, kOutside));
  }
}

TEST_F(Inputs, outside_of_the_folder_are_refused_behind_symbolic_links) {
  fs::create_symlink("../hours.csv", inside() / "link.csv");
  fs::create_symlink("..", inside() / "up");
  for (const Naming& naming : namings()) {
    for (const std::string file : {"link.csv", "up/hours.csv"}) {
      write("top.toml", naming.before + "'" + file + "'" + naming.after);
      EXPECT_EQ(mistakes_of("top.toml"),
                fmt::format("above/inside/top.toml:{}: '{}' cannot be read: {}", naming.place, file,
                            kOutside));
    }
  }
}

TEST_F(Inputs, by_an_absolute_path_are_refused_also_inside) {
  for (const Naming& naming : namings()) {
    write("top.toml", naming.before + "'" + (inside() / "own.toml").string() + "'" + naming.after);
    EXPECT_EQ(mistakes_of("top.toml"),
              fmt::format("above/inside/top.toml:{}: 'above/inside/own.toml' cannot be used: the "
                          "path is absolute; it must be relative to the file that states it",
                          naming.place));
  }
}

TEST_F(Inputs, that_are_no_files_are_refused) {
  fs::create_symlink("/dev/zero", inside() / "zeros.csv");
  fs::create_symlink("nowhere", inside() / "nothing.csv");
  write("top.toml", "extends = ['zeros.csv', 'nothing.csv', '.', 'own.toml/x']\n");
  const std::string found = mistakes_of("top.toml", {{}, "/"});
  EXPECT_THAT(found,
              HasSubstr("1:12: extends: 'zeros.csv' cannot be read: it is not a regular file"));
  EXPECT_THAT(found, HasSubstr("1:25: extends: 'nothing.csv' cannot be read: No such file"));
  EXPECT_THAT(found, HasSubstr("1:40: extends: '.' cannot be read: it is a folder"));
  EXPECT_THAT(found, HasSubstr("1:45: extends: 'own.toml/x' cannot be read: Not a directory"));
}

TEST_F(Inputs, above_are_read_where_the_root_is_named) {
  write("top.toml", "extends = '../base.toml'\n[parameters.x]\nvalue = { empirical = { file = "
                    "'../hours.csv', column = 'nox', unit = 'mg/m3' } }\n");
  EXPECT_EQ(mistakes_of("top.toml", {{}, path_ / "above"}), "");
  EXPECT_EQ(mistakes_of("top.toml", {{}, path_}), "");
}

// Paths are below the deepest folder that holds all files, whatever the root is.
TEST_F(Inputs, above_are_read_in_a_project_and_read_again_from_their_copies) {
  write("../lantian.schema.json", "{}");
  write("top.toml", "extends = '../base.toml'\n");
  const Scenario scenario = load_scenario(inside() / "top.toml", toy::kinds());
  EXPECT_EQ(paths_of(scenario), (std::vector<std::string>{"inside/top.toml", "base.toml"}));
  std::map<std::string, std::string> copies;
  for (const InputFile& file : scenario.inputs) {
    copies[file.path] = file.bytes;
  }
  const Scenario again = load_scenario(MemoryFiles(copies), "inside/top.toml", toy::kinds());
  EXPECT_EQ(paths_of(again), paths_of(scenario));
  EXPECT_EQ(again.id, "top");
  const Scenario own = load_scenario(inside() / "own.toml", toy::kinds());
  EXPECT_EQ(paths_of(own), std::vector<std::string>{"own.toml"});
}

TEST_F(Inputs, above_the_project_are_refused) {
  write("lantian.schema.json", "{}");
  write("../../lantian.schema.json", "{}"); // the closest counts
  write("top.toml", "extends = '../base.toml'\n");
  EXPECT_THAT(mistakes_of("top.toml"), HasSubstr("lies outside of the scenario's folder"));
}

TEST_F(Inputs, are_known_by_one_path_however_that_is_written) {
  write("../lantian.schema.json", "{}");
  write("top.toml",
        "extends = ['../inside/own.toml', './own.toml', '../inside/../inside/own.toml']");
  const Scenario scenario = load_scenario(inside() / "top.toml", toy::kinds());
  EXPECT_EQ(paths_of(scenario), (std::vector<std::string>{"top.toml", "own.toml"}));
}

TEST_F(Inputs, that_extend_each_other_in_a_cycle_are_told_also_behind_links) {
  write("top.toml", "extends = 'a.toml'\n");
  write("a.toml", "extends = 'link.toml'\n");
  fs::create_symlink("top.toml", inside() / "link.toml");
  EXPECT_EQ(
      mistakes_of("top.toml"),
      "above/inside/a.toml:1:11: extends: the files extend each other in a cycle: top.toml -> "
      "a.toml -> top.toml");
  fs::create_symlink(".", inside() / "here");
  write("b.toml", "extends = 'here/b.toml'\n");
  EXPECT_EQ(mistakes_of("b.toml"), "above/inside/b.toml:1:11: extends: the files extend each other "
                                   "in a cycle: b.toml -> b.toml");
}

TEST_F(Inputs, that_extend_each_other_too_deep_are_refused) {
  for (int i = 0; i < 101; ++i) {
    write(fmt::format("{}.toml", i), fmt::format("extends = '{}.toml'\n", i + 1));
  }
  fs::copy(inside() / "own.toml", inside() / "99.toml", fs::copy_options::overwrite_existing);
  EXPECT_EQ(mistakes_of("0.toml"), "");
  write("99.toml", "extends = '100.toml'\n");
  EXPECT_EQ(mistakes_of("0.toml"),
            "above/inside/99.toml:1:11: extends: the files extend each other "
            "more than 100 deep: put some together");
}

TEST_F(Inputs, need_a_root_that_holds_them) {
  const auto refused = [&](const fs::path& root) -> std::string {
    try {
      load_scenario(inside() / "own.toml", toy::kinds(), {{}, root});
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refused(path_ / "nowhere"),
            fmt::format("the root '{}' is no folder", (path_ / "nowhere").string()));
  EXPECT_EQ(refused(inside() / "own.toml"),
            fmt::format("the root '{}' is no folder", (inside() / "own.toml").string()));
  EXPECT_EQ(refused(source_folder()),
            fmt::format("the root '{}' does not hold the scenario's folder '{}': name one above it",
                        source_folder().string(), inside().string()));
}

TEST_F(Inputs, that_are_missing_are_named_with_what_is_like_them) {
  EXPECT_EQ(mistakes_of("none.toml"),
            "above/inside/none.toml: cannot be read: No such file or directory");
  EXPECT_EQ(mistakes_of("onw.toml"), "above/inside/onw.toml: cannot be read: No such file or "
                                     "directory; did you mean 'own.toml'?");
}

// 256 MB and one byte, none of which is on the disk.
TEST_F(Inputs, that_are_too_large_are_not_read_unless_the_limit_is_raised) {
  std::ofstream(inside() / "top.csv").close();
  fs::resize_file(inside() / "top.csv", ReadLimits{}.file_size + 1);
  write("top.toml", "extends = 'top.csv'\n");
  EXPECT_EQ(
      mistakes_of("top.toml"),
      "above/inside/top.toml:1:11: extends: 'top.csv' cannot be read: it has 268435457 bytes; "
      "at most 268435456 are read: split it into several, or raise the limit with --limit "
      "file-size=1e9");
  ReadOptions options;
  set_limit(options.limits, "file-size", 3e8);
  EXPECT_THAT(mistakes_of("top.toml", options),
              HasSubstr("top.csv:1:1: the file has 268435457 bytes; at most 16777216 are read"));
}

} // namespace
} // namespace lantian

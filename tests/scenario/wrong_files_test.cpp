// Every file in wrong/ has a mistake; the text beside it is the whole message, word for word.
// Regenerate with LANTIAN_UPDATE_GOLDEN=1 and read the difference.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenario/diagnostics.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/toy_kinds.hpp"
#include "source_folder.hpp"

namespace lantian {
namespace {

namespace fs = std::filesystem;

const fs::path& folder() {
  static const fs::path path = source_folder() / "tests" / "scenario" / "wrong";
  return path;
}

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder())) {
    if (entry.path().extension() == ".toml") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

//! The message without the folder, which differs from machine to machine.
std::string portable(std::string text) {
  const std::string prefix = folder().generic_string() + "/";
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
    text.erase(at, prefix.size());
  }
  return text + "\n";
}

std::string message_of(const std::string& name) {
  try {
    load_scenario(folder() / (name + ".toml"), toy::kinds());
  } catch (const ScenarioError& error) {
    return portable(error.what());
  }
  return "no mistake was found\n";
}

class WrongFile : public testing::TestWithParam<std::string> {};

TEST_P(WrongFile, is_refused_with_this_message) {
  const fs::path golden = folder() / (GetParam() + ".txt");
  const std::string message = message_of(GetParam());
  if (std::getenv("LANTIAN_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(golden, std::ios::binary) << message;
  }
  EXPECT_EQ(message, read_file(golden));
}

INSTANTIATE_TEST_SUITE_P(Scenario, WrongFile, testing::ValuesIn(cases()),
                         [](const auto& info) { return info.param; });

TEST(WrongFiles, are_more_than_sixty) {
  EXPECT_GE(cases().size(), 60u);
}

TEST(WrongFiles, start_from_a_file_without_mistakes) {
  EXPECT_NO_THROW(load_scenario(folder() / "shared" / "good.toml", toy::kinds()));
}

} // namespace
} // namespace lantian

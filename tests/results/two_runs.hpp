#pragma once
//! A base without measures and a plan with all, as tests/ensemble has them, 7 replications in
//! blocks of 3, 3 and 1: for the tests of runs that are stopped, resumed, split and merged.

#include "ensemble/scenario_text.hpp"
#include "ensemble/two_plants.hpp"
#include "results/coalitions.hpp"
#include "results/run_to_file.hpp"
#include "results/temporary_folder.hpp"

#include <memory>

#include <gtest/gtest.h>

namespace lantian::test {

class TwoRuns : public testing::Test {
protected:
  SharedScenario load(const std::string& id, const std::string& text) const {
    return std::make_shared<Scenario>(load_text(id, text));
  }

  std::vector<SharedScenario> shared() const {
    return {load("base", kInventory),
            load("plan", std::string(kInventory) + kClosure + kRetrofit + kTargets)};
  }

  KindRegistry kinds = all_kinds();
  ScenarioSet scenarios{shared()};
  RunOptions options{.ensemble = {.replications = 7, .seed = 3, .threads = 1, .block = 3}};
  TemporaryFolder folder;
  std::filesystem::path output = folder.path() / "out.h5";
  std::filesystem::path whole = folder.path() / "whole.h5";
};

} // namespace lantian::test

// The leak surveys of scenarios/examples, compared on the same leaks: what a comparison of
// programmes of leak detection and repair rests on.

#include "ensemble/ensemble.hpp"
#include "ensemble/kinds.hpp"
#include "scenario/load_scenario.hpp"
#include "source_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <numeric>
#include <string>
#include <vector>

namespace lantian {
namespace {

const std::string kExamples = (source_folder() / "scenarios/examples/").string();
constexpr std::int64_t kReplications = 30;

//! The programmes, from none to monthly, and what came of them in each replication.
class LeakSurvey : public testing::Test, private BlockSink {
protected:
  LeakSurvey() {
    for (const char* variant : {"-none", "-yearly", "", "-monthly"}) {
      scenarios_.push_back(
          load_scenario(kExamples + "leak-survey" + variant + ".toml", all_kinds_));
      models_.push_back(&all_models_.emplace_back(scenarios_.back()));
    }
    blocks_.resize(models_.size());
    run_ensemble(models_, {.replications = kReplications, .seed = 3, .threads = 1, .block = 64},
                 *this);
  }

  //! By replication, added up over whatever else the variable is told apart by.
  std::vector<double> values(std::size_t programme, const std::string& variable) const {
    const std::size_t v = *models_[programme]->layout().find(variable);
    const std::vector<double>& all = blocks_[programme].data[v];
    const std::size_t size = all.size() / kReplications;
    std::vector<double> sums;
    for (std::size_t r = 0; r < kReplications; ++r) {
      const auto first = all.begin() + static_cast<std::ptrdiff_t>(r * size);
      sums.push_back(std::accumulate(first, first + static_cast<std::ptrdiff_t>(size), 0.0));
    }
    return sums;
  }
  double mean(std::size_t programme, const std::string& variable) const {
    const auto all = values(programme, variable);
    return std::accumulate(all.begin(), all.end(), 0.0) / static_cast<double>(all.size());
  }

private:
  void write(Block block) override { blocks_[block.scenario] = std::move(block); }

  KindRegistry all_kinds_ = all_kinds();
  std::deque<Scenario> scenarios_;
  std::deque<Model> all_models_;
  std::vector<const Model*> models_;
  std::vector<Block> blocks_;
};

TEST_F(LeakSurvey, meets_the_same_leaks_under_every_programme) {
  const auto begun = values(0, "arrivals_number");
  EXPECT_GT(*std::min_element(begun.begin(), begun.end()), 50);
  for (const std::size_t programme : {1U, 2U, 3U})
    EXPECT_EQ(values(programme, "arrivals_number"), begun);
}

TEST_F(LeakSurvey, never_makes_anything_worse_than_no_survey) {
  const auto without = values(0, "CH4");
  const auto open = values(0, "arrivals_time");
  for (const std::size_t programme : {1U, 2U, 3U}) {
    for (std::size_t r = 0; r < kReplications; ++r) {
      EXPECT_LT(values(programme, "CH4")[r], without[r]);
      EXPECT_LT(values(programme, "arrivals_time")[r], open[r]);
    }
  }
}

TEST_F(LeakSurvey, finds_more_the_more_often_it_goes_and_costs_accordingly) {
  EXPECT_EQ(mean(0, "arrivals_found"), 0);
  for (const std::size_t programme : {1U, 2U, 3U}) {
    EXPECT_GT(mean(programme, "arrivals_found"), mean(programme - 1, "arrivals_found"));
    EXPECT_LT(mean(programme, "CH4"), mean(programme - 1, "CH4"));
  }
  // 0.2 MCNY and 107 visits of 2,500 CNY; 12 rounds of a mean month, 365.2425 d/12, end 0.2 d after
  // the common year, and the last sites of the last one are not reached
  EXPECT_NEAR(mean(1, "operating_by_measure"), 0.2e6 + 107 * 2500, 1);
  EXPECT_NEAR(mean(3, "operating_by_measure"), 0.2e6 + 12 * 107 * 2500, 2500 + 1);
}

} // namespace
} // namespace lantian

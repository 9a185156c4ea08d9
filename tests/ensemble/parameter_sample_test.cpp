#include "ensemble/parameter_sample.hpp"

#include "ensemble/ensemble.hpp"
#include "ensemble/kept_values.hpp"
#include "ensemble/same_values.hpp"
#include "ensemble/scenario_text.hpp"
#include "ensemble/two_plants.hpp"
#include "kernel/error.hpp"
#include "kernel/random.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace lantian {
namespace {

using test::is_same;
using test::kClosure;
using test::kInventory;
using test::kRetrofit;

//! A scenario with one parameter (`dust`, uniform on 1 to 3 kg/t) and chance: a filter that fails,
//! a closure that is delayed, works of uncertain duration.
class Sample : public testing::Test {
protected:
  std::vector<double> run(const char* variable, const EnsembleOptions& options) {
    const std::vector<const Model*> models{&model};
    const std::vector<std::string> variables{variable};
    KeptValues kept({&model.layout()}, variables);
    run_ensemble(models, options, kept);
    return kept.take(0, 0);
  }
  std::vector<double> run(const char* variable, const ParameterSample& sample,
                          std::uint64_t seed = 1, unsigned threads = 1) {
    return run(variable, {.replications = sample.rows(),
                          .seed = seed,
                          .threads = threads,
                          .block = 4,
                          .sample = &sample});
  }

  Scenario scenario = test::load_text("plan", std::string(kInventory) + kClosure + kRetrofit);
  Model model{scenario};
};

TEST_F(Sample, of_what_a_run_would_draw_is_that_run_bit_for_bit) {
  // Replications 0 ... 9 in parameter draws of two chance draws each, drawn and told.
  ParameterSample sample;
  sample.ids = {"dust"};
  for (std::uint32_t r = 0; r < 10; ++r) {
    const RandomSource drawn(7, r / 2);
    sample.uniforms.push_back(drawn.uniform(stream_id("dust", "parameter"), 0));
    sample.chances.push_back(r);
  }
  for (const char* variable : {"PM", "parameter_value", "measure_date", "PM_by_source"}) {
    const auto ordinary = run(variable, {.replications = 10, .chance_draws = 2, .seed = 7});
    EXPECT_TRUE(is_same(ordinary, run(variable, sample, 7))) << variable;
    EXPECT_TRUE(is_same(ordinary, run(variable, sample, 7, 3))) << variable << ", 3 threads";
  }
  EXPECT_FALSE(is_same(run("measure_date", sample, 7), run("measure_date", sample, 8)));
}

TEST_F(Sample, draws_parameters_by_inversion_of_what_it_says) {
  // uniform on 1 to 3 kg/t: quantiles 0.25 and 0.5 are 1.5 and 2 kg/t
  const auto dust = run("parameter_value", ParameterSample{{"dust"}, {0.25, 0.5}, {3, 3}});
  ASSERT_EQ(dust.size(), 2U);
  EXPECT_NEAR(dust[1] / dust[0], 2 / 1.5, 1e-12);
}

TEST_F(Sample, meets_the_same_chances_where_it_says_the_same_number) {
  const ParameterSample sample{{"dust"}, {0.2, 0.9, 0.2}, {5, 5, 6}};
  const auto dates = run("measure_date", sample);
  const std::size_t row = dates.size() / 3;
  const std::vector<double> first(dates.begin(), dates.begin() + static_cast<std::ptrdiff_t>(row));
  const std::vector<double> second(dates.begin() + static_cast<std::ptrdiff_t>(row),
                                   dates.begin() + static_cast<std::ptrdiff_t>(2 * row));
  const std::vector<double> third(dates.begin() + static_cast<std::ptrdiff_t>(2 * row),
                                  dates.end());
  EXPECT_TRUE(is_same(first, second)); // dust moves no date
  EXPECT_FALSE(is_same(first, third));
}

TEST_F(Sample, gives_each_row_the_same_wherever_it_stands) {
  const auto there = run("PM", ParameterSample{{"dust"}, {0.1, 0.6, 0.8}, {4, 2, 9}});
  const auto back = run("PM", ParameterSample{{"dust"}, {0.8, 0.6, 0.1}, {9, 2, 4}});
  const std::size_t row = there.size() / 3;
  for (std::size_t k = 0; k < row; ++k) {
    EXPECT_EQ(there[k], back[2 * row + k]);
    EXPECT_EQ(there[row + k], back[row + k]);
  }
}

TEST_F(Sample, leaves_parameters_that_it_does_not_name_at_their_medians) {
  const auto told = run("parameter_value", ParameterSample{{"dust"}, {0.5}, {3}});
  EXPECT_EQ(told, run("parameter_value", ParameterSample{{}, {}, {3}}));
  EXPECT_EQ(told, run("parameter_value", ParameterSample{{"unknown"}, {0.1}, {3}}));
}

std::string what_is_wrong(const ParameterSample& sample) {
  try {
    check_sample(sample);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(ParameterSample, has_a_number_between_0_and_1_for_each_row_and_parameter) {
  EXPECT_EQ(what_is_wrong({{"dust"}, {0.5, 0.5}, {0, 1}}), "");
  EXPECT_EQ(what_is_wrong({}), "a sample needs at least one row");
  EXPECT_EQ(what_is_wrong({{"dust"}, {0.5}, {0, 1}}),
            "2 rows of a sample of 1 parameters have 2 numbers, not 1");
  EXPECT_EQ(what_is_wrong({{"dust"}, {0.5, 1.0}, {0, 1}}), "1 in a sample is not between 0 and 1");
  EXPECT_EQ(what_is_wrong({{"dust"}, {0.0}, {0}}), "0 in a sample is not between 0 and 1");
}

} // namespace
} // namespace lantian

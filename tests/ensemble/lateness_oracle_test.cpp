// What lateness must be on average, computed beside the engine: one measure with two stages whose
// durations are PERT, and many replications of it; and Baotou's plan, in which causes sum to it.

#include "ensemble/ensemble.hpp"
#include "ensemble/two_plants.hpp"
#include "source_folder.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

//! The values of one scenario, by variable; its replications come in one block.
class Outcome : private BlockSink {
public:
  Outcome(const Scenario& scenario, EnsembleOptions options) : model_(scenario) {
    const std::vector<const Model*> models{&model_};
    options.block = options.replications;
    run_ensemble(models, options, *this);
  }
  const std::vector<double>& values(const char* variable) const {
    return block_.data[*model_.layout().find(variable)];
  }

private:
  void write(Block block) override { block_ = std::move(block); }
  Model model_;
  Block block_;
};

//! PERT on [low, high] days: low + (high - low) Beta(alpha, 6 - alpha).
struct Pert {
  double low, mode, high;
  boost::math::beta_distribution<> beta() const {
    const double alpha = 1 + 4 * (mode - low) / (high - low);
    return {alpha, 6 - alpha};
  }
  double density(double x) const {
    return boost::math::pdf(beta(), (x - low) / (high - low)) / (high - low);
  }
  //! E max(0, X - c), by quadrature of the probability to be above.
  double expected_above(double c) const {
    if (c <= low)
      return mean() - c;
    if (c >= high)
      return 0;
    const auto beyond = [&](double x) {
      return boost::math::cdf(boost::math::complement(beta(), (x - low) / (high - low)));
    };
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(beyond, c, high);
  }
  double mean() const { return (low + 4 * mode + high) / 6; }
};

//! E max(0, X + Y - due): the density of X against what Y is above the rest.
double expected_lateness(const Pert& x, const Pert& y, double due) {
  const auto late = [&](double t) { return x.density(t) * y.expected_above(due - t); };
  return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(late, x.low, x.high, 10);
}

constexpr const char* kTwoStages = R"(
[measures.filter]
kind = "retrofit"
start = 2024-01-01
changes.mill-stack.emits.PM.raw = "0.5 kg/t"
stages = [
  { id = "permit", duration = { pert = { low = "20 d", mode = "30 d", high = "100 d" } }, cause = "permits" },
  { id = "works", duration = { pert = { low = "40 d", mode = "60 d", high = "120 d" } } },
]
[targets.built]
kind = "deadline"
measures = ["filter"]
date = 2024-04-29
)";

TEST(LatenessOracle, is_what_the_convolution_of_two_pert_stages_says) {
  // Due on 30 April, 120 days after the start. E(X + Y) = 40 + 66.7 = 106.7 days, so that the mean
  // of the sum is in time, and only what is beyond counts.
  const KindRegistry kinds = all_kinds();
  const Scenario scenario =
      test::load_text("plan", std::string(test::kInventory) + kTwoStages, kinds);
  const std::int64_t n = 20000;
  const Outcome run(scenario, {.replications = n, .seed = 11});
  const std::vector<double>& days = run.values("target_lateness");
  double sum = 0;
  double squares = 0;
  for (const double late : days) {
    sum += late;
    squares += late * late;
  }
  const double mean = sum / static_cast<double>(n);
  const double error = std::sqrt((squares / static_cast<double>(n) - mean * mean) / n);

  const Pert permit{20, 30, 100};
  const Pert works{40, 60, 120};
  const double expected = expected_lateness(permit, works, 120);
  EXPECT_LT(std::abs(mean - expected), 3 * error) << mean << " against " << expected;

  // Named defects, each far outside of the tolerance: only one of the stages counts; what is early
  // is set against what is late (mean instead of positive part); the deadline is the beginning of
  // its day.
  EXPECT_GT(std::abs(permit.expected_above(120) - expected), 20 * error);
  EXPECT_GT(std::abs(works.expected_above(120) - expected), 20 * error);
  EXPECT_GT(std::abs(permit.mean() + works.mean() - 120 - expected), 20 * error);
  EXPECT_GT(std::abs(expected_lateness(permit, works, 119) - expected), 3 * error);
}

TEST(LatenessOracle, is_shared_out_without_remainder_in_every_world_of_baotou) {
  const KindRegistry kinds = all_kinds();
  const Scenario scenario =
      load_scenario((source_folder() / "scenarios/baotou/as-planned.toml").string(), kinds);
  const std::size_t n = 10;
  const Outcome run(scenario, {.replications = static_cast<std::int64_t>(n), .seed = 1});
  const std::size_t targets = scenario.targets.size();
  const std::vector<double>& lateness = run.values("target_lateness");
  const std::vector<double>& margins = run.values("target_margin");
  const std::vector<double>& causes = run.values("target_lateness_by_cause");
  const std::vector<double>& path = run.values("target_path_time");
  const std::size_t width = causes.size() / lateness.size();
  std::size_t late = 0;
  for (std::size_t k = 0; k < n * targets; ++k) {
    if (scenario.targets[k % targets].kind->name != "deadline") {
      EXPECT_TRUE(std::isnan(lateness[k]));
      continue;
    }
    double shared = 0;
    double length = 0;
    for (std::size_t c = 0; c < width; ++c) {
      shared += causes[k * width + c];
      length += path[k * width + c];
    }
    EXPECT_NEAR(shared, lateness[k], 1e-9);
    EXPECT_GE(length, lateness[k]);
    if (!std::isnan(margins[k])) {
      EXPECT_NEAR(lateness[k], std::max(0.0, -margins[k]), 1e-9);
    }
    late += lateness[k] > 0 ? 1 : 0;
  }
  EXPECT_GT(late, 0U) << "nothing is late, so that nothing was tested";
}

} // namespace
} // namespace lantian

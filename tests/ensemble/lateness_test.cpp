// Lateness of Baotou's plan, in which causes sum to it.

#include "ensemble/recorded.hpp"
#include "source_folder.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

TEST(Lateness, is_shared_out_without_remainder_in_every_world_of_baotou) {
  const KindRegistry kinds = all_kinds();
  const Scenario scenario =
      load_scenario((source_folder() / "scenarios/baotou/as-planned.toml").string(), kinds);
  const std::size_t n = 10;
  const test::Recorded run(std::vector{scenario},
                           {.replications = static_cast<std::int64_t>(n), .seed = 1});
  const std::size_t targets = scenario.targets.size();
  const std::vector<double>& lateness = run.all("target_lateness");
  const std::vector<double>& margins = run.all("target_margin");
  const std::vector<double>& causes = run.all("target_lateness_by_cause");
  const std::vector<double>& path = run.all("target_path_time");
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

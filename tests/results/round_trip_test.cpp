#include <cmath>
#include <filesystem>

#include <gmock/gmock.h>

#include "results/result_file.hpp"
#include "results/result_writer.hpp"
#include "results/sample.hpp"
#include "results/temporary_folder.hpp"

namespace lantian {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::NanSensitiveDoubleEq;
using testing::Pointwise;

// The sample, written once for all tests of this file.
class RoundTrip : public testing::Test {
protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    sample::write(folder_->path() / "out.h5");
  }
  static void TearDownTestSuite() { delete folder_; }

  ResultFile open() const { return ResultFile(folder_->path() / "out.h5"); }

private:
  static inline TemporaryFolder* folder_ = nullptr;
};

std::vector<double> expected(const std::string& scenario, std::size_t variable) {
  const Layout layout = scenario == "baseline" ? sample::layouts()[0] : sample::layouts()[1];
  std::vector<double> all;
  for (std::int64_t r = 0; r < sample::kReplications; ++r) {
    const std::vector<double> one = sample::values(layout, variable, r);
    all.insert(all.end(), one.begin(), one.end());
  }
  return all;
}

TEST_F(RoundTrip, leaves_only_the_result_behind) {
  const std::filesystem::path folder = open().path().parent_path();
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(RoundTrip, gives_every_value_back) {
  const ResultFile file = open();
  EXPECT_THAT(file.scenarios(), ElementsAre("baseline", "as-planned"));
  EXPECT_EQ(file.replications(), 10);
  EXPECT_EQ(file.chance_draws(), 2);
  for (const std::string& scenario : file.scenarios()) {
    for (const Variable& variable : file.layout(scenario).variables()) {
      const std::size_t index = *file.layout(scenario).find(variable.name);
      EXPECT_THAT(file.read(scenario, variable.name),
                  Pointwise(NanSensitiveDoubleEq(), expected(scenario, index)))
          << scenario << " " << variable.name;
    }
  }
}

TEST_F(RoundTrip, reads_some_replications_alone) {
  // Replications 5 and 6 of target_met: r % 3 - 1 = 1, -1.
  EXPECT_THAT(open().read("baseline", "target_met", {5, 2}), ElementsAre(1, -1));
  EXPECT_THAT(open().read("baseline", "target_met", {0, 0}), ElementsAre());
}

TEST_F(RoundTrip, gives_the_layout_back) {
  const Layout written = sample::layouts()[1];
  const ResultFile file = open();
  const Layout& read = file.layout("as-planned");
  EXPECT_EQ(read.scenario(), "as-planned");
  ASSERT_EQ(read.coordinates().size(), written.coordinates().size());
  for (std::size_t i = 0; i < read.coordinates().size(); ++i) {
    const Coordinate& coordinate = read.coordinates()[i];
    const Coordinate& original = written.coordinates()[i];
    EXPECT_EQ(coordinate.name, original.name);
    EXPECT_EQ(coordinate.long_name, original.long_name);
    EXPECT_EQ(coordinate.values.index(), original.values.index());
    EXPECT_EQ(coordinate.size(), original.size());
  }
  EXPECT_EQ(std::get<Labels>(read.coordinate("measure")->values).ids,
            (std::vector<std::string>{"relocate-jiyu", "retrofit-daan"}));
  EXPECT_EQ(std::get<Intervals>(read.coordinate("time")->values).bounds,
            std::get<Intervals>(written.coordinate("time")->values).bounds);
  EXPECT_EQ(std::get<Years>(read.coordinate("year")->values).years,
            (std::vector<std::int32_t>{2024, 2025}));
}

TEST_F(RoundTrip, gives_names_and_places_back) {
  const ResultFile file = open();
  const std::vector<Companion>& zone = file.layout("baseline").coordinate("zone")->companions;
  ASSERT_EQ(zone.size(), 2u);
  EXPECT_EQ(zone[0].name, "name_zh");
  EXPECT_EQ(std::get<0>(zone[0].values), (std::vector<std::string>{"重点区域", "市外"}));
  EXPECT_EQ(zone[1].name, "latitude");
  EXPECT_EQ(zone[1].unit, "degrees_north");
  EXPECT_EQ(std::get<1>(zone[1].values), (std::vector<double>{40.6, 41}));
}

TEST_F(RoundTrip, gives_the_variables_back) {
  const Layout written = sample::layouts()[0];
  const ResultFile file = open();
  const Layout& read = file.layout("baseline");
  ASSERT_EQ(read.variables().size(), written.variables().size());
  for (std::size_t i = 0; i < read.variables().size(); ++i) {
    const Variable& variable = read.variables()[i];
    const Variable& original = written.variables()[i];
    EXPECT_EQ(variable.name, original.name);
    EXPECT_EQ(variable.dims, original.dims);
    EXPECT_EQ(variable.shape, original.shape);
    EXPECT_EQ(variable.unit, original.unit);
    EXPECT_EQ(variable.long_name, original.long_name);
    EXPECT_EQ(variable.cell_methods, original.cell_methods);
    EXPECT_EQ(variable.type, original.type);
    EXPECT_EQ(variable.with_statistics, original.with_statistics);
  }
  const std::vector<Flag>& flags = read.variables()[sample::kTargetMet].flags;
  ASSERT_EQ(flags.size(), 3u);
  EXPECT_EQ(flags[0].value, -1);
  EXPECT_EQ(flags[0].meaning, "not_assessable");
  EXPECT_EQ(flags[2].meaning, "met");
}

TEST_F(RoundTrip, writes_the_statistics_of_the_replications) {
  // At position p: p + r / 2 for r = 0 to 9. Mean p + 2.25; variance of r / 2: (82.5 / 9) / 4.
  // Type 7 quantiles at h = 9 q: r = 0.45, 2.25, 4.5, 6.75, 8.55, halved.
  const ResultFile file = open();
  const ResultArray mean = file.read_array("as-planned", "NOx_mean");
  const ResultArray error = file.read_array("as-planned", "NOx_se");
  const ResultArray quantile = file.read_array("as-planned", "NOx_quantile");
  EXPECT_THAT(mean.dims, ElementsAre("account", "time"));
  EXPECT_THAT(quantile.dims, ElementsAre("quantile", "account", "time"));
  EXPECT_THAT(quantile.shape, ElementsAre(5, 2, 3));
  const double halves[] = {0.225, 1.125, 2.25, 3.375, 4.275};
  for (std::size_t p = 0; p < 6; ++p) {
    EXPECT_DOUBLE_EQ(mean.values[p], static_cast<double>(p) + 2.25);
    EXPECT_DOUBLE_EQ(error.values[p], std::sqrt(82.5 / 9 / 4 / 10));
    for (std::size_t q = 0; q < 5; ++q) {
      EXPECT_DOUBLE_EQ(quantile.values[q * 6 + p], static_cast<double>(p) + halves[q]);
    }
  }
}

TEST_F(RoundTrip, writes_the_statistics_of_a_single_number) {
  const ResultFile file = open();
  EXPECT_THAT(file.read_array("baseline", "capital_mean").values, ElementsAre(402.25));
  EXPECT_THAT(file.read_array("baseline", "capital_mean").dims, ElementsAre());
  EXPECT_THAT(file.read_array("baseline", "capital_quantile").shape, ElementsAre(5));
}

TEST_F(RoundTrip, keeps_axes_of_no_length) {
  const ResultFile file = open();
  EXPECT_EQ(file.layout("baseline").coordinate("measure")->size(), 0u);
  EXPECT_THAT(file.read_array("baseline", "measure_date").shape, ElementsAre(10, 0, 2));
}

TEST_F(RoundTrip, tells_which_draw_a_replication_has) {
  const ResultFile file = open();
  EXPECT_THAT(file.read_array("baseline", "parameter_draw").values,
              ElementsAre(0, 0, 1, 1, 2, 2, 3, 3, 4, 4));
  EXPECT_THAT(file.read_array("baseline", "chance_draw").values,
              ElementsAre(0, 1, 0, 1, 0, 1, 0, 1, 0, 1));
}

TEST_F(RoundTrip, gives_the_event_log_back) {
  const EventLog log = open().event_log("as-planned");
  const Time start = std::chrono::sys_days{std::chrono::year{2024} / 2 / 3};
  EXPECT_THAT(log.replication, ElementsAre(0, 0, 1, 1));
  EXPECT_EQ(log.time[1], start);
  EXPECT_EQ(log.time[3], start + std::chrono::hours{1});
  EXPECT_THAT(log.event, ElementsAre("begun", "waiting", "begun", "waiting"));
  EXPECT_THAT(log.detail, ElementsAre("", "等待许可", "", "等待许可"));
}

TEST_F(RoundTrip, gives_the_inputs_back_byte_for_byte) {
  const std::vector<InputFile> inputs = open().inputs();
  const std::vector<InputFile> written = sample::record().inputs;
  ASSERT_EQ(inputs.size(), written.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    EXPECT_EQ(inputs[i].path, written[i].path);
    EXPECT_EQ(inputs[i].bytes, written[i].bytes);
  }
}

TEST_F(RoundTrip, gives_the_record_of_the_run_back) {
  const ResultFile file = open();
  const auto value = [](const std::vector<Attribute>& all, const std::string& name) {
    const auto found = std::ranges::find(all, name, &Attribute::name);
    return found == all.end() ? decltype(Attribute::value)("missing") : found->value;
  };
  const std::vector<Attribute> root = file.attributes();
  EXPECT_EQ(std::get<std::string>(value(root, "Conventions")), "CF-1.8");
  EXPECT_EQ(std::get<std::string>(value(root, "date")), "2026-01-02T03:04:05Z");
  EXPECT_EQ(std::get<std::uint64_t>(value(root, "seed")), 18446744073709551615u);
  EXPECT_EQ(std::get<std::int64_t>(value(root, "replications")), 10);
  EXPECT_EQ(std::get<std::string>(value(root, "comment")), "a sample");
  EXPECT_EQ(std::get<double>(value(file.runtime(), "seconds_run")), 1.5);
  EXPECT_EQ(std::get<std::int64_t>(value(file.runtime(), "events")), 1234);
  EXPECT_EQ(std::get<std::string>(value(file.layout("baseline").attributes, "as_of")),
            "2024-03-31");
}

TEST_F(RoundTrip, passes_its_own_verification) {
  EXPECT_NO_THROW(open().verify());
}

TEST(ResultWriter, writes_the_same_numbers_at_any_compression) {
  const TemporaryFolder folder;
  for (const bool deflate : {false, true}) {
    const auto path = folder.path() / (std::to_string(deflate) + ".h5");
    sample::write(path, {.block = 3, .deflate = deflate, .threads = 3});
    const ResultFile file(path);
    EXPECT_EQ(file.read("as-planned", "NOx"), expected("as-planned", sample::kNOx));
    EXPECT_NO_THROW(file.verify());
  }
}

} // namespace
} // namespace lantian

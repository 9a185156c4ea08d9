#include "scenario/load_scenario.hpp"

#include <map>

#include <gtest/gtest.h>

#include "scenario/diagnostics.hpp"
#include "scenario/toy_kinds.hpp"

namespace lantian {
namespace {

using Files = std::map<std::string, std::string>;

const char* kBase = R"(lantian = 1
[horizon]
start = 2024-01-01
end = 2026-01-01
[pollutants.PM]
unit = "t"
[zones.city]
[districts.east]
zone = "city"
[districts.west]
zone = "city"
[sectors.steel]
[plants.works]
district = "east"
sector = "steel"
[sources.kiln]
plant = "works"
activity = "2 Mt/year"
emits.PM.raw = "5 kg/t"
)";

Scenario load(const std::string& text, Files files = {}) {
  files.emplace("base.toml", kBase);
  files["top.toml"] = text;
  return load_scenario(MemoryFiles(files), "top.toml", toy::kinds());
}

std::string mistakes(const std::string& text, Files files = {}) {
  try {
    load(text, std::move(files));
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

const char* kExtends = "extends = \"base.toml\"\n";

TEST(Load, fills_what_is_not_said) {
  const Scenario scenario = load(kExtends);
  EXPECT_EQ(scenario.id, "top");
  EXPECT_EQ(scenario.name, "top");
  EXPECT_EQ(scenario.sources[0].name, "kiln");
  EXPECT_EQ(scenario.sources[0].activity_unit, "t/year");
  EXPECT_EQ(scenario.sources[0].district, scenario.districts.find("east"));
  EXPECT_EQ(scenario.sources[0].sector, 0u);
  EXPECT_EQ(scenario.output.dimensions.size(), 6u);
  EXPECT_EQ(scenario.output.interval, Interval::month);
  EXPECT_EQ(scenario.price_year, 2024);
  EXPECT_EQ(scenario.pollutants[0].unit_in_base, 1000);
}

TEST(Load, reads_a_published_figure_with_its_range) {
  const Scenario scenario = load(R"(extends = "base.toml"
[plants.works]
production = "1.2 Mt/year"
[published.national]
plants    = ["works"]
pollutant = "PM"
value     = "3.38 kg/t"
low       = "1000 g/t"
high      = "0.0045 t/t"
year      = 2017
source    = "a paper"
)");
  const Published& figure = scenario.published.at("national");
  EXPECT_EQ(figure.name, "national");
  EXPECT_EQ(figure.plants, std::vector<Index>{*scenario.plants.find("works")});
  EXPECT_EQ(figure.pollutant, scenario.pollutants.find("PM"));
  EXPECT_EQ(figure.value.value, 0.00338);
  EXPECT_EQ(figure.low->value, 0.001);
  EXPECT_EQ(figure.high->value, 0.0045);
  EXPECT_EQ(figure.year, 2017);
  EXPECT_EQ(figure.origin.source, "a paper");
}

TEST(Load, takes_a_published_figure_per_what_the_plant_makes) {
  const Scenario scenario = load(R"(extends = "base.toml"
[plants.works]
capacity = "600 MW"
[published.power]
plants    = ["works"]
pollutant = "PM"
value     = "0.03 g/kWh"
year      = 2022
)");
  EXPECT_EQ(scenario.published[0].value.unit, "g/kWh");
  EXPECT_FALSE(scenario.published[0].low);
}

TEST(Load, keeps_every_file_that_it_read) {
  const Scenario scenario = load("extends = \"base.toml\"\n[tables]\nzones = \"data/zones.csv\"\n",
                                 {{"data/zones.csv", "id\nrest\n"}, {"unused.toml", "?"}});
  ASSERT_EQ(scenario.inputs.size(), 3u);
  EXPECT_EQ(scenario.inputs[0].path, "top.toml");
  EXPECT_EQ(scenario.inputs[1].path, "base.toml");
  EXPECT_EQ(scenario.inputs[1].bytes, kBase);
  EXPECT_EQ(scenario.inputs[2].path, "data/zones.csv");
}

TEST(Load, reads_again_from_the_files_that_it_kept) {
  const Scenario first = load(kExtends);
  Files files;
  for (const InputFile& file : first.inputs) {
    files[file.path] = file.bytes;
  }
  const Scenario second = load_scenario(MemoryFiles(files), "top.toml", toy::kinds());
  EXPECT_EQ(second.sources[0].activity.value({}), 2e9);
}

TEST(Extends, merges_plain_tables_and_replaces_arrays_and_distributions_whole) {
  const Scenario scenario = load(R"(extends = "middle.toml"
[profiles.p]
weekdays = [1, 1, 1, 1, 1, 0, 1]
[parameters.x]
value = { uniform = { low = 5, high = 6 } }
[plants.works]
name = "Works"
)",
                                 {{"middle.toml", R"(extends = "base.toml"
[profiles.p]
weekdays = [1, 1, 1, 1, 1, 0, 0]
[parameters.x]
value = { pert = { low = 1, mode = 2, high = 3 } }
)"}});
  EXPECT_EQ(scenario.profiles[0].weekdays[6], 1);
  EXPECT_EQ(scenario.parameters.at("x").bounds.low, 5);
  EXPECT_EQ(scenario.plants[0].name, "Works");
  EXPECT_EQ(scenario.plants[0].district, scenario.districts.find("east"));
}

TEST(Extends, merges_caveats_by_id) {
  const Scenario scenario = load(R"(extends = "middle.toml"
[caveats.totals]
text = "A rough total."
[caveats.compliance]
enabled = false
[caveats.forecast]
text    = "No forecast."
text_zh = "不是预测。"
)",
                                 {{"middle.toml", R"(extends = "base.toml"
[caveats.totals]
text    = "No total."
text_zh = "无总量。"
[caveats.compliance]
text = "No statement on compliance."
)"}});
  ASSERT_EQ(scenario.caveats.size(), 2u);
  EXPECT_EQ(scenario.caveats.at("totals").text, "A rough total.");
  EXPECT_EQ(scenario.caveats.at("totals").text_zh, "无总量。");
  EXPECT_EQ(scenario.caveats.at("forecast").text_zh, "不是预测。");
}

// Both extend base.toml; only a.toml moves the works, and b.toml must not move it back.
TEST(Extends, applies_a_common_ancestor_once_and_first) {
  const Scenario scenario =
      load("extends = [\"a.toml\", \"b.toml\"]\n",
           {{"a.toml", "extends = \"base.toml\"\n[plants.works]\ndistrict = \"west\"\n"},
            {"b.toml", "extends = \"base.toml\"\n[plants.works]\nname = \"W\"\n"}});
  EXPECT_EQ(scenario.plants[0].district, scenario.districts.find("west"));
  EXPECT_EQ(scenario.plants[0].name, "W");
}

TEST(Extends, finds_paths_relative_to_the_file_that_states_them) {
  const Scenario scenario =
      load("extends = \"sub/a.toml\"\n", {{"sub/a.toml", "extends = \"../base.toml\"\n"
                                                         "[tables]\nzones = \"zones.csv\"\n"},
                                          {"sub/zones.csv", "id,name\nrest,Rest\n"}});
  EXPECT_EQ(scenario.zones.at("rest").name, "Rest");
}

TEST(Extends, removes_what_is_not_enabled_and_brings_it_back) {
  const Files files = {{"without.toml", "extends = \"base.toml\"\n"
                                        "[districts.west]\nenabled = false\n"}};
  EXPECT_EQ(load("extends = \"without.toml\"\n", files).districts.size(), 1u);
  EXPECT_EQ(load("extends = \"without.toml\"\n[districts.west]\nenabled = true\n", files)
                .districts.size(),
            2u);
}

TEST(Tables, lie_beneath_the_toml_of_the_same_file) {
  const Scenario scenario = load("extends = \"base.toml\"\n"
                                 "[sources.mill]\nactivity = \"7 t/year\"\n"
                                 "[tables]\nsources = [\"a.csv\", \"b.csv\"]\n",
                                 {{"a.csv", "id,plant,activity,idle\nmill,works,1 t/year,TRUE\n"},
                                  {"b.csv", "id,name\nmill,Mill\nkiln,Kiln\n"}});
  const Source& mill = scenario.sources.at("mill");
  EXPECT_EQ(mill.activity.value({}), 7000);
  EXPECT_TRUE(mill.idle);
  EXPECT_EQ(mill.name, "Mill");
  EXPECT_EQ(scenario.sources.at("kiln").name, "Kiln");
}

TEST(Tables, may_be_nested_ones_beneath_the_toml_of_the_same_file) {
  // kiln's PM comes from the later of two files, its PM25 from the earlier, its capture from TOML
  const Scenario scenario =
      load("extends = \"base.toml\"\n[pollutants.PM25]\nunit = \"t\"\n[sources.kiln]\nactivity = "
           "\"1 t/year\"\n"
           "plant = \"works\"\nemits.PM.capture = 0.5\n"
           "[tables]\n\"sources.kiln.emits\" = [\"a.csv\", \"b.csv\"]\n",
           {{"a.csv", "id,raw\nPM,1 kg/t\nPM25,2 g/t\n"}, {"b.csv", "id,raw\nPM,3 kg/t\n"}});
  const auto& emits = scenario.sources.at("kiln").emits;
  ASSERT_EQ(emits.size(), 2u);
  EXPECT_EQ(emits[0].raw->value({}), 3e-3);
  EXPECT_EQ(emits[0].capture.value({}), 0.5);
  EXPECT_EQ(emits[1].raw->value({}), 2e-6);
}

TEST(Tables, take_the_type_of_a_cell_from_its_field) {
  const Scenario scenario =
      load("extends = \"base.toml\"\n[tables]\nsources = \"s.csv\"\nresources = \"r.csv\"\n"
           "measures = \"m.csv\"\ncontrols = \"c.csv\"\n",
           {{"s.csv", "id,name,plant,activity,trend,controls,emits.PM.raw,emits.PM.capture\n"
                      "mill,12,works,1 t/year,1;0.5,bag;esp,1 kg/t,0.9\n"},
            {"c.csv", "id,efficiency.PM\nbag,0.99\nesp,95 %\n"},
            {"r.csv", "id,kind,capacity\nmen,crews,3\n"},
            {"m.csv", "id,kind,start,source\nf,filter,2024-06-01,kiln\n"}});
  const Source& mill = scenario.sources.at("mill");
  EXPECT_EQ(mill.name, "12");
  EXPECT_EQ(mill.trend, (std::vector<double>{1, 0.5}));
  EXPECT_EQ(mill.controls.size(), 2u);
  EXPECT_EQ(mill.emits[0].capture.value({}), 0.9);
  EXPECT_EQ(scenario.controls.at("esp").efficiency[0].efficiency.value({}), 0.95);
  EXPECT_EQ(scenario.resources.at("men").capacity, 3);
  const auto& plan = dynamic_cast<const toy::Filter&>(*scenario.measures.at("f").plan);
  EXPECT_EQ(plan.start, Time(std::chrono::sys_days(std::chrono::year(2024) / 6 / 1)));
}

// In a parameter field a distribution is drawn once, in a chance field at each use.
TEST(Numbers, become_parameters_or_stay_chance_by_their_field) {
  const Scenario scenario = load(R"(extends = "base.toml"
[measures.f]
kind = "filter"
start = 2024-06-01
source = "kiln"
efficiency = { uniform = { low = 0.5, high = 0.7 } }
[[measures.f.stages]]
id = "works"
duration = { lognormal = { mean = 1, cv = 0.3 }, times = "@months" }
[parameters.months]
value = "2 month"
)");
  const auto& plan = dynamic_cast<const toy::Filter&>(*scenario.measures.at("f").plan);
  ASSERT_EQ(scenario.parameters.size(), 2u);
  const auto index = scenario.parameters.find("measures.f.efficiency");
  ASSERT_TRUE(index);
  EXPECT_EQ(plan.efficiency.parameters(), std::vector<Index>{*index});
  EXPECT_FALSE(plan.efficiency.is_chance());
  const auto values = draw_parameters(scenario.parameters, [](const auto&) { return 0.25; });
  EXPECT_DOUBLE_EQ(plan.efficiency.value(values), 0.55);
  EXPECT_TRUE(plan.stages[0].duration.is_chance());
  EXPECT_DOUBLE_EQ(plan.stages[0].duration.value(values), 2 * 2629746.0);
}

TEST(Numbers, do_not_depend_on_the_order_of_tables) {
  const std::string a = "[parameters.a]\nvalue = { uniform = { low = 1, high = 2 } }\n";
  const std::string b = "[parameters.b]\nvalue = \"@a * 3\"\n";
  const std::string use = "[sources.kiln]\nactivity = \"@b * 1 t/year\"\n";
  for (const std::string& text : {a + b + use, use + b + a, b + use + a}) {
    const Scenario scenario = load(kExtends + text);
    const auto values = draw_parameters(scenario.parameters, [](const auto&) { return 0.5; });
    EXPECT_EQ(scenario.sources[0].activity.value(values), 4500);
    EXPECT_EQ(scenario.parameters[0].id, "a");
  }
}

TEST(Numbers, read_an_empirical_distribution_from_a_column) {
  const Scenario scenario = load("extends = \"base.toml\"\n[parameters.c]\nvalue = { empirical = { "
                                 "file = \"h.csv\", column = \"nox\", unit = \"mg/m3\" } }\n",
                                 {{"h.csv", "hour,nox\n1,30\n2,10\n3,20\n"}});
  const Parameter& c = scenario.parameters.at("c");
  EXPECT_EQ(c.value.dimension(), kConcentration);
  EXPECT_EQ(c.bounds.low, 10e-6);
  EXPECT_EQ(c.bounds.high, 30e-6);
  EXPECT_EQ(scenario.inputs.back().path, "h.csv");
}

// The mistake in @ratio is said once; what refers to it is not blamed.
TEST(Mistakes, are_not_repeated_by_what_refers_to_them) {
  EXPECT_EQ(mistakes("extends = \"base.toml\"\n[parameters.ratio]\nvalue = \"x\"\n"
                     "[sources.kiln]\nactivity = \"@ratio * 1 t/year\"\n"
                     "[measures.f]\nkind = \"filter\"\nstart = 2030-01-01\nsource = \"kiln\"\n"),
            "top.toml:3:9: parameters.ratio.value: 'x' does not begin with a number");
}

TEST(Mistakes, in_a_long_chain_of_parameters_do_not_overflow_the_stack) {
  std::string text = kExtends;
  for (int i = 0; i < 1000; ++i) {
    text +=
        "[parameters.p" + std::to_string(i) + "]\nvalue = \"@p" + std::to_string(i + 1) + "\"\n";
  }
  const std::string found = mistakes(text + "[parameters.p1000]\nvalue = 1\n");
  EXPECT_NE(found.find("parameters refer to one another more than 200 deep"), std::string::npos);
}

// The top file is one, so of a thousand more the last is too many.
TEST(Load, stops_at_a_thousand_files_and_says_where) {
  Files files;
  std::string text = "extends = [\n";
  for (int i = 1; i <= 1001; ++i) {
    const std::string name = std::to_string(i) + ".toml";
    files[name] = "";
    text += "\"" + name + "\",\n";
  }
  EXPECT_EQ(mistakes(text + "\"base.toml\"]\n", files),
            "top.toml:1001:1: extends: the scenario has more than 1000 files: put some "
            "together, or raise the limit with --limit files=1e4");
}

} // namespace
} // namespace lantian

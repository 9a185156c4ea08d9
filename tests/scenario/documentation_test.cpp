// What the field tables say of themselves: schema, reference, explain, and the resolved text.

#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>

#include "scenario/diagnostics.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/reference.hpp"
#include "scenario/schema.hpp"
#include "scenario/toy_kinds.hpp"
#include "source_folder.hpp"

namespace lantian {
namespace {

const std::filesystem::path kGood =
    source_folder() / "tests" / "scenario" / "wrong" / "shared" / "good.toml";

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string resolved(Provenance provenance) {
  return resolved_toml(kGood, toy::kinds(), provenance);
}

TEST(Resolved, loads_as_the_same_scenario_and_resolves_to_itself) {
  const std::string text = resolved(Provenance::hidden);
  const MemoryFiles files({{"good.toml", text}});
  const Scenario first = load_scenario(kGood, toy::kinds());
  const Scenario second = load_scenario(files, "good.toml", toy::kinds());
  EXPECT_EQ(first.sources.size(), second.sources.size());
  EXPECT_EQ(first.parameters.size(), second.parameters.size());
  const auto u = [](const std::string&) { return 0.3; };
  EXPECT_EQ(first.sources[0].activity.value(draw_parameters(first.parameters, u)),
            second.sources[0].activity.value(draw_parameters(second.parameters, u)));
}

TEST(Resolved, says_where_each_value_comes_from) {
  const std::string text = resolved(Provenance::shown);
  EXPECT_TRUE(
      has(text, "\n[plants.longshun]\ndistrict = \"kundulun\" # " + kGood.string() + ":40\n"))
      << text;
  EXPECT_TRUE(has(text, "\n[[measures.filter-sinter.stages]]\nid = \"works\" # "));
  EXPECT_FALSE(has(resolved(Provenance::hidden), "#"));
}

TEST(Schema, forbids_unknown_keys_and_describes_each_kind) {
  const std::string schema = json_schema(toy::kinds());
  EXPECT_TRUE(has(schema, "\"$schema\": \"http://json-schema.org/draft-07/schema#\""));
  EXPECT_TRUE(has(schema, "\"measures.filter\": {"));
  EXPECT_TRUE(has(schema, "\"const\": \"filter\""));
  EXPECT_TRUE(has(schema, "\"additionalProperties\": false"));
  EXPECT_TRUE(has(schema, "#/definitions/source"));
  EXPECT_EQ(schema, json_schema(toy::kinds()));
}

TEST(Reference, has_every_table_and_kind) {
  const std::string text = scenario_reference(toy::kinds());
  for (const char* title :
       {"## `[sources.ID]`", "## `[sources.ID.emits.ID]`", "## `[[carriers.ID.factors.ID]]`",
        "## `[controls.ID.failures]`", "## `[measures.ID]`, kind = \"filter\"", "## Units",
        "## `[[measures.ID.stages]]`"}) {
    EXPECT_TRUE(has(text, title)) << title;
  }
  EXPECT_TRUE(has(text,
                  "| `capture` | number; a plain number or %; from 0 to 1 | default: 1 | Share "
                  "captured and led to the control. |"));
  EXPECT_TRUE(has(text, "- Exactly one of `raw`, `concentration` is given."));
}

TEST(Explain, says_what_a_key_is) {
  EXPECT_EQ(explain("sources.sinter.emits.PM.concentration", toy::kinds()),
            "sources.<id>.emits.<pollutant>.concentration\n"
            "  Mean concentration at the outlet, after control.\n"
            "  type      number\n"
            "  unit      a mass per volume, such as in mg/m3\n"
            "  range     at least 0\n"
            "  given     optional\n");
  EXPECT_EQ(explain("concentration", toy::kinds()),
            explain("sources.emits.concentration", toy::kinds()));
  EXPECT_TRUE(has(explain("measures.filter-sinter.stages[works].duration", toy::kinds()),
                  "number, drawn at each use"));
}

TEST(Explain, knows_kinds_units_and_distributions) {
  EXPECT_TRUE(has(explain("filter", toy::kinds()), "A filter on a source."));
  EXPECT_TRUE(has(explain("units", toy::kinds()), "  Mt         a mass"));
  EXPECT_TRUE(has(explain("lognormal", toy::kinds()), "{ lognormal = { mean = …, cv = … } }"));
  EXPECT_TRUE(has(explain("plants.longshun", toy::kinds()), "capacity"));
  EXPECT_TRUE(has(explain("scenario", toy::kinds()), "horizon"));
}

TEST(Explain, keeps_to_eighty_columns) {
  for (const char* key : {"scenario", "sources", "units", "distributions", "plants", "extends"}) {
    std::istringstream lines(explain(key, toy::kinds()));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(line.size(), 80u) << line;
    }
  }
}

TEST(Explain, suggests_what_was_meant) {
  try {
    explain("activty", toy::kinds());
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "there is no key 'activty'; did you mean 'activity'?");
  }
}

} // namespace
} // namespace lantian

// The committed schema and reference are what the field tables say. LANTIAN_UPDATE_GOLDEN=1 writes
// them anew.

#include "ensemble/kinds.hpp"
#include "scenario/reference.hpp"
#include "scenario/schema.hpp"
#include "source_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace lantian {
namespace {

const std::string kRoot = source_folder().string();

void expect_committed(const std::string& path, const std::string& text) {
  if (std::getenv("LANTIAN_UPDATE_GOLDEN"))
    std::ofstream(kRoot + path) << text;
  std::ifstream file(kRoot + path);
  std::ostringstream committed;
  committed << file.rdbuf();
  EXPECT_EQ(committed.str(), text) << path << " is out of date; run with LANTIAN_UPDATE_GOLDEN=1";
}

TEST(Documents, have_the_schema_that_the_field_tables_give) {
  expect_committed("/scenarios/lantian.schema.json", json_schema(all_kinds()));
}

TEST(Documents, have_the_reference_that_the_field_tables_give) {
  expect_committed("/docs/scenario_reference.md", scenario_reference(all_kinds()));
}

} // namespace
} // namespace lantian

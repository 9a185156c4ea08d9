#include "scenario/toml_reader.hpp"

#include <string>

#include <gtest/gtest.h>

namespace lantian {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) {
    out += text;
  }
  return out;
}

std::string mistake_of(const std::string& text) {
  Diagnostics diagnostics;
  const auto value = read_toml(text, 0, diagnostics);
  EXPECT_EQ(value.has_value(), diagnostics.empty());
  return diagnostics.empty() ? "" : diagnostics.sorted().front().message;
}

TEST(TomlReader, keeps_the_order_and_position_of_keys) {
  Diagnostics diagnostics;
  const auto value = read_toml("b = 1\n[z]\n  a = \"x\"\n[c.d]\n", 3, diagnostics);
  ASSERT_TRUE(value);
  const auto& members = value->as_table()->members();
  ASSERT_EQ(members.size(), 3u);
  EXPECT_EQ(members[0].key, "b");
  EXPECT_EQ(members[2].key, "c");
  const Member& a = *members[1].value.as_table()->member("a");
  EXPECT_EQ(a.key_position.line, 3u);
  EXPECT_EQ(a.key_position.column, 3u);
  EXPECT_EQ(a.value.position.column, 7u);
  EXPECT_EQ(a.value.position.file, 3u);
}

// The parser behind crashes on each of these; the scan refuses them first.
TEST(TomlReader, refuses_hostile_nesting) {
  const char* kTooDeep = "nested deeper than 64 levels";
  EXPECT_EQ(mistake_of("a = " + repeated("[", 200000)), kTooDeep);
  EXPECT_EQ(mistake_of("a = " + repeated("{ b = ", 200000)), kTooDeep);
  EXPECT_EQ(mistake_of(repeated("a.", 1000000) + "a = 1"), kTooDeep);
  EXPECT_EQ(mistake_of("[" + repeated("a.", 100000) + "a]"), kTooDeep);
  EXPECT_EQ(mistake_of(repeated("\"a\" . ", 100000) + "a = 1"), kTooDeep);
  EXPECT_EQ(mistake_of("x = { " + repeated("a.", 40) + "a = { " + repeated("b.", 40) + "b = 1 } }"),
            kTooDeep);
}

TEST(TomlReader, allows_sixty_four_levels_and_brackets_in_texts) {
  EXPECT_EQ(mistake_of("a = " + repeated("[", 64) + repeated("]", 64)), "");
  EXPECT_EQ(mistake_of("a = \"" + repeated("[", 500) + "\" # " + repeated("{", 500)), "");
  EXPECT_EQ(mistake_of("a = '''\n" + repeated("[\n", 500) + "'''\nb = \"\"\"" +
                       repeated("a.", 500) + "\\\"\"\"\""),
            "");
  EXPECT_EQ(mistake_of("a = [" + repeated("0.5, ", 5000) + "]"), "");
}

TEST(TomlReader, refuses_files_above_sixteen_megabytes) {
  const std::string text = "#" + std::string(kLargestToml, ' ');
  EXPECT_EQ(mistake_of(text),
            "the file has 16777217 bytes; at most 16777216 (16 MB) are read: move "
            "bulk data to CSV tables");
}

// Of the cell at column 20, the key b is the 10th character.
TEST(TomlReader, maps_a_value_in_a_cell_to_its_place) {
  Diagnostics diagnostics;
  const auto value = read_toml_value("{ a = 1, b = 2 }", Position{0, 7, 20}, diagnostics);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->position.line, 7u);
  EXPECT_EQ(value->position.column, 20u);
  EXPECT_EQ(value->as_table()->member("b")->key_position.column, 29u);
  EXPECT_FALSE(read_toml_value("{ a = nope }", Position{0, 7, 20}, diagnostics));
  EXPECT_EQ(diagnostics.sorted().front().line, 7u);
}

} // namespace
} // namespace lantian

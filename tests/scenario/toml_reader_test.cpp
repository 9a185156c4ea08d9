#include "scenario/toml_reader.hpp"

#include <string>

#include <gtest/gtest.h>

#include "scenario/toml_text.hpp"

namespace lantian {
namespace {

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

constexpr const char* kTooDeep =
    "nested deeper than 64 levels: make it flatter, or raise the limit "
    "with --limit toml-depth=1e2";

// The parser behind crashes on each of these; the scan refuses them first.
TEST(TomlReader, refuses_hostile_nesting) {
  EXPECT_EQ(toml_mistake("a = " + repeated("[", 200000)), kTooDeep);
  EXPECT_EQ(toml_mistake("a = " + repeated("{ b = ", 200000)), kTooDeep);
  EXPECT_EQ(toml_mistake(repeated("a.", 1000000) + "a = 1"), kTooDeep);
  EXPECT_EQ(toml_mistake("[" + repeated("a.", 100000) + "a]"), kTooDeep);
  EXPECT_EQ(toml_mistake(repeated("\"a\" . ", 100000) + "a = 1"), kTooDeep);
  EXPECT_EQ(
      toml_mistake("x = { " + repeated("a.", 40) + "a = { " + repeated("b.", 40) + "b = 1 } }"),
      kTooDeep);
}

// The scan must not lose sight of where a text ends, or what follows hides from it. Up to two
// quotes may stand before the closing three.
TEST(TomlReader, refuses_hostile_nesting_behind_texts) {
  const std::string deep = ", { " + repeated("a.", 1000) + "a = 1 }]";
  for (const char* text : {R"("""x"""")", R"("""x""""")", "'''x''''", R"("")", R"("""""")",
                           R"("\\")", R"('\')", "\"\"\"\\\n\"\"\"", R"("\"")"}) {
    EXPECT_EQ(toml_mistake("x = [" + std::string(text) + deep), kTooDeep) << text;
    EXPECT_EQ(toml_mistake("x = [" + std::string(text) + ", { a.b = 1 }]"), "") << text;
  }
}

// 包 is one character of three bytes; the line that ends in \ is line 1.
TEST(TomlReader, knows_the_place_of_hostile_nesting) {
  Diagnostics diagnostics;
  read_toml("a = \"\"\"\\\n\"\"\"\n\"包\" = " + repeated("[", 65), 0, diagnostics);
  const Mistake mistake = diagnostics.sorted().front();
  EXPECT_EQ(mistake.line, 3u);
  EXPECT_EQ(mistake.column, 71u); // 6 characters before the brackets
}

TEST(TomlReader, allows_sixty_four_levels_and_brackets_in_texts) {
  EXPECT_EQ(toml_mistake("a = " + repeated("[", 64) + repeated("]", 64)), "");
  EXPECT_EQ(toml_mistake("a = \"" + repeated("[", 500) + "\" # " + repeated("{", 500)), "");
  EXPECT_EQ(toml_mistake("a = '''\n" + repeated("[\n", 500) + "'''\nb = \"\"\"" +
                         repeated("a.", 500) + "\\\"\"\"\""),
            "");
  EXPECT_EQ(toml_mistake("a = [" + repeated("0.5, ", 5000) + "]"), "");
}

TEST(TomlReader, refuses_files_above_sixteen_megabytes) {
  const std::string text = "#" + std::string(ReadLimits{}.toml_size, ' ');
  EXPECT_EQ(toml_mistake(text),
            "the file has 16777217 bytes; at most 16777216 are read: move bulk data to CSV tables, "
            "or raise the limit with --limit toml-size=1e8");
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

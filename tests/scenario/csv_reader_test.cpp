#include "scenario/csv_reader.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lantian {
namespace {

using testing::HasSubstr;

std::vector<std::vector<std::string>> texts(const CsvTable& table) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : table.rows) {
    auto& cells = rows.emplace_back();
    for (const CsvCell& cell : row) {
      cells.push_back(cell.text);
    }
  }
  return rows;
}

std::vector<std::vector<std::string>> rows_of(std::string_view text) {
  Diagnostics diagnostics;
  const auto table = read_csv(text, 0, diagnostics);
  EXPECT_TRUE(diagnostics.empty());
  return table ? texts(*table) : std::vector<std::vector<std::string>>{};
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, reads_quotes_commas_and_line_breaks_inside_quotes) {
  EXPECT_EQ(rows_of("id,name\na,\"Jiyu, old\"\nb,\"say \"\"no\"\"\"\nc,\"two\nlines\"\n"),
            (Rows{{"a", "Jiyu, old"}, {"b", "say \"no\""}, {"c", "two\nlines"}}));
}

TEST(Csv, reads_both_line_endings_a_byte_order_mark_and_no_last_line_break) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBFid,name\r\na,x\r\nb,y"), (Rows{{"a", "x"}, {"b", "y"}}));
}

TEST(Csv, drops_blanks_around_cells_and_blank_lines) {
  EXPECT_EQ(rows_of("id , name\n\n a ,\t x y \n\n"), (Rows{{"a", "x y"}}));
}

TEST(Csv, keeps_empty_cells_at_the_end_of_a_row) {
  EXPECT_EQ(rows_of("id,a,b\nx,,\ny,1,"), (Rows{{"x", "", ""}, {"y", "1", ""}}));
}

// Line 3 because the quoted cell of the first row spans two lines; columns count characters.
TEST(Csv, knows_line_and_column_of_each_cell) {
  Diagnostics diagnostics;
  const auto table = read_csv("id,name,x\n包,\"two\nlines\",1\nb,包头,2\n", 7, diagnostics);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows[0][1].position.line, 2u);
  EXPECT_EQ(table->rows[0][1].position.column, 3u);
  EXPECT_EQ(table->rows[0][2].position.line, 3u);
  EXPECT_EQ(table->rows[1][2].position.line, 4u);
  EXPECT_EQ(table->rows[1][2].position.column, 6u);
  EXPECT_EQ(table->rows[1][2].position.file, 7u);
}

TEST(Csv, makes_nested_tables_of_dotted_columns) {
  Diagnostics diagnostics;
  const auto rows =
      read_csv_rows("id,emits.NOx.raw,emits.PM.raw,idle\na,1 kg/t,,true\n", 0, diagnostics);
  ASSERT_TRUE(rows);
  const TableValue& row = *rows->as_table()->find("a")->as_table();
  EXPECT_EQ(*row.find("emits")->as_table()->find("NOx")->as_table()->find("raw")->as_text(),
            "1 kg/t");
  EXPECT_EQ(row.find("emits")->as_table()->find("PM"), nullptr);
  EXPECT_TRUE(row.find("idle")->is_cell);
}

TEST(Csv, reads_toml_in_a_cell_at_its_place) {
  Diagnostics diagnostics;
  const auto rows = read_csv_rows("id,x\na,\"{ pert = { low = 1, mode = 2 } }\"\n", 0, diagnostics);
  ASSERT_TRUE(rows);
  const Value& x = *rows->as_table()->find("a")->as_table()->find("x");
  EXPECT_FALSE(x.is_cell);
  const TableValue& pert = *x.as_table()->find("pert")->as_table();
  EXPECT_EQ(*pert.find("mode")->as_integer(), 2);
  EXPECT_EQ(x.position.line, 2u);
  EXPECT_EQ(x.position.column, 3u);
}

std::string csv_mistake(std::string_view text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(read_csv(text, 0, diagnostics));
  return diagnostics.empty() ? "" : diagnostics.sorted().front().text();
}

// The first row that is too many is in line 2,000,002, after the header and two million others.
TEST(Csv, stops_at_two_million_rows) {
  std::string text = "id\n";
  for (std::size_t row = 0; row <= ReadLimits{}.rows; ++row) {
    text += "a\n";
  }
  Diagnostics diagnostics;
  EXPECT_TRUE(read_csv(std::string_view(text).substr(0, text.size() - 2), 0, diagnostics));
  EXPECT_EQ(csv_mistake(text),
            ":2000002:1: the table has more than 2000000 rows: split it into several, which one "
            "table may name in an array, or raise the limit with --limit rows=1e7");
}

TEST(Csv, stops_at_ten_thousand_columns) {
  std::string text = "id";
  for (std::size_t column = 1; column <= ReadLimits{}.columns; ++column) {
    text += ",c";
  }
  EXPECT_EQ(csv_mistake(text + "\n"),
            ":1:20002: the table has 10001 columns; at most 10000 are read: give what varies in "
            "rows, or raise the limit with --limit columns=1e5");
}

TEST(Csv, stops_at_the_limits_that_are_set) {
  ReadLimits limits;
  set_limit(limits, "rows", 2);
  set_limit(limits, "columns", 2);
  const auto mistake = [&](std::string_view text) {
    Diagnostics diagnostics;
    read_csv(text, 0, diagnostics, limits);
    return diagnostics.empty() ? "" : diagnostics.sorted().front().text();
  };
  EXPECT_EQ(mistake("id,a\n1,\n2,\n"), "");
  EXPECT_THAT(mistake("id,a\n1,\n2,\n3,\n"), HasSubstr(":4:1: the table has more than 2 rows"));
  EXPECT_THAT(mistake("id,a,b\n"), HasSubstr(":1:6: the table has 3 columns; at most 2 are read"));
  set_limit(limits, "cells", 3);
  EXPECT_THAT(mistake("id,a\n1,\n2,\n"), HasSubstr(":3:1: the table has more than 3 cells"));
}

// A hundred times what is allowed, read to the end of the line to tell how many there are.
TEST(Csv, refuses_a_million_columns) {
  std::string text = "id";
  for (int column = 1; column < 1'000'000; ++column) {
    text += ",c";
  }
  EXPECT_THAT(csv_mistake(text + "\n"), HasSubstr(":1:20002: the table has 1000000 columns"));
}

TEST(Csv, reads_over_ten_million_empty_lines) {
  const std::string text = "id,name\n" + std::string(10'000'000, '\n') + "a,x";
  Diagnostics diagnostics;
  const auto table = read_csv(text, 0, diagnostics);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 1u);
  EXPECT_EQ(table->rows[0][0].position.line, 10'000'002u);
}

TEST(Csv, refuses_what_is_no_text_where_it_stands) {
  EXPECT_THAT(csv_mistake(std::string_view("id,name\n包,a\0b\n", 17)),
              HasSubstr(":2:4: a zero byte"));
  EXPECT_THAT(csv_mistake("\xEF\xBB\xBFid,\xFF\n"), HasSubstr(":1:4: the byte 0xFF is not UTF-8"));
  EXPECT_THAT(csv_mistake("\xFF\xFEi\0d\0"), HasSubstr(":1:1: the file is in UTF-16"));
}

// Overlong "/", half of a surrogate pair, beyond U+10FFFF, cut off; and what is well-formed.
TEST(Csv, takes_only_well_formed_characters) {
  for (const char* wrong : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE5\x8C", "\x80"}) {
    EXPECT_THAT(csv_mistake(std::string("id\n") + wrong), HasSubstr(":2:1: the byte")) << wrong;
  }
  EXPECT_EQ(rows_of("id\n\xF0\x9F\x8F\xAD\xF4\x8F\xBF\xBF\xED\x9F\xBF\n").size(), 1u);
}

TEST(Csv, refuses_columns_nested_deeper_than_toml) {
  std::string name = "a";
  for (int part = 1; part < 1'000'000; ++part) {
    name += ".a";
  }
  EXPECT_EQ(csv_mistake("id," + name + "\n1,2\n"),
            ":1:4: the column's name has more than 64 parts");
}

} // namespace
} // namespace lantian

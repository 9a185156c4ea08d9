#include "scenario/table.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

struct Row {
  std::string id;
  int value = 0;
};

TEST(Table, sorts_rows_by_id_whatever_their_order) {
  const Table<Row> table{{"c", 3}, {"a", 1}, {"b", 2}};
  EXPECT_EQ(table[0].id, "a");
  EXPECT_EQ(table.find("c"), Index{2});
  EXPECT_EQ(table.at("b").value, 2);
}

TEST(Table, finds_nothing_where_there_is_nothing) {
  const Table<Row> table{{"a", 1}, {"c", 3}};
  EXPECT_EQ(table.find("b"), std::nullopt);
  EXPECT_EQ(Table<Row>().find("a"), std::nullopt);
  EXPECT_THROW(table.at("b"), std::out_of_range);
}

TEST(Table, refuses_two_rows_of_one_id) {
  EXPECT_THROW((Table<Row>{{"a", 1}, {"a", 2}}), std::invalid_argument);
}

} // namespace
} // namespace lantian

#include "scenario/field_table.hpp"

#include <gtest/gtest.h>

#include "scenario/cell_types.hpp"
#include "scenario/read_context.hpp"
#include "scenario/toml_reader.hpp"

namespace lantian {
namespace {

enum class Colour { red, green };

struct Common {
  std::string name;
};

struct Part {
  double weight = 0;
};

struct Thing : Common {
  std::optional<std::string> nick;
  std::int64_t count = 0;
  bool flag = false;
  Time date{};
  Duration pause{0};
  double share = 0;
  Colour colour = Colour::red;
  std::vector<Colour> colours;
  std::vector<std::string> words;
  std::vector<double> weights;
  std::optional<Part> part;
  std::vector<Part> parts;
  std::optional<Number> amount;
};

const FieldTable<Common>& common_fields() {
  static const auto fields =
      FieldTable<Common>("common", "").text("name", &Common::name, {.doc = "Name."});
  return fields;
}

const FieldTable<Part>& part_fields() {
  static const auto fields =
      FieldTable<Part>("part", "")
          .fixed("weight", &Part::weight, {.required = true, .dimension = kMass, .low = 0});
  return fields;
}

const FieldTable<Thing>& thing_fields() {
  static const FieldTable<Thing>::Words<Colour> kColours = {{"red", Colour::red},
                                                            {"green", Colour::green}};
  static const auto fields =
      FieldTable<Thing>("thing", "")
          .include(common_fields())
          .text("nick", &Thing::nick, {})
          .integer("count", &Thing::count, {.low = 1, .high = 10})
          .boolean("flag", &Thing::flag, {})
          .date("date", &Thing::date, {})
          .duration("pause", &Thing::pause, {.low = 0})
          .fixed("share", &Thing::share, {.dimension = kDimensionless, .low = 0, .high = 1})
          .choice("colour", &Thing::colour, kColours, {})
          .choices("colours", &Thing::colours, kColours, {})
          .texts("words", &Thing::words, {})
          .fixed_list("weights", &Thing::weights, {.dimension = kMass, .count = 2})
          .table("part", &Thing::part, part_fields(), {})
          .tables("parts", &Thing::parts, part_fields(), {})
          .number("amount", &Thing::amount, {.dimension = kMass, .low = 0, .high = 1000})
          .at_most_one({"part", "parts"})
          .need("flag", "count");
  return fields;
}

//! A thing as read, and what was wrong with it.
struct Result {
  Thing thing;
  std::string mistakes;
};

Result read(const std::string& text) {
  Document document;
  document.files = {{"f", "f", text}};
  Diagnostics diagnostics(&document);
  document.root = *read_toml(text, 0, diagnostics);
  ReadContext context(document, diagnostics);
  TableReader reader(context, document.root, "");
  Result result;
  thing_fields().read(result.thing, reader);
  for (const Mistake& mistake : diagnostics.sorted()) {
    result.mistakes += mistake.text() + "\n";
  }
  return result;
}

TEST(FieldTable, fills_a_member_of_every_type) {
  const Result result = read(R"(name = "n"
nick = "k"
count = 3
flag = true
date = 2024-03-31T12:00:00
pause = "1.5 min"
share = "70 %"
colour = "green"
colours = ["green", "red"]
words = ["a", "b"]
weights = ["1 t", "2 kg"]
part = { weight = "3 kg" }
amount = "0.5 t"
)");
  EXPECT_EQ(result.mistakes, "");
  const Thing& thing = result.thing;
  EXPECT_EQ(thing.name, "n");
  EXPECT_EQ(thing.nick, "k");
  EXPECT_EQ(thing.count, 3);
  EXPECT_TRUE(thing.flag);
  EXPECT_EQ(format_time(thing.date), "2024-03-31 12:00:00");
  EXPECT_EQ(thing.pause, Duration(90));
  EXPECT_EQ(thing.share, 0.7);
  EXPECT_EQ(thing.colour, Colour::green);
  EXPECT_EQ(thing.colours, (std::vector{Colour::green, Colour::red}));
  EXPECT_EQ(thing.words, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(thing.weights, (std::vector<double>{1000, 2}));
  EXPECT_EQ(thing.part->weight, 3);
  EXPECT_EQ(thing.amount->value({}), 500);
}

TEST(FieldTable, leaves_members_alone_that_are_not_given) {
  const Result result = read("");
  EXPECT_EQ(result.mistakes, "");
  EXPECT_FALSE(result.thing.nick);
  EXPECT_FALSE(result.thing.part);
  EXPECT_FALSE(result.thing.amount);
}

TEST(FieldTable, reports_all_mistakes_and_reads_on) {
  const Result result =
      read("count = 11\nnam = \"x\"\nshare = 2\ncolour = \"gren\"\nnick = \"k\"\n");
  EXPECT_EQ(result.mistakes,
            "f:1:9: count: 11 is out of range: must be from 1 to 10\n"
            "f:2:1: nam: unknown key; did you mean 'name'?\n"
            "f:3:9: share: 2 is out of range: must be from 0 to 1\n"
            "f:4:10: colour: must be 'red' or 'green', not 'gren'; did you mean 'green'?\n");
  EXPECT_EQ(result.thing.nick, "k");
}

TEST(FieldTable, checks_rules_between_fields) {
  EXPECT_EQ(read("flag = true\n").mistakes, "f:1:8: flag: needs the key 'count' beside it\n");
  EXPECT_EQ(read("part = { weight = \"1 t\" }\nparts = []\n").mistakes,
            "f:2:9: parts: 'part' and 'parts' exclude each other: give at most one of them\n");
  EXPECT_EQ(read("part = {}\n").mistakes, "f:1:8: part: the key 'weight' is missing\n");
}

TEST(FieldTable, checks_the_support_of_a_distribution) {
  EXPECT_EQ(read("amount = { uniform = { low = \"0.5 t\", high = \"2 t\" } }\n").mistakes,
            "f:1:10: amount: the uniform can be as high as 2000 kg: must be from 0 to 1000 kg\n");
  EXPECT_EQ(read("amount = { lognormal = { mean = \"1 kg\", cv = 1 } }\n").mistakes,
            "f:1:10: amount: the lognormal has no upper bound: must be from 0 to 1000 kg\n");
}

TEST(FieldTable, knows_annotations_in_every_table) {
  EXPECT_EQ(
      read("source = \"s\"\nnote = \"n\"\npart = { weight = \"1 t\", source = \"t\" }\n").mistakes,
      "");
  EXPECT_EQ(read("note = 5\n").mistakes, "f:1:8: note: must be a text in quotes, not an integer\n");
}

// A cell is text until the field says what it is.
TEST(CellTypes, follow_the_field) {
  Value value;
  TableValue table;
  for (const char* key : {"name", "count", "flag", "date", "share", "weights", "nonsense"}) {
    Value cell;
    cell.data = std::string(key == std::string("flag")      ? "true"
                            : key == std::string("date")    ? "2024-03-31"
                            : key == std::string("weights") ? "1 t; 2 kg"
                                                            : "12");
    cell.is_cell = true;
    table.set(key, {}, cell);
  }
  value.data = table;
  type_cells(value, thing_fields());
  const TableValue& typed = *value.as_table();
  EXPECT_EQ(*typed.find("name")->as_text(), "12");
  EXPECT_EQ(*typed.find("count")->as_integer(), 12);
  EXPECT_TRUE(*typed.find("flag")->as_boolean());
  EXPECT_NE(typed.find("date")->as_date(), nullptr);
  EXPECT_EQ(*typed.find("share")->as_integer(), 12);
  EXPECT_EQ(typed.find("weights")->as_array()->size(), 2u);
  EXPECT_EQ(*typed.find("nonsense")->as_text(), "12");
}

} // namespace
} // namespace lantian

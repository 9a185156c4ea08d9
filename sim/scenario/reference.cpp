#include "scenario/reference.hpp"

#include <set>

#include <fmt/format.h>

#include "scenario/annotations.hpp"
#include "scenario/distributions.hpp"
#include "scenario/field_text.hpp"
#include "scenario/format.hpp"

namespace lantian {

namespace {

constexpr const char* kHead = R"(# Scenario reference

Generated from the field tables of `sim/scenario` and of the kinds; do not edit.

A scenario is a TOML file. `extends` names the file or files that it changes: plain tables merge, arrays
and distributions replace whole, `enabled = false` takes a table out. Bulk data stand in CSV files named
in `[tables]`: rows are keyed by the column `id`, a column `emits.NOx.raw` is a nested key, an empty cell
is absent, a cell that begins with `{` or `[` is a TOML value, and a list in a cell is separated by `;`.
A quoted key names a nested table: `"measures.ID.items" = "data/items.csv"`. A table may also be a netCDF-4 file: every axis is a column of its labels, every variable a column, with the unit of its attribute `units`. Files are applied in this order, each once: what is extended, the tables, the file itself. An id has 1
to 100 ASCII letters, digits, `_` and `-`; the order of tables and rows never matters.

)";

constexpr const char* kNumbers = R"(## Numbers

A **number** is a quantity with its unit (`"35 mg/m3"`), a product or quotient of quantities and
parameters (`"35 mg/m3 * @ule-ratio"`), a mix of two (`{ mix = { from = …, to = …, share = … } }`, which
is from + (to - from) x share), or a distribution. `times` multiplies a distribution or a mix:
`{ lognormal = { mean = 1, cv = 0.3 }, times = "@shared" }`.

In most fields a distribution says what is **not known**: it becomes a parameter of its own, drawn once
per parameter draw. In a field marked *drawn at each use* it says what **varies**. Ranges hold for fixed
numbers and for the whole support of distributions. A *fixed quantity* is neither: just a number with
its unit.

)";

std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
    text.insert(at, "\\");
  }
  return text;
}

class ReferenceWriter {
public:
  std::string write(const Format& format) {
    out_ = kHead;
    numbers();
    units();
    annotations();
    table(format.root(), "The file", "");
    return std::move(out_);
  }

private:
  void numbers() {
    out_ += kNumbers;
    out_ += "| distribution | arguments | meaning |\n|---|---|---|\n";
    for (const DistributionSpec& spec : distribution_specs()) {
      std::string forms;
      for (const auto& form : spec.forms) {
        forms += fmt::format("{}`{}`", forms.empty() ? "" : " or ", fmt::join(form, ", "));
      }
      forms += spec.name == "empirical" ? " or `file, column, unit`" : "";
      out_ += fmt::format("| `{}` | {} | {} |\n", spec.name, forms, spec.doc);
    }
    out_ += "\n";
  }

  void units() {
    out_ += "## Units\n\nA closed table; units are joined by `*`, `/` and parentheses, as in "
            "`CNY/(t/year)`. In a rate, a year is the calendar year.\n\n"
            "| unit | what it is | meaning |\n|---|---|---|\n";
    for (const UnitRow& row : unit_table()) {
      out_ += fmt::format("| `{}` | {} | {} |\n", row.name, describe(row.dimension), row.doc);
    }
    out_ += "\n";
  }

  void annotations() {
    out_ += "## In every table\n\n";
    rows(annotation_fields());
  }

  //! What stands in a table, and which keys of it go together.
  void keys(const TableInfo& info) {
    if (!info.infos().empty()) {
      rows(info.infos());
    }
    rules(info);
  }

  void rows(const std::vector<FieldInfo>& fields) {
    out_ += "| key | what | | meaning |\n|---|---|---|---|\n";
    for (const FieldInfo& field : fields) {
      row(field);
    }
    out_ += "\n";
  }

  void row(const FieldInfo& field) {
    std::string what = type_text(field);
    for (const std::string& part :
         {unit_text(field),
          range_text(field.options, field.options.dimension.value_or(Dimension{}))}) {
      what += part.empty() || !is_quantity(field) ? "" : "; " + part;
    }
    const std::string name = field.name == "*" ? "any other key" : "`" + field.name + "`";
    out_ += fmt::format("| {} | {} | {} | {} |\n", name, cell(what), cell(presence_text(field)),
                        cell(field.options.doc));
  }

  void table(const TableInfo& info, const std::string& title, const std::string& path) {
    out_ += fmt::format("## {}\n\n{}\n\n", title, info.doc());
    keys(info);
    for (const FieldInfo& field : info.infos()) {
      below(field, path.empty() ? field.name : path + "." + field.name);
    }
  }

  void rules(const TableInfo& info) {
    std::string text;
    for (const auto& group : info.exactly_one_groups()) {
      text += fmt::format("- Exactly one of `{}` is given.\n", fmt::join(group, "`, `"));
    }
    for (const auto& group : info.at_most_one_groups()) {
      text += fmt::format("- At most one of `{}` is given.\n", fmt::join(group, "`, `"));
    }
    for (const auto& [key, other] : info.needs()) {
      text += fmt::format("- `{}` needs `{}`.\n", key, other);
    }
    out_ += text.empty() ? "" : text + "\n";
  }

  void below(const FieldInfo& field, const std::string& path) {
    switch (field.type) {
    case FieldType::table:
      table(*field.table, fmt::format("`[{}]`", path), path);
      break;
    case FieldType::tables:
      table(*field.table, fmt::format("`[[{}]]`", path), path);
      break;
    case FieldType::keyed_tables:
      table(*field.table, fmt::format("`[{}.ID]`", path), path + ".ID");
      break;
    case FieldType::keyed_lists:
      table(*field.table, fmt::format("`[[{}.ID]]`", path), path + ".ID");
      break;
    case FieldType::kinds:
      table(entry_fields(), fmt::format("`[{}.ID]`", path), path + ".ID");
      for (const Kind& kind : *field.kinds) {
        out_ += fmt::format("## `[{}.ID]`, kind = \"{}\"\n\n{}\n\n", path, kind.name, kind.doc);
        kind_table(*kind.fields, path + ".ID");
      }
      break;
    default:
      break;
    }
  }

  void kind_table(const TableInfo& info, const std::string& path) {
    keys(info);
    for (const FieldInfo& field : info.infos()) {
      if (field.table == nullptr || described_.insert(field.table).second) {
        below(field, path + "." + field.name);
      }
    }
  }

  std::string out_;
  std::set<const TableInfo*> described_; // tables that several kinds share, such as stages
};

} // namespace

std::string scenario_reference(const KindRegistry& kinds) {
  return ReferenceWriter().write(Format(kinds));
}

} // namespace lantian

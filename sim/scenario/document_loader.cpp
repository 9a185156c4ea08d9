#include "scenario/document_loader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenario/csv_reader.hpp"
#include "scenario/empirical_files.hpp"
#include "scenario/file_reader.hpp"
#include "scenario/merge.hpp"
#include "scenario/netcdf_reader.hpp"
#include "scenario/toml_reader.hpp"

namespace lantian {

namespace {

constexpr std::size_t kDeepestExtends = 100; // each is a level of the stack

//! Reads files depth first and merges each once.
class Loader {
public:
  Loader(const InputFiles& files, const ReadLimits& limits, Document& document,
         Diagnostics& diagnostics)
      : reader_(files, limits, document, diagnostics), document_(document),
        diagnostics_(diagnostics) {
    document_.root.data = TableValue{};
  }

  void load(const std::string& path, const Value* stated_at) {
    const auto file = reader_.read(path, stated_at, "extends");
    if (!file) {
      return;
    }
    if (stated_at == nullptr) {
      document_.root.position = {*file, 1, 1};
    }
    auto tree = read_toml(document_.files[*file].bytes, *file, diagnostics_, reader_.limits());
    if (!tree) {
      return;
    }
    under_way_.push_back(path);
    extend(path, *tree);
    under_way_.pop_back();
    done_.push_back(path);
    add_tables(path, *tree);
    tree->as_table()->erase("extends");
    tree->as_table()->erase("tables");
    merge_into(document_.root, std::move(*tree));
  }

private:
  void extend(const std::string& path, const Value& tree) {
    const Value* extends = tree.as_table()->find("extends");
    if (extends == nullptr) {
      return;
    }
    for (const Value* item : texts_of(*extends, "extends")) {
      const auto base = reader_.resolve(path, *item, "extends");
      if (!base || std::find(done_.begin(), done_.end(), *base) != done_.end()) {
        continue;
      }
      const auto loop =
          std::find_if(under_way_.begin(), under_way_.end(),
                       [&](const std::string& path) { return reader_.are_same(path, *base); });
      if (loop != under_way_.end()) {
        report_cycle(*item, {loop, under_way_.end()});
      } else if (under_way_.size() == kDeepestExtends) {
        diagnostics_.error(
            item->position, "extends",
            fmt::format("the files extend each other more than {} deep: put some together",
                        kDeepestExtends));
      } else {
        load(*base, item);
      }
    }
  }

  void report_cycle(const Value& item, std::vector<std::string> files) {
    files.push_back(files.front());
    diagnostics_.error(
        item.position, "extends",
        fmt::format("the files extend each other in a cycle: {}", fmt::join(files, " -> ")));
  }

  void add_tables(const std::string& path, Value& tree) {
    const Value* tables = tree.as_table()->find("tables");
    if (tables == nullptr) {
      return;
    }
    if (tables->as_table() == nullptr) {
      diagnostics_.error(tables->position, "tables",
                         fmt::format("must be a table of file names, not {}", tables->type_name()));
      return;
    }
    const TableValue stated = *tables->as_table(); // what is added may move those of the tree
    for (const Member& member : stated.members()) {
      const std::string key = "tables." + member.key;
      if (member.value.as_table() != nullptr) {
        diagnostics_.error(member.value.position, key,
                           "must be a file name or an array of file names, not a table; the key of "
                           "a nested table stands in quotes, as in \"measures.ID.items\"");
        continue;
      }
      if (has_too_many_parts(member)) {
        continue;
      }
      std::vector<const Value*> names = texts_of(member.value, key);
      if (is_nested(member.key)) {
        std::reverse(names.begin(), names.end()); // each is put below those before it
      }
      for (const Value* item : names) {
        add_table(path, member, *item, key, tree);
      }
    }
  }

  void add_table(const std::string& path, const Member& member, const Value& item,
                 const std::string& key, Value& tree) {
    const auto file_path = reader_.resolve(path, item, key);
    const auto file = file_path ? reader_.read(*file_path, &item, key) : std::nullopt;
    auto rows = file ? rows_of(*file) : std::nullopt;
    if (!rows) {
      return;
    }
    if (is_nested(member.key)) {
      put_below(tree, member.key, 0, member.key_position, std::move(*rows));
      return;
    }
    TableValue wrapped;
    wrapped.set(member.key, member.key_position, std::move(*rows));
    Value value;
    value.data = std::move(wrapped);
    value.position = item.position;
    merge_into(document_.root, std::move(value));
  }

  std::optional<Value> rows_of(std::uint32_t file) {
    const std::string& bytes = document_.files[file].bytes;
    return is_netcdf(bytes) ? read_netcdf_rows(bytes, file, diagnostics_, reader_.limits())
                            : read_csv_rows(bytes, file, diagnostics_, reader_.limits());
  }

  bool has_too_many_parts(const Member& member) {
    const auto dots =
        static_cast<std::uint64_t>(std::count(member.key.begin(), member.key.end(), '.'));
    if (dots < reader_.limits().toml_depth) {
      return false;
    }
    diagnostics_.error(
        member.key_position, "tables",
        fmt::format("the table's name has more than {} parts", reader_.limits().toml_depth));
    return true;
  }

  static bool is_nested(const std::string& table) { return table.find('.') != std::string::npos; }

  //! Puts rows at the key path `key` of `table`, below what the file itself states there. What
  //! leads there and is missing is made, at the position of the key; what is no table stays, and is
  //! reported when it is read.
  static void put_below(Value& table, std::string_view key, int depth, Position position,
                        Value rows) {
    TableValue* members = table.as_table();
    if (members == nullptr) {
      return;
    }
    const std::size_t dot = key.find('.');
    const std::string step(key.substr(0, dot));
    const bool is_last = dot == std::string_view::npos;
    Value* inner = members->find(step);
    if (inner == nullptr) {
      Value fresh;
      fresh.data = TableValue{};
      fresh.position = position;
      inner = &members->set(step, position, is_last ? std::move(rows) : std::move(fresh));
    } else if (is_last) {
      merge_into(rows, std::move(*inner), depth + 1);
      *inner = std::move(rows);
    }
    if (!is_last) {
      put_below(*inner, key.substr(dot + 1), depth + 1, position, std::move(rows));
    }
  }

  //! The texts of a text or an array of texts.
  std::vector<const Value*> texts_of(const Value& value, const std::string& key) {
    std::vector<const Value*> texts;
    const Array* array = value.as_array();
    const std::size_t count = array == nullptr ? 1 : array->size();
    for (std::size_t i = 0; i < count; ++i) {
      const Value& item = array == nullptr ? value : (*array)[i];
      if (item.as_text() != nullptr) {
        texts.push_back(&item);
      } else {
        diagnostics_.error(
            item.position, key,
            fmt::format("must be a file name or an array of file names, not {}", item.type_name()));
      }
    }
    return texts;
  }

  FileReader reader_;
  Document& document_;
  Diagnostics& diagnostics_;
  std::vector<std::string> under_way_;
  std::vector<std::string> done_;
};

} // namespace

void load_document(const InputFiles& files, const std::string& top, const ReadLimits& limits,
                   Document& document, Diagnostics& diagnostics) {
  document.name = std::filesystem::path(top).stem().string();
  Loader(files, limits, document, diagnostics).load(top, nullptr);
  remove_disabled(document);
  FileReader reader(files, limits, document, diagnostics);
  read_empirical_files(document, reader, diagnostics);
}

} // namespace lantian

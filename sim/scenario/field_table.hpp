#pragma once

// A FieldTable<T> is the one declaration of a table of the format: how each key fills a member of
// T, its dimension, range, default and one line of doc. Reading, checking, the JSON Schema, the
// reference and `explain` all come from it.
//
//   const FieldTable<Plant>& plant_fields() {
//     static const auto fields =
//         FieldTable<Plant>("plant", "A works.")
//             .text("name", &Plant::name, {.doc = "Name in English.", .required = true})
//             .reference("district", &Plant::district, {.doc = "Where it is.", .table =
//             "districts"}) .number("capacity", &Plant::capacity, {.doc = "…", .dimension =
//             kMassRate, .low = 0});
//     return fields;
//   }
//
// Members may be std::optional, which tells "not given". A member of a base class works as well.
// Every table may also say where its numbers come from: `source`, `confidence`, `basis` and `note`
// are known in all of them without being declared.

#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "scenario/field_info.hpp"
#include "scenario/table_reader.hpp"

namespace lantian {

namespace detail {
template <class M> struct Bare {
  using type = M;
};
template <class M> struct Bare<std::optional<M>> {
  using type = M;
};
template <class M> using bare_t = typename Bare<M>::type;

//! Sets a member, optional or not, from what was read.
template <class M, class V> void assign(M& member, std::optional<V>&& value) {
  if (value) {
    member = static_cast<bare_t<M>>(std::move(*value));
  }
}

FieldInfo info_of(std::string name, FieldType type, FieldOptions options,
                  const TableInfo* table = nullptr);

template <class M> M& emplace_if_optional(M& member) {
  return member;
}
template <class M> M& emplace_if_optional(std::optional<M>& member) {
  // Not emplace(), which clang refuses for a class that is nested in the one being defined.
  return *(member = M{});
}
} // namespace detail

template <class T> class FieldTable : public TableInfo {
public:
  using Options = FieldOptions;
  template <class M> using Words = std::vector<std::pair<std::string, M>>;

  //! `name` of one row in the reference ("source"), and one sentence on what it is.
  FieldTable(std::string name, std::string doc) : TableInfo(std::move(name), std::move(doc)) {}

  //! Fills `target`, reports every mistake to the reader's context.
  void read(T& target, TableReader& reader) const;

  template <class C, class M> FieldTable& text(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::text, member, read_text, std::move(options));
  }
  template <class C, class M> FieldTable& id(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::id, member, read_id, std::move(options));
  }
  //! An Index into options.table.
  template <class C, class M>
  FieldTable& reference(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::reference, member, read_reference,
                  std::move(options));
  }
  template <class C, class M>
  FieldTable& integer(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::integer, member, read_integer, std::move(options));
  }
  template <class C, class M>
  FieldTable& boolean(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::boolean, member, read_boolean, std::move(options));
  }
  //! A Time; a date is its midnight.
  template <class C, class M> FieldTable& date(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::date, member, read_date, std::move(options));
  }
  //! A std::chrono::month_day, written "10-15".
  template <class C, class M>
  FieldTable& month_day(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::month_day, member, read_month_day,
                  std::move(options));
  }
  //! A fixed Duration in whole seconds.
  template <class C, class M>
  FieldTable& duration(std::string name, M C::* member, Options options) {
    options.dimension = kTime;
    return simple(std::move(name), FieldType::duration, member, read_duration, std::move(options));
  }
  //! A double [base units of options.dimension] with neither parameter nor distribution.
  template <class C, class M> FieldTable& fixed(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::fixed, member, read_fixed, std::move(options));
  }
  //! A Number; a parameter field unless options.chance.
  template <class C, class M> FieldTable& number(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::number, member, read_number, std::move(options));
  }
  template <class C, class M> FieldTable& texts(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::texts, member, read_texts, std::move(options));
  }
  //! A std::vector<Index> into options.table, in the order written.
  template <class C, class M>
  FieldTable& references(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::references, member, read_references,
                  std::move(options));
  }
  //! A std::vector<double>, of options.count items when that is not 0.
  template <class C, class M>
  FieldTable& fixed_list(std::string name, M C::* member, Options options) {
    return simple(std::move(name), FieldType::fixed_list, member, read_fixed_list,
                  std::move(options));
  }
  //! An enum (or any value) by its word.
  template <class C, class M>
  FieldTable& choice(std::string name, M C::* member,
                     std::type_identity_t<Words<detail::bare_t<M>>> words, Options options);
  //! A list of such words: `M` is a vector.
  template <class C, class M>
  FieldTable& choices(std::string name, M C::* member,
                      std::type_identity_t<Words<typename M::value_type>> words, Options options);
  //! Windows of the year, ["03-15 to 11-15"], handed to `make` as std::vector<Season>.
  template <class C, class M, class Make>
  FieldTable& windows(std::string name, M C::* member, Make make, Options options);
  //! A nested table.
  template <class C, class M>
  FieldTable& table(std::string name, M C::* member, const FieldTable<detail::bare_t<M>>& fields,
                    Options options);
  //! A list of tables ([[…]]) into a vector.
  template <class C, class E>
  FieldTable& tables(std::string name, std::vector<E> C::* member,
                     const std::type_identity_t<FieldTable<E>>& fields, Options options);
  //! Tables keyed by id; `key` is the member that takes the key: an Index into options.table, or a
  //! std::string. Sorted by key.
  template <class C, class E, class K>
  FieldTable& keyed_tables(std::string name, std::vector<E> C::* member, K E::* key,
                           const std::type_identity_t<FieldTable<E>>& fields, Options options);
  //! The same, or an integer from 1 to options.high that says how many there are without telling
  //! them apart, which goes to `count`.
  template <class C, class E>
  FieldTable& counted_tables(std::string name, std::vector<E> C::* member, std::string E::* key,
                             std::int64_t C::* count,
                             const std::type_identity_t<FieldTable<E>>& fields, Options options);
  //! Lists of tables keyed by id, [[factors.CO2]], all in one vector; `key` takes the key.
  template <class C, class E, class K>
  FieldTable& keyed_lists(std::string name, std::vector<E> C::* member, K E::* key,
                          const std::type_identity_t<FieldTable<E>>& fields, Options options);
  //! Numbers keyed by references to options.table: elements are made as E{Index, Number}.
  template <class C, class E>
  FieldTable& keyed_numbers(std::string name, std::vector<E> C::* member, Options options);
  //! All fields of a base class's table.
  template <class B> FieldTable& include(const FieldTable<B>& fields);
  //! All fields of a member's table, written without a table of their own.
  template <class C, class B> FieldTable& include(const FieldTable<B>& fields, B C::* member);
  //! A field that is read by a function of yours; `info` says what it is.
  FieldTable& custom(FieldInfo info, std::function<void(T&, const FieldInput&)> read);
  //! Exactly one of these keys must be given.
  FieldTable& exactly_one(std::vector<std::string> keys);
  //! At most one of these keys may be given.
  FieldTable& at_most_one(std::vector<std::string> keys);
  //! Where `key` is given, `other` must be as well.
  FieldTable& need(std::string key, std::string other);
  //! A check within the table, run after reading it: reader.error("end", "…").
  FieldTable& check(std::function<void(const T&, TableReader&)> check);
  //! A step that fills in defaults after reading.
  FieldTable& then(std::function<void(T&, TableReader&)> step);

private:
  template <class> friend class FieldTable;
  using Read = std::function<void(T&, const FieldInput&)>;

  template <class C, class M, class F>
  FieldTable& simple(std::string name, FieldType type, M C::* member, F* read, Options options) {
    static_assert(std::derived_from<T, C>);
    return custom(detail::info_of(std::move(name), type, std::move(options)),
                  [member, read](T& target, const FieldInput& input) {
                    detail::assign(target.*member, read(input));
                  });
  }

  std::vector<Read> reads_; //!< as infos_
  std::vector<std::function<void(T&, TableReader&)>> steps_;
};

} // namespace lantian

#include "scenario/field_table_impl.hpp"

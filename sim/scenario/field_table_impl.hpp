#pragma once

// Definitions of FieldTable's templates; included by field_table.hpp only.

#include "scenario/field_table.hpp"

#include <algorithm>
#include <cstddef>

namespace lantian {

template <class T> void FieldTable<T>::read(T& target, TableReader& reader) const {
  reader.check_keys(*this);
  for (std::size_t i = 0; i < infos_.size(); ++i) {
    const FieldInfo& info = infos_[i];
    if (info.name == "*") {
      for (const Member* member : reader.others(*this)) {
        reads_[i](target, reader.input(info, *member));
      }
    } else if (const Value* value = reader.find(info.name)) {
      reads_[i](target, reader.input(info, *value));
    }
  }
  for (const auto& step : steps_) {
    step(target, reader);
  }
}

namespace detail {
template <class M>
FieldInfo info_of_words(std::string name, FieldType type, FieldOptions options,
                        const std::vector<std::pair<std::string, M>>& words) {
  FieldInfo info = info_of(std::move(name), type, std::move(options));
  for (const auto& word : words) {
    info.choices.push_back(word.first);
  }
  return info;
}

//! The key of a map entry: an id as text, or a reference.
inline std::optional<std::string> key_as(const FieldInput&, const std::string& key, std::string*) {
  return key;
}
inline std::optional<Index> key_as(const FieldInput& input, const std::string& key, Index*) {
  return read_key(input, key);
}
} // namespace detail

template <class T>
template <class C, class M>
FieldTable<T>& FieldTable<T>::choice(std::string name, M C::* member,
                                     std::type_identity_t<Words<detail::bare_t<M>>> words,
                                     Options options) {
  FieldInfo info =
      detail::info_of_words(std::move(name), FieldType::choice, std::move(options), words);
  return custom(std::move(info),
                [member, words = std::move(words)](T& target, const FieldInput& input) {
                  if (const auto choice = read_choice(input)) {
                    target.*member = words[*choice].second;
                  }
                });
}

template <class T>
template <class C, class M>
FieldTable<T>& FieldTable<T>::choices(std::string name, M C::* member,
                                      std::type_identity_t<Words<typename M::value_type>> words,
                                      Options options) {
  FieldInfo info =
      detail::info_of_words(std::move(name), FieldType::choices, std::move(options), words);
  return custom(std::move(info),
                [member, words = std::move(words)](T& target, const FieldInput& input) {
                  if (const auto chosen = read_choices(input)) {
                    (target.*member).clear();
                    for (const std::size_t choice : *chosen) {
                      (target.*member).push_back(words[choice].second);
                    }
                  }
                });
}

template <class T>
template <class C, class M, class Make>
FieldTable<T>& FieldTable<T>::windows(std::string name, M C::* member, Make make, Options options) {
  return custom(detail::info_of(std::move(name), FieldType::windows, std::move(options)),
                [member, make](T& target, const FieldInput& input) {
                  if (auto windows = read_windows(input)) {
                    target.*member = make(std::move(*windows));
                  }
                });
}

template <class T>
template <class C, class M>
FieldTable<T>& FieldTable<T>::table(std::string name, M C::* member,
                                    const FieldTable<detail::bare_t<M>>& fields, Options options) {
  return custom(detail::info_of(std::move(name), FieldType::table, std::move(options), &fields),
                [member, &fields](T& target, const FieldInput& input) {
                  if (auto reader = nested_table(input)) {
                    fields.read(detail::emplace_if_optional(target.*member), *reader);
                  }
                });
}

template <class T>
template <class C, class E>
FieldTable<T>& FieldTable<T>::tables(std::string name, std::vector<E> C::* member,
                                     const std::type_identity_t<FieldTable<E>>& fields,
                                     Options options) {
  return custom(detail::info_of(std::move(name), FieldType::tables, std::move(options), &fields),
                [member, &fields](T& target, const FieldInput& input) {
                  for (TableReader& reader : list_items(input)) {
                    fields.read((target.*member).emplace_back(), reader);
                  }
                });
}

template <class T>
template <class C, class E, class K>
FieldTable<T>& FieldTable<T>::keyed_tables(std::string name, std::vector<E> C::* member, K E::* key,
                                           const std::type_identity_t<FieldTable<E>>& fields,
                                           Options options) {
  return custom(
      detail::info_of(std::move(name), FieldType::keyed_tables, std::move(options), &fields),
      [member, key, &fields](T& target, const FieldInput& input) {
        auto items = keyed_items(input);
        std::vector<E>& elements = target.*member;
        elements.reserve(elements.size() + items.size());
        for (auto& [word, reader] : items) {
          E& element = elements.emplace_back();
          const FieldInput whole = reader.whole(input.info);
          if (auto read = detail::key_as(whole, word, static_cast<K*>(nullptr))) {
            element.*key = std::move(*read);
          }
          fields.read(element, reader);
        }
      });
}

template <class T>
template <class C, class E>
FieldTable<T>& FieldTable<T>::counted_tables(std::string name, std::vector<E> C::* member,
                                             std::string E::* key, std::int64_t C::* count,
                                             const std::type_identity_t<FieldTable<E>>& fields,
                                             Options options) {
  options.low = 1;
  options.or_count = true;
  return custom(
      detail::info_of(std::move(name), FieldType::keyed_tables, std::move(options), &fields),
      [member, key, count, &fields](T& target, const FieldInput& input) {
        if (input.value.as_table() == nullptr) {
          detail::assign(target.*count, read_integer(input));
          return;
        }
        for (auto& [word, reader] : keyed_items(input)) {
          E& element = (target.*member).emplace_back();
          element.*key = word;
          fields.read(element, reader);
        }
      });
}

template <class T>
template <class C, class E, class K>
FieldTable<T>& FieldTable<T>::keyed_lists(std::string name, std::vector<E> C::* member, K E::* key,
                                          const std::type_identity_t<FieldTable<E>>& fields,
                                          Options options) {
  return custom(
      detail::info_of(std::move(name), FieldType::keyed_lists, std::move(options), &fields),
      [member, key, &fields](T& target, const FieldInput& input) {
        for (const auto& [word, list] : keyed_values(input)) {
          const auto read = detail::key_as(list, word, static_cast<K*>(nullptr));
          for (TableReader& reader : list_items(list)) {
            E& element = (target.*member).emplace_back();
            if (read) {
              element.*key = *read;
            }
            fields.read(element, reader);
          }
        }
      });
}

template <class T>
template <class C, class E>
FieldTable<T>& FieldTable<T>::keyed_numbers(std::string name, std::vector<E> C::* member,
                                            Options options) {
  return custom(detail::info_of(std::move(name), FieldType::keyed_numbers, std::move(options)),
                [member](T& target, const FieldInput& input) {
                  if (auto numbers = read_keyed_numbers(input)) {
                    for (auto& [index, number] : *numbers) {
                      (target.*member).push_back(E{index, std::move(number)});
                    }
                  }
                });
}

template <class T>
template <class B>
FieldTable<T>& FieldTable<T>::include(const FieldTable<B>& fields) {
  static_assert(std::derived_from<T, B>);
  for (std::size_t i = 0; i < fields.infos_.size(); ++i) {
    custom(fields.infos_[i],
           [read = fields.reads_[i]](T& target, const FieldInput& input) { read(target, input); });
  }
  for (const auto& step : fields.steps_) {
    steps_.push_back([step](T& target, TableReader& reader) { step(target, reader); });
  }
  include_rules(fields);
  return *this;
}

template <class T>
template <class C, class B>
FieldTable<T>& FieldTable<T>::include(const FieldTable<B>& fields, B C::* member) {
  static_assert(std::derived_from<T, C>);
  for (std::size_t i = 0; i < fields.infos_.size(); ++i) {
    custom(fields.infos_[i], [read = fields.reads_[i], member](T& target, const FieldInput& input) {
      read(target.*member, input);
    });
  }
  for (const auto& step : fields.steps_) {
    steps_.push_back(
        [step, member](T& target, TableReader& reader) { step(target.*member, reader); });
  }
  include_rules(fields);
  return *this;
}

template <class T> FieldTable<T>& FieldTable<T>::custom(FieldInfo info, Read read) {
  infos_.push_back(std::move(info));
  reads_.push_back(std::move(read));
  return *this;
}

template <class T> FieldTable<T>& FieldTable<T>::exactly_one(std::vector<std::string> keys) {
  exactly_one_.push_back(std::move(keys));
  return *this;
}

template <class T> FieldTable<T>& FieldTable<T>::at_most_one(std::vector<std::string> keys) {
  at_most_one_.push_back(std::move(keys));
  return *this;
}

template <class T> FieldTable<T>& FieldTable<T>::need(std::string key, std::string other) {
  needs_.emplace_back(std::move(key), std::move(other));
  return *this;
}

template <class T>
FieldTable<T>& FieldTable<T>::check(std::function<void(const T&, TableReader&)> check) {
  steps_.push_back(std::move(check));
  return *this;
}

template <class T> FieldTable<T>& FieldTable<T>::then(std::function<void(T&, TableReader&)> step) {
  steps_.push_back(std::move(step));
  return *this;
}

} // namespace lantian

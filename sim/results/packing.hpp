#pragma once
//! Numbers and texts as bytes, as they are in memory: for what travels between processes of one
//! build. A text or array is its length (64 bits) and its bytes.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernel/error.hpp"

namespace lantian {

//! `Bytes` takes what is packed: append(std::string_view).
template <class Bytes> class PackingTo {
public:
  explicit PackingTo(Bytes bytes) : bytes_(std::move(bytes)) {}

  template <class Number> void number(Number value) {
    static_assert(std::is_trivially_copyable_v<Number>);
    bytes_.append(std::string_view(reinterpret_cast<const char*>(&value), sizeof value));
  }

  void text(std::string_view text) {
    number<std::uint64_t>(text.size());
    bytes_.append(text);
  }

  template <class Number> void array(const std::vector<Number>& values) {
    text({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Number)});
  }

  void texts(const std::vector<std::string>& values) {
    number<std::uint64_t>(values.size());
    for (const std::string& value : values)
      text(value);
  }

protected:
  Bytes bytes_;
};

class Packer : public PackingTo<std::string> {
public:
  //! `room`: bytes that will come, about; copying them when they outgrow it takes time.
  explicit Packer(std::string_view start = {}, std::size_t room = 0) : PackingTo(std::string()) {
    bytes_.reserve(start.size() + room);
    bytes_ = start;
  }

  //! Appends a digest of bytes().
  void seal(std::string_view digest) { bytes_.append(digest); }

  const std::string& bytes() const { return bytes_; }
  std::string take() && { return std::move(bytes_); }
};

//! Bytes that are not what a Packer wrote, though their digest may match.
class PackingError : public UsageError {
public:
  PackingError() : UsageError("the bytes are not what they say they are") {}
};

//! Believes no length: a text, array or list ends within the bytes, or PackingError is thrown.
class Unpacker {
public:
  explicit Unpacker(std::string_view bytes) : left_(bytes) {}

  template <class Number> Number number() {
    Number value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string_view text() { return take(number<std::uint64_t>()); }

  template <class Number> std::vector<Number> array() {
    const std::string_view bytes = text();
    require(bytes.size() % sizeof(Number) == 0);
    std::vector<Number> values(bytes.size() / sizeof(Number));
    if (!values.empty())
      std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
  }

  //! Length of a list whose items take 8 bytes or more each.
  std::size_t count() {
    const auto items = number<std::uint64_t>();
    require(items <= left_.size() / sizeof items);
    return items;
  }

  std::vector<std::string> texts() {
    std::vector<std::string> values(count());
    for (std::string& value : values)
      value = text();
    return values;
  }

  //! What was not read yet.
  std::string_view rest() const { return left_; }

private:
  static void require(bool holds) {
    if (!holds)
      throw PackingError();
  }

  std::string_view take(std::size_t length) {
    require(length <= left_.size());
    const std::string_view taken = left_.substr(0, length);
    left_.remove_prefix(length);
    return taken;
  }

  std::string_view left_;
};

} // namespace lantian

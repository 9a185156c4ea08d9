#include "results/checks.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

#include "results/sha256.hpp"

namespace lantian {
namespace {

constexpr std::string_view kChecksMagic = "lantian checks 1";
constexpr std::size_t kNumber = 8;
constexpr std::size_t kTail = kDigestLength + kNumber + kDigestLength + kChecksMagic.size();
constexpr std::size_t kReadAtOnce = 1 << 20;

[[noreturn]] void fail(const char* action) {
  throw std::system_error(errno, std::generic_category(), action);
}

std::uint64_t size_of(int descriptor) {
  struct stat status{};
  if (fstat(descriptor, &status) != 0) {
    fail("stat");
  }
  return static_cast<std::uint64_t>(status.st_size);
}

std::string read_at(int descriptor, std::uint64_t address, std::size_t length) {
  std::string bytes(length, '\0');
  std::size_t done = 0;
  while (done < length) {
    const ssize_t got =
        pread(descriptor, bytes.data() + done, length - done, static_cast<off_t>(address + done));
    if (got < 0 && errno != EINTR) {
      fail("read");
    }
    if (got == 0) { // cut short meanwhile: the rest stays zero and will not match
      break;
    }
    done += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  return bytes;
}

void write_at(int descriptor, std::uint64_t address, const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put = pwrite(descriptor, bytes.data() + done, bytes.size() - done,
                               static_cast<off_t>(address + done));
    if (put < 0 && errno != EINTR) {
      fail("write");
    }
    done += put > 0 ? static_cast<std::size_t>(put) : 0;
  }
}

std::string little_endian(std::uint64_t number) {
  std::string bytes;
  for (std::size_t i = 0; i < kNumber; ++i) {
    bytes += static_cast<char>(number >> (8 * i) & 0xff);
  }
  return bytes;
}

std::uint64_t number_at(const std::string& bytes, std::size_t position) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kNumber; ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(bytes[position + i])} << (8 * i);
  }
  return number;
}

// Digest of all bytes before `end` that lie outside the extents.
std::string digest_outside(int descriptor, const Extents& extents, std::uint64_t end) {
  Sha256 hash;
  std::uint64_t at = 0;
  const auto add_until = [&](std::uint64_t stop) {
    while (at < stop) {
      const std::uint64_t piece = std::min<std::uint64_t>(kReadAtOnce, stop - at);
      hash.add(read_at(descriptor, at, piece));
      at += piece;
    }
  };
  for (const auto& [address, length] : extents) {
    add_until(std::min(address, end));
    at = std::max(at, std::min(address + length, end));
  }
  add_until(end);
  return hash.digest();
}

std::string table_of(const Extents& extents) {
  std::string table;
  for (const auto& [address, length] : extents) {
    table += little_endian(address) + little_endian(length);
  }
  return table;
}

} // namespace

void drop_extent(Extents& extents, std::uint64_t address, std::uint64_t length) {
  auto first = extents.lower_bound(address);
  if (first != extents.begin() && std::prev(first)->first + std::prev(first)->second > address) {
    --first;
  }
  extents.erase(first, extents.lower_bound(address + length));
}

void add_extent(Extents& extents, std::uint64_t address, std::uint64_t length) {
  drop_extent(extents, address, length);
  const auto after = extents.lower_bound(address);
  if (after != extents.begin()) {
    auto& [start, size] = *std::prev(after);
    if (start + size == address) {
      size += length;
      return;
    }
  }
  extents.emplace_hint(after, address, length);
}

void append_checks(int descriptor, const Extents& values) {
  const std::uint64_t end = size_of(descriptor);
  const std::string body =
      table_of(values) + digest_outside(descriptor, values, end) + little_endian(values.size());
  write_at(descriptor, end, body + sha256(body) + std::string(kChecksMagic));
}

Soundness compare_with_checks(int descriptor) {
  const std::uint64_t size = size_of(descriptor);
  if (size < kTail) {
    return Soundness::without_checks;
  }
  const std::string tail = read_at(descriptor, size - kTail, kTail);
  if (!tail.ends_with(kChecksMagic)) {
    return Soundness::without_checks;
  }
  const std::uint64_t count = number_at(tail, kDigestLength);
  if (count > (size - kTail) / (2 * kNumber)) {
    return Soundness::damaged;
  }
  const std::uint64_t end = size - kTail - count * 2 * kNumber;
  const std::string table = read_at(descriptor, end, count * 2 * kNumber);
  const std::string body = table + tail.substr(0, kDigestLength + kNumber);
  if (sha256(body) != tail.substr(kDigestLength + kNumber, kDigestLength)) {
    return Soundness::damaged;
  }
  Extents values;
  for (std::size_t i = 0; i < count; ++i) {
    values[number_at(table, i * 2 * kNumber)] = number_at(table, i * 2 * kNumber + kNumber);
  }
  return digest_outside(descriptor, values, end) == tail.substr(0, kDigestLength)
             ? Soundness::sound
             : Soundness::damaged;
}

} // namespace lantian

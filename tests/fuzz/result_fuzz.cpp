// Result files that were damaged: either the reader says so, or nothing that it reads has changed.
//
// The bytes are damages to a sound file, one after the other: where (4 bytes), how many bytes
// follow (1 byte, at most 8), and these. The last position means that the file ends there. Damage
// within the values is under Fletcher-32 checksums of libhdf5, which miss some on purpose; what
// they must find is damage to one 16-bit word, unless 0000 becomes ffff or the other way round.

#include <algorithm>

#include "fuzz/memory_file.hpp"
#include "fuzz/property.hpp"
#include "fuzz/reading_all.hpp"
#include "results/sample.hpp"
#include "results/temporary_folder.hpp"

#include <fstream>
#include <iterator>

namespace lantian::fuzz {
namespace {

struct Sound {
  std::string bytes;
  std::string content;

  explicit Sound(bool deflate) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "sound.h5";
    sample::write(path, {.block = 4, .deflate = deflate});
    std::ifstream stream(path, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(stream), {});
    content = everything_in(path);
  }
};

std::uint32_t number(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return value;
}

std::string damaged(std::string bytes, std::string_view damages) {
  while (damages.size() > 5 && !bytes.empty()) {
    const std::size_t at = number(damages) % (bytes.size() + 1);
    const std::size_t count = std::min<std::size_t>(damages[4] & 7, damages.size() - 5);
    if (count == 0 || at == bytes.size()) {
      bytes.resize(at);
    }
    for (std::size_t i = 0; i < count && at + i < bytes.size(); ++i) {
      bytes[at + i] = damages[5 + i];
    }
    damages.remove_prefix(5 + count);
  }
  return bytes;
}

//! True where the damage is such that any checksum finds it.
bool must_be_found(const std::string& sound, const std::string& bytes) {
  if (bytes.size() != sound.size()) {
    return true;
  }
  const auto first = std::mismatch(sound.begin(), sound.end(), bytes.begin()).first;
  const auto last = std::mismatch(sound.rbegin(), sound.rend(), bytes.rbegin()).first.base();
  if (first == sound.end()) {
    return false;
  }
  const auto begin = static_cast<std::size_t>(first - sound.begin()) / 2 * 2;
  const auto end = static_cast<std::size_t>(last - sound.begin());
  const std::string was = sound.substr(begin, 2);
  const std::string is = bytes.substr(begin, 2);
  const auto is_blank = [](const std::string& word) {
    return word == std::string(2, '\0') || word == std::string(2, '\xff');
  };
  return end - begin <= 2 && !(is_blank(was) && is_blank(is));
}

void check(const Sound& sound, std::string_view damages) {
  const std::string bytes = damaged(sound.bytes, damages);
  const MemoryFile file(bytes);
  try {
    const std::string content = everything_in(file.path());
    require(content == sound.content || !must_be_found(sound.bytes, bytes),
            "damage is found, or nothing that is read has changed");
  } catch (const ResultFileError& error) {
    require(bytes != sound.bytes, "a sound file can be read", error.what());
  }
}

} // namespace
} // namespace lantian::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const lantian::fuzz::Sound plain(0);
  static const lantian::fuzz::Sound packed(1);
  if (size > 0) {
    lantian::fuzz::check(data[0] % 2 == 0 ? plain : packed,
                         lantian::fuzz::text_of(data + 1, size - 1));
  }
  return 0;
}

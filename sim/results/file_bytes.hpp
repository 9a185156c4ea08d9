#pragma once
//! Whole files as bytes, with every failure of the system told.

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace lantian {

//! What is written at once [bytes]: single writes of megabytes are several times slower on some
//! systems.
inline constexpr std::size_t kPieceOfFile = 256 * 1024;

//! An open file or folder, closed at the end of the scope; negative where opening it has failed.
class Descriptor {
public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

private:
  int number_;
};

//! Whether what is open still has this name.
bool is_same_file(int descriptor, const std::filesystem::path& path);

//! Appends to an open file, in pieces. Throws OutputError in the name of `path`.
void append_bytes(int descriptor, std::string_view bytes, const std::filesystem::path& path);

//! Waits until an open file or folder is on the disk. Throws OutputError in the name of `path`.
void synchronise(int descriptor, const std::filesystem::path& path);

//! The bytes of a file; nothing where there is none. Throws OutputError where it cannot be read.
std::optional<std::string> bytes_of_file(const std::filesystem::path& path);

} // namespace lantian

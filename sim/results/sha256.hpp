#pragma once
//! SHA-256 (FIPS 180-4) of bytes that come in pieces, by OpenSSL.

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace lantian {

inline constexpr std::size_t kDigestLength = 64; //!< lower-case hexadecimal digits

class Sha256 {
public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  ~Sha256();

  void add(std::span<const std::byte> bytes);
  void add(std::string_view text);

  //! The digest of all that was added, kDigestLength digits. Call it once, at the end.
  std::string digest();

private:
  struct State;
  std::unique_ptr<State> state_;
};

//! Digest of one text.
std::string sha256(std::string_view text);

} // namespace lantian

#include "results/sha256.hpp"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace lantian {
namespace {

void require_success(int success) {
  if (success != 1) {
    throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
}

} // namespace

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  &EVP_MD_CTX_free};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  require_success(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::span<const std::byte> bytes) {
  require_success(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

void Sha256::add(std::string_view text) {
  add(std::as_bytes(std::span(text)));
}

std::string Sha256::digest() {
  std::array<unsigned char, 32> bytes{};
  unsigned length = 0;
  require_success(EVP_DigestFinal_ex(state_->context.get(), bytes.data(), &length));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string sha256(std::string_view text) {
  Sha256 hash;
  hash.add(text);
  return hash.digest();
}

} // namespace lantian

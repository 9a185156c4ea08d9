#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace lantian {

//! What a caller must see to; throws std::invalid_argument with the message where it does not hold.
inline void require(bool holds, std::string_view message) {
  if (!holds)
    throw std::invalid_argument(std::string(message));
}

} // namespace lantian

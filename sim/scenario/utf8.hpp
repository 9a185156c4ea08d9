#pragma once

// Whether bytes are text in UTF-8, and how many characters that is.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "scenario/value.hpp"

namespace lantian {

//! Where the first byte stands that begins no character of text: what is not well-formed UTF-8 (The
//! Unicode Consortium, The Unicode Standard 15.0, 2022, table 3-7), or NUL. npos where there is
//! none.
std::size_t first_no_text(std::string_view bytes);

//! Characters of well-formed text.
std::size_t characters(std::string_view text);

//! Line and column of a byte.
Position position_at(std::string_view text, std::size_t byte, std::uint32_t file);

//! What is wrong with bytes that are no text from `at` on, and how to mend it.
std::string no_text_reason(std::string_view bytes, std::size_t at);

} // namespace lantian

#pragma once

// Which accounts of an emission are direct: those that the sources themselves let out.

#include <cstddef>

namespace lantian {

inline constexpr std::size_t kDirectAccounts = 2; //!< stack and fugitive come first

} // namespace lantian

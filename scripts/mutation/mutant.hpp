#pragma once
//! `::mutant(17)`: whether this process is to behave as mutant 17. The number is in the environment
//! variable LANTIAN_MUTANT; where LANTIAN_REACHED names a file instead, the mutant's byte in it is
//! set to 1, and the program is as it was. What the compiler evaluates is as it was, always.

#include <type_traits>

namespace lantian_mutation {
extern int active;             //!< 0: none; below 0: record what is reached.
extern unsigned char* reached; //!< The file's bytes, shared, so that a crash loses none.
} // namespace lantian_mutation

constexpr bool mutant(int number) noexcept {
  if (std::is_constant_evaluated()) {
    return false;
  }
  if (lantian_mutation::active >= 0) [[likely]] {
    return lantian_mutation::active == number;
  }
  lantian_mutation::reached[number] = 1;
  return false;
}

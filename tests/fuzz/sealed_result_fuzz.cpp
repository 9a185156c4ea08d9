// Result files that someone made up and sealed: any bytes, with checks at their end that match.
// What libhdf5 reads then is whatever the fuzzer thinks of. No promise but that Lantian's own code
// does not crash; libhdf5 1.10 itself does (docs/reliability.md), so CI leaves this target out.

#include "fuzz/memory_file.hpp"
#include "fuzz/property.hpp"
#include "fuzz/reading_all.hpp"
#include "results/checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const lantian::fuzz::MemoryFile file(lantian::fuzz::text_of(data, size));
  lantian::append_checks(file.descriptor(), {});
  try {
    lantian::fuzz::everything_in(file.path());
  } catch (const lantian::ResultFileError& error) {
    lantian::fuzz::require(*error.what() != '\0', "a file that is refused has a reason");
  }
  return 0;
}

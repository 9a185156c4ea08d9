#include <cstdlib>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lantian_mutation {

int active = 0;
unsigned char* reached = nullptr;

static void limit(decltype(RLIMIT_AS) what, rlim_t most) {
  const rlimit both = {most, most};
  setrlimit(what, &both);
}

// A mutant may go on for ever, or ask for more and more memory. Time is that of the processor, so
// that a busy machine kills no mutant.
static void limit_use() {
  limit(RLIMIT_AS, rlim_t{4} << 30);
  limit(RLIMIT_CORE, 0);
  if (const char* const seconds = std::getenv("LANTIAN_SECONDS")) {
    limit(RLIMIT_CPU, static_cast<rlim_t>(std::atoi(seconds)));
  }
}

// Before every other initialisation, since those hold mutants too.
[[gnu::constructor(101)]] static void choose() {
  if (const char* const number = std::getenv("LANTIAN_MUTANT")) {
    active = std::atoi(number);
    limit_use();
  }
  if (const char* const path = std::getenv("LANTIAN_REACHED")) {
    const int file = open(path, O_RDWR);
    struct stat status = {};
    if (file < 0 || fstat(file, &status) != 0) {
      std::abort();
    }
    void* const bytes = mmap(nullptr, static_cast<std::size_t>(status.st_size),
                             PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (bytes == MAP_FAILED) {
      std::abort();
    }
    reached = static_cast<unsigned char*>(bytes);
    active = -1;
  }
}

} // namespace lantian_mutation

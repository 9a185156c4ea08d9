// Writes the sample result to a path, for tests in other languages: lantian_write_sample OUT.h5
#include <cstdio>
#include <exception>

#include "results/sample.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: lantian_write_sample OUT.h5\n", stderr);
    return 2;
  }
  try {
    lantian::sample::write(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 4;
  }
  return 0;
}

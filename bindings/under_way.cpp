#include "under_way.hpp"

#include <atomic>

#include <pthread.h>

#include "kernel/error.hpp"

namespace lantian::python {
namespace {

// Of the process, not of a simulation: what fork() copies.
std::atomic<int> works_under_way = 0;
std::atomic<bool> was_forked_at_work = false;

void begin_as_child() {
  if (works_under_way > 0) {
    was_forked_at_work = true;
  }
}

} // namespace

UnderWay::UnderWay() {
  static const int registered = pthread_atfork(nullptr, nullptr, begin_as_child);
  if (registered != 0 || was_forked_at_work) {
    throw UsageError("this process was forked while a run was under way; use the spawn or "
                     "forkserver start method");
  }
  ++works_under_way;
}

UnderWay::~UnderWay() {
  --works_under_way;
}

} // namespace lantian::python

#pragma once

// Runs numbered tasks on some threads. Which thread takes which task never matters to the results:
// each task writes to its own place.

#include <cstddef>
#include <functional>
#include <stop_token>

namespace lantian {

//! The number of threads that was asked for; 0 is one a core.
unsigned threads_of(unsigned asked);

//! Runs task(0) to task(count - 1) on `threads` threads. While they run, the calling thread calls
//! `watch(done)` about twenty times a second; if it throws, the tasks are told to stop and the
//! exception is rethrown once all have. The exception of the task with the lowest number is
//! rethrown, whatever the threads: tasks after one that fails are told to stop, or not begun. Tasks
//! are told by the token that they are given.
void run_parallel(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t, std::stop_token)>& task,
                  const std::function<void(std::size_t)>& watch);

} // namespace lantian

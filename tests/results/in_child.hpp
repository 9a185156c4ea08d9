#pragma once
//! Runs a step in a child process that ends as programs end, so that what libhdf5 does at exit is
//! tested too, and limits and mounts stay there.

#include <cstdio>
#include <cstdlib>
#include <functional>

#include <sys/wait.h>
#include <unistd.h>

namespace lantian {

//! A child's exit code that means: not possible here, e.g. for want of rights.
inline constexpr int kNotPossible = 77;

//! Exit code of the child that runs `step`, or minus the signal that killed it.
inline int in_child(const std::function<int()>& step) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    std::exit(step());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

} // namespace lantian

#pragma once
//! A small simulation that writes down what happens: each line is "<seconds since the start>
//! <text>".

#include <string>
#include <vector>

#include <fmt/format.h>

#include "kernel/simulation.hpp"

namespace lantian::testing {

using namespace std::chrono_literals;

inline constexpr Time kStart{};
inline constexpr Time at(Duration since_start) {
  return kStart + since_start;
}

struct Story {
  Simulation simulation{kStart};
  std::vector<std::string> lines;

  void note(const std::string& text) {
    lines.push_back(fmt::format("{} {}", (simulation.now() - kStart).count(), text));
  }
  ProcessHandle spawn(const std::string& name, EntityIndex entity, Process process) {
    return simulation.spawn(name, entity, std::move(process));
  }
  void run(Duration until = 1000s) { simulation.run_until(at(until)); }
};

using Lines = std::vector<std::string>;

//! Writes its text when it goes, as a guard in a process does.
class Farewell {
public:
  Farewell(Story& story, std::string text) : story_(story), text_(std::move(text)) {}
  Farewell(const Farewell&) = delete;
  Farewell& operator=(const Farewell&) = delete;
  ~Farewell() { story_.note(text_); }

private:
  Story& story_;
  std::string text_;
};

//! Waits, then notes its text.
inline Process note_after(Story& story, std::string text, Duration delay,
                          Priority priority = Priority::normal) {
  co_await story.simulation.after(delay, priority);
  story.note(text);
}

} // namespace lantian::testing

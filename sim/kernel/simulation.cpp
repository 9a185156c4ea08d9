#include "kernel/simulation.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace lantian {
namespace {

constexpr std::uint64_t kEventsBetweenPolls = 1024;

//! Marks that a run is under way, also when it is left by an exception.
class Running {
public:
  explicit Running(bool& flag) : flag_(flag) {
    if (flag_) {
      throw std::logic_error("run_until was called from within a process of the same simulation");
    }
    flag_ = true;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() { flag_ = false; }

private:
  bool& flag_;
};

} // namespace

Simulation::Simulation(Time start, SimulationOptions options) : options_(options), agenda_(start) {}

Simulation::~Simulation() {
  agenda_.is_closing_ = true;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    discard(records_[i]);
  }
}

ProcessHandle Simulation::spawn(std::string name, EntityIndex entity, Process process) {
  if (entity > kLastEntity) {
    throw std::invalid_argument(fmt::format("process '{}': entity {} is above the last one, {}",
                                            name, entity, kLastEntity));
  }
  if (free_records_.empty()) {
    free_records_.push_back(&records_.emplace_back(*this, agenda_));
  }
  ProcessRecord& record = *free_records_.back();
  agenda_.schedule(record, now(), Priority::normal, entity);
  free_records_.pop_back();
  record.root_ = std::move(process);
  record.root_.frame_.promise().start(agenda_, record, entity);
  record.name_ = std::move(name);
  record.entity_ = entity;
  return ProcessHandle(record);
}

void Simulation::run_until(Time end, std::stop_token stop) {
  const Running running(is_running_);
  if (end < now()) {
    throw std::invalid_argument(
        fmt::format("cannot run until {}: it is {} already", format_time(end), format_time(now())));
  }
  bool is_more = true;
  while (is_more) {
    if (stop.stop_requested()) {
      throw Interrupted(now());
    }
    const std::uint64_t left = options_.max_events - events_;
    if (left == 0 && agenda_.pending_.next_time() < end) {
      throw error_in(static_cast<const ProcessRecord*>(agenda_.last_run_),
                     fmt::format("more than {} events: a process that never waits for "
                                 "a later time?",
                                 options_.max_events));
    }
    is_more = run_some(end, std::min(left, kEventsBetweenPolls));
  }
  if (end != kNever) {
    agenda_.now_ = end;
  }
}

// Returns whether there are more events before the end.
bool Simulation::run_some(Time end, std::uint64_t count) {
  Time next = agenda_.pending_.next_time();
  for (std::uint64_t i = 0; i < count && next < end; ++i) {
    step(next);
    next = agenda_.pending_.next_time();
  }
  return next < end;
}

void Simulation::step(Time time) {
  agenda_.now_ = time;
  ++events_;
  agenda_.pending_.pop().fire();
  if (agenda_.ended_ != nullptr) {
    end_process();
  }
}

// The process that ran in this event has come to its end, or was cancelled by itself.
void Simulation::end_process() {
  auto& record = static_cast<ProcessRecord&>(*std::exchange(agenda_.ended_, nullptr));
  const std::exception_ptr failure = record.root_.frame_.promise().failure();
  discard(record);
  if (failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& original) {
      std::throw_with_nested(error_in(&record, original.what()));
    } catch (...) {
      std::throw_with_nested(error_in(&record, "an exception that is not a std::exception"));
    }
  }
}

// Ends the process: its frames with their guards and waits go, then those who wait for its end are
// woken. The generation moves on first, so that a second cancel finds it done.
void Simulation::discard(ProcessRecord& record) noexcept {
  if (!record.root_.frame_) {
    return;
  }
  ++record.generation_;
  agenda_.withdraw(record);
  record.root_.destroy();
  record.ended_.raise();
  free_records_.push_back(&record);
}

ModelError Simulation::error_in(const ProcessRecord* record, const std::string& reason) const {
  const ModelPlace place{.process = record != nullptr ? record->name_ : "none",
                         .entity = record != nullptr ? record->entity_ : 0,
                         .time = now(),
                         .replication = options_.replication,
                         .seed = options_.seed};
  return ModelError(place, reason);
}

Timer Simulation::after(Duration delay, Priority priority) const {
  if (delay < Duration::zero()) {
    throw std::invalid_argument(fmt::format("after {} s: a delay is zero or more", delay.count()));
  }
  return Timer(saturating_add(now(), delay), priority);
}

Timer Simulation::until(Time date, Priority priority) const {
  return Timer(std::max(date, now()), priority);
}

void ProcessHandle::cancel() {
  if (is_done()) {
    return;
  }
  if (record_->agenda_->is_running(*record_)) {
    record_->agenda_->end(*record_);
  } else {
    record_->simulation_->discard(*record_);
  }
}

} // namespace lantian

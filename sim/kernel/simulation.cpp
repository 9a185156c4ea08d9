#include "kernel/simulation.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>

#include <fmt/format.h>

namespace lantian {
namespace {

constexpr std::uint64_t kEventsBetweenPolls = 1024;
constexpr std::uint64_t kWatchedEvents = 512; //!< before a limit
constexpr std::size_t kMostNames = 6;

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

std::string listed(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), kMostNames);
  const bool is_all = shown == names.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool is_last = is_all && i + 1 == shown;
    text += fmt::format("{}'{}'", i == 0 ? "" : is_last ? " and " : ", ", names[i]);
  }
  return is_all ? text : text + " and others";
}

} // namespace

Simulation::Simulation(Time start, SimulationOptions options)
    : options_(options), agenda_(start), instant_(start) {}

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
    require_room(name);
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
    const Time next = agenda_.pending_.next_time();
    const std::uint64_t left = events_left(next);
    if (left == 0 && next < end) {
      throw ran_away();
    }
    is_more = left > kWatchedEvents
                  ? run_some(end, std::min(left - kWatchedEvents, kEventsBetweenPolls))
                  : run_watched(end, left);
  }
  if (end != kNever) {
    agenda_.now_ = end;
  }
}

// How many events may happen before a limit, if the next one is at this time.
std::uint64_t Simulation::events_left(Time next) {
  if (next != instant_) {
    instant_ = next;
    before_instant_ = events_;
  }
  const EventLimits& limits = options_.limits;
  return std::min(limits.events - events_, limits.events_at_once - (events_ - before_instant_));
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

// The same, and keeps the names of those who run.
bool Simulation::run_watched(Time end, std::uint64_t count) {
  watched_.clear();
  bool is_more = true;
  for (std::uint64_t i = 0; i < count && is_more; ++i) {
    is_more = run_some(end, 1);
    const ProcessRecord* const record = last_run();
    if (record != nullptr && watched_.size() <= kMostNames &&
        std::find(watched_.begin(), watched_.end(), record->name_) == watched_.end()) {
      watched_.push_back(record->name_);
    }
  }
  return is_more;
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
    } catch (const std::bad_alloc&) { // not the model's fault
      throw;
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

void Simulation::require_room(const std::string& name) const {
  if (records_.size() < options_.limits.processes) {
    return;
  }
  const std::string reason = fmt::format(
      "cannot start process '{}': more than {} processes at once (the limit 'processes')", name,
      options_.limits.processes);
  if (is_running_) {
    throw Error(reason);
  }
  throw error_in(nullptr, reason);
}

const ProcessRecord* Simulation::last_run() const {
  return static_cast<const ProcessRecord*>(agenda_.last_run_);
}

ModelError Simulation::ran_away() const {
  const EventLimits& limits = options_.limits;
  const std::string last = watched_.empty() ? "" : ", the last of them of " + listed(watched_);
  if (events_ == limits.events) {
    return error_in(last_run(), fmt::format("more than {} events{} (the limit 'events'): does the "
                                            "model go on much longer than it should?",
                                            limits.events, last));
  }
  return error_in(last_run(), fmt::format("more than {} events at one instant{} (the limit "
                                          "'events-at-once'): do they wake each other for ever, "
                                          "without a delay?",
                                          limits.events_at_once, last));
}

ModelError Simulation::error_in(const ProcessRecord* record, const std::string& reason) const {
  const ModelPlace place{.process = record != nullptr ? record->name_ : "none",
                         .entity = record != nullptr ? record->entity_ : 0,
                         .time = now(),
                         .replication = options_.replication,
                         .seed = options_.seed};
  return ModelError(place, reason);
}

void Simulation::refuse_delay(Duration delay) {
  throw std::invalid_argument(fmt::format("after {} s: a delay is zero or more", delay.count()));
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

#pragma once

// The Books are what one replication leaves behind: totals over calendar intervals, dates, and the
// log. Amounts are in base units (kg, m3, J, CNY). The ensemble copies them into result variables.

#include "kernel/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

//! What a measure waits for, or does.
enum class Cause : std::uint8_t { predecessors, permits, crews, money, season, alerts, work };
inline constexpr std::size_t kCauses = 7;
inline constexpr std::array<std::string_view, kCauses> kCauseNames = {
    "predecessors", "permits", "crews", "money", "season", "alerts", "work"};

//! The dates that "done" may mean: built, after a month's stable running, listed.
enum class Milestone : std::uint8_t { begun, works, assessed, published };
inline constexpr std::size_t kMilestones = 4;
inline constexpr std::array<std::string_view, kMilestones> kMilestoneNames = {
    "begun", "works", "assessed", "published"};

enum class MeasureState : std::uint8_t { waiting, running, done, cancelled };
inline constexpr std::array<std::string_view, 4> kMeasureStateNames = {"waiting", "running",
                                                                       "done", "cancelled"};

//! How long something waited for what. One cause at a time.
class TimeSheet {
public:
  //! From `now` on the time is spent on `cause`.
  void enter(Cause cause, Time now) {
    leave(now);
    cause_ = cause;
    is_open_ = true;
    since_ = now;
  }
  void leave(Time now) {
    if (is_open_) spent_[static_cast<std::size_t>(cause_)] += now - since_;
    if (is_open_) last_ = now;
    is_open_ = false;
  }
  //! Counts `time` of what was booked under `from` as `to` instead.
  void recount(Duration time, Cause from, Cause to) {
    spent_[static_cast<std::size_t>(from)] -= time;
    spent_[static_cast<std::size_t>(to)] += time;
  }
  Duration spent(Cause cause) const { return spent_[static_cast<std::size_t>(cause)]; }
  //! When it was left for the last time.
  Time last() const { return last_; }

private:
  std::array<Duration, kCauses> spent_{};
  Cause cause_ = Cause::work;
  Time since_{};
  Time last_{};
  bool is_open_ = false;
};

//! One measure's life in one replication. Limbs are parts that run side by side; the one that ends
//! last is on the critical path, and its time counts.
struct MeasureRecord {
  MeasureState state = MeasureState::waiting;
  std::array<Time, kMilestones> dates{kNever, kNever, kNever, kNever};
  TimeSheet sheet;
  std::vector<TimeSheet> limbs;

  Time date(Milestone milestone) const { return dates[static_cast<std::size_t>(milestone)]; }
  //! Closes what is still open.
  void close(Time now);
  //! Time by cause along the critical path, until done or the horizon's end.
  Duration spent(Cause cause) const;
};

//! One line of the event log.
struct LogEvent {
  Time time;
  std::uint32_t measure = 0; //!< index of the measure
  std::string event;         //!< "stage works begins", "cancelled", …
};

struct Books {
  std::vector<double> cells;      //!< [cell][interval][channel]
  std::vector<double> sources;    //!< [flow of the source][year], see Ledger::flow_offset
  std::vector<double> production; //!< [plant][year]
  std::vector<double> valid;      //!< [outlet with a limit][month]: running hours that count [s]
  std::vector<double> exceeding;  //!< [outlet with a limit][month]: of these above the limit [s]
  std::vector<double> capital;    //!< [measure][interval], when spent [CNY]
  std::vector<double> operating;  //!< [measure][interval] [CNY]
  std::vector<MeasureRecord> measures;
  std::vector<LogEvent> log;
};

} // namespace lantian

#pragma once

// The Books are what one replication leaves behind: totals over calendar intervals, dates, and the
// log. Amounts are in base units (kg, m3, J, CNY). The ensemble copies them into result variables.

#include "kernel/resource.hpp"
#include "kernel/time.hpp"
#include "scenario/response.hpp"
#include "scenario/table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
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

//! `delisted`: done, and taken off the list since.
enum class MeasureState : std::uint8_t { waiting, running, done, cancelled, delisted };
inline constexpr std::array<std::string_view, 5> kMeasureStateNames = {"waiting", "running", "done",
                                                                       "cancelled", "delisted"};

//! Time by cause.
using CauseTimes = std::array<Duration, kCauses>;

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
  //! From `now` on it queues for crews and money of `fund`; which of the two it is short of, the
  //! request knows, which must last until the sheet is left.
  void enter_queue(const Request& request, ResourceIndex fund, Time now) {
    enter(Cause::crews, now);
    queue_ = &request;
    fund_ = fund;
  }
  //! The request was granted, after it had waited `for_money`.
  void leave_queue(Duration for_money, Time now) {
    queue_ = nullptr;
    leave(now);
    recount(for_money);
  }
  void leave(Time now) {
    if (!is_open_)
      return;
    spent_[static_cast<std::size_t>(cause_)] += now - since_;
    if (queue_)
      recount(queue_->waited_for(fund_));
    queue_ = nullptr;
    last_ = now;
    is_open_ = false;
  }
  Duration spent(Cause cause) const { return spent_[static_cast<std::size_t>(cause)]; }
  //! When it was left for the last time.
  Time last() const { return last_; }

private:
  //! Of what was booked under crews, this was waiting for money.
  void recount(Duration for_money) {
    spent_[static_cast<std::size_t>(Cause::crews)] -= for_money;
    spent_[static_cast<std::size_t>(Cause::money)] += for_money;
  }

  CauseTimes spent_{};
  Cause cause_ = Cause::work;
  Time since_{};
  Time last_ = Time::min();
  bool is_open_ = false;
  const Request* queue_ = nullptr;
  ResourceIndex fund_ = kNoResource;
};

//! One measure's life in one replication. Limbs are parts that run side by side; the one that ends
//! last is on the critical path, and its time counts.
struct MeasureRecord {
  MeasureState state = MeasureState::waiting;
  std::array<Time, kMilestones> dates{kNever, kNever, kNever, kNever};
  Time cancelled = kNever;
  std::array<CauseTimes, kMilestones> spent_until{}; //!< up to each milestone that is reached
  Index held_by = kNone; //!< the predecessor that it waits for, or waited for last
  Milestone held_until = Milestone::works; //!< what it waits for that one to reach
  TimeSheet sheet;
  std::vector<TimeSheet> limbs;
  Duration off_list{};       //!< time for which it was taken off the list again
  Time delisted = kNever;    //!< since when it is off the list
  double progress = 0;       //!< share that is done now
  std::size_t booked_to = 0; //!< output intervals whose progress is in the books

  bool is_done() const { return state == MeasureState::done || state == MeasureState::delisted; }
  //! What it does from now on makes nothing late.
  bool is_over() const { return is_done() || state == MeasureState::cancelled; }
  Time date(Milestone milestone) const { return dates[static_cast<std::size_t>(milestone)]; }
  //! Closes what is still open.
  void close(Time now);
  //! Time by cause along the critical path, so far: until done, cancelled or the horizon's end.
  CauseTimes spent() const;
  Duration spent(Cause cause) const { return spent()[static_cast<std::size_t>(cause)]; }
};

//! One line of the event log.
struct LogEvent {
  Time time;
  std::uint32_t measure = 0; //!< index of the measure
  std::string event;         //!< "stage works begins", "cancelled", …
};

//! A time under one alert level.
struct AlertPeriod {
  Time from{};
  Time to = kNever; //!< kNever while it lasts
  AlertLevel level = AlertLevel::none;
};

//! What became of the mass that an entity handles: generated = emitted + removed + stored + used,
//! checked when the books are closed.
struct MassBalance {
  std::string entity; //!< "measures.slag-line"
  double generated = 0;
  double emitted = 0;
  double removed = 0;
  double stored = 0; //!< at the end less what was there at the start
  double used = 0;
};

//! Of a rolling window over what is emitted, see rolling_window.hpp.
struct WorstWindow {
  double amount = 0;    //!< most that one window holds [base units]
  double end = 0;       //!< of the first window that holds it [s after the first may begin]
  double exceeding = 0; //!< share of all windows that hold more than the limit
};

//! What came of a row of arrivals in a calendar year.
struct ArrivalsCount {
  std::int64_t number = 0;    //!< began
  std::int64_t found = 0;     //!< ended because they were found
  std::int64_t prevented = 0; //!< did not begin, because they were deterred
  double open = 0;            //!< time for which each was open, added up [s]
};

struct Books {
  std::vector<double> cells;      //!< [cell][interval][channel]
  std::vector<double> sources;    //!< [source][year][flow], see LedgerLayout::place
  std::vector<double> production; //!< [plant][year]
  std::vector<double> valid;      //!< [outlet with a limit][month]: running hours that count [s]
  std::vector<double> exceeding;  //!< [outlet with a limit][month]: of these above the limit [s]
  std::vector<double> capital;    //!< [measure][interval], when spent [CNY]
  std::vector<double> operating;  //!< [measure][interval] [CNY]
  std::vector<double> progress;   //!< [measure][interval]: share done at its end
  std::vector<double> by_alert;   //!< [zone][orders][level][year][pollutant], direct emissions
  std::vector<double> carbon_changes; //!< [control][interval]: changes of a bed to fresh carbon
  std::vector<double> carbon_cost;    //!< [control][interval]: their cost [CNY]; none without beds
  std::vector<AlertPeriod> alerts;
  std::vector<Duration> graded; //!< [plant][grade]: time in each performance grade
  std::deque<MassBalance> balances;
  std::vector<ArrivalsCount> arrivals; //!< [row of arrivals][year]
  std::vector<WorstWindow> windows;    //!< [rolling window of the LedgerLayout]
  std::vector<MeasureRecord> measures;
  std::vector<LogEvent> log;
};

} // namespace lantian

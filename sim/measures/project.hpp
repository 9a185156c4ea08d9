#pragma once

// The life that every project-like measure shares. A kind writes it as a story:
//
//   Project project(world, measure, plan);
//   const bool goes_ahead = co_await project.begin();
//   if (!goes_ahead) co_return;
//   const bool is_built = co_await project.carry_out(plan.stages, effect);
//   if (!is_built) co_return;
//   project.complete();
//
// begin() waits for the start, the predecessors and the delay. carry_out() works the stages off:
// each waits for its season, takes its crews and money at once, works while its calendar is open
// (crews go back at the season's close and are queued again first; they stay through an alert that
// stops the work), and brings the effect: where no stage says so it comes at the end of the last,
// and at once where there is no stage. Every wait is booked under its cause, and told to the log as
// it begins: "waits season works", then "at_work works".

#include "kernel/process.hpp"
#include "measures/project_plan.hpp"
#include "world/world.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

//! Lets the measure's effect come, in a straight line over a time (zero is at once).
using TakeEffect = std::function<void(Duration over)>;

class Project {
public:
  //! `plan` must outlive the project.
  Project(World& world, Index measure, const ProjectPlan& plan);

  World& world() { return world_; }
  Index measure() const { return measure_; }
  //! Stream of this measure's chances for a purpose.
  ChanceStream stream(std::string_view purpose) const;

  //! Waits until it may begin. False where it never does.
  Task<bool> begin();
  //! Works `stages` off, from the one in progress on. False where it is cancelled on the way.
  Task<bool> carry_out(const std::vector<Stage>& stages, TakeEffect effect);
  //! Works off `stages` that change nothing by themselves.
  Task<bool> prepare(const std::vector<Stage>& stages) {
    return carry_out(stages, [](Duration) {});
  }
  //! Makes room for the time sheets of so many limbs; before the first of them is made.
  void reserve_limbs(std::size_t count) { world_.record(measure_).limbs.resize(count); }
  //! A part of the project that runs beside others, with a time sheet of its own.
  Project limb(std::string name, std::size_t index) const;

  //! Works off a piece of work that is no stage: `length` of working time at `cost` [CNY], with the
  //! crews, the fund and the calendar of `piece`. `begins` is told when it first gets to work.
  Process do_piece(const Stage& piece, Duration length, double cost, TakeEffect begins);

  //! Waits `length` under `cause`.
  Process wait(Cause cause, Duration length);
  //! The works are done: dates it and starts the running cost, which ends at `until`.
  void complete(Time until = kNever);
  //! Reaches the last milestone that this kind of measure has.
  void finish();

private:
  struct Work;
  //! As wait, without a word to the log.
  Process pass(Cause cause, Duration length);
  void tell(Cause cause, std::string_view stage);
  void tell(const Work& work, Cause cause);
  Task<bool> wait_for(std::string predecessor);
  Process work_off(Work& work, TakeEffect effect, Effect how);
  void prepare(Work& work) const;
  void start(Work& work, const TakeEffect& effect, Effect how);
  void end(Work& work, const TakeEffect& effect, Effect how);
  Process wait_until_open(const Work& work);
  Process work_between_alerts(Work& work, TakeEffect effect, Effect how);
  Process rest_in_alert(const Work& work, Time close);
  void pay_at_close(Work& work);
  void spend(const Work& work, Time from, Time to);
  bool is_stopped_by_alerts(const Stage& stage) const;
  bool is_alerted(const Stage& stage) const;
  Task<Grant> take(const Work& work);
  Time season_end(const Stage& stage) const;
  const Calendar* calendar_of(const Stage& stage) const;
  std::vector<Need> needs_of(const Work& work) const;
  bool is_under_way(const Stage& stage) const;
  bool is_cancelled_before(const std::vector<Stage>& stages, std::size_t stage) const;
  TimeSheet& sheet();

  World& world_;
  Index measure_;
  const ProjectPlan& plan_;
  std::string limb_; //!< prefix of the purposes of a limb; empty for the whole
  std::size_t limb_index_ = kNoLimb;
  static constexpr std::size_t kNoLimb = static_cast<std::size_t>(-1);
};

} // namespace lantian

#pragma once

// What every project-like measure states in its table: when it may begin, what it waits for, its
// stages with their crews, money and calendars, and how it may fail. One field table, included by
// every kind.

#include "measures/lost_output.hpp"
#include "scenario/field_table.hpp"
#include "scenario/scenario.hpp"
#include "scenario/units.hpp"
#include "world/books.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

//! How a stage brings the measure's effect.
enum class Effect : std::uint8_t { none, step, ramp };

struct CrewNeed {
  Index resource = kNone;
  Number amount = Number::constant(0);
};

struct Stage {
  std::string id;
  std::string name;
  std::string name_zh;
  Number duration = Number::constant(0); //!< working time (chance) [s]
  bool is_permit = false;                //!< its time counts as waiting for permits, not as work
  std::vector<CrewNeed> crews;
  std::optional<Number> cost; //!< spent evenly over the work (chance) [CNY]; of a stage in progress
                              //!< as much as it remains of its duration
  Index fund = kNone;         //!< budget that pays; kNone pays from outside
  Index calendar = kNone;     //!< when work is possible; kNone is always
  std::vector<Index> units_down;  //!< sources that stand still from its first work to its end
  std::vector<Index> plants_down; //!< likewise whole plants
  Effect effect = Effect::none;
};

//! What to do when a measure named in `after` is cancelled or not in the scenario.
enum class IfAbsent : std::uint8_t { error, ignore, never };

//! A measure that was under way before the horizon.
struct InProgress {
  std::string stage;
  Number remaining = Number::constant(0); //!< working time left at the horizon's start (chance) [s]
};

//! 15 years [s]. ASSUMPTION: ours, for flue-gas cleaning, where 10 to 20 years are usual.
inline constexpr double kDefaultLifetime = 15 * kSecondsPerYear;

struct ProjectPlan {
  Time start{};
  std::optional<Number> delay; //!< after start and predecessors (chance) [s]
  std::vector<std::string> after;
  Milestone after_milestone = Milestone::works;
  IfAbsent if_absent = IfAbsent::error;
  std::optional<InProgress> in_progress;
  std::optional<Number> cancel_probability; //!< [share]
  std::string cancelled_before; //!< stage before which that is decided; empty is the first
  std::vector<Stage> stages;
  std::optional<LostOutput> lost_output;
  std::optional<Number> operating_cost; //!< from `works` on [CNY/year]
  double lifetime = kDefaultLifetime;   //!< over which its capital is recovered [s]

  //! Index of a stage by id; stages.size() where there is none.
  std::size_t find_stage(const std::string& id) const;
};

const FieldTable<Stage>& stage_fields();
//! When a measure begins: what those that are no works share with those that are.
const FieldTable<ProjectPlan>& begin_fields();
const FieldTable<ProjectPlan>& project_fields();

} // namespace lantian

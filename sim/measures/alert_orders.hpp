#pragma once

// The orders of an alert at run time: what each source under orders must keep to now, and how it
// gets there. A source that needs time starts to turn down so early that it is there when the order
// holds, but not before the announcement; one that needs none steps when the order holds. An order
// follows a plant's grade at once, also during an alert.
//
// After the alert a share of what was cut is made up. The debt counts in nominal time: the integral
// of (1 - ceiling) over the profile's clock, times what the source ran at before.

#include "kernel/process.hpp"
#include "measures/alert_response.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace lantian {

class AlertOrders {
public:
  //! Everything at full. `plan` must outlive the orders, and the orders the simulation.
  AlertOrders(World& world, Index measure, const AlertResponse& plan);
  AlertOrders(const AlertOrders&) = delete;
  AlertOrders& operator=(const AlertOrders&) = delete;

  //! A new alert opens: who obeys in it is decided by its ordinal.
  void open(std::uint32_t alert) { alert_ = alert; }
  //! Whoever needs time prepares for `level`, which holds from `hold` on.
  void prepare(AlertLevel level, Time hold);
  //! `level` holds: whoever needs no time steps to it.
  void enforce(AlertLevel level);
  //! The plant's grade has changed.
  void regrade(Index plant);

  //! Plants with sources under orders, each once.
  const std::vector<Index>& plants() const { return plants_; }

private:
  //! An order with its parameters drawn.
  struct Terms {
    std::array<std::array<double, kAlertLevels + 1>, kGrades> cuts; //!< [grade][level]
    double least;
    Duration ramp;
    double obeyed;
    bool is_chance;
    bool rebounds;
  };
  //! A source under an order.
  struct Line {
    Index source;
    Index plant;
    const Terms* terms;
    std::optional<ChanceStream> obeys;
    Ramp ceiling = Ramp::constant(1);
    Ramp unexempted = Ramp::constant(1);
    // making up
    double owed = 0;         //!< [nominal calendar years at full]
    double running = 0;      //!< share at which it ran before the alert
    Time counted{};          //!< the debt is counted up to here
    bool is_made_up = false; //!< it is being made up
    std::optional<ProcessHandle> making_up;
  };

  Terms draw_terms(const AlertResponse::Order& order) const;
  double target(const Line& line, Grade grade, AlertLevel level) const;
  void move(Line& line, AlertLevel level, Time hold);
  void count(Line& line);
  void stop_making_up(Line& line);
  Process make_up(Line& line);

  World& world_;
  Index measure_;
  const AlertResponse& plan_;
  std::vector<Terms> terms_;
  std::vector<Line> lines_;
  std::vector<Index> plants_;
  Influence who_;
  Influence making_up_;
  double share_ = 0; //!< of what was cut that is made up
  double at_ = 0;
  AlertLevel prepared_ = AlertLevel::none;
  AlertLevel enforced_ = AlertLevel::none;
  Time hold_{}; //!< when what is prepared holds
  std::uint32_t alert_ = 0;
};

} // namespace lantian

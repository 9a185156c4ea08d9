#pragma once

// The Ledger is exact and has no time step. A unit's flows are booked in segments: whenever
// something about the unit changes, the segment since its last change is closed and integrated over
// the output intervals that it touches. A segment in which nothing moves costs one product an
// interval; one with ramps is a polynomial between its corners and is integrated by Gauss-Legendre
// with as many nodes as make it exact.
//
// There is no running sum of rates. So no order of events can leave a residue, and closing
// everything leaves exactly zero. A unit that never changes is booked once, at the end, together
// with all others of its cell and clock: it costs nothing as time passes.

#include "world/blueprint.hpp"
#include "world/books.hpp"
#include "world/emission_curve.hpp"
#include "world/process_unit.hpp"
#include "world/rolling_window.hpp"
#include "world/segment.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace lantian {

//! Where the numbers of each source lie in the Books; the same for all replications.
class LedgerLayout {
public:
  //! `windows` are those over which the emission of their sources is followed.
  explicit LedgerLayout(const Blueprint& blueprint, std::vector<RollingWindow> windows = {});

  const Blueprint& blueprint() const { return *blueprint_; }
  //! Place in Books::sources of flow `f` of a source in a year. The flows of a year stand together:
  //! a segment books them all, and rarely leaves its year.
  std::size_t place(std::size_t source, std::size_t f, std::size_t year) const {
    return flow_offset_[source] * blueprint_->years().size() + year * flow_count(source) + f;
  }
  std::size_t flow_count(std::size_t source) const {
    return flow_offset_[source + 1] - flow_offset_[source];
  }
  //! Of all sources together.
  std::size_t flow_count() const { return flow_offset_.back(); }

  //! An outlet with a limit: a row of Books::valid and Books::exceeding.
  struct OutletRow {
    Index source = kNone;
    Index pollutant = kNone;
    std::size_t outlet = 0; //!< index in ProcessUnit::outlets
  };
  const std::vector<OutletRow>& outlets() const { return outlets_; }
  //! First row of the source's outlets.
  std::size_t outlet_offset(std::size_t source) const { return outlet_offset_[source]; }

  //! Sources of one cell and one clock, which add up in one rate.
  struct Group {
    std::size_t cell = 0;
    std::size_t clock = 0;
  };
  const std::vector<Group>& groups() const { return groups_; }
  std::size_t group(std::size_t source) const { return source_group_[source]; }

  const std::vector<RollingWindow>& windows() const { return windows_; }
  //! The windows that hold the source's emission; of most sources none.
  std::span<const std::size_t> windows_of(std::size_t source) const {
    return windows_.empty() ? std::span<const std::size_t>{}
                            : std::span<const std::size_t>(source_windows_[source]);
  }

private:
  const Blueprint* blueprint_;
  std::vector<Group> groups_;
  std::vector<std::size_t> source_group_;
  std::vector<std::size_t> flow_offset_;
  std::vector<std::size_t> outlet_offset_;
  std::vector<OutletRow> outlets_;
  std::vector<RollingWindow> windows_;
  std::vector<std::vector<std::size_t>> source_windows_; //!< where there are windows
};

//! Hours of an outlet that count for compliance, and those of them above the limit [s].
struct Hours {
  double valid = 0;
  double above = 0;
};

class Ledger {
public:
  explicit Ledger(const LedgerLayout& layout);

  //! Books the unit's flows from its last change until `now`. Call before anything about it
  //! changes.
  void settle(std::size_t source, ProcessUnit& unit, Time now);
  //! Books a plant's production from `since` until `now`.
  void settle_production(std::size_t plant, const Activity& production, Time since, Time now);

  //! Spreads `amount` [CNY] evenly over [from, to), or books it whole at `from` where they are
  //! equal. What falls after the horizon is not booked.
  void spend(std::size_t measure, double amount, Time from, Time to);
  //! Books a running cost of `per_year` [CNY/calendar year] over [from, to).
  void operate(std::size_t measure, double per_year, Time from, Time to);

  //! Books a running cost of `amount` [CNY] at an instant.
  void pay(std::size_t measure, double amount, Time at);
  //! What came of a row of arrivals in the calendar year of `at`.
  ArrivalsCount& count_arrivals(std::size_t row, Time at);

  //! From `now` on emissions are accounted under this alert level.
  void set_alert(AlertLevel level, Time now);
  //! The measure has done `share` of its work.
  void advance(std::size_t measure, double share, Time now);

  //! What a source has done of its activity so far, up to where it is settled [amount].
  double activity_so_far(std::size_t source) const;
  //! The carbon of a control's bed was changed for fresh, at a cost [CNY].
  void change_carbon(std::size_t control, double cost, Time now);

  //! Appends the hours of the source's limited outlets that have been booked so far.
  void append_hours(std::size_t source, std::vector<Hours>& hours) const;

  //! Books what is still open at the horizon's end and charges purchased energy.
  void close(std::vector<ProcessUnit>& units, std::span<const double> parameters);
  //! Checks that what was booked by place and by source agree, that what each source generated was
  //! emitted or removed, that every entity's mass balance holds, and that no pollutant exceeds the
  //! one that contains it. Throws std::logic_error naming the source or entity.
  void check_balance(const std::vector<ProcessUnit>& units) const;

  Books& books() { return books_; }

private:
  double* cell_row(std::size_t cell, std::size_t interval);
  double& booked(std::size_t source, std::size_t f, std::size_t year) {
    return books_.sources[layout_->place(source, f, year)];
  }
  double booked_so_far(std::size_t source, std::size_t f) const;
  void book_constant(std::size_t source, const ProcessUnit& unit, const Segment& segment);
  void book_moving(std::size_t source, const ProcessUnit& unit, const Segment& segment);
  void book_flow(std::size_t source, const ProcessUnit& unit, std::size_t f, std::size_t interval,
                 double amount);
  void book_compliance(std::size_t source, const ProcessUnit& unit, const Segment& segment);
  void book_pulses(std::size_t source, const ProcessUnit& unit, const Segment& segment);
  void book_bed(std::size_t source, ProcessUnit& unit, Time from, Time to);
  template <class Visit> void for_each_alert(Time from, Time to, Visit visit) const;
  void book_alerts(std::size_t source, const ProcessUnit& unit, Time from, Time to);
  void book_alert(std::size_t source, const ProcessUnit& unit, AlertLevel level,
                  const Segment& part);
  void book_group_alerts();
  double* alert_row(std::size_t cell, Orders orders, AlertLevel level, std::size_t year);
  void follow(std::size_t source, const ProcessUnit& unit, const Segment& segment);
  void follow_unchanged(std::size_t source, const ProcessUnit& unit);
  void close_windows();
  void check_window(const RollingWindow& window, double followed) const;
  void book_progress(MeasureRecord& record, std::size_t measure, std::size_t until);
  void book_unchanged(std::size_t source, const ProcessUnit& unit);
  void book_groups();
  std::vector<double> totals_of(std::size_t source, const ProcessUnit& unit) const;
  void check_parts(std::size_t source, const ProcessUnit& unit,
                   const std::vector<double>& booked) const;
  void check_removal(std::size_t source, const ProcessUnit& unit) const;
  void check_entities() const;
  void charge_energy(const std::vector<ProcessUnit>& units, std::span<const double> parameters);
  void read_meter(std::size_t meter, std::size_t channel, std::span<const double> factors);
  void charge_sources(const std::vector<ProcessUnit>& units, std::size_t meter, std::size_t channel,
                      std::span<const double> factors);

  struct FlowRate {
    std::size_t index = 0; //!< of the flow
    double rate = 0;       //!< [amount per nominal calendar year]
  };

  const LedgerLayout* layout_;
  const Blueprint* blueprint_;
  Books books_;
  std::vector<FlowRate> rates_;        //!< of one unit's flows that are not zero
  std::vector<double> group_rates_;    //!< [group][channel] of units that never changed
  std::vector<EmissionPieces> pieces_; //!< [window] of units that changed
  std::vector<double> window_rates_;   //!< [window][clock] of units that never changed
};

//! Calls `visit(level, a, b)` for the parts of [from, to) under an alert.
template <class Visit> void Ledger::for_each_alert(Time from, Time to, Visit visit) const {
  auto period = std::upper_bound(books_.alerts.begin(), books_.alerts.end(), from,
                                 [](Time time, const AlertPeriod& p) { return time < p.to; });
  for (; period != books_.alerts.end() && period->from < to; ++period) {
    const Time a = std::max(from, period->from);
    const Time b = std::min(to, period->to);
    if (a < b)
      visit(period->level, a, b);
  }
}

} // namespace lantian

#pragma once

// The Recorder knows which variables a scenario's results have, and copies the books of one
// replication into its row of a block, in the units of the results.

#include "ensemble/block.hpp"
#include "ensemble/judge.hpp"
#include "ensemble/layout.hpp"
#include "ensemble/receptors.hpp"
#include "world/books.hpp"
#include "world/ledger.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian {

struct Deadline;

//! How a pollutant's emissions are broken down; each is a variable of its own.
enum class Breakdown : std::uint8_t { total, zone, district, sector, plant, source };
inline constexpr std::array<std::string_view, 6> kBreakdownNames = {"total",  "zone",  "district",
                                                                    "sector", "plant", "source"};

//! Companion of the measures: the factor that recovers a measure's capital [1/year].
inline constexpr char kCapitalRecovery[] = "capital_recovery";

struct TargetPlan;

class Recorder {
public:
  explicit Recorder(const LedgerLayout& layout);

  const Layout& layout() const { return layout_; }
  const Blueprint& blueprint() const { return *blueprint_; }
  const LedgerLayout& ledger_layout() const { return *ledger_layout_; }

  //! Variable of a pollutant's breakdown; nothing where the scenario does not ask for it.
  std::optional<std::size_t> emission(std::size_t pollutant, Breakdown breakdown) const {
    return emissions_[pollutant][static_cast<std::size_t>(breakdown)];
  }
  //! Direct emission of a pollutant under alerts [zone][orders][alert_level][year]; nothing where
  //! the scenario does not ask for it.
  std::optional<std::size_t> emission_by_alert(std::size_t pollutant) const {
    return by_alert_[pollutant];
  }
  std::size_t activity_by_source() const { return activity_; }
  std::size_t measure_progress() const { return measure_progress_; }
  std::size_t measure_date() const { return measure_date_; }
  std::size_t exceedance() const { return exceedance_; }
  //! Of the rolling windows that targets follow, [window]: the worst, and the share that exceeds.
  std::size_t permit_worst() const { return permit_worst_; }
  std::size_t permit_exceeding() const { return permit_exceeding_; }
  //! Row on the axis `window` of a target that follows one.
  std::size_t window_row(const TargetPlan& plan) const;

  //! Room for `count` replications from `first` on, in the memory of a block that is done with, or
  //! new memory, which several threads clear sooner than one.
  Block make_block(std::size_t scenario, std::int64_t first, std::int64_t count, Block spent = {},
                   unsigned threads = 1) const;

  //! Copies the books into row `row` of the block; different rows may be recorded at the same time.
  void record(const Books& books, const std::vector<double>& parameters, Block& block,
              std::int64_t row) const;
  //! Writes the verdict on target `t`.
  void record(const Verdict& verdict, std::size_t target, Block& block, std::int64_t row) const;
  //! Appends the log of a replication.
  void append_log(const Books& books, std::int32_t replication, EventLog& log) const;

private:
  void add_coordinates();
  void add_emissions();
  void add_money_and_measures();
  void add_response();
  void add_checks();
  void add_arrivals();
  void add_carbon();
  void add_permits();
  void add_receptors();
  void add_receptor_axis();
  void add_deadlines();
  //! Whether anything is booked on a channel of a cell, [cell][channel].
  std::vector<char> used_channels(const Books& books) const;
  void record_emissions(const Books& books, Block& block, std::size_t row) const;
  void record_sources(const Books& books, Block& block, std::size_t row) const;
  void record_activity(const Books& books, Block& block, std::size_t row) const;
  void record_response(const Books& books, Block& block, std::size_t row) const;
  void record_measures(const Books& books, Block& block, std::size_t row) const;
  void record_arrivals(const Books& books, Block& block, std::size_t row) const;
  void record_carbon(const Books& books, Block& block, std::size_t row) const;
  void record_permits(const Books& books, Block& block, std::size_t row) const;
  void record_receptors(const Books& books, Block& block, std::size_t row) const;
  void record_deadlines(const Books& books, Block& block, std::size_t row) const;
  void record_exceedance(const Books& books, Block& block, std::size_t row) const;
  std::span<double> row_of(Block& block, std::size_t variable, std::size_t row) const;

  const LedgerLayout* ledger_layout_;
  const Blueprint* blueprint_;
  Layout layout_;
  std::vector<std::array<std::optional<std::size_t>, kBreakdownNames.size()>> emissions_;
  std::vector<std::optional<std::size_t>> by_alert_;
  std::optional<std::size_t> alert_time_;
  std::size_t grade_time_ = 0;
  std::size_t production_ = 0;
  std::size_t activity_ = 0;
  std::vector<double> activity_scale_; //!< [source]: base units in its activity's unit
  std::size_t capital_ = 0;
  std::size_t operating_ = 0;
  std::size_t measure_state_ = 0;
  std::size_t measure_date_ = 0;
  std::size_t measure_time_ = 0;
  std::size_t measure_delisted_ = 0;
  std::size_t measure_progress_ = 0;
  std::size_t exceedance_ = 0;
  std::size_t parameter_ = 0;
  std::size_t target_met_ = 0;
  std::size_t target_margin_ = 0;
  std::vector<std::pair<Index, const Deadline*>> deadlines_; //!< and their targets; assessable ones
  std::size_t target_date_ = 0;                              //!< where there are deadlines
  std::size_t target_last_measure_ = 0;
  std::size_t target_path_time_ = 0;
  std::size_t target_lateness_ = 0;
  std::size_t target_lateness_by_cause_ = 0;
  std::optional<std::size_t> carbon_changes_; //!< where there are beds of carbon
  std::optional<std::size_t> carbon_cost_;
  std::vector<const Entry*> following_; //!< targets with a window, in the order of these
  std::size_t permit_worst_ = 0;        //!< where there are any
  std::size_t permit_worst_end_ = 0;
  std::size_t permit_exceeding_ = 0;
  std::size_t arrivals_number_ = 0;
  std::size_t arrivals_found_ = 0;
  std::size_t arrivals_prevented_ = 0;
  std::size_t arrivals_time_ = 0;

  //! Variables of one pollutant at the receptors.
  struct AirVariables {
    std::size_t concentration = 0;
    std::size_t coverage = 0;
    std::size_t exposure = 0;
    std::size_t exposure_coverage = 0;
  };
  Receptors receptors_;
  std::vector<AirVariables> air_; //!< as the pollutants of receptors_
};

} // namespace lantian

#pragma once

// What an ensemble records of a scenario, by variable; its replications come in one block.

#include "ensemble/ensemble.hpp"
#include "ensemble/scenario_text.hpp"

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace lantian::test {

//! Values of target_met.
inline constexpr double kMissed = 0;
inline constexpr double kMet = 1;
inline constexpr double kNotAssessable = 2;

class Recorded : private BlockSink {
public:
  //! Runs the last of these scenarios, beside the others.
  explicit Recorded(std::vector<Scenario> scenarios, EnsembleOptions options = {.replications = 1})
      : scenarios_(std::move(scenarios)), models_(scenarios_.begin(), scenarios_.end()) {
    std::vector<const Model*> models;
    for (const Model& model : models_)
      models.push_back(&model);
    options.block = options.replications;
    run_ensemble(models, options, *this);
  }
  explicit Recorded(const std::string& text, const EnsembleOptions& options = {.replications = 1})
      : Recorded(std::vector{load_text("plan", text)}, options) {}

  const Scenario& scenario() const { return scenarios_.back(); }
  const Layout& layout() const { return models_.back().layout(); }

  //! All values; the last axis of a replication runs fastest.
  const std::vector<double>& all(const std::string& variable) const {
    return block_.data[*layout().find(variable)];
  }
  //! The first of them.
  double operator[](const std::string& variable) const { return all(variable).front(); }
  const EventLog& log() const { return block_.log; }

private:
  void write(Block block) override { block_ = std::move(block); }

  std::vector<Scenario> scenarios_;
  std::deque<Model> models_; // which do not move
  Block block_;
};

} // namespace lantian::test

#pragma once

// A Model is a scenario made ready to run: what all its replications share. Built once, read by all
// threads.

#include "ensemble/judge.hpp"
#include "ensemble/recorder.hpp"
#include "scenario/scenario.hpp"
#include "world/blueprint.hpp"
#include "world/ledger.hpp"

#include <memory>
#include <vector>

namespace lantian {

class Model {
public:
  //! `scenario` must outlive the model.
  explicit Model(const Scenario& scenario);
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  const Scenario& scenario() const { return *scenario_; }
  const Blueprint& blueprint() const { return blueprint_; }
  const LedgerLayout& ledger_layout() const { return ledger_layout_; }
  const Recorder& recorder() const { return recorder_; }
  const Layout& layout() const { return recorder_.layout(); }
  //! One a target, in id order.
  const std::vector<std::unique_ptr<Judge>>& judges() const { return judges_; }

private:
  const Scenario* scenario_;
  Blueprint blueprint_;
  LedgerLayout ledger_layout_;
  Recorder recorder_;
  std::vector<std::unique_ptr<Judge>> judges_;
};

} // namespace lantian

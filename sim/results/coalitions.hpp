#pragma once

// Variants of a plan with some of its measures taken out, made in memory: each is a small text that
// extends the plan and says `enabled = false`. They keep yearly totals and no log, and no targets,
// which refer to measures.

#include "results/measure_groups.hpp"
#include "results/scenario_set.hpp"
#include "scenario/input_files.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lantian {

//! A scenario and where its own file stands among its inputs.
struct ReadScenario {
  SharedScenario scenario;
  std::string top;
};

//! Reads a scenario file. Throws ScenarioError. `kinds` must outlive it.
ReadScenario read_scenario_at(const std::filesystem::path& path, const KindRegistry& kinds,
                              const ReadOptions& options = {});

//! A scenario that was read.
ReadScenario read_as(SharedScenario scenario);

class Coalitions {
public:
  //! `kinds` must outlive this and all that it gives.
  Coalitions(const ReadScenario& plan, const KindRegistry& kinds);

  //! The plan without these measures, called `id`. May be called on several threads.
  //! Throws ScenarioError.
  SharedScenario without(const std::vector<std::string>& measures, const std::string& id) const;

  //! Which of the measures cannot be there without another. Throws ScenarioError where what needs
  //! a measure is not among them.
  std::vector<MeasureLink> links(const std::vector<std::string>& measures) const;

  //! The merged text of a measure; empty where there is none.
  std::string text_of(const std::string& measure) const;

private:
  const KindRegistry& kinds_;
  std::string top_;
  ReadLimits limits_;
  std::shared_ptr<const InputFiles> files_;
  std::vector<std::string> targets_;
};

} // namespace lantian

#include "measures/retrofit.hpp"

#include "measures/project.hpp"
#include "measures/project_checks.hpp"

namespace lantian {

namespace {

const FieldTable<Retrofit>& retrofit_fields() {
  static const auto fields =
      FieldTable<Retrofit>("retrofit", "Replaces or adds controls, factors or concentrations.")
          .include(project_fields())
          .keyed_tables(
              "changes", &Retrofit::changes, &SourceChange::source, source_change_fields(),
              {.doc = "What becomes of each source.", .required = true, .table = "sources"});
  return fields;
}

void check_retrofit(const Retrofit& plan, const Scenario& scenario, const std::string& key,
                    Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  for (const SourceChange& change : plan.changes) {
    check_source_change(change, scenario, key + ".changes." + scenario.sources[change.source].id,
                        diagnostics);
  }
}

Process retrofit(World& world, Index measure, const Retrofit& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead)
    co_return;

  const TakeEffect effect = [&](Duration over) {
    for (const SourceChange& change : plan.changes)
      make_change(world, measure, change, over);
  };
  const bool is_built = co_await project.carry_out(plan.stages, effect);
  if (!is_built)
    co_return;

  project.complete();
  project.finish();
}

} // namespace

Process Retrofit::run(World& world, Index measure) const {
  return retrofit(world, measure, *this);
}

Kind retrofit_kind() {
  return make_kind<Retrofit>("retrofit", "Replaces or adds controls on chosen sources.",
                             retrofit_fields(), check_retrofit);
}

} // namespace lantian

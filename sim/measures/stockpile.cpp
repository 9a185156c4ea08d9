#include "measures/stockpile.hpp"

#include "measures/project.hpp"
#include "measures/project_checks.hpp"
#include "world/stock.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lantian {

namespace {

const FieldTable<Stockpile::Generation>& generation_fields() {
  using Generation = Stockpile::Generation;
  static const auto fields = FieldTable<Generation>("generation", "A source that makes waste.")
                                 .reference("source", &Generation::source,
                                            {.doc = "Which.", .required = true, .table = "sources"})
                                 .number("ratio", &Generation::ratio,
                                         {.doc = "Waste per unit of its activity.",
                                          .required = true,
                                          .unit = "t/t",
                                          .low = 0});
  return fields;
}

const FieldTable<Stockpile>& stockpile_fields() {
  static const auto fields =
      FieldTable<Stockpile>("stockpile", "Waste is made, used by a line, and stored in between.")
          .include(project_fields())
          .tables("generation", &Stockpile::generation, generation_fields(),
                  {.doc = "What makes the waste.", .required = true})
          .number("initial", &Stockpile::initial,
                  {.doc = "What is piled up at the start.",
                   .dimension = kMass,
                   .unit = "Mt",
                   .low = 0,
                   .preset = "0 Mt"})
          .reference("line", &Stockpile::line,
                     {.doc = "Source whose activity is the waste that the line uses, at most its "
                             "nominal; idle until the effect.",
                      .preset = "nobody uses it",
                      .table = "sources"})
          .reference("waste", &Stockpile::waste,
                     {.doc = "Source whose activity is the waste that is made; idle by itself.",
                      .table = "sources"})
          .reference("dust", &Stockpile::dust,
                     {.doc = "Source whose activity is what the wind takes from the pile; idle "
                             "by itself.",
                      .table = "sources"})
          .number("wind_loss", &Stockpile::wind_loss,
                  {.doc = "Share of the pile that the wind takes.",
                   .dimension = kDimensionless / kTime,
                   .unit = "/year",
                   .low = 0,
                   .high = 1,
                   .preset = "0 /year"})
          .need("wind_loss", "dust")
          .need("dust", "wind_loss");
  return fields;
}

void check_generation(const Stockpile::Generation& made, const Scenario& scenario,
                      const std::string& key, Diagnostics& diagnostics) {
  const Source& source = scenario.sources[made.source];
  const Dimension needed = kMassRate / source.activity.dimension();
  if (made.ratio.dimension() != needed) {
    diagnostics.error(key, fmt::format("the ratio of sources.{} is {}; {} is needed, because its "
                                       "activity is counted in {} and waste in t",
                                       source.id, describe(made.ratio.dimension()),
                                       describe(needed), source.activity_unit));
  }
  const bool is_random =
      std::any_of(scenario.arrivals.begin(), scenario.arrivals.end(),
                  [&](const ArrivalsRow& row) { return row.source == made.source; });
  if (is_random) {
    diagnostics.error(
        key, fmt::format("sources.{} has random arrivals, which make no waste", source.id));
  }
}

void check_stockpile(const Stockpile& plan, const Scenario& scenario, const std::string& key,
                     Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  for (const Stockpile::Generation& made : plan.generation)
    check_generation(made, scenario, key + ".generation", diagnostics);
  check_counter(plan.line, "the waste that is used", scenario, key + ".line", diagnostics);
  check_counter(plan.waste, "the waste that is made", scenario, key + ".waste", diagnostics);
  check_counter(plan.dust, "what the wind takes", scenario, key + ".dust", diagnostics);
}

//! The pile, and what of it is shown as the activity of sources.
class Pile {
public:
  Pile(World& world, Index measure, const Stockpile& plan)
      : world_(world), measure_(measure), plan_(plan),
        stock_(world, stock_of(world, plan), name(), entity()) {
    world.simulation().spawn(name(), entity(), live());
    world.on_close([this] { settle(); });
  }
  Pile(const Pile&) = delete;
  Pile& operator=(const Pile&) = delete;

private:
  std::string name() const { return "measures." + world_.scenario().measures[measure_].id; }
  EntityIndex entity() const { return world_.blueprint().entity_of_measure(measure_); }

  static StockPlan stock_of(const World& world, const Stockpile& plan) {
    StockPlan stock;
    for (const Stockpile::Generation& made : plan.generation)
      stock.inflows.push_back({made.source, world.draw().value(made.ratio)});
    stock.outflow = {plan.line, 1};
    stock.content = world.draw().value(plan.initial);
    stock.loss = world.draw().value(plan.wind_loss) / kSecondsPerYear;
    return stock;
  }

  Process live() {
    for (;;) {
      hide();
      stock_.look();
      show();
      Timer due = world_.simulation().until(stock_.next());
      Signal::Wait change = stock_.changed().wait();
      co_await first_of(due, change);
    }
  }

  //! What is shown ends now: something has changed.
  void hide() {
    for (const Index source : {plan_.waste, plan_.dust}) {
      if (source != kNone && shown_ > 0 && shown_until_ > world_.now())
        world_.end_pulse(source, shown_, world_.now());
    }
  }

  //! What is made and what the wind takes, until the next look.
  void show() {
    ++shown_;
    shown_until_ = std::min(stock_.next(), world_.end());
    const auto show_at = [&](Index source, const Polynomial& rate) {
      if (source != kNone && shown_until_ > world_.now()) {
        world_.add_pulse(
            source, {shown_, world_.now(), shown_until_, 1, Pulse::Shape{rate, stock_.span()}});
      }
    };
    show_at(plan_.waste, stock_.inflow());
    show_at(plan_.dust, stock_.loss());
  }

  //! What was made was used, is stored, or was blown away. What was made and used is what the
  //! ledger has integrated by itself.
  void settle() {
    stock_.look();
    MassBalance& balance = world_.balance(name());
    const auto done = [this](Index source) {
      world_.settled(source);
      return world_.ledger().activity_so_far(source);
    };
    for (const Stockpile::Generation& made : plan_.generation)
      balance.generated += done(made.source) * world_.draw().value(made.ratio);
    balance.used = plan_.line == kNone ? 0 : done(plan_.line);
    balance.emitted = stock_.lost();
    balance.stored = stock_.content() - world_.draw().value(plan_.initial);
    world_.log(measure_, fmt::format("pile: {:.6g} kg at the end", stock_.content()));
  }

  World& world_;
  Index measure_;
  const Stockpile& plan_;
  Stock stock_;
  std::uint64_t shown_ = 0;
  Time shown_until_{};
};

Process stockpile(World& world, Index measure, const Stockpile& plan) {
  Pile pile(world, measure, plan);
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (goes_ahead) {
    const Influence who = world.new_influence();
    const TakeEffect effect = [&](Duration over) {
      if (plan.line != kNone)
        world.add_to_source(plan.line, who, Ramp::linear(0, 1, world.now(), over));
    };
    const bool is_built = co_await project.carry_out(plan.stages, effect);
    if (is_built) {
      project.complete();
      project.finish();
    }
  }
  co_await world.simulation().until(kNever); // the pile goes on
}

} // namespace

Process Stockpile::run(World& world, Index measure) const {
  return stockpile(world, measure, *this);
}

Kind stockpile_kind() {
  return make_kind<Stockpile>("stockpile", "Waste is made, used by a line, and stored in between.",
                              stockpile_fields(), check_stockpile);
}

} // namespace lantian

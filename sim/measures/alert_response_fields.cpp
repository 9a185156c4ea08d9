#include "measures/alert_response.hpp"

namespace lantian {

namespace {

const FieldTable<AlertResponse::Episodes>& episode_fields() {
  using Episodes = AlertResponse::Episodes;
  static const auto fields =
      FieldTable<Episodes>("episodes", "Spells of heavy pollution, as they come at random.")
          .number("per_year", &Episodes::per_year,
                  {.doc = "Mean number that begin in a calendar year.",
                   .required = true,
                   .dimension = kDimensionless / kTime,
                   .unit = "/year",
                   .low = 0})
          .reference("profile", &Episodes::profile,
                     {.doc = "When in the year they begin.", .preset = "flat", .table = "profiles"})
          .fixed_list("trend", &Episodes::trend,
                      {.doc = "Factor on their number, by calendar year from the first of the "
                              "horizon; the last one holds on.",
                       .dimension = kDimensionless,
                       .low = 0,
                       .preset = "1"})
          .number("peak", &Episodes::peak,
                  {.doc = "Highest air quality index (AQI) of a spell.",
                   .required = true,
                   .dimension = kDimensionless,
                   .low = 0,
                   .chance = true})
          .number("lasts", &Episodes::lasts,
                  {.doc = "How long a spell lasts.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "h",
                   .low = 0,
                   .above_low = true,
                   .chance = true})
          .fixed("floor", &Episodes::floor,
                 {.doc = "AQI at its begin and end; it climbs to the peak and falls back in "
                         "straight lines.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .preset = "at its peak all along"});
  return fields;
}

const FieldTable<AlertResponse::Rule>& rule_fields() {
  using Rule = AlertResponse::Rule;
  static const auto fields =
      FieldTable<Rule>("rule", "When a level is called; one of a level's rules suffices.")
          .date("from", &Rule::from,
                {.doc = "Revision of the plan that the rule belongs to; the latest one that has "
                        "come holds, alone.",
                 .preset = "the beginning"})
          .choice("level", &Rule::level, alert_words(), {.doc = "The level.", .required = true})
          .fixed("above", &Rule::above,
                 {.doc = "AQI that is reached …",
                  .required = true,
                  .dimension = kDimensionless,
                  .low = 0})
          .duration("lasting", &Rule::lasting,
                    {.doc = "… for at least so long.", .unit = "h", .low = 0, .preset = "0 h"})
          .fixed("and_above", &Rule::and_above,
                 {.doc = "AQI that is reached as well …", .dimension = kDimensionless, .low = 0})
          .duration("and_lasting", &Rule::and_lasting,
                    {.doc = "… for at least so long.", .unit = "h", .low = 0, .preset = "0 h"})
          .need("and_lasting", "and_above");
  return fields;
}

const FieldTable<AlertResponse::LevelCuts>& level_cut_fields() {
  using Cuts = AlertResponse::LevelCuts;
  const auto cut = [](const char* level) {
    return FieldOptions{.doc = std::string("Share that is cut at ") + level + ".",
                        .dimension = kDimensionless,
                        .low = 0,
                        .high = 1,
                        .preset = "0"};
  };
  static const auto fields =
      FieldTable<Cuts>("cuts of a grade", "Share of the activity that is cut, by level.")
          .number("yellow", &Cuts::yellow, cut("yellow"))
          .number("orange", &Cuts::orange, cut("orange"))
          .number("red", &Cuts::red, cut("red"));
  return fields;
}

const FieldTable<AlertResponse::Cuts>& cut_fields() {
  using Cuts = AlertResponse::Cuts;
  static const auto fields =
      FieldTable<Cuts>("cuts", "Cuts by performance grade.")
          .table("A", &Cuts::A, level_cut_fields(), {.doc = "Of plants of grade A."})
          .table("B", &Cuts::B, level_cut_fields(), {.doc = "Of plants of grade B."})
          .table("C", &Cuts::C, level_cut_fields(), {.doc = "Of plants of grade C."})
          .table("D", &Cuts::D, level_cut_fields(), {.doc = "Of plants of grade D."})
          .table("any", &Cuts::any, level_cut_fields(),
                 {.doc = "Of sources without plant or grade, and of grades not given."});
  return fields;
}

const FieldTable<AlertResponse::Order>& order_fields() {
  using Order = AlertResponse::Order;
  using Obedience = AlertResponse::Obedience;
  static const auto fields =
      FieldTable<Order>("order", "An order for some sources; the first that names one holds.")
          .id("id", &Order::id, {.doc = "Id of the order.", .required = true})
          .text("name", &Order::name, {.doc = "Name in English.", .preset = "the id"})
          .text("name_zh", &Order::name_zh, {.doc = "Name in Chinese."})
          .references("sources", &Order::sources, {.doc = "For these.", .table = "sources"})
          .references("plants", &Order::plants,
                      {.doc = "For all sources of these.", .table = "plants"})
          .texts("processes", &Order::processes, {.doc = "For all sources of these processes."})
          .references("sectors", &Order::sectors,
                      {.doc = "For all sources of these.", .table = "sectors"})
          .table("cuts", &Order::cuts, cut_fields(),
                 {.doc = "What is cut, by grade and level.", .required = true})
          .number("least", &Order::least,
                  {.doc = "Share of full below which it cannot be turned down.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "0"})
          .number("ramp", &Order::ramp,
                  {.doc = "Time from full to the order, and back.",
                   .dimension = kTime,
                   .unit = "h",
                   .low = 0,
                   .preset = "at once"})
          .number("obeyed", &Order::obeyed,
                  {.doc = "Share of the cut that is carried out, or probability that a source "
                          "obeys in an alert.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "1"})
          .choice("obedience", &Order::obedience,
                  {{"share", Obedience::share}, {"chance", Obedience::chance}},
                  {.doc = "Which of the two.", .preset = "share"})
          .boolean("rebounds", &Order::rebounds,
                   {.doc = "Its sources make up what they lost.", .preset = "true"});
  return fields;
}

const FieldTable<AlertResponse::Rebound>& rebound_fields() {
  using Rebound = AlertResponse::Rebound;
  static const auto fields = FieldTable<Rebound>("rebound", "What is made up after an alert.")
                                 .number("share", &Rebound::share,
                                         {.doc = "Share of what was cut that is made up.",
                                          .required = true,
                                          .dimension = kDimensionless,
                                          .low = 0,
                                          .high = 1})
                                 .number("at", &Rebound::at,
                                         {.doc = "Share above what runs otherwise at which it is.",
                                          .required = true,
                                          .dimension = kDimensionless,
                                          .low = 0,
                                          .high = 1,
                                          .above_low = true});
  return fields;
}

} // namespace

const FieldTable<AlertResponse>& alert_response_fields() {
  static const auto fields =
      FieldTable<AlertResponse>("alert_response",
                                "Alerts of heavy pollution, and the orders that hold in them.")
          .table("episodes", &AlertResponse::episodes, episode_fields(),
                 {.doc = "How heavy pollution comes.", .required = true})
          .tables("rules", &AlertResponse::rules, rule_fields(),
                  {.doc = "Which spell calls for which level.", .required = true})
          .tables("orders", &AlertResponse::orders, order_fields(),
                  {.doc = "What is cut at which level; without any, emissions are only accounted "
                          "by level."})
          .duration("notice", &AlertResponse::notice,
                    {.doc = "From the announcement to the time when the orders hold.",
                     .unit = "h",
                     .low = 0,
                     .preset = "0 h"})
          .duration("lifted_after", &AlertResponse::lifted_after,
                    {.doc = "From the end of a spell to the lifting of its alert.",
                     .unit = "h",
                     .low = 0,
                     .preset = "0 h"})
          .table("rebound", &AlertResponse::rebound, rebound_fields(),
                 {.doc = "Making up afterwards."})
          .choice("unexempted_as", &AlertResponse::unexempted_as,
                  {{"B", Grade::B}, {"C", Grade::C}, {"D", Grade::D}},
                  {.doc = "Grade as which grade A is judged in the view without exemptions.",
                   .preset = "B"});
  return fields;
}

} // namespace lantian

// What the check says of alert responses that cannot be meant, each with its whole text.

#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using Plan = AlertResponse;

const std::vector<AlertResponse::Rule> kRules = {
    {Time::min(), AlertLevel::yellow, 200, {}, std::nullopt, {}},
    {Time::min(), AlertLevel::red, 350, {}, std::nullopt, {}}};

Inventory town_with_rules() {
  Inventory town;
  town.plant("works", 365).grade = Grade::C;
  town.source("kiln").of("works").process("sinter").raw("PM", 1);
  return town;
}

AlertResponse::Order order_of_kiln(const Scenario& all) {
  AlertResponse::Order order;
  order.id = "kiln";
  order.sources = {source_of(all, "kiln")};
  order.cuts.any = AlertResponse::LevelCuts{};
  return order;
}

//! What the check says of a response with these orders, rules apart.
std::string mistakes_of_orders(std::function<void(Plan&, const Scenario&)> change) {
  Inventory town = town_with_rules();
  town.source("haze").raw("PM", 1).background();
  town.measure<Plan>("alerts", [change](Plan& plan, const Scenario& all) {
    plan.rules = kRules;
    plan.orders = {order_of_kiln(all)};
    change(plan, all);
  });
  return mistakes_of(town.scenario(), "alert_response", "alerts");
}

TEST(AlertChecks, let_sound_orders_pass) {
  EXPECT_EQ(mistakes_of_orders([](Plan&, const Scenario&) {}), "");
}

TEST(AlertChecks, refuse_an_order_that_is_nobodys_order) {
  EXPECT_EQ(mistakes_of_orders(
                [](Plan& plan, const Scenario& all) { plan.orders.push_back(order_of_kiln(all)); }),
            "measures.alerts.orders[kiln]: names no source, or only such as an order before it "
            "names: the first order that names a source is its order\n"
            "measures.alerts.orders[kiln].id: two orders are called kiln\n");
}

TEST(AlertChecks, refuse_processes_that_nobody_has) {
  EXPECT_EQ(
      mistakes_of_orders([](Plan& plan, const Scenario&) { plan.orders[0].processes = {"sintr"}; }),
      "measures.alerts.orders[kiln].processes: no source has the process 'sintr'; did you "
      "mean 'sinter'?\n");
}

TEST(AlertChecks, refuse_orders_to_the_background) {
  EXPECT_EQ(mistakes_of_orders([](Plan& plan, const Scenario& all) {
              plan.orders[0].sources.push_back(source_of(all, "haze"));
            }),
            "measures.alerts.orders[kiln]: sources.haze is background, which no measure may "
            "touch\n");
}

TEST(AlertChecks, refuse_orders_that_cut_nothing) {
  EXPECT_EQ(
      mistakes_of_orders([](Plan& plan, const Scenario&) { plan.orders[0].cuts.any.reset(); }),
      "measures.alerts.orders[kiln].cuts: cuts nothing; give at least one of A, B, C, D and "
      "any, such as any = { orange = 0.3, red = 0.5 }\n");
}

TEST(AlertChecks, refuse_a_revision_after_the_end) {
  EXPECT_EQ(mistakes_of_orders([](Plan& plan, const Scenario&) { plan.rules[1].from = day(400); }),
            "measures.alerts.rules[2].from: 2026-02-05 lies after the end of the scenario "
            "(2026-01-01)\n");
}

TEST(AlertChecks, refuse_a_second_voice) {
  Inventory town = town_with_rules();
  for (const char* id : {"a", "b"})
    town.measure<Plan>(id, [](Plan& plan, const Scenario&) { plan.rules = kRules; });
  const Scenario scenario = town.scenario();
  EXPECT_EQ(mistakes_of(scenario, "alert_response", "a"), "");
  EXPECT_EQ(mistakes_of(scenario, "alert_response", "b"),
            "measures.b: measures.a calls the alerts already; there is one alert level, so there "
            "can be but one alert_response\n");
}

} // namespace
} // namespace lantian

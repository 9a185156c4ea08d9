"""Who must do what under an alert, and what it cuts."""

import numpy as np
import pytest

from lantian.frames.alerts import alert_cuts, alert_list, alert_orders


@pytest.fixture(scope="module")
def tables(works):
    return works.scenario("plan").to_dict()


def test_the_list_has_the_cuts_of_the_plant_s_grade(works, tables):
    (row,) = alert_list(works, tables, scenario="plan").to_dict("records")
    assert (row["source"], row["plant"], row["grade"]) == ("kiln", "works", "C")
    assert (row["order"], row["yellow"], row["orange"]) == ("lines", 0.2, 0.4)
    assert np.isnan(row["red"])  # nothing is asked at red


def test_a_source_is_under_the_first_order_that_names_it(works, tables):
    orders = [
        {"id": "exception", "sources": ["kiln"], "cuts": {"any": {"red": 0.1}}},
        {"id": "rule", "sectors": ["steel", "heat"], "cuts": {"any": {"red": 1}}},
    ]
    changed = {**tables, "measures": {"alerts": {"kind": "alert_response", "orders": orders}}}
    frame = alert_list(works, changed, scenario="plan")
    assert frame[["source", "order", "red"]].values.tolist() == [
        ["boilers", "rule", 1],
        ["kiln", "exception", 0.1],
    ]


def test_orders_are_listed_by_grade(works, tables):
    frame = alert_orders(works, tables, scenario="plan")
    assert frame[["grade", "yellow", "least", "obeyed"]].values.tolist() == [
        ["C", 0.2, 0, 1],
        ["any", 0.1, 0, 1],
    ]


def test_what_the_order_cuts_is_what_the_permit_leaves_of_it(works):
    # the permit already holds the kiln at 0.9, so the order, 0.8, takes one ninth
    frame = alert_cuts(works, scenario="plan")
    fine = frame[(frame["pollutant"] == "PM25") & (frame["orders"] == "in_force")].iloc[0]
    assert (fine["level"], fine["replications"]) == ("yellow", 20)
    assert fine["mean"] == pytest.approx(1 / 9, rel=1e-9)
    assert fine["days"] > 0


def test_a_scenario_without_alerts_has_no_rows(works):
    assert alert_cuts(works, scenario="base").empty
    assert alert_list(works, {}, scenario="base").empty

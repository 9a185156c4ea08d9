"""The detailed table of the two filters, by hand; costs are those of test_costs.py.

In 2025 both filters are in service. SO2 comes in at 100 t: the first leaves 40, the second 20. NOx
comes in at 50 t: the second leaves 40.
"""

import math

import pytest

import lantian
from lantian import frames

FIRST, SECOND = 249_029.4887, 96_731.8180


@pytest.fixture(scope="module")
def ladder(two_filters, tmp_path_factory):
    output = tmp_path_factory.mktemp("ladder") / "ladder.h5"
    return lantian.ladder(two_filters, output=output, dimensions=["source"], replications=2)


def rows(table):
    return {(row["cm_abbrev"], row["poll"]): row for row in table.to_dict("records")}


def test_each_measure_meets_what_those_before_it_left(ladder):
    found = rows(frames.control_strategy(ladder, "SO2"))
    wanted = ["inv_emissions", "input_emis", "final_emissions", "eff_emis_reduction"]
    assert {key: [row[one] for one in wanted] for key, row in found.items()} == {
        ("first", "SO2"): pytest.approx([100, 100, 40, 60]),
        ("second", "SO2"): pytest.approx([100, 40, 20, 20]),
        ("second", "NOx"): pytest.approx([50, 50, 40, 10]),
    }
    assert [row["apply_order"] for row in found.values()] == [1, 2, 2]
    assert [row["control_eff"] for row in found.values()] == pytest.approx([60, 50, 20])
    assert [row["rule_eff"] for row in found.values()] == pytest.approx([100, 100, 100])


def test_rule_effectiveness_is_what_a_year_gets_of_the_full_effect(ladder):
    # 184 and 31 of the 366 days of 2024; the first control was there when the second came
    found = rows(frames.control_strategy(ladder, "SO2", years=2024))
    assert found["first", "SO2"]["percent_reduction"] == pytest.approx(60 * 184 / 366)
    assert found["first", "SO2"]["control_eff"] == pytest.approx(60)
    assert found["first", "SO2"]["rule_eff"] == pytest.approx(100 * 184 / 366)
    second = found["second", "NOx"]
    assert second["percent_reduction"] == pytest.approx(20 * 31 / 366)
    assert second["rule_eff"] == pytest.approx(100 * 31 / 366)
    assert second["rule_pen"] == 100


def test_cost_is_charged_once_and_to_what_was_asked(ladder):
    found = rows(frames.control_strategy(ladder, "SO2"))
    assert found["first", "SO2"]["annual_cost"] == pytest.approx(FIRST)
    assert found["first", "SO2"]["annualized_capital_cost"] == pytest.approx(149_029.4887)
    assert found["first", "SO2"]["annual_oper_maint_cost"] == pytest.approx(100e3)
    assert found["first", "SO2"]["total_capital_cost"] == pytest.approx(1e6)
    assert found["second", "SO2"]["eff_ann_cost_per_ton"] == pytest.approx(SECOND / 20)
    assert math.isnan(found["second", "NOx"]["annual_cost"])


def test_weights_split_cost_among_pollutants(ladder):
    # the second abates 20 t of SO2 and 10 t of NOx, which counts twice: half of the cost each
    found = rows(frames.control_strategy(ladder, {"SO2": 1, "NOx": 2}))
    assert found["second", "SO2"]["annual_cost"] == pytest.approx(SECOND / 2)
    assert found["second", "NOx"]["annual_cost"] == pytest.approx(SECOND / 2)
    assert found["second", "NOx"]["eff_ann_cost_per_ton"] == pytest.approx(SECOND / 2 / 10)


def test_a_measure_that_abates_none_of_it_keeps_its_cost_in_a_row_without_a_source(ladder):
    table = frames.control_strategy(ladder, "NOx")
    found = rows(table)
    assert found["first", ""]["annual_cost"] == pytest.approx(FIRST)
    assert found["first", ""]["unit_id"] == ""
    assert table["annual_cost"].sum() == pytest.approx(FIRST + SECOND)


def test_rows_say_where_and_how_capital_is_recovered(ladder):
    row = rows(frames.control_strategy(ladder, "SO2"))["first", "SO2"]
    assert [row[one] for one in ("region_cd", "sector", "facility_id", "unit_id", "process")] == [
        "east",
        "steel",
        "works",
        "stack",
        "kiln",
    ]
    assert row["cm_name"] == "First filter"
    assert row["equipment_life"] == pytest.approx(10)
    assert row["cap_rec_factor"] == pytest.approx(0.14902949)
    assert (row["discount_rate"], row["cost_year"]) == (0.08, 2023)


def test_what_it_lacks_is_said(two_filters, tmp_path):
    lean = lantian.ladder(two_filters, output=tmp_path / "lean.h5", replications=2)
    with pytest.raises(lantian.UsageError, match=r'dimensions=\["source"\]'):
        frames.control_strategy(lean, "SO2")
    shares = lantian.attribute(two_filters, output=tmp_path / "shares.h5", replications=2)
    with pytest.raises(lantian.UsageError, match="needs a ladder"):
        frames.control_strategy(shares, "SO2")

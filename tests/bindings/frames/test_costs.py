"""Costs of the two filters in 2025, by hand.

capital recovery at 8 %: 0.149029489 over 10 years, 0.116829545 over 15 (the default)
first:  1.0 MCNY x 0.149029489 + 100,000 = 249,029.49 CNY/year
second: 0.4 MCNY x 0.116829545 +  50,000 =  96,731.82 CNY/year

SO2 of 100 t:       first             second
each alone          60                50
first, then second  60                50 - 30 = 20
integrated          (60 + 30)/2 = 45  (50 + 20)/2 = 35
"""

import numpy as np
import pytest

import lantian
from lantian import frames
from lantian.frames._effects import without_crumbs

FIRST, SECOND = 249_029.4887, 96_731.8180
METHODS = {"alone": "first-in", "sequential": "sequential", "integrated": "shapley"}
SO2 = {"alone": (60, 50), "sequential": (60, 20), "integrated": (45, 35)}


@pytest.fixture(params=list(METHODS))
def method(request):
    return request.param


@pytest.fixture
def shares(two_filters, method, tmp_path):
    return lantian.attribute(
        two_filters, output=tmp_path / "shares.h5", method=METHODS[method], replications=3
    )


def of_measures(table):
    return table[table["kind"] == "measures"].set_index("group")


def test_a_tonne_costs_what_it_costs_by_hand(shares, method):
    first, second = SO2[method]
    table = of_measures(frames.marginal_costs(shares, "SO2"))
    assert table["method"].tolist() == [method] * 2
    assert table["abatement"].to_dict() == pytest.approx({"first": first, "second": second})
    assert table["capital"].to_dict() == pytest.approx({"first": 1e6, "second": 0.4e6})
    assert table["annuity"].to_dict() == pytest.approx(
        {"first": 149_029.4887, "second": 46_731.8180}
    )
    assert table["operating"].to_dict() == pytest.approx({"first": 100e3, "second": 50e3})
    assert table["cost"].to_dict() == pytest.approx({"first": FIRST, "second": SECOND})
    costs = {"first": FIRST / first, "second": SECOND / second}
    assert table["cost_per_unit"].to_dict() == pytest.approx(costs)
    cheapest = table["place"].idxmin()
    assert cheapest == ("first" if method == "sequential" else "second")


def test_it_says_in_what_and_of_when(shares):
    table = frames.marginal_costs(shares, "SO2")
    assert set(table["unit"]) == {"CNY/t"}
    assert set(table["abatement_unit"]) == {"t/year"}
    assert set(table["cost_unit"]) == {"CNY/year"}
    assert set(table["price_year"]) == {2023}
    assert set(table["discount_rate"]) == {0.08}
    assert set(table["first_year"]) == set(table["last_year"]) == {2025}
    assert table["name"].tolist()[:2] == ["First filter", "second"]
    assert table["name_zh"].tolist()[:2] == ["一号除尘器", "second"]


def test_weights_add_pollutants_up(shares, method):
    # 2 x 10 t of NOx beside the SO2 of the second
    first, second = SO2[method]
    table = of_measures(frames.marginal_costs(shares, {"SO2": 1, "NOx": 2}))
    assert table["abatement"].to_dict() == pytest.approx({"first": first, "second": second + 20})
    assert table.loc["second", "cost_per_unit"] == pytest.approx(SECOND / (second + 20))
    assert set(table["unit"]) == {"CNY/weighted t"}


def test_pollution_equivalents_are_those_of_the_tax(shares, method):
    # 0.95 kg of either make one equivalent
    first, second = SO2[method]
    table = of_measures(frames.marginal_costs(shares, "tax-equivalents"))
    assert table["cost_per_unit"].to_dict() == pytest.approx(
        {"first": FIRST * 0.95e-3 / first, "second": SECOND * 0.95e-3 / (second + 10)}
    )
    assert set(table["unit"]) == {"CNY/equivalent"}


def test_what_belongs_to_no_measure_has_tonnes_and_no_cost_of_one(two_filters, tmp_path):
    shares = lantian.attribute(
        two_filters, output=tmp_path / "shares.h5", method="first-in", replications=2
    )
    table = frames.marginal_costs(shares, "SO2").set_index("group")
    assert table.loc["interaction", "kind"] == "interaction"
    assert table.loc["interaction", "abatement"] == pytest.approx(80 - 110)
    assert np.isnan(table.loc["interaction", "cost_per_unit"])
    assert np.isnan(table.loc["interaction", "place"])


def test_what_the_base_does_otherwise_is_no_measure_either(two_filters, tmp_path):
    # the base makes twice as much without a filter: 200 t
    off = {f"measures.{one}.enabled": False for one in ("first", "second")}
    base = two_filters.with_({"sources.stack.activity": "20 kt/year", **off}, id="base")
    shares = lantian.attribute(two_filters, base, output=tmp_path / "shares.h5", replications=2)
    table = frames.marginal_costs(shares, "SO2").set_index("group")
    assert table.loc["other-changes", "kind"] == "other-changes"
    assert table.loc["other-changes", "abatement"] == pytest.approx(100)
    assert np.isnan(table.loc["other-changes", "cost_per_unit"])


def test_the_order_of_a_sequential_method_is_said(two_filters, tmp_path):
    def applied(**options):
        shares = lantian.attribute(
            two_filters, output=tmp_path / "shares.h5", replications=2, overwrite=True, **options
        )
        return frames.marginal_costs(shares, "SO2").set_index("group")["applied"].to_dict()

    assert applied(method="sequential") == {"first": 1, "second": 2}
    named = {"late": ["second"], "early": ["first"]}
    assert applied(method="sequential", groups=named) == {"late": 1, "early": 2}
    assert np.isnan(list(applied(method="shapley").values())).all()


def test_a_ladder_is_the_sequential_method(two_filters, tmp_path):
    ladder = lantian.ladder(two_filters, output=tmp_path / "ladder.h5", replications=2)
    table = frames.marginal_costs(ladder, "SO2").set_index("group")
    assert table["method"].tolist() == ["sequential"] * 2
    assert table["applied"].tolist() == [1, 2]
    assert table["abatement"].to_dict() == pytest.approx({"first": 60, "second": 20})
    assert table["cost"].to_dict() == pytest.approx({"first": FIRST, "second": SECOND})
    weighted = frames.marginal_costs(ladder, {"SO2": 1, "NOx": 2}).set_index("group")
    assert weighted["abatement"].to_dict() == pytest.approx({"first": 60, "second": 20 + 2 * 10})


def test_capital_is_charged_in_full_however_short_the_effect(two_filters, tmp_path):
    # 2024: the first has 184 of 366 days, so its effect and its running cost are 184/366
    ladder = lantian.ladder(two_filters, output=tmp_path / "ladder.h5", replications=2)
    row = frames.marginal_costs(ladder, "SO2", years=2024).set_index("group").loc["first"]
    assert row["abatement"] == pytest.approx(60 * 184 / 366)
    assert row["annuity"] == pytest.approx(149_029.4887)
    assert row["operating"] == pytest.approx(100e3 * 184 / 366, rel=1e-3)


def test_another_rate_and_life_come_from_the_scenario(two_filters, tmp_path):
    undiscounted = two_filters.with_(
        {"money.discount_rate": 0, "measures.first.lifetime": "20 year"}, id="plain"
    )
    ladder = lantian.ladder(undiscounted, output=tmp_path / "ladder.h5", replications=2)
    table = frames.marginal_costs(ladder, "SO2").set_index("group")
    assert table["annuity"].to_dict() == pytest.approx({"first": 1e6 / 20, "second": 0.4e6 / 15})


def test_a_base_that_values_money_otherwise_is_refused(two_filters, tmp_path):
    base = two_filters.with_({"money.discount_rate": 0.05}, id="base")
    with pytest.raises(lantian.UsageError, match="must value money alike"):
        lantian.attribute(two_filters, base, output=tmp_path / "shares.h5")


def test_rounding_is_no_abatement(shares):
    # the first filter leaves NOx as it was, but the stack is added up in other pieces
    row = frames.marginal_costs(shares, "NOx").set_index("group").loc["first"]
    assert row["abatement"] == 0
    assert np.isnan(row["cost_per_unit"])
    assert without_crumbs(np.array([[3e-15, -14.0]])).tolist() == [[0, -14]]
    assert without_crumbs(np.array([[3e-15, 1e-10]])).tolist() == [[0, 0]]


def test_what_abates_nothing_has_no_cost_per_tonne(two_works):
    table = frames.marginal_costs(two_works, "SO2").set_index("group")
    assert np.isnan(table.loc["new-filter", "cost_per_unit"])
    assert np.isnan(table.loc["new-filter", "cost_per_unit_p10"])
    assert table.loc["new-filter", "share_abating"] == 0
    assert table.loc["hood", "share_abating"] == 1


@pytest.mark.parametrize(
    ("of", "message"),
    [
        ("SO3", "has no pollutant 'SO3'; did you mean 'SO2'"),
        ({"SO3": 1}, "has no pollutant 'SO3'; did you mean 'SO2'"),
        ({"SO2": -1, "NOx": 1}, "give one a pollutant, 0 or more"),
        ({"SO2": float("nan"), "NOx": 1}, "give one a pollutant, 0 or more"),
        ({"SO2": 0}, "at least one above 0"),
        ({}, "at least one above 0"),
    ],
)
def test_what_cannot_be_weighed_is_named(two_works, of, message):
    with pytest.raises(lantian.UsageError, match=message):
        frames.marginal_costs(two_works, of)


def test_years_outside_the_horizon_are_refused(two_works, two_filters, tmp_path):
    with pytest.raises(lantian.UsageError, match="it has 2025 to 2026"):
        frames.marginal_costs(two_works, "NOx", years=(2026, 2030))
    shares = lantian.attribute(two_filters, output=tmp_path / "shares.h5", replications=2)
    with pytest.raises(lantian.UsageError, match="it has 2024 to 2025"):
        frames.marginal_costs(shares, "NOx", years=2026)
    with pytest.raises(lantian.UsageError, match="name no scenarios"):
        frames.marginal_costs(shares, "NOx", scenarios=["a", "b"])

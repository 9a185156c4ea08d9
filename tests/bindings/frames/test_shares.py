"""Shares of the two filters over 2024 and 2025; frames/test_costs.py has the year 2025."""

import pytest

import lantian
from lantian import frames


@pytest.fixture(scope="module")
def attribution(two_filters, tmp_path_factory):
    output = tmp_path_factory.mktemp("shares") / "shares.h5"
    return lantian.attribute(two_filters, output=output, replications=3)


def of(table, quantity):
    rows = table[table["quantity"] == quantity]
    return rows.set_index("group")["change"].to_dict()


def test_tonnes_and_money_are_shared_out(attribution):
    table = frames.shares(attribution)
    # 2024: 60 t for 184 of 366 days and 50 for 31, in which they overlap by 30; 2025 all year
    first, second = 60 * (1 + 184 / 366), 50 * (1 + 31 / 366)
    half = 15 * (1 + 31 / 366)
    wanted = {"first": -first + half, "second": -second + half}
    assert of(table, "SO2") == pytest.approx(wanted)
    assert of(table, "capital") == pytest.approx({"first": 1e6, "second": 0.4e6})
    assert of(table, "annuity") == pytest.approx({"first": 149_029.4887, "second": 46_731.8180})
    assert table.groupby("quantity")["of_all"].sum().to_list() == pytest.approx([1] * 6)


def test_years_are_chosen(attribution):
    assert of(frames.shares(attribution, years=2025), "SO2") == pytest.approx(
        {"first": -45, "second": -35}
    )
    assert of(frames.shares(attribution, years=2025), "capital") == {"first": 0, "second": 0}


def test_a_run_has_no_shares(two_works):
    with pytest.raises(lantian.UsageError, match="holds runs"):
        frames.shares(two_works)

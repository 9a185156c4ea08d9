"""Chances of targets: Wilson's interval by hand, the sample and two works."""

import math

import numpy as np
import pandas as pd
import pytest

import lantian
from lantian import frames
from lantian.frames.targets import wilson_interval


def test_wilsons_interval_is_as_worked_out_by_hand():
    # 3 of 9, z2 = 3.8415: centre (1/3 + 3.8415/18) / (1 + 3.8415/9) = 0.38317, half the width
    # 1.95996 sqrt(2/81 + 3.8415/324) / 1.42683 = 0.26249
    assert wilson_interval(3, 9) == pytest.approx((0.12058, 0.64581), abs=2e-5)


def test_an_interval_of_nothing_or_all_reaches_the_end():
    low, high = wilson_interval(0, 4)
    assert low == 0
    assert high == pytest.approx(3.841459 / (4 + 3.841459), abs=1e-6)
    assert wilson_interval(4, 4) == pytest.approx((1 - high, 1))
    assert wilson_interval(0, 0) == (0, 1)


def test_what_is_not_assessable_does_not_count(sample):
    # verdicts of the sample: not assessable, missed, met, and so on through ten replications
    row = frames.target_chances(lantian.open(sample), scenario="as-planned").iloc[0]
    assert (row["met"], row["assessable"]) == (3, 6)
    assert row["probability"] == 0.5
    assert row["unit"] == "1"


def test_targets_have_margins_in_their_units(two_works):
    table = frames.target_chances(two_works, scenario="filter-and-hood").set_index("target")
    # the hood is built on 11 July, five days after the end of 5 July; the filter on its day
    assert table["median_margin"].to_dict() == pytest.approx(
        {"air": math.nan, "both": -5, "filter": 1}, nan_ok=True
    )
    assert table["margin_unit"].to_dict() == {"air": "t", "both": "d", "filter": "d"}
    assert table["probability"].to_dict() == pytest.approx(
        {"air": math.nan, "both": 0, "filter": 1}, nan_ok=True
    )
    assert np.isnan(table.loc["air", "probability"])


def test_a_file_without_targets_gives_an_empty_table_with_columns(two_works):
    table = frames.target_chances(two_works, scenario="untouched")
    assert len(table) == 0
    assert list(table.columns)[:2] == ["scenario", "target"]


def test_dates_and_lateness_of_deadlines_are_as_worked_out_by_hand(two_works):
    # the hood is built at the end of 10 July, the last day was 5 July: late by 5 days in all worlds
    table = frames.target_dates(two_works, scenario="filter-and-hood").set_index("target")
    assert list(table.index) == ["both", "filter"]
    both = table.loc["both"]
    assert both["due"] == np.datetime64("2025-07-05")
    assert both[["p50", "p80", "p95"]].tolist() == [pd.Timestamp("2025-07-11")] * 3
    assert both[["mean_late", "late_low", "late_high", "never"]].tolist() == [5, 5, 5, 0]
    assert table.loc["filter", "mean_late"] == 0


def test_lateness_is_shared_out_along_the_path(two_works):
    # the hood's path: permit 90 days, 91 for the crew that builds the filter, 10 at work
    table = frames.target_lateness(two_works).set_index(["scenario", "target", "cause"])
    both = table.loc["filter-and-hood", "both"]
    assert both["path_mean"].to_dict() == {
        **dict.fromkeys(both.index, 0),
        "permits": 90,
        "crews": 91,
        "work": 10,
    }
    assert both["mean"].to_numpy() == pytest.approx(5 * both["path_mean"] / 191)
    assert both["p90"].to_numpy() == pytest.approx(both["mean"])
    assert both["share"].sum() == pytest.approx(1)
    in_time = table.loc["filter-and-hood", "filter"]
    assert (in_time[["mean", "p90", "share"]] == 0).all(axis=None)


def test_scenarios_without_deadlines_give_empty_tables(two_works):
    assert len(frames.target_dates(two_works, scenario="untouched")) == 0
    assert list(frames.target_lateness(two_works, scenario="untouched"))[4] == "cause"

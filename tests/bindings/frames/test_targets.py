"""Chances of targets: Wilson's interval by hand, the sample and two works."""

import math

import numpy as np
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

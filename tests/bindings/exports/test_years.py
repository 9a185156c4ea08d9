"""Calendar years of a time axis."""

import numpy as np

from lantian import Coordinate
from lantian.exports.years import whole_years, yearly_sums


def months(first: str, last: str) -> Coordinate:
    bounds = np.arange(first, last, dtype="datetime64[M]").astype("datetime64[s]")
    return Coordinate("time", bounds[:-1], bounds)


def test_years_in_which_the_axis_begins_or_ends_are_left_out():
    # July 2024 to June 2026: 2025 alone is whole, its January being the seventh month
    assert whole_years(months("2024-07", "2026-08")) == {2025: slice(6, 18)}


def test_an_axis_of_whole_years_has_them_all():
    assert list(whole_years(months("2024-01", "2026-02"))) == [2024, 2025]


def test_intervals_of_a_year_are_whole_years():
    bounds = np.array(["2024-01-01", "2025-01-01", "2026-01-01"], dtype="datetime64[s]")
    years = whole_years(Coordinate("time", bounds[:-1], bounds))
    assert years == {2024: slice(0, 1), 2025: slice(1, 2)}


def test_amounts_add_up_by_year():
    years = whole_years(months("2024-07", "2027-02"))
    # a month's amount is its number from July 2024 on: 6 + ... + 17 = 138, 18 + ... + 29 = 282
    assert yearly_sums(np.arange(30.0)[None], years).tolist() == [[138.0, 282.0]]


def test_without_whole_years_there_are_no_sums():
    assert yearly_sums(np.ones((2, 3)), {}).shape == (2, 0)

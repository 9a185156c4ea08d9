"""How a scenario is written does not matter: when it is, in which units, in which order, where.

Each rule names a defect with which it was seen to fail.
"""

from __future__ import annotations

import random

import numpy as np
from generated import scenarios
from hypothesis import given
from hypothesis import strategies as st
from rules import note_change, rounding
from transformed import (
    as_csv,
    in_decimal_units,
    in_other_order,
    in_other_units,
    in_two_files,
    later_by_days,
    later_by_years,
)
from worlds import Worlds, assert_same, run, with_all_output
from written import Written

LUCK = st.randoms(use_true_random=False)
DAYS_IN_400_YEARS = 146_097  # a whole number of weeks
DAYS_IN_28_YEARS = 10_227  # likewise, where no century lies between


def assert_dates_moved(before: Worlds, after: Worlds, days: int) -> None:
    reached = before.dates >= 0
    np.testing.assert_array_equal(after.dates[reached] - before.dates[reached], days * 86400)
    np.testing.assert_array_equal(after.dates >= 0, reached)


@given(
    written=scenarios(), move=st.sampled_from([(28, DAYS_IN_28_YEARS), (400, DAYS_IN_400_YEARS)])
)
def test_a_scenario_in_another_age_gives_the_same_bits(
    written: Written, move: tuple[int, int]
) -> None:
    """Weekdays and leap years recur, so dates move by as many days and nothing else changes.

    Seen to fail with: trends counted from 2025, not from the first year of the horizon.
    """
    years, days = move
    later = later_by_years(written, years)
    note_change(written, later)
    before, after = run(written), run(later)
    assert after.labels["year"] == tuple(year + years for year in before.labels["year"])
    after.labels["year"] = before.labels["year"]
    assert_same(before, after, but=["measure_date", "target_margin"])
    assert_dates_moved(before, after, days)
    margins = [worlds.arrays["target_margin"] for worlds in (before, after)]
    np.testing.assert_allclose(*margins, rtol=0, atol=1e-9)  # days since 1970 have fewer digits


@given(written=scenarios(calendar=False), days=st.integers(1, 150))
def test_a_scenario_without_calendar_may_begin_on_any_day(written: Written, days: int) -> None:
    """Totals of the horizon stay, and dates move by as many days, between 2021 and 2023.

    A year at a nominal rate has 365 days in each of these. Months cut the totals elsewhere, so that
    they may differ by rounding.

    Seen to fail with: projects that begin at the end of the month of their start.
    """
    later = later_by_days(written, days)
    note_change(written, later)
    before, after = run(written), run(later)
    assert_dates_moved(before, after, days)
    for name, values in before.arrays.items():
        if before.axes[name][-1] not in ("time", "year") or name == "measure_progress":
            continue
        total, moved = values.sum(axis=-1), after.arrays[name].sum(axis=-1)
        allowed = rounding(written) * np.abs(total).max(initial=0)
        np.testing.assert_allclose(moved, total, rtol=0, atol=allowed, err_msg=name)


@given(written=scenarios(), luck=LUCK)
def test_units_that_differ_by_powers_of_ten_give_the_same_bits(
    written: Written, luck: random.Random
) -> None:
    """Kilotonnes or kilograms, MCNY or CNY, 0.5 or 50 %: the engine reads the same doubles.

    Seen to fail with: numbers scaled as doubles, not in their text.
    """
    other = in_decimal_units(written, luck)
    note_change(written, other)
    assert_same(run(written), run(other), but=["activity_by_source", "parameter_value"])


@given(written=scenarios(), luck=LUCK)
def test_other_units_of_time_give_the_same_dates_and_amounts(
    written: Written, luck: random.Random
) -> None:
    """Per year or per day, weeks or months: a double holds few of the factors between them.

    So amounts may differ by rounding. Durations are whole seconds, so dates are equal.

    Seen to fail with: a month of 30 days.
    """
    other = in_other_units(written, luck)
    note_change(written, other)
    before, after = run(written), run(other)
    np.testing.assert_array_equal(before.dates, after.dates)
    but = ["activity_by_source", "parameter_value"]
    assert_same(before, after, within=rounding(written), but=but)


@given(written=scenarios(), luck=LUCK)
def test_the_order_of_tables_rows_and_keys_does_not_matter(
    written: Written, luck: random.Random
) -> None:
    """Ids order what happens at the same time, and sums.

    Seen to fail with: lists put in another order too (a defect of the transformation).
    """
    other = Written(in_other_order(written.tree, luck))
    note_change(written, other)
    assert_same(run(written), run(other))


@given(written=scenarios(), table=st.sampled_from(["sources", "plants", "controls"]), luck=LUCK)
def test_rows_of_a_csv_file_are_those_of_a_table(
    written: Written, table: str, luck: random.Random
) -> None:
    """Cells are read as the values they stand for, in any order of rows and columns.

    Seen to fail with: cells that hold true, read as false.
    """
    tree = with_all_output(written).copy()
    rows = as_csv(tree.pop(table, {"none": {}}), luck)
    tree["tables"] = {table: "rows.csv"}
    other = Written(tree)
    note_change(written, other.text + rows)
    if table in written.tree:
        files = {"rows.csv": rows, "plan.toml": other.text}
        assert_same(run(written), run(written, files=files))


@given(written=scenarios(), luck=LUCK)
def test_a_scenario_that_extends_another_is_the_two_put_together(
    written: Written, luck: random.Random
) -> None:
    """A base with parts of it, other values and a row that is given up; and the text of `show`.

    Seen to fail with: values of the base that win over those on top of it.
    """
    files = in_two_files(with_all_output(written), luck)
    note_change(written, files["base.toml"] + files["plan.toml"])
    before = run(written)
    assert_same(before, run(written, files=files))
    resolved = with_all_output(written).load().to_toml()
    assert_same(before, run(written, files={"plan.toml": resolved}))

"""Paired statistics against numbers that were worked out by hand or printed."""

import math

import numpy as np
import pytest

from lantian.decide.paired import (
    compare_means,
    compare_medians,
    compare_shares,
    mcnemar_p_value,
    newcombe_interval,
)


def test_newcombes_interval_by_hand():
    # 40 worlds: both 12, only the first 9, only the second 2, neither 17.
    # p1 = 21/40, p2 = 14/40; Wilson: 0.37498 to 0.67065 and 0.22135 to 0.50494.
    # 12 x 17 - 9 x 2 - 40/2 = 166; correlation 166 / sqrt(21 x 19 x 14 x 26) = 0.43558.
    # Down: sqrt(0.15002^2 - 2 x 0.43558 x 0.15002 x 0.15494 + 0.15494^2) = 0.16206
    # Up: sqrt(0.14565^2 - 2 x 0.43558 x 0.14565 x 0.12866 + 0.12866^2) = 0.14643
    low, high = newcombe_interval(12, 9, 2, 17)
    assert low == pytest.approx(0.175 - 0.16206, abs=2e-5)
    assert high == pytest.approx(0.175 + 0.14643, abs=2e-5)


def test_newcombes_interval_turns_round_with_its_sides():
    low, high = newcombe_interval(12, 9, 2, 17)
    assert newcombe_interval(12, 2, 9, 17) == pytest.approx((-high, -low))


def test_what_never_differs_still_has_an_interval():
    low, high = newcombe_interval(30, 0, 0, 70)
    assert low == pytest.approx(-high)
    assert 0 < high < 0.03
    # All or none: no correlation is seen, so the intervals stand side by side.
    wilson = 1.959964**2 / (100 + 1.959964**2)
    assert newcombe_interval(0, 0, 0, 100)[1] == pytest.approx(wilson)


def test_newcombes_interval_covers():
    """95 % of the intervals hold the true difference, for correlated pairs of worlds."""
    generator = np.random.default_rng(7)
    covered = 0
    for _ in range(2000):
        first, noise = generator.random((2, 80))
        old, new = first < 0.3, np.where(noise < 0.7, first, generator.random(80)) < 0.5
        counts = [(new & old).sum(), (new & ~old).sum(), (~new & old).sum(), (~new & ~old).sum()]
        low, high = newcombe_interval(*(int(count) for count in counts))
        covered += low <= 0.2 <= high
    assert 0.94 < covered / 2000 < 0.975


@pytest.mark.parametrize(
    ("gained", "lost", "p_value"),
    [(0, 0, 1), (1, 1, 1), (5, 0, 2 / 32), (6, 1, 2 * (1 + 7) / 128), (0, 2000, 0)],
)
def test_mcnemars_p_value_is_that_of_a_fair_coin(gained, lost, p_value):
    assert mcnemar_p_value(gained, lost) == pytest.approx(p_value)


def test_worlds_that_cannot_be_judged_both_times_do_not_count():
    before = np.array([1, 0, math.nan, 0, 0])
    after = np.array([1, 1, 1, math.nan, 0])
    found = compare_shares(before, after)
    assert (found.before, found.after) == (1 / 3, 2 / 3)
    assert found.p_value == 1
    assert math.isnan(compare_shares(before, np.full(5, math.nan)).difference)


def test_means_are_paired():
    before, after = np.array([10.0, 20.0, 60.0]), np.array([9.0, 18.0, 57.0])
    found = compare_means(before, after)
    # Differences -1, -2, -3: mean -2, error 1 / sqrt(3), t quantile 4.3027 for 2 degrees.
    assert (found.before, found.after, found.difference) == (30, 28, -2)
    assert (found.low, found.high) == pytest.approx((-2 - 2.48414, -2 + 2.48414), abs=1e-4)


def test_rounding_is_no_difference():
    before = np.array([1e8, 2e8 / 3])
    found = compare_means(before, np.nextafter(before, np.inf))
    assert (found.difference, found.low, found.high) == (0, 0, 0)


def test_a_median_is_the_day_by_which_half_of_the_worlds_are_there():
    found = compare_medians(
        np.array([1.0, 2, math.nan, 4]), np.array([1.0, 1, 3, math.nan]), seed=1
    )
    assert (found.before, found.after, found.difference) == (2, 1, -1)
    shifted = compare_medians(np.arange(50.0), np.arange(50.0) - 7, seed=1)
    assert (shifted.difference, shifted.low, shifted.high) == (-7, -7, -7)


def test_a_half_that_is_never_reached_has_no_date():
    never = np.array([1.0, math.nan, math.nan])
    found = compare_medians(never, np.array([1.0, 2, 3]), seed=1)
    assert math.isnan(found.before)
    assert math.isnan(found.difference)
    assert found.low == -math.inf  # it may have come from beyond the horizon
    both = compare_medians(np.full(9, math.nan), np.full(9, math.nan), seed=1)
    assert (both.low, both.high) == (-math.inf, math.inf)


def test_the_interval_of_medians_covers():
    generator = np.random.default_rng(3)
    covered = 0
    for trial in range(100):
        luck = generator.normal(0, 30, 60)
        before, after = 100 + luck, 90 + luck + generator.normal(0, 5, 60)
        found = compare_medians(before, after, seed=trial)
        covered += found.low <= -10 <= found.high
    assert covered >= 90

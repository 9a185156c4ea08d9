"""Ratios of means: the ends of Fieller's interval are where a paired t test stops rejecting."""

import math

import numpy as np
import pytest

from lantian.frames._ratios import ratio_of_means, ratio_quantiles

COST = np.array([10.0, 14, 11, 13])
TONNES = np.array([2.0, 3, 2, 2.5])
T = 3.182446  # Student's t, 0.975, 3 degrees of freedom


def t_value(ratio):
    """Of the hypothesis that the ratio of the means is this one."""
    rest = COST - ratio * TONNES
    return rest.mean() / (rest.std(ddof=1) / 2)


def test_the_ends_are_just_not_rejected():
    ratio, low, high = ratio_of_means(COST, TONNES)
    assert ratio == pytest.approx(48 / 9.5)
    assert (t_value(low), t_value(high)) == pytest.approx((T, -T), rel=1e-5)
    assert low < ratio < high


def test_what_never_varies_has_an_interval_of_no_length():
    assert ratio_of_means(np.full(3, 10.0), np.full(3, 4.0)) == (2.5, 2.5, 2.5)


def test_an_abatement_that_may_be_nothing_has_no_interval():
    # mean 1, standard error 2
    ratio, low, high = ratio_of_means(np.full(4, 5.0), np.array([-5.0, 3, 3, 3]))
    assert ratio == 5
    assert math.isnan(low)
    assert math.isnan(high)


def test_one_draw_has_a_ratio_and_no_interval_and_nothing_abated_has_neither():
    assert ratio_of_means(np.array([6.0]), np.array([2.0]))[0] == 3
    assert math.isnan(ratio_of_means(np.array([6.0]), np.array([2.0]))[1])
    assert math.isnan(ratio_of_means(COST, -TONNES)[0])


def test_replications_of_one_parameter_draw_count_as_one():
    twice = ratio_of_means(COST.repeat(2), TONNES.repeat(2), chance_draws=2)
    assert twice == pytest.approx(ratio_of_means(COST, TONNES))


def test_quantiles_are_over_the_replications_that_abate():
    # the four that abate cost 10, 5, 2.5 and 2 a tonne
    low, high, share = ratio_quantiles(np.full(5, 100.0), np.array([-10.0, 10, 20, 40, 50]))
    assert low == pytest.approx(2 + 0.3 * 0.5)
    assert high == pytest.approx(5 + 0.7 * 5)
    assert share == pytest.approx(0.8)

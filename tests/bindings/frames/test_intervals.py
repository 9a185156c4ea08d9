"""Confidence intervals of means, against tables of Student's t."""

import numpy as np
import pytest

from lantian.frames._intervals import mean_interval, t_quantile


# NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (30, 2.042), (100, 1.984)],
)
def test_quantiles_of_t_are_those_of_the_tables(freedom, quantile):
    assert t_quantile(0.975, freedom) == pytest.approx(quantile, abs=5e-4)


def test_with_many_replications_the_interval_is_that_of_the_normal_law():
    assert t_quantile(0.975, 10_000) == pytest.approx(1.95996, abs=1e-5)


def test_the_interval_of_three_values_is_worked_out():
    # 1, 2, 3: mean 2, deviation 1, error 1/sqrt(3), t 4.303
    mean, error, low, high = mean_interval(np.array([1.0, 2.0, 3.0]))
    assert (mean, error) == (2.0, pytest.approx(0.57735, abs=1e-5))
    assert (low, high) == (pytest.approx(2 - 2.4843, abs=1e-3), pytest.approx(4.4843, abs=1e-3))


def test_chance_draws_of_one_parameter_draw_count_as_one_value():
    # draws (0, 2), (1, 3), (2, 4) have the means 1, 2, 3
    values = np.array([0.0, 2.0, 1.0, 3.0, 2.0, 4.0])
    assert mean_interval(values, chance_draws=2) == mean_interval(np.array([1.0, 2.0, 3.0]))


def test_one_replication_has_no_interval():
    mean, *rest = mean_interval(np.array([5.0]))
    assert mean == 5.0
    assert np.isnan(rest).all()

"""Confidence intervals of means, without a statistics package."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
MANY = 500  # degrees of freedom from which the normal law is used: the t quantile is 0.1 % larger


def mean_interval(
    values: Array, *, chance_draws: int = 1, confidence: float = 0.95
) -> tuple[float, float, float, float]:
    """Mean of replications, its standard error, and the ends of its t interval.

    Replications that share a parameter draw are not independent of one another, so their mean
    counts as one value. With one parameter draw only, error and ends are NaN.

    Parameters
    ----------
    values
        One value a replication, in the order of the file.
    chance_draws
        Replications that share a parameter draw.
    confidence
        Of the interval.
    """
    draws = np.asarray(values, dtype=float).reshape(-1, chance_draws).mean(axis=1)
    mean = float(draws.mean())
    if len(draws) < 2:
        return mean, math.nan, math.nan, math.nan
    error = float(draws.std(ddof=1) / math.sqrt(len(draws)))
    reach = error * t_quantile((1 + confidence) / 2, len(draws) - 1)
    return mean, error, mean - reach, mean + reach


def t_quantile(probability: float, freedom: int) -> float:
    """Quantile of Student's t law, for a probability of 0.5 or more, by bisection."""
    if freedom > MANY:
        return NormalDist().inv_cdf(probability)
    low, high = 0.0, 1.0
    while t_probability(high, freedom) < probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if t_probability(middle, freedom) < probability else (low, middle)
        )
    return (low + high) / 2


def t_probability(t: float, freedom: int) -> float:
    """Probability that Student's t lies below `t` >= 0: a finite sum for whole degrees of freedom.

    Source: Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
    """
    angle = math.atan(t / math.sqrt(freedom))
    sine, square = math.sin(angle), math.cos(angle) ** 2
    odd = freedom % 2
    term = math.cos(angle) if odd else 1.0
    total = 0.0
    for k in range(odd, freedom - 1, 2):
        total += term
        term *= square * (k + 1) / (k + 2)
    within = 2 / math.pi * (angle + sine * total) if odd else sine * total
    return (1 + within) / 2

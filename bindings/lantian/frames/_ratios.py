"""Ratios of two means over the same replications, and how sure they are."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from lantian.frames._intervals import t_quantile

Array = npt.NDArray[np.float64]
CONFIDENCE = 0.95


def ratio_of_means(
    above: Array, below: Array, *, chance_draws: int = 1
) -> tuple[float, float, float]:
    """Mean over mean, and the ends of Fieller's 95 % interval.

    The interval has all ratios that a paired t test of `above - ratio * below` does not reject. It
    is bounded only where the mean below the line is itself surely not 0; otherwise, and with one
    draw, its ends are NaN. The ratio is NaN where the mean below is not positive.

    Source: E. C. Fieller, "Some problems in interval estimation", Journal of the Royal Statistical
    Society B 16 (1954), 175-185.

    Parameters
    ----------
    above, below
        One value a replication, in the order of the file.
    chance_draws
        Replications that share a parameter draw: their mean counts as one value.
    """
    pairs = np.stack([above, below]).reshape(2, -1, chance_draws).mean(axis=2)
    top, bottom = map(float, pairs.mean(axis=1))
    if not bottom > 0:
        return math.nan, math.nan, math.nan
    ratio, draws = top / bottom, pairs.shape[1]
    if draws < 2:
        return ratio, math.nan, math.nan
    squared_t = t_quantile((1 + CONFIDENCE) / 2, draws - 1) ** 2
    spread = squared_t * np.cov(pairs) / draws
    a, b, c = bottom**2 - spread[1, 1], top * bottom - spread[0, 1], top**2 - spread[0, 0]
    if a <= 0:
        return ratio, math.nan, math.nan
    root = math.sqrt(max(b**2 - a * c, 0.0))
    return ratio, float((b - root) / a), float((b + root) / a)


def ratio_quantiles(
    above: Array, below: Array, at: tuple[float, float] = (0.1, 0.9)
) -> tuple[float, float, float]:
    """Quantiles of the ratio over the replications whose value below is positive; their share."""
    positive = below > 0
    if not positive.any():
        return math.nan, math.nan, 0.0
    low, high = np.quantile(above[positive] / below[positive], at)
    return float(low), float(high), float(positive.mean())

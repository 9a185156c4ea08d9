"""What a change brings, seen in the same worlds with and without it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lantian.frames._intervals import mean_interval
from lantian.frames.targets import wilson_interval

Values = npt.NDArray[np.float64]
RESAMPLES = 2000
ROUNDING = 1e-12  # what the same sum may differ by when it is made in another order


@dataclass(frozen=True)
class Paired:
    """A number before and after, and the difference with its 95 % interval.

    NaN where there is none. `p_value` is McNemar's, for probabilities only.
    """

    before: float
    after: float
    difference: float
    low: float
    high: float
    p_value: float | None = None


def compare_means(before: Values, after: Values) -> Paired:
    """Compare means by the t interval of the paired difference."""
    differences = np.where(np.isclose(after, before, rtol=ROUNDING, atol=0), 0, after - before)
    difference, _, low, high = mean_interval(differences)
    return Paired(float(before.mean()), float(after.mean()), difference, low, high)


def compare_shares(before: Values, after: Values) -> Paired:
    """Compare how often something is so: 1 or 0 in each world, NaN where that cannot be judged.

    Only worlds that can be judged both times count.
    """
    known = np.isfinite(before) & np.isfinite(after)
    old, new = before[known] == 1, after[known] == 1
    if not known.any():
        return Paired(*[math.nan] * 5)
    both, gained = int((old & new).sum()), int((~old & new).sum())
    lost, neither = int((old & ~new).sum()), int((~old & ~new).sum())
    low, high = newcombe_interval(both, gained, lost, neither)
    difference = (gained - lost) / len(old)
    p_value = mcnemar_p_value(gained, lost)
    return Paired(float(old.mean()), float(new.mean()), difference, low, high, p_value)


def newcombe_interval(
    both: int, only_first: int, only_second: int, neither: int
) -> tuple[float, float]:
    """95 % interval of the probability of the first less that of the second, from paired counts.

    Wilson's intervals of the two, put together with their correlation.

    Source: R. G. Newcombe, "Improved confidence intervals for the difference between binomial
    proportions based on paired data", Statistics in Medicine 17 (1998) 2635-2650, method 10.
    """
    trials = both + only_first + only_second + neither
    first, second = both + only_first, both + only_second
    low_1, high_1 = wilson_interval(first, trials)
    low_2, high_2 = wilson_interval(second, trials)
    share_1, share_2 = first / trials, second / trials
    correlation = _correlation(both, only_first, only_second, neither)

    def reach(a: float, b: float) -> float:
        return math.sqrt(max(0.0, a * a - 2 * correlation * a * b + b * b))

    difference = share_1 - share_2
    low = difference - reach(share_1 - low_1, high_2 - share_2)
    return low, difference + reach(high_1 - share_1, share_2 - low_2)


def _correlation(both: int, only_first: int, only_second: int, neither: int) -> float:
    """Correlation of the two, with Newcombe's correction for continuity where it is positive."""
    margins = (both + only_first) * (only_second + neither)
    margins *= (both + only_second) * (only_first + neither)
    if margins == 0:
        return 0.0
    product = float(both * neither - only_first * only_second)
    if product > 0:
        product = max(0.0, product - (both + only_first + only_second + neither) / 2)
    return product / math.sqrt(margins)


def mcnemar_p_value(gained: int, lost: int) -> float:
    """Two-sided exact p-value that gaining is as likely as losing: 1 where there is neither.

    Source: Q. McNemar, "Note on the sampling error of the difference between correlated
    proportions or percentages", Psychometrika 12 (1947) 153-157; exact, by the binomial law.
    """
    discordant = gained + lost
    ways, term = 0, 1
    for k in range(min(gained, lost) + 1):
        ways += term
        term = term * (discordant - k) // (k + 1)
    return min(1.0, float(2 * ways / 2**discordant))


def compare_medians(before: Values, after: Values, *, seed: int) -> Paired:
    """Compare the dates by which half of the worlds are there; NaN is a world that never is.

    The interval is the percentile interval of the paired bootstrap; an end is infinite where the
    half is not reached at all.

    Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7
    (1979) 1-26.
    """
    pairs = np.stack([before, after])
    pairs[np.isnan(pairs)] = np.inf
    generator = np.random.default_rng(seed)
    worlds = pairs.shape[1]
    shifts = np.array(
        [
            _shift(*_medians(pairs[:, generator.integers(0, worlds, worlds)]))
            for _ in range(RESAMPLES)
        ]
    )
    old, new = _medians(pairs)
    unknown = np.isnan(shifts)
    low = float(np.sort(np.where(unknown, -np.inf, shifts))[_rank(0.025)])
    high = float(np.sort(np.where(unknown, np.inf, shifts))[_rank(0.975)])
    known = old if math.isfinite(old) else math.nan, new if math.isfinite(new) else math.nan
    return Paired(*known, known[1] - known[0], low, high)


def _medians(pairs: Values) -> tuple[float, float]:
    """Give the first date by which half of the worlds are there, before and after."""
    middle = (pairs.shape[1] - 1) // 2
    old, new = np.partition(pairs, middle, axis=1)[:, middle]
    return float(old), float(new)


def _shift(old: float, new: float) -> float:
    return math.nan if math.isinf(old) and math.isinf(new) else new - old


def _rank(share: float) -> int:
    return round(share * (RESAMPLES - 1))

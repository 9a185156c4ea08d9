"""Sequential statistics: does a choice meet its target, and which of several is the cheapest.

There is no simulation in it: it is fed with what was seen, and says when to stop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from lantian.errors import UsageError

Values = npt.NDArray[np.float64]
Verdict = Literal["meets", "misses", "undecided"]


@dataclass
class ProbabilityTest:
    r"""Tells a probability up to `wanted - tolerance` from one of `wanted + tolerance` or more.

    With p0 and p1 these two, the likelihood ratio after n independent worlds of which m were good,

    .. math:: \Lambda_n = (p_1 / p_0)^m \, \bigl((1 - p_1) / (1 - p_0)\bigr)^{n - m} ,

    is a supermartingale where the probability is at most p0, so that it ever reaches 1/a with a
    probability of at most a (Ville); its inverse is one where the probability is at least p1. Both
    hold exactly, for any n, and whether one looks after each world or seldom [1]_ [2]_. Between p0
    and p1 either verdict is right.

    Parameters
    ----------
    wanted, tolerance
        The probability, and the half of the indifference zone around it.
    false_meets
        Probability, at most, of the verdict `meets` where it is at most `wanted - tolerance`.
    false_misses
        Probability, at most, of the verdict `misses` where it is at least `wanted + tolerance`.

    References
    ----------
    .. [1] A. Wald, "Sequential tests of statistical hypotheses", Annals of Mathematical Statistics
       16 (1945) 117-186.
    .. [2] J. Ville, Étude critique de la notion de collectif, Gauthier-Villars, 1939.
    """

    wanted: float
    tolerance: float
    false_meets: float
    false_misses: float
    seen: int = 0
    good: int = 0
    verdict: Verdict = "undecided"
    _log_ratio: float = field(default=0.0, repr=False)

    def __post_init__(self) -> None:
        if not 0 < self.wanted - self.tolerance < self.wanted + self.tolerance < 1:
            raise UsageError(
                f"a probability of {self.wanted:g} give or take {self.tolerance:g} cannot be told: "
                "both ends must lie between 0 and 1, and apart"
            )

    def observe(self, met: npt.NDArray[np.bool_]) -> Verdict:
        """Take more worlds in their order; none counts after the verdict."""
        if self.verdict != "undecided":
            return self.verdict
        low, high = self.wanted - self.tolerance, self.wanted + self.tolerance
        steps = np.where(met, math.log(high / low), math.log((1 - high) / (1 - low)))
        path = self._log_ratio + np.cumsum(steps)
        meets, misses = path >= -math.log(self.false_meets), path <= math.log(self.false_misses)
        over = np.flatnonzero(meets | misses)
        used = int(over[0]) + 1 if len(over) else len(met)
        self.seen += used
        self.good += int(np.count_nonzero(met[:used]))
        if len(over):
            self.verdict = "meets" if meets[over[0]] else "misses"
        elif used:
            self._log_ratio = float(path[-1])
        return self.verdict


@dataclass
class CheapestOfSeveral:
    r"""Selects the least mean of several, from values in the same worlds (Kim and Nelson).

    After `first` values of each, with :math:`S^2_{il}` the variance of the differences of i and l,
    i drops out after r values where its mean lies above that of some l by more than

    .. math:: W_{il}(r) = \max\bigl(0, \tfrac{\delta}{2 r} (h^2 S^2_{il} / \delta^2 - r)\bigr),
              \quad h^2 = (n_0 - 1) \bigl((2 a / (k - 1))^{-2 / (n_0 - 1)} - 1\bigr) .

    If the least mean is less than all others by the tolerance, it is selected with a probability of
    at least 1 - a. That takes normal values; common random numbers are allowed for [1]_.

    Parameters
    ----------
    number, first
        How many there are (k), and values of each before any drops out (n0).
    tolerance
        The indifference zone, in the unit of the values.
    false_selection
        Probability (a), at most, that another one is selected.

    References
    ----------
    .. [1] S.-H. Kim and B. L. Nelson, "A fully sequential procedure for indifference-zone selection
       in simulation", ACM Transactions on Modeling and Computer Simulation 11 (2001) 251-273, with
       c = 1.
    """

    number: int
    first: int
    tolerance: float
    false_selection: float
    left: list[int] = field(init=False)
    seen: npt.NDArray[np.int64] = field(init=False)
    _sums: Values = field(init=False, repr=False)
    _variances: Values | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.left = list(range(self.number))
        self.seen = np.zeros(self.number, dtype=np.int64)
        self._sums = np.zeros(self.number)

    @property
    def is_decided(self) -> bool:
        """Whether one is left."""
        return len(self.left) == 1

    @property
    def means(self) -> Values:
        """Mean of each over the values that it has, NaN before the first."""
        means: Values = np.full(self.number, np.nan)
        np.divide(self._sums, self.seen, means, where=self.seen > 0)
        return means

    @property
    def h_squared(self) -> float:
        """How wide the boundary is."""
        freedom = self.first - 1
        error = 2 * self.false_selection / (self.number - 1)
        return float(freedom * (error ** (-2 / freedom) - 1))

    def observe(self, values: Values) -> list[int]:
        """Take more values, shape (number, worlds), those that dropped out NaN; who is left.

        The first time there must be `first` worlds.
        """
        if self._variances is None:
            differences = values[:, None, :] - values[None, :, :]
            self._variances = differences.var(axis=2, ddof=1)
            self._sums += values.sum(axis=1)
            self.seen += values.shape[1]
            self._drop_out()
            return self.left
        for world in values.T:
            if self.is_decided:
                break
            self._sums[self.left] += world[self.left]
            self.seen[self.left] += 1
            self._drop_out()
        return self.left

    def _drop_out(self) -> None:
        assert self._variances is not None
        left = np.array(self.left)
        seen = int(self.seen[left[0]])
        means = self._sums[left] / seen
        variances = self._variances[np.ix_(left, left)]
        reach = self.h_squared * variances / self.tolerance - self.tolerance * seen
        reach = np.maximum(0, reach / (2 * seen))
        is_above = means[:, None] > means[None, :] + reach
        self.left = left[~is_above.any(axis=1)].tolist()
        if not reach.any():
            self.left = self.left[:1]  # the same mean: the first of them

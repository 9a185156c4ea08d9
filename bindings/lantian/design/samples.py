"""Designs of experiments: full factorials, Latin hypercubes, Sobol sequences."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from lantian.design.experiments import Design
from lantian.errors import UsageError
from lantian.optional import require
from lantian.scenario import Path_, Scenario, load_all


@runtime_checkable
class Quantiles(Protocol):
    """A distribution: what `scipy.stats` gives, frozen."""

    def ppf(self, q: Any) -> Any:
        """Give the values below which the shares `q` lie."""


#: Lowest and highest value, numbers or quantities of one unit such as `("1 Mt/year", "2 Mt/year")`;
#: or a frozen distribution of SciPy.
Range = tuple[object, object] | Quantiles

_QUANTITY = re.compile(r"\s*(?P<number>[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(?P<unit>.*?)\s*")


def sweep(scenario: Scenario | Path_, values: Mapping[str, Sequence[object]]) -> Design:
    """Take every combination of the values given.

    Parameters
    ----------
    scenario
        What is varied.
    values
        Dotted path to the values that it takes, as `Scenario.with_` takes them. The last path
        varies fastest.
    """
    (loaded,) = load_all(scenario)
    if not values or not all(len(list_) for list_ in values.values()):
        raise UsageError("a sweep needs paths, and at least one value of each")
    rows = itertools.product(*values.values())
    return Design(loaded, tuple(dict(zip(values, row, strict=True)) for row in rows))


def latin_hypercube(
    scenario: Scenario | Path_, ranges: Mapping[str, Range], experiments: int, *, seed: int = 1
) -> Design:
    """Fill each range evenly (SciPy's `qmc.LatinHypercube`).

    Parameters
    ----------
    scenario
        What is varied.
    ranges
        Dotted path to range.
    experiments
        Their number.
    seed
        Of the sample; it has nothing to do with the seed of the runs.
    """
    qmc: Any = require("scipy.stats.qmc", "sensitivity")
    sample = qmc.LatinHypercube(len(ranges), rng=np.random.default_rng(seed)).random(experiments)
    return from_unit(scenario, ranges, sample)


def sobol(
    scenario: Scenario | Path_, ranges: Mapping[str, Range], experiments: int, *, seed: int = 1
) -> Design:
    """Follow a scrambled Sobol sequence (SciPy's `qmc.Sobol`).

    `experiments` must be a power of two, for which the sequence is balanced. For Sobol *indices*
    use `to_salib_problem`, whose samples are made for them.
    """
    if experiments < 1 or experiments & (experiments - 1):
        raise UsageError(f"a Sobol sequence is balanced for powers of two, not for {experiments}")
    qmc: Any = require("scipy.stats.qmc", "sensitivity")
    sample = qmc.Sobol(len(ranges), rng=np.random.default_rng(seed)).random(experiments)
    return from_unit(scenario, ranges, sample)


def from_unit(
    scenario: Scenario | Path_, ranges: Mapping[str, Range], sample: npt.NDArray[np.float64]
) -> Design:
    """Make a design of points in the unit cube.

    Parameters
    ----------
    scenario, ranges
        As in `latin_hypercube`.
    sample : array, shape (experiments, ranges)
        Each from 0 to 1.
    """
    (loaded,) = load_all(scenario)
    columns = [_at(path, range_, sample[:, k]) for k, (path, range_) in enumerate(ranges.items())]
    rows = zip(*columns, strict=True)
    return Design(loaded, tuple(dict(zip(ranges, row, strict=True)) for row in rows))


def _at(path: str, range_: Range, shares: npt.NDArray[np.float64]) -> list[object]:
    if isinstance(range_, Quantiles):
        return [float(value) for value in np.asarray(range_.ppf(shares))]
    low, high, unit = bounds(path, range_)
    values = low + (high - low) * shares
    return [f"{float(value)!r} {unit}" if unit else float(value) for value in values]


def bounds(path: str, range_: Range) -> tuple[float, float, str]:
    """Split a range into two numbers and their unit ("" where it has none).

    Raises
    ------
    UsageError
        If it is none, or its ends have different units or the wrong order.
    """
    if isinstance(range_, Quantiles) or len(range_) != 2:
        raise UsageError(f"{path}: a range is a pair (low, high), not {range_!r}")
    (low, unit), (high, other) = (_split(path, end) for end in range_)
    if unit != other or not low < high:
        raise UsageError(
            f"{path}: {range_[0]} to {range_[1]} is no range; both ends have the same unit and the "
            "first is the lower one"
        )
    return low, high, unit


def _split(path: str, end: object) -> tuple[float, str]:
    if isinstance(end, int | float | np.number):
        return float(end), ""
    found = _QUANTITY.fullmatch(str(end))
    if found is None:
        raise UsageError(f"{path}: '{end}' is neither a number nor a quantity such as '2 Mt/year'")
    return float(found["number"]), found["unit"]

"""What `lantian compare` prints, as data; and what happened, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian import _core
from lantian.dates import dates_of_days
from lantian.optional import require

if TYPE_CHECKING:
    import pandas as pd

    from lantian.results import Results

Interval = tuple[float, float]


@dataclass(frozen=True)
class Amount:
    """A quantity of one scenario over the whole horizon, and against the base.

    The last four are None for the base itself. Intervals are 95 % confidence intervals;
    `difference` is scenario less base, in the same paired worlds.
    """

    scenario: str
    mean: float
    standard_error: float
    parameter_variance: float
    chance_variance: float
    difference: float | None = None
    difference_interval: Interval | None = None
    probability_below: float | None = None
    probability_below_interval: Interval | None = None


@dataclass(frozen=True)
class Quantity:
    """One pollutant's direct emission [unit], or the `cost`, in all scenarios."""

    name: str
    unit: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True)
class LateCause:
    """One cause along the critical paths of a deadline [d].

    `mean_days` and `p90_days` are spent on the paths; `mean_late` and `p90_late` are its part of
    the lateness, `share` that of the mean.
    """

    name: str
    mean_days: float
    p90_days: float
    mean_late: float
    p90_late: float
    share: float


@dataclass(frozen=True)
class Lateness:
    """When a deadline is reached, how late that is [d], and what makes it late.

    Half, 80 and 95 % of all replications have it by `p50`, `p80`, `p95` (datetime64[D]; NaT where
    that is not within the horizon). `due` is the last day allowed, `never` the share of
    replications that do not have it when the horizon ends; where there are any, the lateness is a
    lower bound. `mean_days_interval` is a 95 % confidence interval. The `causes` sum to
    `mean_days`. `last_measures` says how often each measure is the last.
    """

    due: np.datetime64
    p50: np.datetime64
    p80: np.datetime64
    p95: np.datetime64
    never: float
    mean_days: float
    mean_days_interval: Interval
    causes: tuple[LateCause, ...]
    last_measures: dict[str, float]


@dataclass(frozen=True)
class Target:
    """How often a target is met.

    `met` of `assessable` replications meet it; `probability_interval` is Wilson's at 95 %,
    `probability_band` the 5 and 95 % quantiles over parameter draws (only with several chance
    draws). `difference_to_base` and `p_value` (McNemar) are there where the base has the target
    too, `lateness` where it is a deadline that can be judged.
    """

    scenario: str
    target: str
    met: int
    assessable: int
    probability_interval: Interval
    median_margin: float
    margin_unit: str
    probability_band: Interval | None = None
    difference_to_base: float | None = None
    p_value: float | None = None
    lateness: Lateness | None = None

    @property
    def probability(self) -> float | None:
        """Share of the assessable replications that meet it; None where there are none."""
        return self.met / self.assessable if self.assessable else None


@dataclass(frozen=True)
class Comparison:
    """All scenarios of a result file against one of them."""

    base: str
    replications: int
    chance_draws: int
    start: str
    end: str
    quantities: tuple[Quantity, ...]
    targets: tuple[Target, ...]

    def quantity(self, name: str) -> Quantity:
        """Give the quantity of that name, such as `NOx` or `cost`; KeyError where there is none."""
        for quantity in self.quantities:
            if quantity.name == name:
                return quantity
        raise KeyError(name)


def compare(results: Results, base: str | None = None) -> Comparison:
    """Compare the scenarios of a result file in their paired worlds.

    Parameters
    ----------
    results
        The file.
    base
        The scenario to compare with; the first one otherwise.

    Raises
    ------
    UsageError
        If there is no such scenario, with the nearest name.
    """
    found = _core.compare(results._file, base or "")
    quantities = tuple(
        Quantity(
            quantity["name"], quantity["unit"], tuple(Amount(**a) for a in quantity["amounts"])
        )
        for quantity in found.pop("quantities")
    )
    targets = tuple(target_of(target) for target in found.pop("targets"))
    return Comparison(**found, quantities=quantities, targets=targets)


def target_of(found: dict[str, Any]) -> Target:
    """Make a Target of what the engine says of it."""
    lateness = found.pop("lateness", None)
    return Target(**found, lateness=None if lateness is None else _lateness(lateness))


def _lateness(found: dict[str, Any]) -> Lateness:
    midnight = dates_of_days(np.asarray([found.pop("due")])).astype("M8[D]")[0]
    p50, p80, p95 = dates_of_days(np.asarray(found.pop("dates"))).astype("M8[D]")
    causes = tuple(LateCause(**cause) for cause in found.pop("causes"))
    due = midnight - np.timedelta64(1, "D")
    return Lateness(due=due, p50=p50, p80=p80, p95=p95, causes=causes, **found)


def events(
    results: Results, *, scenario: str | None = None, measure: str | None = None
) -> pd.DataFrame:
    """List what happened in the replications that keep a log.

    Parameters
    ----------
    results
        The file.
    scenario
        One of its scenarios; all otherwise.
    measure
        Id of a measure or another entity of the log; all otherwise.

    Returns
    -------
    pandas.DataFrame
        Columns `scenario`, `replication`, `time`, `measure`, `event`, `detail`, in the order of
        scenario, replication and time.

    Raises
    ------
    KeyError
        If the file has no such scenario.
    ImportError
        If pandas is not installed.
    """
    pandas: Any = require("pandas", "pandas")
    tables = []
    for name in results if scenario is None else [scenario]:
        table = pandas.DataFrame(vars(results[name].event_log))
        table.insert(0, "scenario", name)
        tables.append(table if measure is None else table[table["measure"] == measure])
    joined: pd.DataFrame = pandas.concat(tables, ignore_index=True)
    return joined

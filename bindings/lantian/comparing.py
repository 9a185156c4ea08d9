"""What `lantian compare` and `lantian why` print, as data; and what happened, row by row."""

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
class Target:
    """How often a target is met.

    `met` of `assessable` replications meet it; `probability_interval` is Wilson's at 95 %,
    `probability_band` the 5 and 95 % quantiles over parameter draws (only with several chance
    draws). `difference_to_base` and `p_value` (McNemar) are there where the base has the target
    too.
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


@dataclass(frozen=True)
class Milestone:
    """When a measure reaches a milestone.

    `reached` is the share of replications that do within the horizon; of these 10, 50 and 90 % have
    done so by `p10`, `p50`, `p90` (datetime64[D], NaT where none does).
    """

    name: str
    reached: float
    p10: np.datetime64
    p50: np.datetime64
    p90: np.datetime64


@dataclass(frozen=True)
class Cause:
    """What a measure's time went into [d], along its critical path."""

    name: str
    mean_days: float
    p90_days: float


@dataclass(frozen=True)
class Explanation:
    """Why a measure took as long as it did; `cancelled` is the share of replications."""

    scenario: str
    measure: str
    name: str
    cancelled: float
    milestones: tuple[Milestone, ...]
    causes: tuple[Cause, ...]


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
    targets = tuple(Target(**target) for target in found.pop("targets"))
    return Comparison(**found, quantities=quantities, targets=targets)


def why(results: Results, measure: str) -> tuple[Explanation, ...]:
    """Say what a measure waited for and worked on, in every scenario that has it.

    Raises
    ------
    UsageError
        If no scenario has it, with the nearest name.
    """
    return tuple(_explanation(found) for found in _core.explain_measure(results._file, measure))


def _explanation(found: dict[str, Any]) -> Explanation:
    milestones = tuple(
        Milestone(
            row["name"], row["reached"], *dates_of_days(np.asarray(row["days"])).astype("M8[D]")
        )
        for row in found.pop("milestones")
    )
    causes = tuple(Cause(**cause) for cause in found.pop("causes"))
    return Explanation(**found, milestones=milestones, causes=causes)


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

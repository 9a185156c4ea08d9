"""What changes of a scenario bring: targets, dates, tonnes and money, in the same worlds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.dates import dates_of_days
from lantian.decide.asked import Asked, Kind, years_of
from lantian.decide.paired import Paired, compare_means, compare_medians, compare_shares
from lantian.design.experiments import Design
from lantian.design.outcomes import Values
from lantian.errors import ScenarioError, UsageError
from lantian.optional import require
from lantian.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Change:
    """One thing that is changed: what it was, and what it becomes.

    `before` is empty where several things move by the span that `after` says, such as `+1 month`.
    """

    lever: str
    before: str
    after: str


@dataclass(frozen=True)
class Effect:
    """What one change does to one outcome.

    Attributes
    ----------
    lever
        What is changed.
    outcome
        `probability(TARGET)`, `date(TARGET)` for the date by which half of the worlds have reached
        a deadline's milestone, `cost`, or a pollutant and its years, such as `NOx:2026`.
    kind
        Of the outcome.
    unit
        Of the difference: `1`, `d`, `CNY`, or that of the pollutant.
    before, after
        Without and with the change. A date is a datetime64[D], NaT where half of the worlds never
        get there.
    difference, low, high
        After less before, and its 95 % interval in paired worlds. NaN, or infinite, where unknown.
    p_value
        McNemar's, for a probability.
    """

    lever: str
    outcome: str
    kind: Kind
    unit: str
    before: float | np.datetime64
    after: float | np.datetime64
    difference: float
    low: float
    high: float
    p_value: float | None = None


@dataclass(frozen=True)
class Effects:
    """What several changes of a scenario bring, each by itself.

    Attributes
    ----------
    scenario
        Its id.
    first_year, last_year
        Of the horizon, over which an amount without years is summed.
    replications, seed
        Worlds in which each change was tried.
    changes
        What was changed.
    effects
        Change by change, outcome by outcome.
    notes
        What was left out, and why.
    """

    scenario: str
    first_year: int
    last_year: int
    replications: int
    seed: int
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...]
    notes: tuple[str, ...] = ()

    def of(self, outcome: str) -> tuple[Effect, ...]:
        """Give the effects on one outcome, in the order of the changes."""
        return tuple(effect for effect in self.effects if effect.outcome == outcome)

    def to_pandas(self) -> pd.DataFrame:
        """Give a tidy table, one row an effect."""
        pandas: Any = require("pandas", "pandas")
        table: pd.DataFrame = pandas.DataFrame([vars(effect) for effect in self.effects])
        return table


@dataclass(frozen=True)
class Variation:
    """A change, and the overrides that make it."""

    change: Change
    overrides: Mapping[str, object]


def effects_of(
    scenario: Scenario,
    variations: Sequence[Variation],
    asked: Sequence[Asked],
    *,
    notes: Sequence[str],
    replications: int,
    seed: int,
    threads: int,
    progress: Callable[[int, int], object] | None,
) -> Effects:
    """Run the scenario and its variations in the same worlds, and compare.

    Raises
    ------
    UsageError, ScenarioError, ModelError, Interrupted
        As in `Design.evaluate`.
    """
    if replications < 2:
        raise UsageError("an interval takes at least 2 replications")
    design = Design(scenario, ({}, *(variation.overrides for variation in variations)))
    try:
        values = design.evaluate(
            [each.outcome for each in asked],
            replications=replications,
            seed=seed,
            threads=threads,
            progress=progress,
        ).values
    except ScenarioError:
        _name_the_wrong_one(scenario, variations)
        raise
    effects = [
        _effect(variation.change.lever, each, values[0, k], values[1 + v, k], seed)
        for v, variation in enumerate(variations)
        for k, each in enumerate(asked)
    ]
    first, last = years_of(scenario)
    return Effects(
        scenario.id,
        first,
        last,
        replications,
        seed,
        tuple(variation.change for variation in variations),
        tuple(effects),
        tuple(notes),
    )


def _name_the_wrong_one(scenario: Scenario, variations: Sequence[Variation]) -> None:
    """Say which change makes a wrong scenario, in the words of who asked for it."""
    for variation in variations:
        try:
            scenario.with_(variation.overrides)
        except ScenarioError as error:
            change = variation.change
            to = f"{change.before} to {change.after}" if change.before else change.after
            where = f"{change.lever}, {to}, makes a scenario that is wrong"
            raise ScenarioError(f"{where}:\n{error}", mistakes=error.mistakes) from None


def _effect(lever: str, asked: Asked, before: Values, after: Values, seed: int) -> Effect:
    if asked.kind == "probability":
        found = compare_shares(before, after)
    elif asked.kind == "date":
        found = compare_medians(before, after, seed=seed)
    else:
        found = compare_means(before, after)
    old, new = _ends(asked, found)
    head = (lever, asked.text, asked.kind, asked.unit)
    return Effect(*head, old, new, found.difference, found.low, found.high, found.p_value)


def _ends(asked: Asked, found: Paired) -> tuple[float | np.datetime64, float | np.datetime64]:
    if asked.kind != "date":
        return found.before, found.after
    old, new = dates_of_days(np.array([found.before, found.after])).astype("M8[D]")
    return old, new

"""What measures abate and cost in each replication: from an attribution, or from a ladder."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from lantian.errors import UsageError
from lantian.frames._amounts import Array, Years, calendar_years, emitted, whole_years, yearly
from lantian.frames._names import labels, pollutants
from lantian.frames._steps import Step, steps_of
from lantian.frames.weights import Amount, Of, amount_of
from lantian.results import Results, ScenarioResults

Kind = Literal["measures", "interaction", "other-changes"]
REST: tuple[Kind, ...] = ("interaction", "other-changes")
METHODS = {
    "first-in": "alone",
    "last-in": "last",
    "sequential": "sequential",
    "shapley": "integrated",
}
CRUMB = 1e-9  # of the largest, and in the unit itself: a milligram, where that is the tonne
OWN_AXES = ("replication", "year")
CHANGE = "_change"


@dataclass(frozen=True)
class Effect:
    """What a group of measures abates and costs in a year, one value a replication.

    Attributes
    ----------
    abated : array
        Mean over the years [unit of the amount a year].
    capital : array
        Spent in the whole horizon [CNY].
    annuity : array
        What that costs a year over the life of what is built [CNY/year].
    operating : array
        Mean over the years [CNY/year].
    """

    group: str
    name: str
    name_zh: str
    measures: str
    kind: Kind
    applied: float
    abated: Array
    capital: Array
    annuity: Array
    operating: Array


@dataclass(frozen=True)
class Effects:
    """All effects of one plan, what they are of, and in which years."""

    scenario: str
    method: str
    amount: Amount
    years: tuple[int, int]
    effects: tuple[Effect, ...]


def is_attribution(results: Results) -> bool:
    """Whether a file holds shares of measures, and no runs."""
    return all(results[name].attributes.get("content") == "attribution" for name in results)


def effects_of(
    results: Results, of: Of, *, scenarios: Sequence[str] | None, years: Years
) -> Effects:
    """Read the effects of an attribution, or of a ladder's steps.

    Raises
    ------
    UsageError
        If a name is unknown, years are not in the file, or scenarios do not nest.
    """
    if is_attribution(results):
        if scenarios is not None:
            raise UsageError(f"{results.path} is an attribution of one plan: name no scenarios")
        found = _attributed(results, of, years)
    else:
        found = _laddered(results, of, steps_of(results, scenarios), years)
    abated = without_crumbs(np.stack([effect.abated for effect in found.effects], axis=1))
    cleaned = (replace(effect, abated=abated[:, row]) for row, effect in enumerate(found.effects))
    return replace(found, effects=tuple(cleaned))


def without_crumbs(values: Array) -> Array:
    """Make 0 what is only the rounding of differences, of shape (replications, groups)."""
    sizes = np.abs(values).max(axis=0)
    return np.where(sizes <= CRUMB * max(1.0, sizes.max(initial=0.0)), 0.0, values)


def whole(results: Results, scenario: str, years: Years) -> tuple[int, int]:
    """Give the first and last of some years; where none are named, the last whole one."""
    if years is None:
        years = max(whole_years(results, scenario) or calendar_years(results, scenario, None))
    covered = calendar_years(results, scenario, years)
    return int(covered[0]), int(covered[-1])


def kind_of(group: str) -> Kind:
    """Tell groups of measures from what belongs to none."""
    return next((kind for kind in REST if kind == group), "measures")


# ---------------------------------------------------------------- attributions
def shared_units(shares: ScenarioResults) -> dict[str, str]:
    """Units of the pollutants that an attribution shares out, by id."""
    names = [name.removesuffix(CHANGE) for name in shares if name.endswith(CHANGE)]
    money = ("capital", "operating", "cost", "annuity")
    return {
        name: shares.variable(name + CHANGE).unit
        for name in names
        if name not in money and shares.variable(name + CHANGE).dims == OWN_AXES
    }


def _attributed(results: Results, of: Of, years: Years) -> Effects:
    (plan,) = results
    shares = results[plan]
    amount = amount_of(of, shared_units(shares), scenario=plan)
    span = whole(results, plan, years)
    chosen = np.isin(shares.coordinates["year"].values, np.arange(span[0], span[1] + 1))
    emission = sum(
        weight * shares[f"{pollutant}_by_group"] for pollutant, weight in amount.weights.items()
    )
    abated = -np.asarray(emission)[..., chosen].mean(axis=-1)
    operating = shares["operating_by_group"][..., chosen].mean(axis=-1)
    capital, annuity = (shares[f"{of}_by_group"].sum(axis=-1) for of in ("capital", "annuity"))
    axis = shares.coordinates["group"]
    names = labels(shares, "group")
    order = axis.companions.get("order", np.full(len(axis.values), math.nan))
    effects = tuple(
        Effect(
            group,
            *names[group],
            measures=str(axis.companions["measures"][row]),
            kind=kind_of(group),
            applied=float(order[row]),
            abated=abated[:, row],
            capital=capital[:, row],
            annuity=annuity[:, row],
            operating=operating[:, row],
        )
        for row, group in enumerate(map(str, axis.values))
    )
    return Effects(plan, METHODS[str(shares.attributes["method"])], amount, span, effects)


# -------------------------------------------------------------------- ladders
def emitted_units(here: ScenarioResults) -> dict[str, str]:
    """Units of the pollutants of a scenario, by id."""
    return {name: here.variable(name).unit for name in pollutants(here)}


def _laddered(results: Results, of: Of, steps: Sequence[Step], years: Years) -> Effects:
    plan = steps[-1].scenario
    amount = amount_of(of, emitted_units(results[plan]), scenario=plan)
    span = whole(results, plan, years)
    effects = tuple(_step(results, step, amount, span) for step in steps)
    return Effects(plan, "sequential", amount, span, effects)


def _step(results: Results, step: Step, amount: Amount, span: tuple[int, int]) -> Effect:
    def emission(scenario: str) -> Array:
        weighted = sum(
            weight * emitted(results, scenario, pollutant)
            for pollutant, weight in amount.weights.items()
        )
        return per_year(np.asarray(weighted), scenario)

    def per_year(values: Array, scenario: str) -> Array:
        return np.asarray(yearly(values, results, scenario, span).mean(axis=-1))

    def operating(scenario: str) -> Array:
        return per_year(results[scenario]["operating_by_measure"].sum(axis=1), scenario)

    capital, annuity = (
        after - before
        for after, before in zip(
            capital_of(results[step.scenario]), capital_of(results[step.base]), strict=True
        )
    )
    return Effect(
        step.measure,
        step.name,
        step.name_zh,
        measures=", ".join(step.measures),
        kind="measures",
        applied=float(step.number),
        abated=emission(step.base) - emission(step.scenario),
        capital=capital,
        annuity=annuity,
        operating=operating(step.scenario) - operating(step.base),
    )


def capital_of(here: ScenarioResults) -> tuple[Array, Array]:
    """Capital of the whole horizon [CNY], and what it costs a year [CNY/year]."""
    spent = np.asarray(here["capital_by_measure"].sum(axis=-1), dtype=float)
    recovery = here.coordinates["measure"].companions["capital_recovery"]
    return spent.sum(axis=1), spent @ np.asarray(recovery, dtype=float)

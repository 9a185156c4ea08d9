"""Lantian and the same plan in SimPy agree, and would be found out if they did not.

The SimPy program was written from the pages of docs/ and shares no code of the model, so what is
wrong in one of the two shows here. Both get the same draws of the parameters; 975 comparisons keep
a level of 1 % together. `--peer-replications` makes the test sharper, at half a second each.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import lantian

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks/peers"))
SCENARIO = ROOT / "scenarios/baotou/full-plan.toml"
MORE = 5  # replications of Lantian for each that SimPy runs


@dataclass
class Pair:
    """The plan, and what both say of it."""

    scenario: lantian.Scenario
    plan: Any
    ours: dict[str, Any]
    theirs: dict[str, Any]
    differences: list[str]
    replications: int


@pytest.fixture(scope="module")
def pair(request: pytest.FixtureRequest) -> Pair:
    from agreement import derived_differences, parameters_of, sample_lantian, sample_simpy
    from full_plan_simpy.world import Plan

    replications = request.config.getoption("--peer-replications")
    scenario = lantian.load(SCENARIO)
    plan = Plan(scenario.to_dict())
    ours, results = sample_lantian(scenario, plan, MORE * replications)
    draws = parameters_of(results, plan)[:replications]
    theirs = sample_simpy(plan, draws)
    different = derived_differences(results, plan)
    return Pair(scenario, plan, ours, theirs, different, replications)


def refused(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    from agreement import compare
    from agreement import refused as refused_by_holm

    return [each.name for each in refused_by_holm(compare(ours, theirs))]


# Units, products of parameters and mixtures are worked out by each program for itself.
def test_both_derive_the_same_numbers_from_the_same_draws(pair: Pair) -> None:
    assert pair.differences == []


def test_both_tell_the_same_emissions_dates_and_counts(pair: Pair) -> None:
    assert refused(pair.ours, pair.theirs) == []


# What is changed in Lantian's scenario alone, and a comparison that must tell it. With 25
# replications a mean is told apart, with a power of 0.9, from a difference of 0.03 % (activity of
# potlines), 0.2 to 1 % (most emissions of a year), 10 % (fires found) on.
CHANGES = {
    "activity sidaosha-replenished": ("measures.replenish-sidaosha.share", 0.61),  # of 0.6
    "electricity indirect 2030": ("measures.clean-heating.share", 0.42),  # of 0.4
    "activity lorries-rest": ("measures.alerts.orders[lorries].cuts.any.orange", 0.9),  # of 0.3
    "bare-sites found": ("measures.patrol-dust.rounds.every", "14 d"),  # of 7 d
    "date gas-boilers works": ("resources.boiler_crews.capacity", 4),  # of 3
}


def test_a_number_that_is_changed_on_one_side_is_told(pair: Pair) -> None:
    from agreement import sample_lantian

    changed = pair.scenario.with_(dict(CHANGES.values()), id="changed")
    ours, _ = sample_lantian(changed, pair.plan, MORE * pair.replications)
    assert set(CHANGES) - set(refused(ours, pair.theirs)) == set()

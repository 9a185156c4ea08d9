"""Each number of a scenario matters: changed, it changes something that a run records.

CI changes some numbers, drawn with a fixed seed; `--all-mutations` changes every one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from numbers_in import Change, Number, marks_of, numbers_in
from recorded import SCENARIOS, with_bases

import lantian

FEW, MANY = 2, 100  # replications; many only for numbers that changed nothing in few
SAMPLE = 18
TOGETHER = 25  # variants in a run

# Numbers that may change nothing: a pattern of their whole paths, and the reason.
ONE_PROJECT = "one project is never short of a crew"
GRADE = "the works has grade C, and orders for other grades are not for it"
TURNDOWN = "a coke oven can only be turned down to `least`, which the cut has reached"
MOTHBALLED = "a works that is mothballed, or only announced, makes and emits nothing"
UNDER_WAY = "the stage had begun, and `remaining` says how long it still takes"
RARE = "a tenth of a probability need not turn any of so few draws"
INERT: dict[str, dict[str, str]] = {
    "examples/one-retrofit": {
        r"resources\.crews\.capacity": ONE_PROJECT,
        r"measures\.new-filter\.stages\[2\]\.crews\.crews": ONE_PROJECT,
    },
    "examples/boiler-programme": {
        r"resources\.subsidy\.releases\[2\]\.amount": "20 MCNY are enough for what is left",
        r"targets\.most-by-winter\.by": "in November, to which it moves, nobody works",
    },
    "examples/winter-alerts": {
        r"measures\.alerts\.rules\[4\]\.above": "no episode has a peak above 500",
        r"measures\.alerts\.orders\[1\]\.cuts\.[ABD]\..*": GRADE,
        r"measures\.alerts\.orders\[2\]\.cuts\.A\..*": GRADE,
        r"measures\.alerts\.orders\[2\]\.cuts\.any\.(orange|red)": TURNDOWN,
    },
    "baotou/as-planned": {
        r"(parameters|plants|sources)\.daan-old-.*": MOTHBALLED,
        r"plants\.(daan-old|deshun-old|baoxin|mingtuo)\.(capacity|production)": MOTHBALLED,
        r"resources\.construction_crews\.capacity": "a fourth crew is never wanted",
        r"measures\.dry-quenching-jingwei\.stages\[3\]\.crews\..*": "two others leave it enough",
        r"measures\.relocate-.*\.swap_ratio": "only checked: less is built than is given up",
        r"measures\.relocate-jiyu\.stages\[1\]\.duration\..*": UNDER_WAY,
        r"targets\.city-(NOx|VOC)\.(from|to|by)": "declared as not assessable",
        r"targets\.longshun-complies\.(from|to|hours)": "every month keeps its hours, with room",
        r"standards\.coking-ule\.dry-quench\..*": "applied by no measure: the new vent has it",
        r"carriers\.electricity\.factors\.CO2\[1\]\.from": "nothing is before 2024",
        r"parameters\..*-cancel\.value\.pert\..*": RARE,
        r"parameters\..*\.discrete\.weights\[[0-9]\]": RARE,
    },
}


def without_effect(
    name: str, scenario: lantian.Scenario, numbers: Sequence[Number], replications: int
) -> Iterator[tuple[Number, object]]:
    """Give the numbers, and what they were changed to, of which no result depends."""
    together = with_bases(scenario, (SCENARIOS / name).parent)
    for first in range(0, len(numbers), TOGETHER):
        batch = enumerate(numbers[first : first + TOGETHER])
        changes = [number.changed(scenario, f"changed-{at}") for at, number in batch]
        made = [change for change in changes if change is not None]
        for change in same_as_first(together, made, replications):
            yield change.number, change.value


def same_as_first(
    together: Sequence[lantian.Scenario | Path], made: list[Change], replications: int
) -> list[Change]:
    """Run all at once; a variant that the model stops with an error is not silent."""
    scenarios = [*together, *(change.scenario for change in made)]
    try:
        results = lantian.run(scenarios, replications=replications, seed=1, threads=1)
    except lantian.ModelError:
        half = len(made) // 2
        parts = (made[:half], made[half:]) if half else ()
        return [same for part in parts for same in same_as_first(together, part, replications)]
    usual = marks_of(results[next(iter(results))])
    return [change for change in made if marks_of(results[change.scenario.id]) == usual]


@pytest.mark.parametrize("name", INERT)
def test_each_number_changes_something(name: str, request: pytest.FixtureRequest) -> None:
    scenario = lantian.load(SCENARIOS / f"{name}.toml")
    numbers, inert = numbers_in(scenario), INERT[name]
    all_of_them = request.config.getoption("--all-mutations")
    if not all_of_them:
        wanted = [number for number in numbers if not reasons(number, inert)]
        numbers = random.Random(1).sample(wanted, SAMPLE)
    silent = [number for number, _ in without_effect(name, scenario, numbers, FEW)]
    silent_in_many = list(without_effect(name, scenario, silent, MANY))
    found = [(number, value) for number, value in silent_in_many if not reasons(number, inert)]
    told = [f"  {number.path}: {number.value} -> {value}" for number, value in found]
    assert not told, "\n".join([f"numbers of {name} that change nothing:", *told])
    needed = {reason for number, _ in silent_in_many for reason in reasons(number, inert)}
    assert not all_of_them or needed == set(inert.values())  # none that is out of date


def reasons(number: Number, inert: dict[str, str]) -> list[str]:
    """Give the reasons why a number may change nothing."""
    return [reason for pattern, reason in inert.items() if re.fullmatch(pattern, number.path)]


# A second crew is of no use to a single project: without the list it would be told.
def test_a_number_that_changes_nothing_is_found() -> None:
    name = "examples/one-retrofit"
    scenario = lantian.load(SCENARIOS / f"{name}.toml")
    tried = [number for number in numbers_in(scenario) if "cost" in number.path]
    tried += [number for number in numbers_in(scenario) if "capacity" in number.path]
    silent = [(number.path, to) for number, to in without_effect(name, scenario, tried, FEW)]
    assert silent == [("resources.crews.capacity", 2)]


def test_a_distribution_is_changed_in_one_of_its_numbers() -> None:
    scenario = lantian.load(SCENARIOS / "examples/one-retrofit.toml")
    (mode,) = (n for n in numbers_in(scenario) if n.path.endswith("-steel.value.triangular.mode"))
    changed = mode.changed(scenario, "changed")
    assert changed is not None
    value = changed.scenario.to_dict()["parameters"]["sinter-per-steel"]["value"]
    assert value == {"triangular": {"low": 1.1, "mode": pytest.approx(1.43), "high": 1.45}}

"""Scenarios of which each adds measures to the one before: the steps of a ladder."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lantian.errors import UsageError
from lantian.frames._names import labels, scenario_ids
from lantian.results import Results

_Names = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Step:
    """What `scenario` has more than `base`: its measures, and what to call them."""

    number: int
    base: str
    scenario: str
    measures: tuple[str, ...]
    name: str
    name_zh: str

    @property
    def measure(self) -> str:
        """Ids of the measures, joined."""
        return " + ".join(self.measures)


def steps_of(results: Results, scenarios: Sequence[str] | None) -> list[Step]:
    """Give the steps between scenarios that nest, in the order given (default: of the file).

    Raises
    ------
    UsageError
        If there are fewer than two scenarios, or one lacks a measure of the one before it.
    """
    ids = scenario_ids(results, scenarios)
    if len(ids) < 2:
        raise UsageError(f"steps need two scenarios or more, and here is {', '.join(ids)} alone")
    names = {id: labels(results[id], "measure") for id in ids}
    _check_nesting(names)
    return [
        _step(results, number, base, scenario, names)
        for number, (base, scenario) in enumerate(itertools.pairwise(ids), start=1)
    ]


def _check_nesting(names: Mapping[str, _Names]) -> None:
    problems = []
    for base, scenario in itertools.pairwise(names):
        lost = [measure for measure in names[base] if measure not in names[scenario]]
        if lost:
            problems.append(f"{scenario} lacks {', '.join(lost)} of {base}")
    if problems:
        raise UsageError(
            "these scenarios are no ladder, in which each has all measures of the one before: "
            + "; ".join(problems)
        )


def _step(
    results: Results, number: int, base: str, scenario: str, names: Mapping[str, _Names]
) -> Step:
    more = tuple(measure for measure in names[scenario] if measure not in names[base])
    if len(more) == 1:
        name, name_zh = names[scenario][more[0]]
    else:
        attributes = results[scenario].attributes
        name = str(attributes.get("title") or scenario)
        name_zh = str(attributes.get("title_zh") or name)
    return Step(number, base, scenario, more, name, name_zh)

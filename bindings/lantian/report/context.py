"""What every section of a report needs: the results, what they are compared with, and the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from lantian.frames._amounts import calendar_years, whole_years
from lantian.frames._names import labels, pollutants, scenario_ids
from lantian.frames._steps import steps_of
from lantian.frames.changes import annual_mean
from lantian.frames.contributions import REST
from lantian.frames.quantities import MASSES
from lantian.messages import Messages
from lantian.report import vocabulary
from lantian.report.found import Found
from lantian.report.numbers import Numbers
from lantian.results import Results

AXES = ("plant", "sector", "zone", "district", "source", "measure", "target")


@dataclass(frozen=True)
class Context:
    """The results of a report, in the words of its readers.

    `ladders` has, for scenarios with measures, the results of adding one measure after the other;
    `found` what other verbs have found about the scenarios.
    """

    results: Results
    base: str
    messages: Messages
    ladders: Mapping[str, Results] = field(default_factory=dict)
    found: Found = field(default_factory=Found)

    def __post_init__(self) -> None:
        scenario_ids(self.results, self.base)

    # ---------------------------------------------------------------- scenarios and years
    @cached_property
    def numbers(self) -> Numbers:
        """Writes numbers."""
        return Numbers(self.messages)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """All scenarios, in the order of the file."""
        return tuple(self.results)

    @property
    def plans(self) -> tuple[str, ...]:
        """The scenarios that are compared with the base: all others, or the only one there is."""
        return tuple(name for name in self.results if name != self.base) or (self.base,)

    @property
    def is_compared(self) -> bool:
        """Whether there is anything beside the base."""
        return len(self.results) > 1

    @cached_property
    def years(self) -> tuple[int, int]:
        """First and last calendar year that all scenarios cover as a whole, or else at all."""
        covered = [whole_years(self.results, name) for name in self.results]
        common = sorted(set(covered[0]).intersection(*covered))
        if not common:
            common = [int(calendar_years(self.results, self.base, None)[-1])]
        return common[0], common[-1]

    @cached_property
    def _tables(self) -> dict[str, Mapping[str, Any]]:
        return {name: self.results.scenario(name).to_dict() for name in self.results}

    def tables(self, scenario: str) -> Mapping[str, Any]:
        """Tables of the scenario's file, as it was run."""
        return self._tables[scenario]

    # ---------------------------------------------------------------- pollutants
    @cached_property
    def pollutants(self) -> tuple[str, ...]:
        """What is emitted at all, what targets ask for first."""
        known = dict.fromkeys(name for s in self.results for name in pollutants(self.results[s]))
        return tuple(sorted((name for name in known if self._is_emitted(name)), key=self._rank))

    def of_scenario(self, scenario: str) -> tuple[str, ...]:
        """Those of `pollutants` that a scenario accounts."""
        own = pollutants(self.results[scenario])
        return tuple(name for name in self.pollutants if name in own)

    def _is_emitted(self, pollutant: str) -> bool:
        return any(
            pollutant in pollutants(self.results[name])
            and bool(np.any(self.results[name].array(f"{pollutant}_mean")[1]))
            for name in self.results
        )

    def _rank(self, pollutant: str) -> tuple[bool, bool, float]:
        """Least for what a target asks for, then masses, then by the largest relative change."""
        before = self._last_year(self.base, pollutant)
        changes = [abs(self._last_year(name, pollutant) - before) for name in self.plans]
        change = max(changes) / before if before else 0.0
        return pollutant not in self._asked_for, self._unit(pollutant) not in MASSES, -change

    @cached_property
    def _asked_for(self) -> set[str]:
        """Pollutants that targets name."""
        targets = [t for name in self.plans for t in self.tables(name).get("targets", {}).values()]
        return {name for t in targets for name in (t.get("pollutant"), *t.get("pollutants", []))}

    def _unit(self, pollutant: str) -> str:
        of = next(name for name in self.results if pollutant in pollutants(self.results[name]))
        return self.results[of].variable(pollutant).unit

    def _last_year(self, scenario: str, pollutant: str) -> float:
        if pollutant not in pollutants(self.results[scenario]):
            return 0.0
        return float(annual_mean(self.results, scenario, pollutant, self.years[1]).mean())

    def is_within(self, pollutant: str, other: str) -> bool:
        """Whether one of two pollutants is part of the other, as PM2.5 is of PM."""
        table = self.tables(self.base).get("pollutants", {})
        return other in _containers(table, pollutant) or pollutant in _containers(table, other)

    # ---------------------------------------------------------------- names
    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """What to call every id, by axis."""
        named: dict[str, dict[str, str]] = {
            "scenario": {name: self._title(name) for name in self.results},
            "pollutant": {name: self._pollutant(name) for name in self.pollutants},
            **vocabulary.names(self.messages),
        }
        for axis in AXES:
            named[axis] = dict(self._along(axis, self._all_results))
            named[axis].setdefault(REST, self.messages("Other"))
        for scenario in self.results:
            named["stage"].update(self._stages(self.tables(scenario)))
        for ladder in self.ladders.values():
            for step in steps_of(ladder, None):
                names = [named["measure"][measure] for measure in step.measures]
                named["measure"][step.measure] = " + ".join(names)
        for group, name in self._along("group", self.found.attributions):
            named["measure"].setdefault(group, name)
        return named

    def name(self, axis: str, identifier: str) -> str:
        """Give what to call an id along an axis."""
        return self.names.get(axis, {}).get(identifier, identifier)

    def called(self, row: Mapping[str, Any]) -> str:
        """Choose between the columns name and name_zh of a row of a frame."""
        return str(row["name_zh"] if self.messages.language == "zh" else row["name"])

    @property
    def _all_results(self) -> Iterable[Results]:
        return (self.results, *self.ladders.values())

    def _along(self, axis: str, every: Iterable[Results]) -> Iterable[tuple[str, str]]:
        chinese = self.messages.language == "zh"
        for results in every:
            for scenario in results:
                for identifier, names in labels(results[scenario], axis).items():
                    yield identifier, names[1 if chinese else 0]

    def _stages(self, tables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Give the names of stages by measure and stage, which may stand in a limb."""
        for measure, table in tables.get("measures", {}).items():
            limbs = {limb: table.get(limb, {}) for limb in ("organised", "fugitive", "transport")}
            for limb, part in {"": table, **limbs}.items():
                for stage in part.get("stages", []):
                    of = f"{limb} {stage['id']}".strip()
                    yield f"{measure}/{of}", self.messages.name(stage, stage["id"])

    def _title(self, scenario: str) -> str:
        attributes = self.results[scenario].attributes
        titles = {"name": str(attributes.get("title", ""))}
        titles["name_zh"] = str(attributes.get("title_zh", ""))
        return self.messages.name(titles, scenario)

    def _pollutant(self, pollutant: str) -> str:
        tables = (self.tables(name).get("pollutants", {}) for name in self.results)
        row: Mapping[str, Any] = next(
            (table[pollutant] for table in tables if pollutant in table), {}
        )
        return self.messages.name(dict(row), pollutant)


def _containers(table: Mapping[str, Any], pollutant: str) -> set[str]:
    found: set[str] = set()
    while (pollutant := table.get(pollutant, {}).get("within", "")) and pollutant not in found:
        found.add(pollutant)
    return found

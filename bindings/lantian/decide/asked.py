"""What is looked at when something is changed: targets, their dates, tonnes and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from lantian.design.outcome_text import outcome_of
from lantian.design.outcomes import (
    Arrays,
    Outcome,
    Values,
    completion,
    cost,
    emission,
    probability,
)
from lantian.errors import UsageError
from lantian.scenario import Scenario

Kind = Literal["probability", "date", "amount"]


@dataclass(frozen=True)
class Asked:
    """An outcome, and how its values are compared."""

    text: str
    kind: Kind
    unit: str
    outcome: Outcome


def asked_of(scenario: Scenario, texts: Sequence[str] | None) -> list[Asked]:
    """Read what is asked for; by default all targets, and all amounts in all and by target year.

    Raises
    ------
    UsageError
        If an outcome cannot be read, or is none of the scenario, with all that are wrong.
    """
    if texts is None:
        return _all_of(scenario)
    mistakes, asked = [], []
    for text in texts:
        try:
            asked.append(_asked(scenario, text.strip(), outcome_of(text, scenario)))
        except UsageError as error:
            mistakes.append(str(error))
    if mistakes or not asked:
        raise UsageError("\n".join(mistakes) or "there is no outcome to look at")
    return asked


def _all_of(scenario: Scenario) -> list[Asked]:
    targets = scenario._tables_by_id.get("targets", {})
    asked = [_asked(scenario, f"probability({id})", probability(id)) for id in targets]
    asked += [
        Asked(f"date({id})", "date", "d", _last_of(target["measures"], target.get("milestone")))
        for id, target in targets.items()
        if target["kind"] == "deadline"
    ]
    years = _target_years(scenario)
    for pollutant in scenario.tables["pollutants"]:
        asked.append(_asked(scenario, pollutant, emission(pollutant)))
        asked += [
            _asked(scenario, f"{pollutant}:{year}", emission(pollutant, years=year))
            for year in years
        ]
    return [*asked, _asked(scenario, "cost", cost())]


def _asked(scenario: Scenario, text: str, outcome: Outcome) -> Asked:
    if outcome.unit == "1":
        return Asked(text, "probability", "1", outcome)
    if outcome.unit == "d":
        return Asked(text, "date", "d", outcome)
    pollutant = outcome.variables[0].partition("_by_")[0]
    row = scenario._tables_by_id["pollutants"].get(pollutant, {"unit": "CNY"})
    return Asked(text, "amount", str(row["unit"]), outcome)


def _last_of(measures: Sequence[str], milestone: Any) -> Outcome:
    """Date by which the last of the measures of a deadline has reached its milestone."""
    dates = [completion(measure, milestone=milestone or "works") for measure in measures]

    def read(arrays: Arrays) -> Values:
        latest: Values = np.max([date(arrays) for date in dates], axis=0)
        return latest

    return Outcome("last of " + ", ".join(measures), ("measure_date",), read, unit="d")


def _target_years(scenario: Scenario) -> list[int]:
    """Calendar years that targets name, as far as the horizon has them."""
    named: set[int] = set()
    for target in scenario._tables_by_id.get("targets", {}).values():
        years = [year for key in ("from", "to", "date", "by") if (year := _year(target.get(key)))]
        if years:
            named.update(range(min(years), max(years) + 1))
    first, last = years_of(scenario)
    return sorted(year for year in named if first <= year <= last)


def _year(value: object) -> int:
    """Give the year of a year or a date; 0 where it is neither."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 1000:
        return value
    return int(getattr(value, "year", 0))


def years_of(scenario: Scenario) -> tuple[int, int]:
    """First and last calendar year of the horizon."""
    first, last = (int(str(time)[:4]) for time in (scenario.start, scenario.end - 1))
    return first, last

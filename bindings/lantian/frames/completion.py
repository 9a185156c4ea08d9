"""By when measures are done, and how that lies to the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from lantian.errors import UsageError
from lantian.frames._definitions import deadlines
from lantian.frames._names import Scenarios, check_names, labels, scenario_ids
from lantian.frames._tables import stacked, table_of_columns
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

Milestone = Literal["begun", "works", "assessed", "published"]
Dates = npt.NDArray[np.datetime64]
MILESTONES = ("begun", "works", "assessed", "published")
NEVER = np.datetime64("NaT", "s")


@dataclass(frozen=True)
class _Subject:
    """What is to be completed in a scenario: `measures` reach `milestone`, if need be by then."""

    id: str
    name: str
    name_zh: str
    measures: tuple[str, ...]
    milestone: str
    deadline: np.datetime64 = NEVER


def completion(
    results: Results,
    *,
    measure: str | None = None,
    target: str | None = None,
    scenario: Scenarios = None,
    milestone: Milestone = "works",
) -> pd.DataFrame:
    """Cumulative share completed by date.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    measure
        Share of the replications in which this measure has reached the milestone.
    target
        Share of the replications in which the last measure of this deadline target has reached the
        target's milestone. With neither: share of all measures, over all replications.
    scenario
        One scenario, several, or all of the file that have the measure or target.
    milestone
        Which date counts; a target names its own.

    Returns
    -------
    pandas.DataFrame
        One row a date, from a row with share 0 at the horizon's start to one at its end; columns
        scenario, subject (id of the measure or target, `all`), name, name_zh, milestone, date,
        share (`unit` 1; below 1 at the end where some never get there), deadline (end of the last
        day allowed: midnight after the target's date; NaT if none). A measure has the deadline of
        the first deadline target of the scenario that asks for the milestone of this measure.

    Raises
    ------
    UsageError
        If no scenario has the measure or the target, the target is no deadline, or both are given.
    """
    if measure is not None and target is not None:
        raise UsageError("give a measure or a target, not both")
    check_names("milestone", [milestone], MILESTONES, of="a measure")
    tables = []
    for name in _with_subject(results, scenario, measure=measure, target=target):
        subject = _subject(results, name, measure, target, milestone)
        tables.append(_curve(results, name, subject))
    return stacked(tables)


def _with_subject(results: Results, scenario: Scenarios, **asked: str | None) -> list[str]:
    """Scenarios that have the measure or the target asked for."""
    ids = scenario_ids(results, scenario)
    for axis, name in asked.items():
        if name is None:
            continue
        there = {here: [str(v) for v in results[here].coordinates[axis].values] for here in ids}
        known = list(dict.fromkeys(value for values in there.values() for value in values))
        check_names(axis, [name], known, of=results.path)
        return [here for here, values in there.items() if name in values]
    having = [here for here in ids if len(results[here].coordinates["measure"].values)]
    if not having:
        raise UsageError(f"{', '.join(ids)}: no measures that could be completed")
    return having


def _subject(
    results: Results, scenario: str, measure: str | None, target: str | None, milestone: str
) -> _Subject:
    if target is not None:
        return _target(results, scenario, target)
    names = labels(results[scenario], "measure")
    if measure is None:
        return _Subject("all", "All measures", "全部措施", tuple(names), milestone)
    dues = [
        _end_of(asked["date"])
        for asked in deadlines(results, scenario).values()
        if measure in asked["measures"] and asked.get("milestone", "works") == milestone
    ]
    deadline = dues[0] if dues else NEVER
    return _Subject(measure, *names[measure], (measure,), milestone, deadline)


def _target(results: Results, scenario: str, target: str) -> _Subject:
    known = deadlines(results, scenario)
    if target not in known:
        others = f"deadlines are {', '.join(known)}" if known else "it has no deadlines"
        raise UsageError(f"{scenario}: the target '{target}' is no deadline; {others}")
    asked = known[target]
    return _Subject(
        target,
        *labels(results[scenario], "target")[target],
        tuple(asked["measures"]),
        asked.get("milestone", "works"),
        _end_of(asked["date"]),
    )


def _end_of(day: Any) -> np.datetime64:
    return np.datetime64(f"{np.datetime64(day, 'D') + np.timedelta64(1, 'D')}", "s")


def _curve(results: Results, scenario: str, subject: _Subject) -> pd.DataFrame:
    here = results[scenario]
    ids = [str(name) for name in here.coordinates["measure"].values]
    kinds = [str(name) for name in here.coordinates["milestone"].values]
    rows = [ids.index(name) for name in subject.measures]
    dates = here["measure_date"][:, rows, kinds.index(subject.milestone)]
    if subject.id != "all":
        dates = _latest(dates)
    time = here.coordinates["time"].bounds
    assert time is not None
    date, share = _cumulated(dates.ravel(), time[0], time[-1])
    return table_of_columns(
        {
            "scenario": scenario,
            "subject": subject.id,
            "name": subject.name,
            "name_zh": subject.name_zh,
            "milestone": subject.milestone,
            "date": date,
            "share": share,
            "unit": "1",
            "deadline": np.full(len(date), subject.deadline),
        }
    )


def _latest(dates: Dates) -> Dates:
    """Date of the last measure in each replication; NaT where one is never done."""
    return np.asarray(dates.max(axis=1))  # NaT wins over any date


def _cumulated(
    dates: Dates, start: np.datetime64, end: np.datetime64
) -> tuple[Dates, npt.NDArray[np.float64]]:
    known, counts = np.unique(dates[~np.isnat(dates)], return_counts=True)
    share = np.cumsum(counts) / len(dates)
    first = min(start, known[0] if len(known) else start)
    last = max(end, known[-1] if len(known) else end)
    date = np.concatenate([[first], known, [last]]).astype("datetime64[s]")
    final = share[-1] if len(share) else 0.0
    return date, np.concatenate([[0.0], share, [final]])

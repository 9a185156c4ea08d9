"""What a measure was doing when, in one replication: its stages, and what they waited for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.errors import UsageError
from lantian.frames._names import labels, one_scenario
from lantian.frames._tables import table_of_rows
from lantian.results import Array, Results

if TYPE_CHECKING:
    import pandas as pd

WORK = "work"
UNRESOLVED = "unresolved"
CAUSES = ("predecessors", "permits", "crews", "money", "season", "alerts", WORK, UNRESOLVED)
MILESTONES = ("begun", "works", "assessed", "published")
PREPARATION, ASSESSMENT, PUBLICATION, RUNNING = (
    "preparation",
    "assessment",
    "publication",
    "running",
)
COLUMNS = ["scenario", "replication", "measure", "name", "name_zh", "stage", "cause"]
COLUMNS += ["start", "end", "value", "unit", "has_ended"]


@dataclass(frozen=True)
class Span:
    """A time in which a stage of a measure is held up by one cause, or worked."""

    stage: str
    cause: str
    start: np.datetime64
    end: np.datetime64
    has_ended: bool = True


@dataclass
class _Open:
    """What a stage is doing, and since when."""

    cause: str
    since: np.datetime64


@dataclass
class Story:
    """The log of one measure, read from the first row to the last."""

    spans: list[Span] = field(default_factory=list)
    stages: dict[str, _Open] = field(default_factory=dict)
    between: _Open | None = None  # what the measure as a whole waits for or does
    reached: dict[str, np.datetime64] = field(default_factory=dict)
    is_over: bool = False

    def read(self, time: np.datetime64, event: str, detail: str) -> None:
        """Take in one row; rows that say nothing of stages are skipped."""
        if event in MILESTONES or event == "cancelled":
            self._reach(event, time)
        elif event == "stage":
            self._stage(time, *detail.rsplit(" ", 1))
        elif event in ("waits", "at_work"):
            cause, _, stage = detail.partition(" ") if event == "waits" else (WORK, "", detail)
            self._turn(stage, cause, time)
        elif event == "granted":
            stage, _, rest = detail.partition(" after ")
            self._split_queue(stage, int(rest.split()[0]), time)

    def close(self, end: np.datetime64) -> list[Span]:
        """Cut what is open where the horizon ends."""
        for stage in list(self.stages):
            self._end(stage, end, has_ended=False)
        self._leave(end, has_ended=False)
        return _joined([span for span in self.spans if span.end > span.start])

    def _reach(self, milestone: str, time: np.datetime64) -> None:
        self._leave(time)
        self.reached[milestone] = time
        if milestone in ("published", "cancelled"):
            self.is_over = True
        elif milestone == "begun":
            self.between = _Open(UNRESOLVED, time)

    def _stage(self, time: np.datetime64, stage: str, what: str) -> None:
        if what == "begins":
            self._leave(time)
            self.stages[stage] = _Open(UNRESOLVED, time)
        else:
            self._end(stage, time)
            if not self.stages and not self.is_over:
                self.between = _Open(UNRESOLVED, time)

    def _turn(self, stage: str, cause: str, time: np.datetime64) -> None:
        if stage in self.stages:
            self._end(stage, time)
            self.stages[stage] = _Open(cause, time)
        elif not stage:
            self._leave(time)
            self.between = _Open(cause, time)

    def _split_queue(self, stage: str, for_money: int, time: np.datetime64) -> None:
        """Of the queue that ends now, the last seconds went into waiting for money."""
        if stage not in self.stages:
            return
        since = max(time - np.timedelta64(for_money, "s"), self.stages[stage].since)
        self._end(stage, since)
        self.stages[stage] = _Open("money", since)

    def _end(self, stage: str, time: np.datetime64, *, has_ended: bool = True) -> None:
        state = self.stages.pop(stage, None)
        if state is not None:
            self.spans.append(Span(stage, state.cause, state.since, time, has_ended))

    def _leave(self, time: np.datetime64, *, has_ended: bool = True) -> None:
        if self.between is None:
            return
        state, self.between = self.between, None
        self.spans.append(Span(self._phase(), state.cause, state.since, time, has_ended))

    def _phase(self) -> str:
        if "assessed" in self.reached:
            return PUBLICATION
        if "works" in self.reached:
            return ASSESSMENT
        return RUNNING if "begun" in self.reached else PREPARATION


def stages(results: Results, *, scenario: str | None = None, replication: int = 0) -> pd.DataFrame:
    """Stages of every measure in one replication, each cut where its cause changes.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        Default the last of the file.
    replication
        One of those that keep a log, by default the first ten.

    Returns
    -------
    pandas.DataFrame
        One row a stretch of time; columns scenario, replication, measure, name, name_zh, stage,
        cause, start, end, value (length) and unit (`d`), has_ended (False where the horizon cuts
        it). A stage of a limb is called `organised works`; times of the measure as a whole are
        `preparation` (before it begins), `running` (what has no stages, such as a programme's
        items), `assessment` and `publication`. The cause is what the time is spent on: `work`,
        or waiting for `predecessors`, `permits`, `crews`, `money`, `season`, `alerts`, and
        `unresolved` where the log does not say. Where a queue was for crews and for money, the
        part for money is drawn last.

    Raises
    ------
    UsageError
        If there is no such scenario, or the replication keeps no log.
    """
    name = one_scenario(results, scenario)
    names = labels(results[name], "measure")
    rows = [
        {
            "scenario": name,
            "replication": replication,
            "measure": measure,
            "name": names[measure][0],
            "name_zh": names[measure][1],
            **_row(span),
        }
        for measure, spans in _stories(results, name, replication).items()
        for span in spans
    ]
    frame = table_of_rows(rows, COLUMNS)
    return frame.astype({"start": "datetime64[s]", "end": "datetime64[s]"})


def _row(span: Span) -> dict[str, Any]:
    days = (span.end - span.start) / np.timedelta64(1, "D")
    return {
        "stage": span.stage,
        "cause": span.cause,
        "start": span.start,
        "end": span.end,
        "value": float(days),
        "unit": "d",
        "has_ended": span.has_ended,
    }


def _joined(spans: list[Span]) -> list[Span]:
    """Put together what goes on under the same cause, such as work that an alert left alone."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.stage, span.start)):
        last = joined[-1] if joined else None
        if last and (last.stage, last.cause, last.end) == (span.stage, span.cause, span.start):
            joined[-1] = replace(last, end=span.end, has_ended=span.has_ended)
        else:
            joined.append(span)
    return sorted(joined, key=lambda span: span.start)


def _stories(results: Results, scenario: str, replication: int) -> dict[str, list[Span]]:
    log = results[scenario].event_log
    kept = sorted({int(number) for number in log.replication})
    if replication not in kept:
        which = f"those that do are {kept[0]} to {kept[-1]}" if kept else "none does"
        raise UsageError(
            f"replication {replication} of {scenario} keeps no log, {which}: raise "
            "'log_replications' under [output] of the scenario and run it again"
        )
    time = results[scenario].coordinates["time"].bounds
    assert time is not None
    rows = np.flatnonzero(log.replication == replication)
    return {
        measure: _story(log.time[mine], log.event[mine], log.detail[mine], time[-1])
        for measure in labels(results[scenario], "measure")
        if len(mine := rows[log.measure[rows] == measure])
    }


def _story(times: Array, events: Array, details: Array, end: np.datetime64) -> list[Span]:
    story = Story()
    for time, event, detail in zip(times, events, details, strict=True):
        story.read(time, str(event), str(detail))
    return story.close(end)

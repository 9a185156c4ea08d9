"""The calendar: months of the horizon, nominal time of profiles, seasons of work."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from math import inf
from typing import Any

import numpy as np

from full_plan_simpy.quantities import DAY

Run = tuple[float, float, float, int]


class Horizon:
    """Whole days from the first of January of one year to that of another."""

    def __init__(self, start: date, end: date) -> None:
        self.start, self.days = start, (end - start).days
        self.end = self.days * DAY
        self.dates = [start + timedelta(days=i) for i in range(self.days)]
        first = [i for i, day in enumerate(self.dates) if day.day == 1]
        self.months = [i * DAY for i in first] + [self.end]
        self.month_of_day = [(d.year - start.year) * 12 + d.month - 1 for d in self.dates]
        self.years = len(first) // 12

    def seconds(self, day: date) -> float:
        """From the start to the start of a day."""
        return (day - self.start).days * DAY

    def month(self, time: float) -> int:
        """Number of the month of a time."""
        return self.month_of_day[int(time // DAY)]

    def seconds_of_year(self, time: float) -> float:
        """Length of the calendar year."""
        first = self.month(time) // 12 * 12
        return self.months[first + 12] - self.months[first]

    def next_month(self, now: float) -> float:
        """First start of a month after now."""
        return self.months[bisect_right(self.months, now)] if now < self.end else inf


def month_day(text: str) -> tuple[int, int]:
    """Month and day of `03-15`."""
    month, day = text.split("-")
    return int(month), int(day)


def is_within(day: date, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether a season that includes both days holds on a day."""
    at = (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last


class Clock:
    """Nominal calendar years that pass, as a profile and a trend spread them over the year."""

    def __init__(self, horizon: Horizon, profile: dict[str, Any], trend: list[float]) -> None:
        weights = np.array([self._weight(day, profile) for day in horizon.dates])
        years = np.array([day.year for day in horizon.dates])
        per_day = np.empty(horizon.days)
        for k, year in enumerate(np.unique(years)):
            of_year = years == year
            factor = trend[min(k, len(trend) - 1)] if trend else 1.0
            per_day[of_year] = factor * weights[of_year] / weights[of_year].sum()
        month = np.array(horizon.month_of_day)
        starts = np.flatnonzero(np.diff(per_day, prepend=-1) != 0)
        starts = np.union1d(starts, np.flatnonzero(np.diff(month, prepend=-1) != 0))
        self.edges = [*(starts * DAY).tolist(), horizon.end]
        self.rates = (per_day[starts] / DAY).tolist()
        self.month = month[starts].tolist()
        spans = np.diff(self.edges)
        self.passed = [0.0, *np.cumsum(spans * np.array(self.rates)).tolist()]

    @staticmethod
    def _weight(day: date, profile: dict[str, Any]) -> float:
        weight = profile["months"][day.month - 1] if "months" in profile else 1.0
        if "season" in profile:
            season = profile["season"]
            inside = is_within(day, month_day(season["from"]), month_day(season["to"]))
            weight *= season.get("inside", 1.0) if inside else season.get("outside", 0.0)
        return float(weight)

    def runs(self, begin: float, end: float) -> Iterator[Run]:
        """Parts of an interval with one rate [nominal years/s], each within a month."""
        i = bisect_right(self.edges, begin) - 1
        while begin < end:
            stop = min(self.edges[i + 1], end)
            yield begin, stop, self.rates[i], self.month[i]
            begin, i = stop, i + 1

    def at(self, time: float) -> float:
        """Nominal years from the start."""
        i = min(bisect_right(self.edges, time) - 1, len(self.rates) - 1)
        return self.passed[i] + (time - self.edges[i]) * self.rates[i]

    def elapsed(self, begin: float, end: float) -> float:
        """Nominal years between two times."""
        return self.at(end) - self.at(begin)

    def advance(self, begin: float, years: float) -> float:
        """When so many nominal years will have passed; infinity beyond the horizon."""
        goal = self.at(begin) + years
        if goal > self.passed[-1]:
            return inf
        i = bisect_right(self.passed, goal) - 1
        if i >= len(self.rates):
            return inf
        while self.rates[i] == 0:
            i += 1
        return self.edges[i] + (goal - self.passed[i]) / self.rates[i]


class Season:
    """When work is open, and which alerts stop it."""

    def __init__(self, horizon: Horizon, row: dict[str, Any]) -> None:
        self.stopped_by = set(row.get("stopped_by_alerts", ()))
        windows = [tuple(map(month_day, window.split(" to "))) for window in row["open"]]
        beyond = horizon.days + 20 * 366  # ramps may end long after the horizon
        dates = [horizon.start + timedelta(days=i) for i in range(beyond)]
        days = [any(is_within(d, *window) for window in windows) for d in dates]
        changes = [i for i in range(1, beyond) if days[i] != days[i - 1]]
        self.edges = [0.0, *(i * DAY for i in changes)]
        self.opens_first = days[0]

    def is_open(self, now: float) -> bool:
        """Whether it is open from now on."""
        return (bisect_right(self.edges, now) % 2 == 1) == self.opens_first

    def next_change(self, now: float) -> float:
        """When it opens or closes next."""
        i = bisect_right(self.edges, now)
        return self.edges[i] if i < len(self.edges) else inf

    def advance(self, now: float, work: float) -> float:
        """When so much working time will have passed."""
        while True:
            change = self.next_change(now)
            if self.is_open(now):
                if now + work <= change:
                    return now + work
                work -= change - now
            if change == inf:
                return inf
            now = change

"""Sources: what they do, what that emits, and the books of it.

A source is told of every change before it happens, and books the time since the last one: activity
times emission per unit of activity, by calendar month. Between two changes things stand still or
move in straight lines; products of up to three straight lines are integrated exactly (Simpson).
"""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import simpy

from full_plan_simpy.carbon import Bed
from full_plan_simpy.clocks import Clock
from full_plan_simpy.quantities import YEAR

PHI = NormalDist().cdf
HOURLY_CV = 0.3  # of hourly means around the mean: the format's default


class Ramp(NamedTuple):
    """What goes from one value to another in a straight line."""

    first: float
    last: float
    begin: float = 0.0
    end: float = 0.0

    def at(self, time: float) -> float:
        """Value at a time."""
        if time >= self.end:
            return self.last
        if time <= self.begin:
            return self.first
        return self.first + (self.last - self.first) * (time - self.begin) / (self.end - self.begin)

    def moves(self, begin: float, end: float) -> bool:
        """Whether it moves somewhere in an interval."""
        return self.begin < end and self.end > begin and self.first != self.last


def constant(value: float) -> Ramp:
    """A ramp that has ended."""
    return Ramp(value, value)


def exceedance(mean: float, limit: float) -> float:
    """Probability of an hour above the limit, hourly means being lognormal around the mean."""
    variance = math.log1p(HOURLY_CV**2)
    return PHI((math.log(mean / limit) - variance / 2) / math.sqrt(variance)) if mean > 0 else 0.0


class Activity:
    """Share of its nominal that a source or a plant does, from all who act on it."""

    def __init__(self, nominal: float, is_idle: bool) -> None:
        self.nominal, self.is_idle = nominal, is_idle
        self.base = 0.0 if is_idle else 1.0
        self.added: dict[object, Ramp] = {}
        self.moved: dict[object, Ramp] = {}
        self.factors: dict[object, Ramp] = {}
        self.ceilings: dict[object, Ramp] = {}
        self.unexempted: Ramp | None = None  # an alert's ceiling if grade A were not exempted

    def ramps(self) -> list[Ramp]:
        """All that act."""
        parts = (self.added, self.moved, self.factors, self.ceilings)
        ramps = [ramp for part in parts for ramp in part.values()]
        return ramps if self.unexempted is None else [*ramps, self.unexempted]

    def supply(self, time: float) -> float:
        """Share before what takes away from it."""
        return self.base + sum(ramp.at(time) for ramp in self.added.values())

    def unlimited(self, time: float) -> float:
        """What is let through but for ceilings."""
        passing = 1.0
        if self.moved:
            passing = max(0.0, 1 - sum(ramp.at(time) for ramp in self.moved.values()))
        for ramp in self.factors.values():
            passing *= ramp.at(time)
        return passing

    def passing(self, time: float, orders: str = "in_force") -> float:
        """What is let through, under the orders of an alert as they are seen."""
        ceiling = 1.0
        for who, ramp in self.ceilings.items():
            if who == "alert" and orders != "in_force":
                ramp = self.unexempted if orders == "without_exemptions" else None
            if ramp is not None:
                ceiling = min(ceiling, ramp.at(time))
        return self.unlimited(time) * ceiling

    def share(self, time: float) -> float:
        """Share of nominal x profile."""
        return self.supply(time) * self.passing(time)

    def without_orders(self, time: float) -> float:
        """What is let through if no alert orders anything."""
        return self.passing(time, "none")

    def lift(self, who: object) -> None:
        """Take back what `who` has set."""
        for part in (self.added, self.moved, self.factors, self.ceilings):
            part.pop(who, None)


class Outlet:
    """One pollutant of a source: raw factor, or concentration x gas volume."""

    def __init__(self, row: dict[str, Any], number: Any) -> None:
        self.is_raw = "raw" in row
        self.factor = number(row["raw" if self.is_raw else "concentration"])
        self.gas = 1.0 if self.is_raw else number(row["gas_volume"])
        self.capture = number(row.get("capture", 1))
        self.fugitive_control = number(row.get("fugitive_control", 0))
        self.limit = number(row["limit"]) if "limit" in row else 0.0
        self.efficiency = 0.0  # of a control on the stack

    def stack(self) -> float:
        """Up the stack, per unit of activity."""
        return self.factor * self.gas * self.capture * (1 - self.efficiency)

    def fugitive(self) -> float:
        """Beside it."""
        return self.factor * self.gas * (1 - self.capture) * (1 - self.fugitive_control)


class Source(Activity):
    """A source and its books."""

    def __init__(self, world: Any, id: str, row: dict[str, Any], clock: Clock) -> None:
        plant = world.plants.get(row.get("plant"))
        is_idle = row.get("idle", False)
        super().__init__(world.number(row["activity"]) * YEAR, is_idle)
        if plant is not None and plant.is_idle:
            self.base = 0.0
        self.world, self.id, self.row, self.clock = world, id, row, clock
        self.process, self.plant = row["process"], row.get("plant")
        self.outlets = {p: Outlet(each, world.number) for p, each in row.get("emits", {}).items()}
        self.limited = [p for p in self.outlets if world.is_limited(self, p)]
        self.pulses = 0.0  # activity per second that comes at random
        self.bed: Bed | None = None
        self.since = 0.0
        self.commissionings = 0
        self.changed: simpy.Event | None = None
        self.moving: tuple[np.ndarray, float, float] | None = None  # from, begin, end
        months = world.horizon.years * 12
        self.emitted = np.zeros((months, 2 * len(world.pollutants)))
        self.activity = [0.0] * months
        self.valid = [0.0] * months  # time that counts for compliance
        self.above = np.zeros((months, len(self.limited)))
        self.refresh()

    # ------------------------------------------------------------ what is emitted
    def refresh(self) -> None:
        """Work out emission per activity, and hours above limits, anew."""
        pollutants = self.world.pollutants
        self.per_activity = np.zeros(2 * len(pollutants))
        for p, outlet in self.outlets.items():
            i = pollutants.index(p)
            self.per_activity[i] = outlet.stack()
            self.per_activity[len(pollutants) + i] = outlet.fugitive()
        if self.bed is not None:
            i = pollutants.index("VOC")
            self.fed, self.per_activity[i] = self.per_activity[i], 0.0
        limits = [self.outlets[p] for p in self.limited]
        self.exceeding = np.array(
            [exceedance(o.factor, o.limit) if o.limit > 0 else 0.0 for o in limits]
        )

    def emission(self, time: float) -> np.ndarray:
        """Emission per unit of activity, on the way to what it will be."""
        if self.moving is None:
            return self.per_activity
        before, begin, end = self.moving
        part = min(1.0, max(0.0, (time - begin) / (end - begin)))
        return before + (self.per_activity - before) * part

    def emissions_change(self, over: float) -> None:
        """Go to what the outlets say now, in a straight line; told before by `change`."""
        before, now = self.emission(self.world.env.now), self.world.env.now
        self.refresh()
        self.moving = (before, now, now + over) if over > 0 else None

    # ------------------------------------------------------------ who watches
    def change(self) -> None:
        """Book the time until now; something is about to change."""
        self.book()
        if self.changed is not None:
            event, self.changed = self.changed, None
            event.succeed()

    def next_change(self) -> simpy.Event:
        """Event of the next change."""
        if self.changed is None:
            self.changed = self.world.env.event()
        return self.changed

    def add_pulse(self, rate: float) -> None:
        """More activity per second from now on, or less."""
        self.book()
        self.pulses += rate
        if abs(self.pulses) < 1e-9 * abs(rate):
            self.pulses = 0.0

    # ------------------------------------------------------------ the books
    def book(self) -> None:
        """Integrate from the last change until now."""
        begin, now = self.since, min(self.world.env.now, self.world.horizon.end)
        self.since = now
        if begin >= now:
            return
        ramps = [ramp for ramp in self.ramps() if ramp.moves(begin, now)]
        bounds = [(ramp.begin, ramp.end) for ramp in ramps]
        if self.moving is not None:
            bounds.append(self.moving[1:])
        if not bounds:
            self._book_still(begin, now)
            return
        corners = sorted({c for pair in bounds for c in pair if begin < c < now})
        for a, b in pairwise([begin, *corners, now]):
            if any(x < b and y > a for x, y in bounds):
                self._book_moving(a, b)
            else:
                self._book_still(a, b)

    def _book_still(self, begin: float, end: float) -> None:
        middle = (begin + end) / 2
        passing = self.passing(middle)
        supply = self.nominal * self.supply(middle)
        emission = self.emission(middle)
        for a, b, rate, month in self.clock.runs(begin, end):
            done = (supply * rate + self.pulses) * passing * (b - a)
            self._enter(month, done, done * emission, (b - a) if done > 0 else 0.0)
        if self.world.level:
            self._book_alert(begin, end)

    def _book_moving(self, begin: float, end: float) -> None:
        for a, b, rate, month in self.clock.runs(begin, end):
            done, emitted = 0.0, 0.0
            for time, weight in ((a, 1 / 6), ((a + b) / 2, 4 / 6), (b, 1 / 6)):
                flow = (self.nominal * self.supply(time) * rate + self.pulses) * self.passing(time)
                done += weight * flow * (b - a)
                emitted = emitted + self.emission(time) * (weight * flow * (b - a))
            self._enter(month, done, emitted, (b - a) if done > 0 else 0.0)
        if self.world.level:
            self._book_alert(begin, end)

    def _enter(self, month: int, done: float, emitted: np.ndarray, running: float) -> None:
        self.activity[month] += done
        self.emitted[month] += emitted
        if self.bed is not None:
            through = self.bed.take(done * self.fed)
            self.emitted[month, self.world.pollutants.index("VOC")] += through
        if running and self.limited and not self.commissionings:
            self.valid[month] += running
            self.above[month] += running * self.exceeding

    def _book_alert(self, begin: float, end: float) -> None:
        """Emission while an alert lasts: with its orders, without exemptions, without any."""
        for a, b, rate, month in self.clock.runs(begin, end):
            middle = (a + b) / 2
            supply = (self.nominal * self.supply(middle) * rate + self.pulses) * (b - a)
            emission = supply * self.emission(middle)
            for orders, books in self.world.alert_books.items():
                books[self.world.level][month // 12] += self.passing(middle, orders) * emission

    def add_amount(self, amount: float, when: float | None = None) -> None:
        """Book activity that was done at once, or since `when` within its month."""
        time = self.world.env.now if when is None else when
        if time < self.world.horizon.end:
            month = self.world.horizon.month(time)
            self.activity[month] += amount
            self.emitted[month] += amount * self.per_activity


class Plant(Activity):
    """A plant: what acts on its production acts on all of its sources."""

    def __init__(self, world: Any, row: dict[str, Any]) -> None:
        nominal = world.number(row.get("production", 0)) * YEAR
        super().__init__(nominal, row.get("idle", False))
        self.world, self.capacity = world, world.number(row["capacity"]) * YEAR
        self.grade = row.get("grade", "none")
        self.grade_changed = world.env.event()
        self.sources: list[Source] = []

    def scale(self, who: object, factor: float | Ramp) -> None:
        """Multiply what the plant does."""
        self.factors[who] = factor if isinstance(factor, Ramp) else constant(factor)
        for source in self.sources:
            self.world.act(source.id, "factors", who, factor)

    def add(self, who: object, share: float | Ramp) -> None:
        """Let it do more, as a share of nominal; what is idle by itself grows in proportion."""
        ramp = share if isinstance(share, Ramp) else constant(share)
        self.added[who] = ramp
        grown = ramp._replace(first=self.base + ramp.first, last=self.base + ramp.last)
        for source in self.sources:
            if source.is_idle:
                self.world.act(source.id, "factors", who, grown)
            else:
                self.world.act(source.id, "added", who, ramp)

    def drop(self, who: object) -> None:
        """Take back what `who` has set."""
        self.lift(who)
        for source in self.sources:
            source.change()
            source.lift(who)

    def set_grade(self, grade: str) -> None:
        """Give it another performance grade."""
        if grade != self.grade:
            self.grade = grade
            event, self.grade_changed = self.grade_changed, self.world.env.event()
            event.succeed()

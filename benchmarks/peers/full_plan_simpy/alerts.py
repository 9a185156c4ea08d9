"""Heavy pollution, alerts, the orders that hold in them, and what is made up afterwards."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from itertools import pairwise
from math import inf
from typing import Any

import simpy

from full_plan_simpy.project import Project
from full_plan_simpy.sources import Ramp, constant

LEVELS = ("yellow", "orange", "red")
UNEXEMPTED_AS = "B"  # as grade A is judged without exemptions: the format's default


def highest(levels: list[str]) -> str | None:
    """The highest of some levels."""
    return max(levels, key=LEVELS.index, default=None)


class Order:
    """What an alert asks of one group of sources."""

    def __init__(self, world: Any, row: dict[str, Any]) -> None:
        number = world.number
        self.ramp = number(row.get("ramp", 0))
        self.least, self.obeyed = number(row.get("least", 0)), number(row["obeyed"])
        self.rebounds = row.get("rebounds", True)
        self.processes = set(row["processes"])
        self.cuts = {g: {a: number(c) for a, c in by.items()} for g, by in row["cuts"].items()}

    def ceiling(self, grade: str, level: str | None) -> float:
        """How much of what it would do a source may do."""
        cuts = self.cuts.get(grade, self.cuts.get("any", {}))
        cut = cuts.get(level, 0.0)
        return min(1.0, max(1 - cut * self.obeyed, self.least)) if cut else 1.0


class Line:
    """A source under an order."""

    def __init__(self, world: Any, source: Any, order: Order, rebound: tuple[float, float]) -> None:
        self.world, self.env, self.source, self.order = world, world.env, source, order
        self.share, self.at = rebound
        self.ceiling = constant(1.0)
        self.level: str | None = None
        self.hold = 0.0
        self.owed, self.counted, self.running = 0.0, 0.0, 1.0
        self.making_up: simpy.Process | None = None
        self.is_above = False

    def obey(self, level: str | None, hold: float) -> None:
        """Go to what a level orders, to be there at `hold` where there is time for it."""
        self.level, self.hold = level, hold
        plant = self.world.plants.get(self.source.plant)
        grade = plant.grade if plant is not None else "none"
        goal = self.order.ceiling(grade, level)
        judged = self.order.ceiling(UNEXEMPTED_AS, level) if grade == "A" else goal
        before = self.source.unexempted or constant(1.0)
        if goal == self.ceiling.last and judged == before.last:
            return
        now, ramp = self.env.now, self.order.ramp
        if self.order.rebounds:
            self.count()
        begin = max(now, hold - ramp)
        self.ceiling = Ramp(self.ceiling.at(now), goal, begin, begin + ramp)
        self.world.act(self.source.id, "ceilings", "alert", self.ceiling)
        self.source.unexempted = Ramp(before.at(now), judged, begin, begin + ramp)
        if goal == 1 and self.owed > 0:
            self.making_up = self.env.process(self.make_up())

    def count(self) -> None:
        """Count what the ceiling has cut until now; nothing is made up in an alert."""
        if self.making_up is not None and self.making_up.is_alive:
            self.making_up.interrupt()
            if self.is_above:
                self.is_above = False
                self.world.act(self.source.id, "added", self, None)
                passed = self.source.clock.elapsed(self.counted, self.env.now)
                self.owed = max(0.0, self.owed - self.at * passed / self.share)
        self.making_up = None
        if self.ceiling == constant(1.0):
            now = self.env.now
            self.running = self.source.supply(now) * self.source.without_orders(now)
        else:
            self.owed += self.cut_between(self.counted, self.env.now)
        self.counted = self.env.now

    def cut_between(self, begin: float, end: float) -> float:
        """Integral of what the ceiling takes away [nominal years]."""
        corners = [c for c in (self.ceiling.begin, self.ceiling.end) if begin < c < end]
        bounds, cut = [begin, *corners, end], 0.0
        for a, b in pairwise(bounds):
            for x, y, rate, _ in self.source.clock.runs(a, b):
                cut += rate * (y - x) * (1 - self.ceiling.at((x + y) / 2))
        return cut

    def make_up(self) -> Generator:
        """Back at full, run above it until the debt is paid."""
        env = self.env
        try:
            yield env.timeout(max(0.0, self.ceiling.end - env.now))
            self.owed += self.cut_between(self.counted, env.now)
            self.counted, self.ceiling = env.now, constant(1.0)
            paid = self.source.clock.advance(env.now, self.owed * self.share / self.at)
            self.world.act(self.source.id, "added", self, self.running * self.at)
            self.is_above = True
            if paid < inf:
                yield env.timeout(paid - env.now)
                self.world.act(self.source.id, "added", self, None)
                self.is_above, self.owed = False, 0.0
        except simpy.Interrupt:
            pass


class Alerts:
    """Which alerts are announced and which hold; the highest counts."""

    def __init__(self, world: Any, plan: dict[str, Any]) -> None:
        self.world, self.env, self.plan = world, world.env, plan
        rebound = plan["rebound"]
        rates = (world.number(rebound["share"]), world.number(rebound["at"]))
        orders = [Order(world, row) for row in plan["orders"]]
        self.lines = []
        for source in world.sources.values():
            mine = [order for order in orders if source.process in order.processes]
            if mine:
                self.lines.append(Line(world, source, mine[0], rates))
        self.announced: list[str] = []
        self.in_force: list[str] = []
        for id in dict.fromkeys(line.source.plant for line in self.lines):
            if id is not None:
                self.env.process(self.follow_grade(world.plants[id]))

    def follow_grade(self, plant: Any) -> Generator:
        """Orders follow the grade of a plant at once."""
        while True:
            yield plant.grade_changed
            for line in self.lines:
                if line.source.plant and self.world.plants[line.source.plant] is plant:
                    line.obey(line.level, line.hold)

    def prepare(self, hold: float) -> None:
        """Those who need time begin to turn down, or to come back."""
        level = highest(self.announced)
        for line in self.lines:
            if line.order.ramp > 0 and level != line.level:
                line.obey(level, hold)

    def enforce(self) -> None:
        """The level that holds changes."""
        level = highest(self.in_force)
        for line in self.lines:
            if line.order.ramp == 0 and level != line.level:
                line.obey(level, self.env.now)
        self.world.set_alert(level)

    def call(self, level: str, begin: float, lifted: float) -> Generator:
        """One alert: announced, in force, lifted."""
        self.world.count(f"{level} alerts")
        self.announced.append(level)
        self.prepare(begin)
        yield self.env.timeout(begin - self.env.now)
        self.in_force.append(level)
        self.enforce()
        yield self.env.timeout(lifted - self.env.now)
        self.announced.remove(level)
        self.in_force.remove(level)
        self.prepare(self.env.now)
        self.enforce()

    def level_of(self, peak: float, lasts: float, announced: float) -> str | None:
        """The level that the rules in force at the announcement give a spell."""
        floor = self.plan["episodes"]["floor"]

        def holds(above: float, lasting: str) -> bool:
            if peak < above:
                return False
            time = lasts if above <= floor else lasts * (peak - above) / (peak - floor)
            return time >= self.world.number(lasting)

        start = self.world.horizon.seconds
        rules = [(start(rule.get("from", date(1900, 1, 1))), rule) for rule in self.plan["rules"]]
        revision = max(time for time, _ in rules if time <= announced)
        fits = [
            rule["level"]
            for time, rule in rules
            if time == revision
            and holds(rule["above"], rule["lasting"])
            and ("and_above" not in rule or holds(rule["and_above"], rule["and_lasting"]))
        ]
        return highest(fits)


def alert_response(project: Project) -> Generator:
    """Spells of heavy pollution come at random; alerts are called for them."""
    world, plan, env = project.world, project.plan, project.env
    project.reach("begun", "works", "assessed", "published")
    alerts = Alerts(world, plan)
    episodes = plan["episodes"]
    clock = world.clock(episodes.get("profile"), ())
    per_year = world.per_year(episodes["per_year"])
    notice, lifted_after = world.number(plan["notice"]), world.number(plan["lifted_after"])
    begin = 0.0
    while True:
        begin = clock.advance(begin, world.rng.exponential() / per_year)
        if begin == inf:
            return
        peak, lasts = world.number(episodes["peak"]), world.number(episodes["lasts"])
        announced = max(begin - notice, 0.0)
        level = alerts.level_of(peak, lasts, announced)
        if level is not None:
            yield env.timeout(max(0.0, announced - env.now))
            env.process(alerts.call(level, begin, begin + lasts + lifted_after))

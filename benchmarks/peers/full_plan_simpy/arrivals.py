"""What comes at random (fires, leaks, storms), and the patrols that find it."""

from __future__ import annotations

import math
from collections.abc import Generator
from math import inf
from typing import Any

import simpy

from full_plan_simpy.project import Project


class Occurrence:
    """One fire, one leak."""

    def __init__(self, row: Row, rate: float, life: float) -> None:
        self.row, self.env = row, row.world.env
        self.rate, self.natural_end = rate, self.env.now + life
        self.site = int(row.world.rng.random() * row.sites)
        self.is_over = False
        self.process = self.env.process(self.live(life))

    def live(self, life: float) -> Generator:
        """Until its natural end, unless it is found."""
        self.row.source.add_pulse(self.rate)
        self.row.open[self] = None
        try:
            yield self.env.timeout(life)
        except simpy.Interrupt:
            self.row.world.count(f"{self.row.id} found")
        self.is_over = True
        self.row.source.add_pulse(-self.rate)
        del self.row.open[self]

    def end(self) -> None:
        """Put an end to it."""
        if not self.is_over:
            self.is_over = True
            self.process.interrupt()


class Row:
    """A row of `[arrivals]`: occurrences of one sort on one source."""

    def __init__(self, world: Any, id: str, plan: dict[str, Any]) -> None:
        self.world, self.id, self.plan = world, id, plan
        self.source = world.sources[plan["source"]]
        self.clock = world.clock(plan.get("profile"), ())
        self.sites = plan.get("sites", 1)
        self.patrols: list[Patrol] = []
        self.open: dict[Occurrence, None] = {}  # in the order in which they began
        world.env.process(self.arrive())

    def arrive(self) -> Generator:
        """A Poisson process on the clock of the profile."""
        world, env, plan = self.world, self.world.env, self.plan
        per_year = world.per_year(plan["per_year"])
        while True:
            begin = self.clock.advance(env.now, world.rng.exponential() / per_year)
            if begin == inf:
                return
            yield env.timeout(begin - env.now)
            life = max(1.0, world.number(plan["lasts"]))
            rate = world.number(plan["amount"]) / life if "amount" in plan else None
            if any(world.rng.random() < patrol.deterrence for patrol in self.patrols):
                world.count(f"{self.id} prevented")
                continue
            world.count(f"{self.id} began")
            occurrence = Occurrence(
                self, world.number(plan["flow"]) if rate is None else rate, life
            )
            for patrol in self.patrols:
                patrol.look_for(occurrence)


class Patrol:
    """Rounds over all sites, cameras and complaints."""

    def __init__(self, world: Any, plan: dict[str, Any]) -> None:
        self.world, self.env, self.plan = world, world.env, plan
        self.begin = world.env.now
        self.period = world.number(plan["rounds"]["every"])
        self.deterrence = world.number(plan.get("deterrence", 0))

    def look_for(self, occurrence: Occurrence) -> None:
        """Send everyone who may find it."""
        self.env.process(self.visit(occurrence))
        for way in self.plan.get("detections", ()):
            if self.world.rng.random() < self.world.number(way["probability"]):
                self.env.process(self.notice(occurrence, way))

    def visit(self, occurrence: Occurrence) -> Generator:
        """Pass by its site once in a round, until it is seen or over."""
        rounds, env = self.plan["rounds"], self.env
        offset = self.begin + self.period * occurrence.site / occurrence.row.sites
        done = max(0, math.ceil((env.now - offset) / self.period))
        yield env.timeout(offset + done * self.period - env.now)
        while not occurrence.is_over:
            if self.world.rng.random() < self.world.number(rounds["probability"]):
                yield env.timeout(self.world.number(rounds["response"]))
                occurrence.end()
                return
            yield env.timeout(self.period)

    def notice(self, occurrence: Occurrence, way: dict[str, Any]) -> Generator:
        """A camera or a complaint detects it after a while."""
        yield self.env.timeout(self.world.number(way["delay"]))
        if not occurrence.is_over:
            yield self.env.timeout(self.world.number(way["response"]))
            occurrence.end()


def patrol(project: Project) -> Generator:
    """From its effect on it looks for what comes, and for what is open."""
    world, plan = project.world, project.plan
    if not (yield from project.begin()):
        return
    eyes = Patrol(world, plan)
    for id in plan["arrivals"]:
        world.arrivals[id].patrols.append(eyes)
        for occurrence in list(world.arrivals[id].open):
            eyes.look_for(occurrence)
    project.reach("works", "assessed", "published")

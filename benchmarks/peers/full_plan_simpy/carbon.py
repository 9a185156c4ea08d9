"""Beds of activated carbon, and the centre that regenerates what is spent."""

from __future__ import annotations

import math
from collections.abc import Generator
from math import inf
from typing import Any

import simpy

MIDPOINT, WIDTH = 0.9, 0.07  # of the breakthrough, as shares of the capacity: the format's defaults


class Bed:
    """Carbon that takes less of what is fed to it the more it holds."""

    def __init__(self, efficiency: float, mass: float, capacity: float, load: float) -> None:
        self.efficiency, self.mass = efficiency, mass
        self.fresh_capacity = self.capacity = mass * capacity
        self.load = self.capacity * load
        self.share = 1.0  # of its fresh capacity

    def _height(self) -> float:
        return math.exp((self.load / self.capacity - MIDPOINT) / WIDTH)

    def take(self, feed: float) -> float:
        """Hold back what it can of a feed; returns what breaks through.

        Solves dx + height (e^dx - 1) = q by Newton's iteration from above.
        """
        if feed <= 0:
            return 0.0
        scale, height = self.capacity * WIDTH, self._height()
        q = self.efficiency * feed / scale
        dx = min(q, math.log1p(q / height))
        for _ in range(60):
            risen = height * math.expm1(dx)
            step = (dx + risen - q) / (1 + height + risen)
            dx -= step
            if step <= 1e-14 * dx:
                break
        self.load += scale * dx
        return feed - scale * dx

    def feed_to(self, load: float) -> float:
        """What must be fed to it until it holds so much."""
        dx = (load - self.load) / (self.capacity * WIDTH)
        return self.capacity * WIDTH / self.efficiency * (dx + self._height() * math.expm1(dx))

    def renew(self, share: float = 1.0) -> float:
        """Put other carbon in; returns what the old one held."""
        load, self.load = self.load, 0.0
        self.share, self.capacity = share, share * self.fresh_capacity
        return load


def install_beds(world: Any) -> None:
    """Give each source its bed, and start the life of the beds."""
    for source in world.sources.values():
        for id in source.row.get("controls", ()):
            row = world.scenario["controls"][id]
            if "adsorber" not in row:
                source.outlets["VOC"].efficiency = world.number(row["efficiency"]["VOC"])
                source.refresh()
                continue
            spec = row["adsorber"]
            source.bed = Bed(
                world.number(row["efficiency"]["VOC"]),
                *(world.number(spec[key]) for key in ("bed", "capacity", "load")),
            )
            source.refresh()
            world.beds[id] = source
            world.bed_lives[id] = world.env.process(change_now_and_then(world, id, spec))


def change_now_and_then(world: Any, id: str, spec: dict[str, Any]) -> Generator:
    """Change the carbon late, until the centre takes it over."""
    source = world.beds[id]
    try:
        while True:
            yield world.env.timeout(world.number(spec["change_every"]))
            source.change()
            source.bed.renew()
            world.count("carbon changes")
            world.sources[spec["waste"]].add_amount(source.bed.mass)
    except simpy.Interrupt:
        pass


class Centre:
    """A centre with kilns, trucks and a stock of good carbon."""

    def __init__(self, world: Any, plan: dict[str, Any]) -> None:
        self.world, self.env, self.plan = world, world.env, plan
        number = world.number
        self.trucks = world.crews[plan["truck"]]
        self.kilns = simpy.Resource(self.env, plan["kilns"])
        self.throughput = number(plan["throughput"])  # [kg/s]
        self.recovery, self.make_up = number(plan["recovery"]), number(plan["make_up"])
        self.change_at = number(plan["change_at"])
        spare = number(plan["spare_carbon"])
        self.stock = simpy.Container(self.env, init=spare)
        self.lots: list[list[float]] = [[spare, 1.0]]  # mass and share of fresh capacity

    def open(self) -> None:
        """Serve all beds from now on."""
        for id in self.plan["controls"]:
            self.world.bed_lives[id].interrupt()
            self.env.process(self.serve(self.world.beds[id]))

    def serve(self, source: Any) -> Generator:
        """One bed: loaded, exchanged by a truck, loaded again."""
        bed = source.bed
        while True:
            yield from self.until_loaded(source)
            yield self.stock.get(bed.mass)
            share = self.draw(bed.mass)
            yield self.trucks.request(1)
            yield self.env.timeout(self.world.number(self.plan["transport"]))
            source.change()
            spent_share, load = bed.share, bed.renew(share)
            self.world.count("carbon changes")
            yield self.env.timeout(self.world.number(self.plan["transport"]))
            self.trucks.put(1)
            self.env.process(self.regenerate(bed.mass, spent_share, load))

    def until_loaded(self, source: Any) -> Generator:
        """Wait until the bed is due, looking again whenever what is fed to it changes."""
        env, bed = self.env, source.bed
        while True:
            source.book()
            missing = bed.feed_to(self.change_at * bed.capacity)
            if missing <= 0:
                return
            rate = source.nominal * source.share(env.now) * source.fed
            due = source.clock.advance(env.now, missing / rate) if rate > 0 else inf
            if due <= env.now + 1:
                return
            change = source.next_change()
            if due < inf:
                yield env.timeout(due - env.now) | change
            else:
                yield change

    def draw(self, mass: float) -> float:
        """Take carbon from the stock, oldest first; returns the share of fresh capacity."""
        left, share = mass, 0.0
        while left > 1e-6:
            lot = self.lots[0]
            part = min(left, lot[0])
            share += lot[1] * part / mass
            left -= part
            lot[0] -= part
            if lot[0] <= 1e-6:
                self.lots.pop(0)
        return share

    def regenerate(self, mass: float, share: float, load: float) -> Generator:
        """Drive off what the carbon holds, and put it into the stock."""
        sources, length = self.world.sources, mass / self.throughput
        with self.kilns.request() as kiln:
            yield kiln
            for id, amount in (("centre", mass), ("oxidiser", load)):
                sources[self.plan[id]].add_pulse(amount / length)
            yield self.env.timeout(length)
            for id, amount in (("centre", mass), ("oxidiser", load)):
                sources[self.plan[id]].add_pulse(-amount / length)
        sources[self.plan["waste"]].add_amount(self.make_up * mass)
        self.lots.append([mass, (1 - self.make_up) * self.recovery * share + self.make_up])
        yield self.stock.put(mass)

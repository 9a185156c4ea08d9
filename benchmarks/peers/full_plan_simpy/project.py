"""The life that measures share: begin, stages with crews, seasons and alerts, milestones."""

from __future__ import annotations

from collections.abc import Callable, Generator
from math import inf
from typing import Any

from simpy.core import BoundClass
from simpy.resources.container import Container, ContainerGet
from simpy.resources.resource import SortedQueue

MILESTONES = ("begun", "works", "assessed", "published")
RESUMED, NORMAL = 0, 1
Effect = Callable[[float], None]


class CrewRequest(ContainerGet):
    """A request for some crews at once; those who were there before go first."""

    def __init__(self, crews: Crews, amount: float, priority: int = NORMAL) -> None:
        self.key = priority
        super().__init__(crews, amount)


class Crews(Container):
    """Crews that are lent; strict first come, first served within a priority."""

    GetQueue = SortedQueue
    request = BoundClass(CrewRequest)


class Project:
    """A measure under way."""

    def __init__(self, world: Any, id: str, plan: dict[str, Any]) -> None:
        self.world, self.env, self.id, self.plan = world, world.env, id, plan
        self.dates: dict[str, float] = {}
        self.reached = {each: self.env.event() for each in MILESTONES}
        self.cancelled = self.env.event()

    def reach(self, *milestones: str) -> None:
        """Date the milestones, and tell who waits for them."""
        for each in milestones:
            if each not in self.dates:
                self.dates[each] = self.env.now
                self.reached[each].succeed()

    def wait(self, key: str) -> Generator:
        """Wait for a time of the plan, where it is given."""
        if key in self.plan:
            yield self.env.timeout(self.world.number(self.plan[key]))

    def begin(self) -> Generator:
        """Wait for the start, the predecessors and the delay; false where it never begins."""
        if "in_progress" not in self.plan:
            start = self.world.horizon.seconds(self.plan["start"])
            yield self.env.timeout(max(0.0, start - self.env.now))
            milestone = self.plan.get("after_milestone", "works")
            for id in self.plan.get("after", ()):
                before = self.world.projects[id]
                yield before.reached[milestone] | before.cancelled
                if not before.reached[milestone].triggered:
                    self.cancelled.succeed()
                    return False
            yield from self.wait("delay")
        self.reach("begun")
        return True

    def carry_out(self, stages: list[dict[str, Any]], effect: Effect | None = None) -> Generator:
        """Work the stages off; false where the measure is given up on the way."""
        in_progress = self.plan.get("in_progress")
        if in_progress and stages is self.plan["stages"]:
            ids = [stage["id"] for stage in stages]
            stages = stages[ids.index(in_progress["stage"]) :]
        says_when = any("effect" in stage for stage in stages)
        for stage in stages:
            is_under_way = bool(in_progress) and in_progress["stage"] == stage["id"]
            if self.is_cancelled_before(stage["id"]):
                self.cancelled.succeed()
                return False
            how = stage.get("effect")
            if not says_when and stage is stages[-1]:
                how = "step"
            length = in_progress["remaining"] if is_under_way else stage["duration"]
            started = stage_start(self, stage, effect if how == "ramp" else None)
            priority = RESUMED if is_under_way else NORMAL
            yield from self.work(stage, self.world.number(length), started, priority)
            self.stage_ends(stage)
            if how == "step" and effect:
                effect(0.0)
        return True

    def is_cancelled_before(self, stage: str) -> bool:
        """Whether it is given up here."""
        if self.plan.get("cancelled_before") != stage:
            return False
        return self.world.rng.random() < self.world.number(self.plan["cancel_probability"])

    def stage_ends(self, stage: dict[str, Any]) -> None:
        """Let stand what stood still start again."""
        outage = self.world.outages.pop((self.id, stage["id"]), None)
        if outage is not None:
            outage.end()

    def work(
        self,
        piece: dict[str, Any],
        left: float,
        begins: Effect | None = None,
        priority: int = NORMAL,
    ) -> Generator:
        """Work so long, with the crews of a piece, while its calendar is open.

        Crews go back at the season's close and are queued again first; through an alert that stops
        the work they stay.
        """
        env = self.env
        season = self.world.seasons.get(piece.get("calendar"))
        ((crews, amount),) = piece.get("crews", {"none": 0}).items()
        has_begun = False
        while not has_begun or left > 1e-3:
            if season is not None:
                yield from self.until_open(season)
            if amount:
                yield self.world.crews[crews].request(amount, priority)
            priority = RESUMED
            close = inf
            if season is not None:
                close = season.next_change(env.now) if season.is_open(env.now) else env.now
            while env.now < close and (not has_begun or left > 1e-3):
                if self.is_stopped(season):
                    yield env.timeout(close - env.now) | self.world.alert_changed
                    continue
                if not has_begun and begins:
                    begins(left)
                has_begun = True
                since = env.now
                stretch = env.timeout(min(left, close - since))
                if season is not None and season.stopped_by:
                    yield stretch | self.world.alert_changed
                else:
                    yield stretch
                left -= env.now - since
            if amount:
                yield self.world.crews[crews].put(amount)

    def is_stopped(self, season: Any) -> bool:
        """Whether an alert stops the work."""
        return season is not None and self.world.level in season.stopped_by

    def until_open(self, season: Any) -> Generator:
        """Wait until the season is open and no alert stops the work."""
        while True:
            if not season.is_open(self.env.now):
                yield self.env.timeout(season.next_change(self.env.now) - self.env.now)
            elif self.is_stopped(season):
                close = self.env.timeout(season.next_change(self.env.now) - self.env.now)
                yield close | self.world.alert_changed
            else:
                return


def stage_start(project: Project, stage: dict[str, Any], ramp: Effect | None) -> Effect:
    """What happens when a stage first gets to work: units stop, and a ramp begins."""

    def start(left: float) -> None:
        world = project.world
        if "units_down" in stage or "plants_down" in stage:
            world.outages[project.id, stage["id"]] = Outage(
                world,
                project.plan["lost_output"],
                stage.get("units_down", []),
                stage.get("plants_down", []),
            )
        if ramp:
            season = world.seasons.get(stage.get("calendar"))
            end = season.advance(world.env.now, left) if season else world.env.now + left
            ramp(end - world.env.now)

    return start


class Outage:
    """Units that stand still, and what becomes of the output that they do not make."""

    def __init__(
        self, world: Any, lost: dict[str, Any], units: list[str], plants: list[str]
    ) -> None:
        self.world, self.lost, self.since = world, lost, world.env.now
        now = world.env.now
        self.units = {id: world.sources[id].share(now) for id in units}
        self.plants = {id: world.plants[id].share(now) for id in plants}
        for id in units:
            world.act(id, "factors", self, 0.0)
        for id in plants:
            world.plants[id].scale(self, 0.0)
        amount = sum(world.plants[id].nominal * share for id, share in self.plants.items())
        self.takers = lost.get("taken_by", {})
        for id, row in self.takers.items():
            taker = world.plants[id]
            free = max(0.0, taker.capacity - taker.nominal * taker.share(now))
            taken = min(amount * world.number(row.get("share", 1)), free)
            taker.add(self, taken / taker.nominal)

    def end(self) -> None:
        """Start again."""
        for id in self.units:
            self.world.act(id, "factors", self, None)
        for id in (*self.plants, *self.takers):
            self.world.plants[id].drop(self)
        if self.lost["fate"] == "made_up":
            self.world.env.process(self.make_up())

    def make_up(self) -> Generator:
        """Run above what ran before until the lost output is made up."""
        env, rate = self.world.env, self.world.number(self.lost["made_up_at"])
        length = (env.now - self.since) / rate
        for id, share in self.units.items():
            self.world.act(id, "added", self, share * rate)
        yield env.timeout(length)
        for id in self.units:
            self.world.act(id, "added", self, None)

"""Kinds of measures, each a process that reads as its story."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from math import inf
from typing import Any

from full_plan_simpy.carbon import Centre
from full_plan_simpy.project import Project
from full_plan_simpy.sources import Ramp, constant
from full_plan_simpy.stocks import pile_up


def retrofit(project: Project) -> Generator:
    """Outlets of chosen sources change."""
    world = project.world

    def effect(over: float) -> None:
        for id, change in project.plan["changes"].items():
            world.change_outlets(id, change["emits"], over)
            world.commission([id], over)

    if not (yield from project.begin()):
        return
    yield from project.carry_out(project.plan["stages"], effect)
    project.reach("works", "assessed", "published")


class Shift:
    """A share of what one source does that goes to another."""

    def __init__(self, world: Any, origin: str, goal: str | None) -> None:
        self.world, self.origin, self.goal = world, origin, goal
        if goal is not None:
            self.scale = world.sources[origin].nominal / world.sources[goal].nominal

    def move(self, share: Ramp) -> None:
        """Move so much from now on."""
        self.world.act(self.origin, "moved", self, share)
        if self.goal is not None:
            scaled = share._replace(first=share.first * self.scale, last=share.last * self.scale)
            self.world.act(self.goal, "added", self, scaled)

    def go_to(self, share: float, over: float) -> None:
        """Move a share after a straight line from nothing."""
        now = self.world.env.now
        self.move(Ramp(0.0, share, now, now + over) if over > 0 else constant(share))


def substitution(project: Project) -> Generator:
    """A share moves by stages; it breaks down, slides back, and is checked."""
    world, plan = project.world, project.plan
    if not (yield from project.begin()):
        return
    adoption = Adoption(world, plan)
    yield from project.carry_out(plan["stages"], adoption.aim_at)
    project.reach("works")
    if "breakdowns" in plan:
        world.env.process(adoption.break_down(plan["breakdowns"]))
    if "backslide" in plan:
        world.env.process(adoption.slide_back(plan["backslide"]))
    if "check" in plan:
        yield from pass_check(world, plan)
    project.reach("assessed", "published")


class Adoption:
    """How much of a substitution works: what is aimed at, less what slid back or is broken."""

    def __init__(self, world: Any, plan: dict[str, Any]) -> None:
        self.world, self.env = world, world.env
        self.shift = Shift(world, plan["from"], plan["to"])
        self.share = world.number(plan.get("share", 1))
        self.aimed, self.slid, self.is_broken = constant(0.0), constant(0.0), False

    def aim_at(self, over: float) -> None:
        """Rise to the whole share in a straight line."""
        now = self.env.now
        self.aimed = Ramp(0.0, self.share, now, now + over) if over > 0 else constant(self.share)
        self.take_effect()

    def take_effect(self) -> None:
        """Move what works now; a product of two lines is replaced by the line to the next end."""
        now = self.env.now
        if self.is_broken:
            self.shift.move(constant(0.0))
            return
        ends = [r.end for r in (self.aimed, self.slid) if r.end > now and r.first != r.last]
        last = min(ends, default=now)
        first, goal = (self.aimed.at(t) * (1 - self.slid.at(t)) for t in (now, last))
        self.shift.move(Ramp(first, goal, now, last) if ends else constant(first))

    def break_down(self, plan: dict[str, Any]) -> Generator:
        """In service, in repair, and so on."""
        while True:
            yield self.env.timeout(self.world.number(plan["time_between"]))
            self.is_broken = True
            self.take_effect()
            self.world.count("breakdowns")
            yield self.env.timeout(self.world.number(plan["repair"]))
            self.is_broken = False
            self.take_effect()

    def slide_back(self, plan: dict[str, Any]) -> Generator:
        """More and more slides back, until an inspection undoes it."""
        number, env = self.world.number, self.env
        low, high, pace = (number(plan[key]) for key in ("low", "high", "fades_over"))
        inspections = plan["inspections"]
        season = self.world.seasons[inspections["calendar"]]
        slid = low
        while True:
            full = env.now + pace * (high - slid) / (high - low)
            self.slid = Ramp(slid, high, env.now, full)
            self.take_effect()
            due = env.now + number(inspections["every"])
            if not season.is_open(due):
                due = season.next_change(due)
            if full < due:
                yield env.timeout(full - env.now)
                self.take_effect()
            yield env.timeout(due - env.now)
            undone = number(inspections.get("effect", 1))
            slid = low + (1 - undone) * (self.slid.at(env.now) - low)


def pass_check(world: Any, plan: dict[str, Any]) -> Generator:
    """Wait until the clean share was reached in enough whole months running."""
    check, env, horizon = plan["check"], world.env, world.horizon
    clean = [world.sources[id] for id in (plan["to"], *check["clean"])]
    everything = [*clean, world.sources[plan["from"]]]
    if env.now not in horizon.months:
        yield env.timeout(horizon.next_month(env.now) - env.now)
    good = 0
    while good < check["months"]:
        month = horizon.months.index(env.now)
        yield env.timeout(horizon.next_month(env.now) - env.now)
        for source in everything:
            source.book()
        total = sum(source.activity[month] for source in everything)
        if total > 0:
            share = sum(source.activity[month] for source in clean) / total
            good = good + 1 if share >= check["share"] - 1e-9 else 0


def dry_quenching(project: Project) -> Generator:
    """Dry as long as it runs, wet in every repair and failure."""
    world, plan, env = project.world, project.plan, project.env
    if not (yield from project.begin()):
        return
    shift, share = Shift(world, plan["wet"], plan["dry"]), world.number(plan["share"])
    yield from project.carry_out(plan["stages"], lambda over: shift.go_to(share, over))
    project.reach("works", "assessed", "published")

    breakdowns, yearly = plan["breakdowns"], plan["yearly_repair"]
    month, day = map(int, yearly["on"].split("-"))
    days = [date(world.horizon.start.year + y, month, day) for y in range(world.horizon.years)]
    repairs = iter([t for t in map(world.horizon.seconds, days) if t > env.now] + [inf])
    repair, failure = next(repairs), env.now + world.number(breakdowns["time_between"])
    while min(repair, failure) < world.horizon.end:
        is_planned = repair <= failure
        yield env.timeout(max(0.0, min(repair, failure) - env.now))
        shift.go_to(0.0, 0.0)
        down = world.number(yearly["duration"] if is_planned else breakdowns["repair"])
        yield env.timeout(down)
        shift.go_to(share, 0.0)
        if is_planned:
            failure += down
            repair = next(repairs)
        else:
            world.count("failures of dry quenching")
            failure = env.now + world.number(breakdowns["time_between"])


def relocation(project: Project) -> Generator:
    """The old plant winds down, a pause, the new one starts and rises."""
    world, plan, env = project.world, project.plan, project.env
    if not (yield from project.begin()):
        return
    if not (yield from project.carry_out(plan["stages"])):
        return
    length = world.number(plan.get("wind_down", 0))
    old, new = world.plants[plan["from"]], world.plants[plan["to"]]
    old.scale(project, Ramp(1.0, 0.0, env.now, env.now + length))
    yield env.timeout(length)
    yield from project.wait("gap")
    trial, rise = world.number(plan["commissioning"]), world.number(plan["ramp_up"])
    share = world.number(plan["starting_share"])
    new.add(project, share)
    world.commission([source.id for source in new.sources], trial)
    yield env.timeout(trial)
    new.add(project, Ramp(share, 1.0, env.now, env.now + rise))
    yield env.timeout(rise)
    project.reach("works", "assessed", "published")


def programme(project: Project) -> Generator:
    """Many small items, worked off by gangs side by side."""
    world, plan, env = project.world, project.plan, project.env
    if not (yield from project.begin()):
        return
    sizes = [world.number(plan["size"]) for _ in range(plan["items"])]
    order = list(range(len(sizes)))
    if plan["order"] == "largest_first":
        order.sort(key=lambda k: -sizes[k])
    else:
        world.rng.shuffle(order)
    waiting, done = iter(order), []
    shift = Shift(world, plan["from"], plan.get("to"))

    def gang() -> Generator:
        for k in waiting:
            yield from project.work(plan, world.number(plan["work"]))
            done.append(sizes[k])
            moved = sum(done) / sum(sizes) if len(done) < len(sizes) else 1.0
            shift.move(constant(moved))

    ((crews, _),) = plan["crews"].items()
    most = world.scenario["resources"][crews]["capacity"]
    gangs = min(plan.get("at_once", most), most, len(sizes))
    yield env.all_of([env.process(gang()) for _ in range(gangs)])
    project.reach("works", "assessed", "published")


def grading(project: Project) -> Generator:
    """Audits raise the grade of a plant, as long as it is below the aim."""
    world, plan, env = project.world, project.plan, project.env
    plant = world.plants[plan["plant"]]
    probation = [0.0]
    if "breach" in plan:
        env.process(watch_breaches(world, plant, plan["breach"], probation))
    if not (yield from project.begin()):
        return
    passes, aim, due = plan["pass"], plan.get("aim", "A"), env.now
    while True:
        while plant.grade <= aim:
            project.reach("works", "assessed", "published")
            yield plant.grade_changed
        while env.now < max(due, probation[0]):
            yield env.timeout(max(due, probation[0]) - env.now)
        due = env.now + world.number(plan["every"])
        luck, chance = world.rng.random(), 0.0
        for grade in "ABC":
            chance = world.number(passes[grade]) if grade in passes else chance
            if aim <= grade < plant.grade and luck < chance:
                plant.set_grade(grade)
                break


def watch_breaches(world: Any, plant: Any, plan: dict[str, Any], probation: list[float]) -> Any:
    """Each month in breach costs a grade, and a time without audits."""
    while True:
        yield from world.next_month()
        month = world.horizon.months.index(world.env.now) - 1
        if any(is_breach(source, month, plan["above"]) for source in plant.sources):
            world.count("breaches")
            probation[0] = world.env.now + world.number(plan["probation"])
            plant.set_grade(min("D", chr(ord(plant.grade) + 1)))


def is_breach(source: Any, month: int, allowed: float) -> bool:
    """Whether an outlet was above its limit for too much of a month's valid time."""
    source.book()
    return bool((source.above[month] > allowed * source.valid[month]).any())


def regeneration_centre(project: Project) -> Generator:
    """A centre is built, and serves the beds from then on."""
    if not (yield from project.begin()):
        return
    centre = Centre(project.world, project.plan)
    yield from project.carry_out(project.plan["stages"], lambda _: centre.open())
    project.reach("works", "assessed", "published")


def stockpile(project: Project) -> Generator:
    """The pile is there from the start; the line that uses it is built."""
    world, plan, env = project.world, project.plan, project.env
    env.process(pile_up(world, plan))
    if not (yield from project.begin()):
        return

    def run_line(over: float) -> None:
        world.act(plan["line"], "added", project, Ramp(0.0, 1.0, env.now, env.now + over))

    yield from project.carry_out(plan["stages"], run_line)
    project.reach("works", "assessed", "published")

"""A plant is brought to the ultra-low limits in three limbs, assessed, listed and delisted."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from full_plan_simpy.measures import Shift, is_breach
from full_plan_simpy.project import Project

ALLOWED = 0.05  # share of valid hours above a limit: the format's default


def ultra_low_emission(project: Project) -> Generator:
    """Limbs side by side; a trial, retuned until it is passed; the list, and off it again."""
    world, plan, env = project.world, project.plan, project.env
    if not (yield from project.begin()):
        return
    if "stages" in plan:
        yield from project.carry_out(plan["stages"])
    limbs = [("organised", reach_standard), ("fugitive", cover), ("transport", move_freight)]
    yield env.all_of(
        [
            env.process(project.carry_out(plan[name]["stages"], make(world, plan[name])))
            for name, make in limbs
            if name in plan
        ]
    )
    project.reach("works")
    sources = [world.sources[id] for id in plan["organised"]["sources"]]
    yield from assess(project, sources)
    project.reach("assessed")
    yield from project.wait("publication")
    project.reach("published")
    while "delisting" in plan:
        yield from persistent_breach(world, sources, plan["delisting"]["months"])
        world.count("delistings")
        yield env.timeout(world.number(plan["retuning"]["duration"]))
        retune(world, sources, plan["retuning"]["factor"])
        yield from assess(project, sources)
        yield from project.wait("publication")


def reach_standard(world: Any, limb: dict[str, Any]) -> Any:
    """Bring every stack to limit x ratio, where it is not below already."""

    def effect(over: float) -> None:
        ratio = world.number(limb["ratio"])
        for id in limb["sources"]:
            source = world.sources[id]
            source.change()
            limits = world.scenario["standards"][limb["standard"]].get(source.process, {})
            wanted = {}
            for p, limit in limits.items():
                outlet = source.outlets.get(p)
                if outlet is None or outlet.is_raw:
                    continue
                outlet.limit = world.number(limit)
                if outlet.factor > outlet.limit * ratio:
                    wanted[p] = {"concentration": outlet.limit * ratio}
            world.change_outlets(id, wanted, over, apart=limits)
        world.commission(limb["sources"], over)

    return effect


def cover(world: Any, limb: dict[str, Any]) -> Any:
    """Raise the control of what is not captured."""

    def effect(over: float) -> None:
        control = world.number(limb["control"])
        for id in limb["sources"]:
            outlets = world.sources[id].outlets
            below = [p for p, outlet in outlets.items() if outlet.fugitive_control < control]
            world.change_outlets(id, {p: {"fugitive_control": control} for p in below}, over)

    return effect


def move_freight(world: Any, limb: dict[str, Any]) -> Any:
    """Move a share of the freight."""
    shift, share = Shift(world, limb["from"], limb["to"]), world.number(limb["share"])
    return lambda over: shift.go_to(share, over)


def retune(world: Any, sources: list[Any], factor: float) -> None:
    """Lower all concentrations."""
    for source in sources:
        source.change()
        for outlet in source.outlets.values():
            if not outlet.is_raw:
                outlet.factor *= factor
        source.emissions_change(0.0)


def hours(sources: list[Any]) -> tuple[list[float], list[Any]]:
    """Valid time and time above limits, so far."""
    for source in sources:
        source.book()
    return [sum(each.valid) for each in sources], [each.above.sum(axis=0) for each in sources]


def assess(project: Project, sources: list[Any]) -> Generator:
    """Run until a trial shows few enough hours above the limits; retune after others."""
    world = project.world
    while True:
        valid, above = hours(sources)
        yield from project.wait("stable_running")
        valid_after, above_after = hours(sources)
        is_good = all(
            (above_after[i] - above[i] <= ALLOWED * (valid_after[i] - valid[i])).all()
            for i in range(len(sources))
        )
        if is_good:
            return
        world.count("assessments failed")
        yield project.env.timeout(world.number(project.plan["retuning"]["duration"]))
        retune(world, sources, project.plan["retuning"]["factor"])


def persistent_breach(world: Any, sources: list[Any], months: int) -> Generator:
    """Wait until so many calendar months running were in breach."""
    yield from world.next_month()
    in_a_row = 0
    while in_a_row < months:
        yield from world.next_month()
        month = world.horizon.months.index(world.env.now) - 1
        in_breach = [is_breach(source, month, ALLOWED) for source in sources]
        in_a_row = in_a_row + 1 if any(in_breach) else 0

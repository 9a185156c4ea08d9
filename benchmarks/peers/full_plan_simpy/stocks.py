"""Stocks between units: sinter, iron and billets of Longshun, and the pile of slag.

Between two looks what comes in and goes out moves in straight lines, so that the content is known
at any time. A stock is looked at when a line has a corner, when its sources change, and when it is
used up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from math import inf
from typing import Any

from full_plan_simpy.sources import Ramp

SOON = 1e-6  # [s] to look just behind a corner
EMPTY = 1e-3  # [s] of the flow


def next_corner(sources: list[Any], now: float) -> float:
    """When a ramp of the sources begins or ends next."""
    ramps = [ramp for source in sources for ramp in source.ramps() if ramp.first != ramp.last]
    return min((t for r in ramps for t in (r.begin, r.end) if t > now + SOON), default=inf)


def course(flow: Callable[[float], float], now: float, corner: float) -> Ramp:
    """The straight line that a flow follows from now to the next corner."""
    first = flow(now + SOON)
    return Ramp(first, first if corner == inf else flow(corner - SOON), now, corner)


def integral(line: Ramp, begin: float, end: float) -> float:
    """Of a line between two times on it."""
    return (line.at(begin) + line.at(end)) / 2 * (end - begin)


def until_used_up(content: float, net: Ramp) -> float:
    """How long a content lasts that changes at the rate `net`."""
    slope = 0.0 if net.first == net.last else (net.last - net.first) / (net.end - net.begin)
    if abs(slope) < 1e-15:
        return content / -net.first if net.first < 0 else inf
    inside = net.first**2 - 2 * slope * content
    if inside < 0:
        return inf
    roots = [(-net.first + sign * math.sqrt(inside)) / slope for sign in (1, -1)]
    return min((t for t in roots if t > EMPTY), default=inf)


def feed(world: Any, maker: Any, user: Any, stock: float) -> Generator:
    """What one unit makes for another goes into a stock; empty, it holds the user down.

    Activities are in balance at nominal, so the content is counted in time of nominal draw [s].
    """
    env, content, me = world.env, stock, object()

    def free(time: float) -> float:
        """What the user would do if this stock did not hold it."""
        ceilings = [ramp.at(time) for who, ramp in user.ceilings.items() if who is not me]
        return user.supply(time) * user.unlimited(time) * min([1.0, *ceilings])

    def let_through(time: float) -> float:
        return maker.share(time) / (user.supply(time) * user.unlimited(time))

    while True:
        now, corner = env.now, next_corner([maker, user], env.now)
        made, drawn = course(maker.share, now, corner), course(free, now, corner)
        net = Ramp(made.first - drawn.first, made.last - drawn.last, now, corner)
        is_held = content <= EMPTY and (net.first < -1e-12 or net.last < -1e-12)
        if is_held:
            content, due = 0.0, corner
            world.hold(user, me, course(let_through, now, corner))
        else:
            world.hold(user, me, None)
            due = min(corner, now + until_used_up(content, net))
        change = maker.next_change() | user.next_change()
        yield change | env.timeout(due - now) if due < inf else change
        if not is_held:
            content = min(stock, max(0.0, content + integral(net, now, env.now)))


def pile_up(world: Any, plan: dict[str, Any]) -> Generator:
    """Waste is made, used by a line, blown away by the wind, and piled up."""
    env, horizon, me = world.env, world.horizon, object()
    (generation,) = plan["generation"]
    maker, line = world.sources[generation["source"]], world.sources[plan["line"]]
    waste, dust = world.sources[plan["waste"]], world.sources[plan["dust"]]
    per_year = world.number(generation["ratio"]) * maker.nominal
    content, loss = world.number(plan["initial"]), world.number(plan["wind_loss"])

    def made_at(time: float) -> float:
        return per_year * maker.share(time) / horizon.seconds_of_year(time)

    def wanted_at(time: float) -> float:
        most = line.nominal * line.supply(time) * line.unlimited(time)
        return most / horizon.seconds_of_year(time)

    while env.now < horizon.end:
        now = env.now
        corner = min(next_corner([maker, line], now), horizon.next_month(now))
        made, used = course(made_at, now, corner), course(wanted_at, now, corner)
        is_held = content <= EMPTY * made.first and made.first < used.first
        if is_held:
            ceiling = course(lambda t: min(1.0, made_at(t) / wanted_at(t)), now, corner)
            world.hold(line, me, ceiling)
            used, due = made, corner
        else:
            world.hold(line, me, None)
            net = Ramp(made.first - used.first, made.last - used.last, now, corner)
            due = min(corner, now + until_used_up(content, net))
        yield env.timeout(due - now) | maker.next_change() | line.next_change()
        end, middle = env.now, (now + env.now) / 2

        def held(time: float) -> float:
            return content + integral(made, now, time) - integral(used, now, time)  # noqa: B023

        blown = loss * (held(now) + 4 * held(middle) + held(end)) / 6 * (end - now)
        waste.add_amount(integral(made, now, end), now)
        dust.add_amount(blown, now)
        content = max(0.0, held(end) - blown)

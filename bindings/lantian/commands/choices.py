"""What `lantian optimise` prints: the choices by their price, the one it found, the guarantee."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from lantian.commands import cells
from lantian.decide.optimise import Candidate, CostOf, Optimum
from lantian.decide.requirements import Requirement

SHOWN = 20  # rows of the table


def told(found: Optimum) -> Iterator[str]:
    """Write the choices, the one that was found, and what is guaranteed, line by line."""
    wanted = " and ".join(_wanted(requirement) for requirement in found.requirements)
    yield from _wrapped(f"{found.scenario}: the cheapest choice that meets {wanted}.")
    yield ""
    yield from _table(found)
    yield ""
    yield from _wrapped(_outcome(found))
    yield from _wrapped(_guarantee(found))


def _wrapped(text: str) -> list[str]:
    """Break lines, but no path, and not between a number and its percent sign."""
    kept = text.replace(" %", "\N{NO-BREAK SPACE}%")
    lines = textwrap.wrap(kept, 80, break_on_hyphens=False, break_long_words=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _whole(share: float) -> str:
    return f"{100 * share:g} %"


def _wanted(requirement: Requirement) -> str:
    targets = ", ".join(requirement.targets) + (
        " (jointly)" if len(requirement.targets) > 1 else ""
    )
    return f"{targets} with a probability of {_whole(requirement.probability)}"


def _table(found: Optimum) -> Iterator[str]:
    levers = ", ".join(path.partition(".")[2] for path in found.levers)
    yield f"{'cost [MCNY]':>12}{'met':>10}{'runs':>9}  {'verdict':<12}{levers}"
    shown = _shown(found)
    for number, candidate in enumerate(found.candidates):
        if number in shown:
            yield _row(candidate, found.cost_of, is_choice=number == found.choice)
    if hidden := len(found.candidates) - len(shown):
        yield f"{'':>12}and {hidden} more choices (-o keeps them)"


def _shown(found: Optimum) -> set[int]:
    """Choose the rows around the choice."""
    every = range(len(found.candidates))
    centre = found.choice or 0
    return set(sorted(every, key=lambda number: abs(number - centre))[:SHOWN])


def _row(candidate: Candidate, cost_of: CostOf, *, is_choice: bool) -> str:
    cost = candidate.price if cost_of == "prices" else candidate.cost
    met = "-"
    if candidate.tested:
        met = cells.percent(min(candidate.met) / candidate.tested)
    runs = str(candidate.replications) if candidate.replications else "-"
    values = ", ".join(candidate.values) + ("  <- the choice" if is_choice else "")
    money = "-" if cost is None else cells.number(cost / 1e6)
    return f"{money:>12}{met:>10}{runs:>9}  {candidate.verdict:<12}{values}"


def _outcome(found: Optimum) -> str:
    run = sum(candidate.replications > 0 for candidate in found.candidates)
    spent = (
        f"{run} of {len(found.candidates)} choices were run, {found.replications} replications "
        "in all."
    )
    if found.chosen is None:
        return f"No choice was found to meet it. {spent}"
    named = zip(found.levers, found.chosen.values, strict=True)
    choice = ", ".join(f"{path} = {value}" for path, value in named)
    return f"The choice: {choice}. {spent}"


def _guarantee(found: Optimum) -> str:
    """Say what the procedure guarantees, and what it does not."""
    low, high = _ends(found)
    sure = f"With a confidence of {_whole(found.confidence)}"
    undecided = sum(candidate.verdict == "undecided" for candidate in found.candidates)
    left = f" {undecided} stayed undecided: too close to call." if undecided else ""
    if found.chosen is None:
        return f"{sure}, none of those that miss has a probability of {high}.{left}"
    meets = f"{sure}, the probability of the choice is {low}"
    missed = f"none of those that miss has one of {high}"
    if found.cost_of == "prices":
        return f"{meets}, and {missed}.{left}"
    if not found.is_cheapest_told:
        return (
            f"{meets}, and {missed}; which of those that meet it is the cheapest was not told to "
            f"{_money(found)}: the choice is the cheapest so far.{left}"
        )
    return (
        f"{meets}, {missed}, and the choice is the cheapest of those that meet it if the others "
        f"cost at least {_money(found)} more; the last takes costs that are about normal.{left}"
    )


def _ends(found: Optimum) -> tuple[str, str]:
    """Say where the zone ends in which either verdict is right."""
    if len(found.requirements) > 1:
        points = f"{100 * found.tolerance:g} points"
        return f"above each wanted one less {points}", f"at least each wanted one plus {points}"
    wanted = found.requirements[0].probability
    low, high = wanted - found.tolerance, wanted + found.tolerance
    return f"above {_whole(low)}", f"at least {_whole(high)}"


def _money(found: Optimum) -> str:
    return f"{cells.number((found.cost_tolerance or 0.0) / 1e6)} MCNY"

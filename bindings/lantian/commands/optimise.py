"""The command `lantian optimise`."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from lantian import findings
from lantian.commands import cells, shell
from lantian.decide.levers import lever_of, price_of
from lantian.decide.optimise import Candidate, CostOf, Optimum, optimise
from lantian.decide.requirements import Requirement
from lantian.errors import UsageError
from lantian.files import check_output

Values = TypeVar("Values")
SHOWN = 20  # rows of the table

EXAMPLES = """  lantian optimise plan.toml --target by-end-2025 --probability 0.8 \\
      --lever resources.crews.capacity=1..4 --price "resources.crews.capacity=3 MCNY"
  lantian optimise plan.toml --target a=0.9 b=0.5 --lever measures.c.enabled=true,false \\
      --lever measures.d.start=2024-06-01,2024-09-01 --cost simulated
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    return shell.carry_out("optimise", lambda: _optimise(options))


def _parser() -> argparse.ArgumentParser:
    parser = shell.parser_of(
        "optimise",
        "Find the cheapest choice of levers that meets targets often enough.",
        EXAMPLES,
    )
    add = parser.add_argument
    add("scenario", metavar="FILE", type=Path, help="a scenario")
    add(
        "--target",
        dest="targets",
        metavar="TARGET[=P]",
        nargs="+",
        action="extend",
        required=True,
        help="what has to be met, if need be with a probability of its own",
    )
    add(
        "--probability",
        metavar="P",
        type=_share,
        default=0.9,
        help="how likely (default: %(default)s)",
    )
    add("--jointly", action="store_true", help="all targets in the same world")
    add(
        "--lever",
        dest="levers",
        metavar="PATH=VALUES",
        nargs="+",
        action="extend",
        required=True,
        help="what may be set, and to which values: 4..8 or one,two,three",
    )
    add(
        "--price",
        dest="prices",
        metavar="PATH=AMOUNT",
        nargs="+",
        action="extend",
        default=[],
        help="what a unit of a lever costs, or each of its values: '3 MCNY' or '2 MCNY,0'",
    )
    add(
        "--cost",
        choices=("prices", "simulated"),
        help="what is compared: prices, or prices and the simulated cost (default: prices where "
        "there are any)",
    )
    add(
        "--tolerance",
        metavar="SHARE",
        type=_share,
        default=0.02,
        help="the probability is told up to so much (default: %(default)s)",
    )
    add(
        "--cost-tolerance",
        metavar="AMOUNT",
        help="difference in simulated cost that does not matter (default: 1%% of the cheapest)",
    )
    add(
        "--confidence",
        metavar="SHARE",
        type=_share,
        default=0.95,
        help="of the whole statement (default: %(default)s)",
    )
    add(
        "--most",
        metavar="N",
        type=shell.positive,
        default=10_000,
        help="replications of a choice, at most, in each step (default: %(default)s)",
    )
    shell.add_seed_and_threads(parser)
    shell.add_output(parser)
    return parser


def _share(text: str) -> float:
    try:
        share = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no share such as 0.9 or 90%")
    return share


def _optimise(options: argparse.Namespace) -> None:
    if options.output:
        check_output(options.output, overwrite=options.overwrite)
    found = optimise(
        options.scenario,
        targets=_targets(options.targets, options.probability, jointly=options.jointly),
        probability=options.probability,
        jointly=options.jointly,
        levers=_by_path("lever", options.levers, lever_of),
        prices=_by_path("price", options.prices, price_of),
        cost=options.cost,
        tolerance=options.tolerance,
        cost_tolerance=options.cost_tolerance,
        confidence=options.confidence,
        most=options.most,
        seed=options.seed,
        threads=options.threads,
        progress=shell.progress("choices settled", quiet=options.quiet),
    )
    if options.output:
        findings.write(
            options.output,
            "optimise",
            found,
            scenario=found.scenario,
            replications=found.replications,
            seed=found.seed,
            overwrite=options.overwrite,
        )
    print(*_told(found), sep="\n")


def _targets(
    texts: Sequence[str], wanted: float, *, jointly: bool
) -> Sequence[str] | dict[str, float]:
    """Read TARGET or TARGET=P."""
    if jointly and not any("=" in text for text in texts):
        return texts
    targets: dict[str, float] = {}
    mistakes: list[str] = []
    for text in texts:
        id, _, own = text.partition("=")
        try:
            targets[id] = _share(own) if own else wanted
        except argparse.ArgumentTypeError as error:
            mistakes.append(f"--target {text}: {error}")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return targets


def _by_path(
    what: str, texts: Sequence[str], read: Callable[[str], tuple[str, Values]]
) -> dict[str, Values]:
    """Read all levers, or all prices, each path once."""
    found: dict[str, Values] = {}
    mistakes: list[str] = []
    for text in texts:
        try:
            path, values = read(text)
        except UsageError as error:
            mistakes.append(str(error))
            continue
        if path in found:
            mistakes.append(f"the {what} {path} is there twice: write its values after one another")
        found[path] = values
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return found


# ---------------------------------------------------------------- what is printed
def _told(found: Optimum) -> Iterator[str]:
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


if __name__ == "__main__":
    sys.exit(main())

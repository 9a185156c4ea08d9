"""The command `lantian optimise`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from lantian import findings
from lantian.commands import choices, shell
from lantian.decide.levers import lever_of, price_of
from lantian.decide.optimise import optimise
from lantian.errors import UsageError
from lantian.files import check_output

Values = TypeVar("Values")

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
        shell.scenario_at(options.scenario, options),
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
    print(*choices.told(found), sep="\n")


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


if __name__ == "__main__":
    sys.exit(main())

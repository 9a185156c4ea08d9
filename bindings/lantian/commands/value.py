"""The command `lantian value`."""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from lantian.commands import cells, effects, shell
from lantian.decide.effects import Change
from lantian.decide.value import LEVERS, value

EXAMPLES = """  lantian value plan.toml                                     each resource by itself
  lantian value plan.toml --of resources.crews.capacity --by 2
  lantian value plan.toml --of resources.fund.releases[2] --by 20%
  lantian value plan.toml --of measures.*.start --by -2month
  lantian value plan.toml --outcome NOx:2026 "probability(by-end-2025)"
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(with_signs(sys.argv[1:] if arguments is None else arguments))
    return shell.carry_out("value", lambda: _value(options))


def with_signs(arguments: Sequence[str]) -> list[str]:
    """Let `--by -2month` be read as `--by=-2month`, which argparse takes for an option."""
    joined: list[str] = []
    for word in arguments:
        if joined and joined[-1] == "--by" and re.match(r"-[\d.]", word):
            joined[-1] = f"--by={word}"
        else:
            joined.append(word)
    return joined


def _parser() -> argparse.ArgumentParser:
    parser = shell.parser_of(
        "value",
        "Say what a little more of one thing brings: a crew, money, an earlier start.",
        EXAMPLES,
    )
    add = parser.add_argument
    add("scenario", metavar="FILE", type=Path, help="a scenario")
    add(
        "--of",
        metavar="PATH",
        nargs="+",
        action="extend",
        help=f"what there is more of, each by itself: {LEVERS} (default: each resource)",
    )
    add(
        "--by",
        metavar="AMOUNT",
        help="how much more: 2 crews, 20%% of a budget, -2month for a start (default: 1 crew, "
        "10%%, 1 month earlier)",
    )
    effects.add_options(parser)
    return parser


def _value(options: argparse.Namespace) -> None:
    found = effects.find(
        "value",
        options,
        lambda common: value(
            shell.scenario_at(options.scenario, options), of=options.of, by=options.by, **common
        ),
    )
    print(effects.head_of(found))
    print("What each of these brings by itself, in the same worlds:")
    for change in found.changes:
        print(f"  {cells.cut(change.lever, 47):<48}{_told(change)}")
    for note in found.notes:
        print(textwrap.fill(f"{note}.", 80))
    print(*effects.tables(found, every=options.outcomes is not None), sep="\n")


def _told(change: Change) -> str:
    if change.before:
        return f"{change.before} -> {change.after}"
    return change.after.lstrip("+-") + (" earlier" if change.after[0] == "-" else " later")


if __name__ == "__main__":
    sys.exit(main())

"""The command `lantian slip`."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from lantian.commands import effects, shell
from lantian.decide.effects import Effects
from lantian.decide.slip import slip

EXAMPLES = """  lantian slip plan.toml --target by-end-2025             a month, all and each alone
  lantian slip plan.toml --target by-end-2025 --by "2 week"
  lantian slip plan.toml --outcome NOx:2026 cost -o out/slip.json
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    return shell.carry_out("slip", lambda: _slip(options))


def _parser() -> argparse.ArgumentParser:
    parser = shell.parser_of(
        "slip",
        "Say what is lost, in tonnes, money and odds, when measures begin a month later.",
        EXAMPLES,
    )
    add = parser.add_argument
    add("scenario", metavar="FILE", type=Path, help="a scenario")
    add("--target", metavar="TARGET", help="whose measures slip (default: all measures)")
    add("--by", metavar="SPAN", default="1 month", help="how much later (default: %(default)s)")
    effects.add_options(parser)
    return parser


def _slip(options: argparse.Namespace) -> None:
    found = effects.find(
        "slip",
        options,
        lambda common: slip(
            shell.scenario_at(options.scenario, options),
            target=options.target,
            by=options.by,
            **common,
        ),
    )
    print(effects.head_of(found))
    print(textwrap.fill(_told(found, options), 80))
    for note in found.notes:
        print(textwrap.fill(f"{note}.", 80))
    print(*effects.tables(found, every=options.outcomes is not None), sep="\n")


def _told(found: Effects, options: argparse.Namespace) -> str:
    if len(found.changes) == 1:
        who = f"{found.changes[0].lever} begins"
    else:
        whose = f" of {options.target}" if options.target and not found.notes else ""
        who = f"the measures{whose}, all together and each alone, begin"
    return f"What is lost when {who} {options.by} later, in the same worlds:"


if __name__ == "__main__":
    sys.exit(main())

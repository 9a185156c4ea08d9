"""Effects of changes: what the verbs that look for them share, and their tables.

A table has one block an outcome, and in it one row a change.
"""

from __future__ import annotations

import argparse
import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lantian import findings
from lantian.commands import cells, shell
from lantian.decide.effects import Effect, Effects
from lantian.files import check_output

REPLICATIONS = 200

COLUMNS = (36, 12, 23, 9)
MILLION = 1e6
FEW = 3  # rows without any change, from which on they share one


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what is looked at, in how many worlds, and where it is kept."""
    parser.add_argument(
        "--outcome",
        dest="outcomes",
        metavar="OUTCOME",
        nargs="+",
        action="extend",
        help="what to look at, such as NOx:2026 or probability(TARGET) (default: all targets, "
        "pollutants and the cost)",
    )
    shell.add_run_options(parser, replications=REPLICATIONS)
    shell.add_output(parser)


def find(
    kind: str, options: argparse.Namespace, look: Callable[[dict[str, Any]], Effects]
) -> Effects:
    """Look for effects with the options that every such verb has, and keep them if asked to."""
    if options.output:
        check_output(options.output, overwrite=options.overwrite)
    common = {name: getattr(options, name) for name in ("outcomes", "replications", "seed")}
    progress = shell.progress("replications", quiet=options.quiet)
    found = look({**common, "threads": options.threads, "progress": progress})
    if options.output:
        findings.write(
            options.output,
            kind,
            found,
            scenario=found.scenario,
            replications=found.replications,
            seed=found.seed,
            overwrite=options.overwrite,
        )
    return found


def head_of(effects: Effects) -> str:
    """Say which scenario, over which years, in how many worlds."""
    years = str(effects.first_year)
    if effects.last_year > effects.first_year:
        years += f" to {effects.last_year}"
    return f"{effects.scenario}, {years}, {effects.replications} replications."


def tables(effects: Effects, *, every: bool) -> Iterator[str]:
    """Write what each change does, line by line.

    Parameters
    ----------
    effects
        What was found.
    every
        Show all outcomes, those of single years among them, and those that nothing changes.
    """
    blocks = {effect.outcome: effects.of(effect.outcome) for effect in effects.effects}
    shown = {name: block for name, block in blocks.items() if every or _is_shown(name, block)}
    for block in shown.values():
        yield from _block(block)
    rest = [name for name in blocks if name not in shown and ":" not in name]
    if rest:
        yield ""
        told = f"Not changed, or not assessable: {', '.join(rest)}."
        yield from textwrap.wrap(told, 80, break_on_hyphens=False)


def _is_shown(name: str, block: Sequence[Effect]) -> bool:
    is_changed = any(effect.difference for effect in block if math.isfinite(effect.difference))
    reaches = any(math.isinf(end) for effect in block for end in (effect.low, effect.high))
    return ":" not in name and (is_changed or reaches)


def _block(block: Sequence[Effect]) -> Iterator[str]:
    first = block[0]
    yield ""
    yield _line(f"{first.outcome}, now {_level(first)}", "change", "95 % interval", _last(first))
    still = [effect for effect in block if effect.difference == 0]
    same = [e for e in still if (e.low, e.high) == (still[0].low, still[0].high)]
    told = block if len(same) < FEW else [effect for effect in block if effect not in same]
    for effect in told:
        yield _row(effect.lever.partition(".")[2] or effect.lever, effect)
    if len(told) < len(block):
        yield _row(f"the other {len(same)}" if told else f"all {len(same)}", same[0])


def _row(name: str, effect: Effect) -> str:
    p_value = "" if effect.p_value is None else cells.p_value(effect.p_value)
    return _line(f"  {name}", _difference(effect), _interval(effect), p_value)


def _line(*texts: str) -> str:
    name, *others = texts
    width = COLUMNS[0] - 1
    head = f"{name}\n{'':<{width + 1}}" if len(name) > width and name[0] != " " else ""
    start = head or f"{cells.cut(name, width):<{width + 1}}"
    row = "".join(f"{text:>{size}}" for text, size in zip(others, COLUMNS[1:], strict=True))
    return (start + row).rstrip()


def _last(effect: Effect) -> str:
    return "p" if effect.kind == "probability" else ""


def _level(effect: Effect) -> str:
    if effect.kind == "date":
        return "never" if str(effect.before) == "NaT" else str(effect.before)
    level = float(effect.before)
    if effect.kind == "probability":
        return cells.percent(level)
    scale, unit = _scale(effect)
    return f"{cells.number(level / scale)} {unit}"


def _scale(effect: Effect) -> tuple[float, str]:
    return (MILLION, "MCNY") if effect.unit == "CNY" else (1, effect.unit)


def _difference(effect: Effect) -> str:
    if effect.kind == "date" and not math.isfinite(effect.difference):
        return "-" if str(effect.after) == "NaT" else str(effect.after)
    unit = {"probability": " pp", "date": " d", "amount": ""}[effect.kind]
    written = _number(effect.difference, effect)
    return written if written == "-" else written + unit


def _interval(effect: Effect) -> str:
    ends = [_number(end, effect) for end in (effect.low, effect.high)]
    return "-" if ends == ["-", "-"] else " to ".join(ends)


def _number(value: float, effect: Effect) -> str:
    """Write a difference, or an end of its interval, with its sign; nothing where it is none."""
    if not math.isfinite(value):
        return "-"
    if effect.kind == "amount":
        return cells.number(value / _scale(effect)[0], signed=True)
    scale, digits = (100, 1) if effect.kind == "probability" else (1, 0)
    written = f"{scale * value:+.{digits}f}"
    return written.lstrip("+-") if float(written) == 0 else written

"""The command `lantian sensitivity`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from lantian import findings
from lantian.commands import cells, shell
from lantian.design.inputs import UncertainInput, uncertain_inputs
from lantian.design.outcome_text import GRAMMAR, outcomes_of
from lantian.design.sobol_indices import SobolIndices, check_base_sample, sobol_indices
from lantian.design.tornado import Tornado, tornado
from lantian.errors import UsageError
from lantian.files import check_output
from lantian.scenario import Scenario

EXAMPLES = """  lantian sensitivity plan.toml --list
  lantian sensitivity plan.toml --of NOx:2026 'probability(steel-ule)'
  lantian sensitivity plan.toml --of NOx:2026 --method tornado --top 10
  lantian sensitivity plan.toml --of cost --base-sample 256 -o out/sensitivity.json
"""
_WIDEST = 30  # letters of an input's id


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)

    def act() -> None:
        scenario = shell.scenario_at(options.scenario, options)
        if options.list:
            print("\n".join(_listed(scenario)))
            return
        found = _find(scenario, options)
        lines = (
            _indices(found, options) if isinstance(found, SobolIndices) else _swings(found, options)
        )
        print("\n".join([*_head(scenario, found), *lines]))
        if options.output is not None:
            findings.write(
                options.output,
                "sensitivity",
                found,
                scenario=scenario.id,
                replications=found.runs,
                seed=found.seed,
                overwrite=options.overwrite,
            )

    return shell.carry_out("sensitivity", act)


def _parser() -> argparse.ArgumentParser:
    parser = shell.parser_of(
        "sensitivity",
        "Say which of the things that a scenario does not know matter for an outcome.",
        EXAMPLES,
    )
    add = parser.add_argument
    add("scenario", metavar="FILE.toml", type=Path, help="the scenario")
    add("--of", metavar="OUTCOME", nargs="+", default=[], help=f"what is asked: {GRAMMAR}")
    add(
        "--method",
        choices=("sobol", "tornado"),
        default="sobol",
        help="shares of the variance where all vary at once, or one input at a time (default: "
        "%(default)s)",
    )
    add(
        "--base-sample",
        metavar="N",
        type=shell.positive,
        help="sobol: a power of two; N (inputs + 2) runs are made (default: 64)",
    )
    add(
        "--chance-draws",
        metavar="N",
        type=shell.positive,
        help="tornado: each value is a mean over so many draws of chance (default: 20)",
    )
    add("--inputs", metavar="ID", nargs="+", help="look at these one by one (default: all)")
    add("--list", action="store_true", help="show what is uncertain in the scenario, and end")
    add(
        "--top",
        metavar="N",
        type=shell.positive,
        default=15,
        help="show so many inputs (default: %(default)s)",
    )
    shell.add_seed_and_threads(parser)
    shell.add_output(parser)
    return parser


def _find(scenario: Scenario, options: argparse.Namespace) -> SobolIndices | Tornado:
    """Check all that can be checked before anything is run, then run."""
    _check_options(options)
    outcomes = outcomes_of(options.of, scenario)
    progress = shell.progress("runs", quiet=options.quiet)
    if options.method == "tornado":
        return tornado(
            scenario,
            outcomes,
            chance_draws=options.chance_draws or 20,
            inputs=options.inputs,
            seed=options.seed,
            threads=options.threads,
            progress=progress,
        )
    return sobol_indices(
        scenario,
        outcomes,
        base_sample=options.base_sample or 64,
        inputs=options.inputs,
        seed=options.seed,
        threads=options.threads,
        progress=progress,
    )


def _check_options(options: argparse.Namespace) -> None:
    mistakes = []
    if not options.of:
        mistakes.append(f"--of is missing: say what is asked, {GRAMMAR}")
    if options.method == "tornado" and options.base_sample is not None:
        mistakes.append("--base-sample is one of --method sobol; a tornado has --chance-draws")
    if options.method == "sobol" and options.chance_draws is not None:
        mistakes.append("--chance-draws is one of --method tornado; in sobol chance is an input")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    if options.base_sample is not None:
        check_base_sample(options.base_sample)
    if options.output is not None:
        check_output(options.output, overwrite=options.overwrite)


def _head(scenario: Scenario, found: SobolIndices | Tornado) -> list[str]:
    if isinstance(found, SobolIndices):
        how = f"shares of the variance, base sample {found.base_sample}"
    else:
        how = f"one input at a time, mean of {found.chance_draws} chance draws"
    return [f"{scenario.id}: {how}, {found.runs} runs, seed {found.seed}"]


def _indices(found: SobolIndices, options: argparse.Namespace) -> list[str]:
    lines = []
    for k, outcome in enumerate(found.outcomes):
        lines += [
            "",
            f"{outcome}{_in(found.units[k])}: mean {_level(found.means[k], found.units[k])}, "
            f"standard deviation {cells.number(found.deviations[k])}",
        ]
        order = found.order(k)[: options.top]
        width = _width(found.inputs[i] for i in order)
        lines.append(f"  {'input':<{width}}  {'alone':>14}  {'with all interactions':>22}")
        for i in order:
            first = _share(found.first[k, i], found.first_half_width[k, i])
            total = _share(found.total[k, i], found.total_half_width[k, i])
            lines.append(f"  {_short(found.inputs[i]):<{width}}  {first:>14}  {total:>22}")
        lines += _rest(len(found.inputs) - len(order))
    return lines


def _swings(found: Tornado, options: argparse.Namespace) -> list[str]:
    lines = []
    for k, outcome in enumerate(found.outcomes):
        unit = found.units[k]
        lines += ["", f"{outcome}{_in(unit)}: {_level(found.at_median[k], unit)} at all medians"]
        order = found.order(k)[: options.top]
        width = _width(found.inputs[i] for i in order)
        lines.append(f"  {'input':<{width}}  {'at 10 %':>12}  {'at 90 %':>12}  {'swing':>20}")
        for i in order:
            swing = cells.number(found.swing[k, i], signed=True)
            if found.chance_draws > 1:
                swing += f" ± {_error(found.swing_error[k, i], found.swing[k, i])}"
            low, high = _level(found.low[k, i], unit), _level(found.high[k, i], unit)
            name = _short(found.inputs[i])
            lines.append(f"  {name:<{width}}  {low:>12}  {high:>12}  {swing:>20}")
        lines += _rest(len(found.inputs) - len(order))
    return lines


def _listed(scenario: Scenario) -> list[str]:
    inputs = uncertain_inputs(scenario)
    plural = "" if len(inputs) == 1 else "s"
    lines = [f"{scenario.id}: {len(inputs)} uncertain input{plural}, and chance"]
    for one in inputs:
        lines.append(f"{one.id}  ({one.written_at})")
        lines.append(f"  {one.distribution}")
        span = f"10 % {one.low:.4g}, median {one.median:.4g}, 90 % {one.high:.4g}"
        lines.append(f"  {span}{_in(one.unit)}")
    return lines


def _level(value: float, unit: str) -> str:
    """Write a value of an outcome; one in days is a date."""
    if unit == "d":
        return str(np.datetime64(round(value), "D"))
    return cells.number(value)


def _share(index: float, half_width: float) -> str:
    """Write an index with its interval; none is `0.00`, whatever its sign."""
    return f"{round(index, 2) + 0.0:.2f} ± {half_width:.2f}"


def _error(error: float, value: float) -> str:
    """Write a standard error with two digits; what rounding leaves of none is 0."""
    return "0" if error < 1e-9 * abs(value) else f"{error:.2g}"


def _in(unit: str) -> str:
    return f" [{unit}]" if unit not in ("", "1") else ""


def _short(one: UncertainInput) -> str:
    """Give the id; of a long key path the end, which tells more."""
    return one.id if len(one.id) <= _WIDEST else "…" + one.id[1 - _WIDEST :]


def _width(inputs: Iterable[UncertainInput]) -> int:
    return max(len("input"), *(len(_short(one)) for one in inputs))


def _rest(number: int) -> list[str]:
    return [f"  and {number} more"] if number > 0 else []


if __name__ == "__main__":
    sys.exit(main())

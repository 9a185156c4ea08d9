"""The command `lantian macc`: what an abated tonne costs, measure by measure."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

import lantian
from lantian import files, findings, frames
from lantian.attribution import Method
from lantian.commands import shell
from lantian.commands.cost_table import printed
from lantian.errors import UsageError
from lantian.frames._amounts import require_years
from lantian.frames.weights import Of, amount_of
from lantian.nearest import did_you_mean
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

METHODS: dict[str, Method] = {
    "alone": "first-in",
    "sequential": "sequential",
    "integrated": "shapley",
}
REPLICATIONS = 100
EXAMPLES = """  lantian macc plan.toml --base baseline.toml --pollutant SO2
  lantian macc plan.toml --weights SO2=1,NOx=1,PM=0.5 --method alone -o out/macc.csv
  lantian macc out/shares.h5 --weights tax-equivalents --years 2028-2030
  lantian macc plan.toml --pollutant SO2 --detailed out/by-source.csv
"""


@dataclass(frozen=True)
class CostCurve:
    """The finding: the rows of `lantian.frames.marginal_costs`, and what they are of."""

    method: str
    of: str
    rows: list[dict[str, Any]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    return shell.carry_out("macc", lambda: _macc(options))


def _parser() -> argparse.ArgumentParser:
    parser = shell.parser_of(
        "macc",
        "Say what an abated tonne costs, measure by measure: annualised capital and operating\n"
        "cost over what is abated in the last whole year.",
        EXAMPLES,
    )
    add = parser.add_argument
    add("plan", metavar="FILE", type=Path, help="a scenario, or what lantian attribute wrote")
    add(
        "--base",
        metavar="FILE",
        type=Path,
        help="scenario to compare with (default: the plan without measures)",
    )
    of = parser.add_mutually_exclusive_group(required=True)
    of.add_argument("--pollutant", metavar="ID", help="charge all cost to this pollutant")
    of.add_argument(
        "--weights",
        metavar="ID=WEIGHT,...",
        type=_weights,
        help="charge it to several "
        "pollutants, weighted; or tax-equivalents, those of China's environmental "
        "protection tax",
    )
    add(
        "--method",
        metavar="NAME",
        help="alone: each measure by itself; sequential: one after the "
        "other; integrated: shared out by Shapley's value (default)",
    )
    add(
        "--groups",
        metavar="NAME=ID,ID",
        nargs="+",
        type=_group,
        default=[],
        help="measures that are taken together",
    )
    add(
        "--years",
        metavar="YEAR[-YEAR]",
        type=_years,
        help="in which the effect counts (default: "
        "the last whole year); choose years in which the works are done",
    )
    add(
        "--detailed",
        metavar="TABLE.csv",
        type=Path,
        help="write a table by measure, source and "
        "pollutant too, in the order in which the works are done",
    )
    shell.add_run_options(parser, replications=REPLICATIONS)
    add(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help="keep it: FILE.csv, or FILE.json for report --with",
    )
    add("--overwrite", action="store_true", help="replace existing files")
    return parser


def _weights(text: str) -> Of:
    if "=" not in text:
        return text
    weights: dict[str, float] = {}
    for part in text.split(","):
        pollutant, _, weight = part.partition("=")
        try:
            number = float(weight)
        except ValueError:
            raise argparse.ArgumentTypeError(
                f"'{part}': write ID=WEIGHT,ID=WEIGHT or tax-equivalents"
            ) from None
        if pollutant.strip() in weights:
            raise argparse.ArgumentTypeError(f"'{pollutant.strip()}' has two weights")
        weights[pollutant.strip()] = number
    return weights


def _group(text: str) -> tuple[str, list[str]]:
    name, is_there, measures = text.partition("=")
    if not (name and is_there and measures):
        raise argparse.ArgumentTypeError(f"'{text}': write NAME=MEASURE,MEASURE")
    return name, measures.split(",")


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    try:
        return int(first), int(last or first)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}': write YEAR or YEAR-YEAR") from None


def _macc(options: argparse.Namespace) -> None:
    of = _of(options)
    for path in (options.output, options.detailed):
        if path is not None:
            files.check_output(path, overwrite=options.overwrite)
    _check_suffixes(options)
    with tempfile.TemporaryDirectory(prefix="lantian-macc-") as folder:
        shares = _shares(options, Path(folder))
        table = frames.marginal_costs(shares, of, years=options.years)
        detailed = _detailed(options, of, Path(folder))
        if options.output is not None:
            _keep(options, table, shares)
        if detailed is not None:
            _write_csv(options.detailed, detailed, options)
        (plan,) = shares
        print(printed(_rows(table), _label(options), plan, shares.replications))


def _check_suffixes(options: argparse.Namespace) -> None:
    wanted = [(options.output, ("csv", "json")), (options.detailed, ("csv",))]
    for path, suffixes in wanted:
        if path is not None and path.suffix.removeprefix(".") not in suffixes:
            raise UsageError(f"{path}: name a file that ends in .{' or .'.join(suffixes)}")


# ---------------------------------------------------------------- what is asked for
def _shares(options: argparse.Namespace, folder: Path) -> Results:
    """Run the attribution, or open one."""
    if findings.is_hdf5(options.plan):
        return _opened(options)
    method = options.method or "integrated"
    if method not in METHODS:
        near = did_you_mean(method, list(METHODS))
        raise UsageError(f"there is no method '{method}'{near} It is one of {', '.join(METHODS)}")
    plan = shell.scenario_at(options.plan, options)
    _check(plan, options)
    return lantian.attribute(
        plan,
        None if options.base is None else shell.scenario_at(options.base, options),
        output=folder / "shares.h5",
        groups=dict(options.groups),
        method=METHODS[method],
        replications=options.replications,
        seed=options.seed,
        threads=options.threads,
        progress=shell.progress("coalitions", quiet=options.quiet),
    )


def _check(plan: lantian.Scenario, options: argparse.Namespace) -> None:
    """Refuse what is not in the plan before it is run many times."""
    tables = plan.to_dict()
    units = {name: row.get("unit", "t") for name, row in tables["pollutants"].items()}
    amount_of(_of(options), units, scenario=options.plan.stem)
    if options.years is not None:
        horizon = [tables["horizon"][end] for end in ("start", "end")]
        ends = np.array(horizon, dtype="datetime64[s]") - np.array([0, 1], dtype="timedelta64[s]")
        first, last = (ends.astype("datetime64[Y]").astype(int) + 1970).tolist()
        require_years(options.years, (first, last), of=options.plan.stem)


def _opened(options: argparse.Namespace) -> Results:
    shares = lantian.open(options.plan)
    if any(shares[name].attributes.get("content") != "attribution" for name in shares):
        raise UsageError(
            f"{options.plan}: a result of lantian run; give the plan's scenario file, or what "
            "lantian attribute wrote"
        )
    presets = {"replications": REPLICATIONS, "seed": 1, "threads": 0}
    given = [name for name in ("base", "method", "groups", "detailed") if getattr(options, name)]
    given += [name for name, preset in presets.items() if getattr(options, name) != preset]
    if given:
        raise UsageError(
            f"{options.plan} is an attribution, and was run already: --{given[0]} needs the "
            "scenario file"
        )
    return shares


def _detailed(options: argparse.Namespace, of: Of, folder: Path) -> pd.DataFrame | None:
    if options.detailed is None:
        return None
    ladder = lantian.ladder(
        options.plan,
        output=folder / "ladder.h5",
        dimensions=["source"],
        replications=options.replications,
        seed=options.seed,
        threads=options.threads,
        progress=shell.progress("ladder", quiet=options.quiet),
    )
    return frames.control_strategy(ladder, of, years=options.years)


# ------------------------------------------------------------------ what is told
def _keep(options: argparse.Namespace, table: pd.DataFrame, shares: Results) -> None:
    if options.output.suffix == ".csv":
        _write_csv(options.output, table, options)
        return
    (plan,) = shares
    findings.write(
        options.output,
        "macc",
        CostCurve(table["method"].iloc[0], _label(options), _rows(table)),
        scenario=plan,
        replications=shares.replications,
        seed=int(shares.attributes["seed"]),
        overwrite=options.overwrite,
    )


def _write_csv(path: Path, table: pd.DataFrame, options: argparse.Namespace) -> None:
    files.write_atomically(path, table.to_csv(index=False), overwrite=options.overwrite)


def _label(options: argparse.Namespace) -> str:
    of = _of(options)
    if isinstance(of, str):
        return of
    return " + ".join(f"{weight:g} {name}" for name, weight in of.items())


def _of(options: argparse.Namespace) -> Of:
    return options.pollutant if options.weights is None else options.weights  # type: ignore[no-any-return]


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", table.to_dict("records"))


if __name__ == "__main__":
    sys.exit(main())

"""What a run of a scenario is remembered by: a table of text, and how two of them differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import lantian

SCENARIOS = Path(__file__).parents[2] / "scenarios"
REPLICATIONS = 4
TOLERANCE = 1e-9  # relative; the same build and mathematics library gives the same bits
SHOWN = 16  # differences of one scenario that are printed
NOTHING = {"never", "nan", "0.0", "-0.0"}
UPDATE = "pytest tests/golden --update-golden"

HEAD = f"""\
# What {{scenario}} gives with {REPLICATIONS} replications and seed 1:
# a column a replication, or one value for all of them. Emissions are direct; costs are of the whole
# horizon. Left out is what is 0 or never happens, and a milestone that comes at once with the last.
# Numbers are written exactly, but compared within a relative {TOLERANCE:g}, because the same bits
# are promised only for the same build and mathematics library. Dates and verdicts must be equal.
# If a change is wanted: {UPDATE}
"""
COLUMNS = ("quantity", "of", "year", "unit")

Key = tuple[str, ...]  # one entry for each of COLUMNS, empty where it has no meaning
Table = dict[Key, tuple[str, ...]]  # a text for each replication
Rows = Iterator[tuple[Key, tuple[str, ...]]]


def with_bases(scenario: lantian.Scenario, folder: Path) -> list[lantian.Scenario | Path]:
    """Give the scenario and those that its targets compare it with: only so are these judged."""
    targets = scenario.to_dict().get("targets", {}).values()
    bases = {target["base"] for target in targets if "base" in target} - {scenario.id}
    return [scenario, *(folder / f"{base}.toml" for base in sorted(bases))]


def table_of(results: lantian.ScenarioResults) -> Table:
    """Take out of the results what is remembered, sorted."""
    parts = (_emissions, _exposures, _costs, _dates, _targets)
    rows = {key: cells for part in parts for key, cells in part(results)}
    return {key: rows[key] for key in sorted(rows) if not NOTHING.issuperset(rows[key])}


def _emissions(results: lantian.ScenarioResults) -> Rows:
    accounts = list(results.coordinates["account"].values)
    direct = [accounts.index("stack"), accounts.index("fugitive")]
    for name in results:
        if results.axes(name) != ("replication", "account", "time"):
            continue
        amounts = results[name][:, direct].sum(axis=1)
        years = results.coordinates["time"].values.astype("datetime64[Y]").astype(str)
        for year in sorted(set(years)):
            key = ("emission", name, year, results.variable(name).unit)
            yield key, _numbers(amounts[:, years == year].sum(axis=1))


def _exposures(results: lantian.ScenarioResults) -> Rows:
    for name in results:
        if results.axes(name) != ("replication", "year"):
            continue
        for at, year in enumerate(results.coordinates["year"].values):
            yield (name, "", str(year), results.variable(name).unit), _numbers(results[name][:, at])


def _costs(results: lantian.ScenarioResults) -> Rows:
    for kind in ("capital", "operating"):
        name = f"{kind}_by_measure"
        if name not in results:
            continue
        unit = results.variable(name).unit
        for at, measure in enumerate(results.coordinates["measure"].values):
            yield (kind, measure, "", unit), _numbers(results[name][:, at].sum(axis=-1))


def _dates(results: lantian.ScenarioResults) -> Rows:
    if "measure_date" not in results:
        return
    dates = results["measure_date"]
    for at, measure in enumerate(results.coordinates["measure"].values):
        before: tuple[str, ...] = ()
        for place, milestone in enumerate(results.coordinates["milestone"].values):
            cells = tuple("never" if np.isnat(date) else str(date) for date in dates[:, at, place])
            if cells != before:
                yield (milestone, measure, "", "UTC"), cells
            before = cells


def _targets(results: lantian.ScenarioResults) -> Rows:
    if "target_met" not in results:
        return
    meanings = results.variable("target_met").flags
    axis = results.coordinates["target"]
    for at, target in enumerate(axis.values):
        verdicts = (meanings[int(verdict)] for verdict in results["target_met"][:, at])
        yield ("verdict", target, "", ""), tuple(verdicts)
        unit = axis.companions["margin_unit"][at]
        yield ("margin", target, "", unit), _numbers(results["target_margin"][:, at])


def _numbers(values: np.ndarray) -> tuple[str, ...]:
    """Write the fewest digits that give the same number when they are read again."""
    return tuple(repr(float(value)) for value in values)


def text_of(table: Table, scenario: str) -> str:
    """Write the file: a head, the names of the columns, a row for each quantity."""
    rows = [(*COLUMNS, *map(str, range(REPLICATIONS)))]
    rows += [(*key, *(cells if len(set(cells)) > 1 else cells[:1])) for key, cells in table.items()]
    return HEAD.format(scenario=scenario) + "".join("\t".join(row) + "\n" for row in rows)


def read_text(text: str) -> Table:
    """Read what `text_of` has written."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = [tuple(line.split("\t")) for line in lines[1:]]
    table = {row[: len(COLUMNS)]: row[len(COLUMNS) :] for row in rows}
    return {key: cells if len(cells) > 1 else cells * REPLICATIONS for key, cells in table.items()}


@dataclass(frozen=True)
class Difference:
    """One cell that is not what it was; a row that a table does not have is '-'."""

    key: Key
    replication: int
    before: str
    after: str

    def __str__(self) -> str:
        what = " ".join(part for part in self.key[:3] if part)
        unit = f" [{self.key[3]}]" if self.key[3] else ""
        change = f"{what}{unit}, replication {self.replication}: {self.before} -> {self.after}"
        before, after = _number(self.before), _number(self.after)
        if before and after is not None:
            change += f" (relative {after / before - 1:+.2g})"
        return change


def differences(before: Table, after: Table) -> list[Difference]:
    """Compare two tables cell by cell."""
    nothing = ("-",) * REPLICATIONS
    return [
        Difference(key, replication, old, new)
        for key in sorted({*before, *after})
        for replication, (old, new) in enumerate(
            zip(before.get(key, nothing), after.get(key, nothing), strict=True)
        )
        if not _is_same(old, new)
    ]


def _is_same(before: str, after: str) -> bool:
    if before == after:
        return True
    old, new = _number(before), _number(after)
    return old is not None and new is not None and math.isclose(old, new, rel_tol=TOLERANCE)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def told(scenario: str, found: list[Difference]) -> str:
    """Tell some of the differences, and count the others by what they are in."""
    lines = [f"{scenario} gives other results than recorded, in {len(found)} places:"]
    lines += [f"  {difference}" for difference in found[:SHOWN]]
    rest = Counter(difference.key[0] for difference in found[SHOWN:])
    if rest:
        counts = ", ".join(f"{quantity} {count}" for quantity, count in rest.items())
        lines.append(f"  and {rest.total()} more: {counts}")
    lines.append(f"If that is wanted: {UPDATE}, and review what git shows.")
    return "\n".join(lines)

"""What the sources add to the air where people live."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from lantian.frames.air import concentrations, exposures
from lantian.report.context import Context
from lantian.report.document import Cell, Column, Row, Section, Table
from lantian.report.numbers import NOTHING, text_cell
from lantian.report.sections.rows import records

ROUNDING = 1e-9  # of sums that are made in another order


def section(context: Context) -> Section | None:
    """Tabulate receptors by scenario and pollutant; nothing where there are none."""
    _ = context.messages
    rows = [row for year in dict.fromkeys(context.years) for row in _rows(context, year)]
    if not rows:
        return None
    methods = {
        str(context.results[name].attributes.get("dispersion_method", "matrix"))
        for name in context.scenarios
    }
    table = Table(
        "receptors",
        _("Annual mean added to the air, by place"),
        (
            Column(_("Place")),
            Column(_("Year"), "number"),
            Column(_("People"), "number"),
            Column(_("Added [µg/m³]"), "number"),
            Column(_("5 to 95 % of the worlds")),
            Column(_("Change against the base [µg/m³]"), "number"),
            Column(_("Emission whose effect is known"), "number"),
        ),
        tuple(rows),
        tuple(_notes(context, methods)),
    )
    is_screened = methods != {"matrix"}
    title = _("Who breathes it (screening)") if is_screened else _("Who breathes it")
    return Section("receptors", title, (table,), intro=_intro(context, is_screened))


def _intro(context: Context, is_screened: bool) -> str:
    _ = context.messages
    if is_screened:
        return _(
            "Screening: what is emitted is carried by a wind rose in straight plumes over even "
            "ground, without chemistry, loss on the way or hills. Compare places and scenarios; "
            "do not compare with a standard or a monitor."
        )
    return _("What is emitted times the source-receptor matrix that the scenario names.")


def _notes(context: Context, methods: set[str]) -> Iterator[str]:
    _ = context.messages
    yield _(
        "Only what these sources add, of the pollutant as it is emitted: no background, and "
        "nothing that forms in the air. The first row is what a person meets on average: the "
        "places that count in it, weighted with their people."
    )
    yield _(
        "The last column is the share of the direct emission whose effect at the place is known. "
        "The rest is not zero: it is not known. A dash is a place where nothing is known."
    )
    if methods != {"matrix"}:
        yield _(
            "The screening plume answers from 100 m to 50 km and not across mountains, and only "
            "for sources with a place and a height; all else needs an external matrix."
        )


def _rows(context: Context, year: int) -> Iterator[Row]:
    known = dict.fromkeys(
        row["scenario"] for row in records(exposures(context.results, years=year))
    )
    for scenario in known:
        bases = _means(context, context.base, year) if context.base in known else {}
        for row in _of_scenario(context, scenario, year):
            if row["pollutant"] in context.pollutants:
                yield _row(context, row, bases.get((row["pollutant"], row["receptor"])))


def _of_scenario(context: Context, scenario: str, year: int) -> list[dict[str, Any]]:
    """Give what a person meets, then each receptor."""
    persons = [
        {**row, "receptor": "", "population": row["people"]}
        for row in records(exposures(context.results, scenario=scenario, years=year))
    ]
    return persons + records(concentrations(context.results, scenario=scenario, years=year))


def _means(context: Context, scenario: str, year: int) -> dict[tuple[str, str], float]:
    return {
        (row["pollutant"], row["receptor"]): row["mean"]
        for row in _of_scenario(context, scenario, year)
    }


def _row(context: Context, row: dict[str, Any], base: float | None) -> Row:
    numbers, _ = context.numbers, context.messages
    is_known = row["mean"] == row["mean"]
    spread = numbers.interval(row["p05"], row["p95"]) if is_known else NOTHING
    change = None
    if base is not None and row["scenario"] != context.base:
        change = _change(row["mean"], base)
    cells: tuple[Cell, ...] = (
        text_cell(context.called(row) if row["receptor"] else _("A person, on average")),
        numbers.year_cell(row["year"]),
        numbers.count_cell(row["population"]),
        numbers.number_cell(row["mean"]),
        text_cell(spread),
        numbers.number_cell(change, signed=True),
        numbers.share_cell(row["coverage"]),
    )
    return Row(cells, scenario=row["scenario"], pollutant=row["pollutant"])


def _change(mean: float, base: float) -> float:
    """Give the difference; what is no more than the rounding of a sum is none."""
    return 0.0 if math.isclose(mean, base, rel_tol=ROUNDING) else mean - base

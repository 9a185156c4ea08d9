"""Zones by account: direct, indirect and avoided, side by side."""

from __future__ import annotations

from lantian.frames.zones import zone_accounts
from lantian.report.context import Context
from lantian.report.document import Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import records

AMOUNTS = ("direct", "stack", "fugitive", "indirect", "avoided")


def section(context: Context) -> Section | None:
    """Tabulate zones by account; nothing where zones were not kept."""
    _ = context.messages
    rows = tuple(_rows(context))
    if not rows:
        return None
    columns = (
        Column(_("Zone")),
        Column(_("Year"), "number"),
        Column(_("Direct"), "number"),
        Column(_("of it stack"), "number"),
        Column(_("of it fugitive"), "number"),
        Column(_("Indirect"), "number"),
        Column(_("Avoided"), "number"),
        Column(_("Unit")),
    )
    notes = (
        _(
            "Direct is what leaves the sources here, from stacks and beside them. Indirect is "
            "emitted elsewhere, in making the power and heat that are used. Avoided is what power "
            "and heat recovered here spare elsewhere. The three are never netted: they arise at "
            "different places and are counted by different rules."
        ),
    )
    table = Table("zones-by-account", _("Zones by account"), columns, rows, notes)
    return Section("zones", _("Zones and accounts"), (table,))


def _rows(context: Context) -> list[Row]:
    numbers = context.numbers
    rows = []
    for year in dict.fromkeys(context.years):
        for row in records(zone_accounts(context.results, years=year)):
            if row["pollutant"] not in context.pollutants:
                continue
            cells = (
                text_cell(context.called(row)),
                numbers.year_cell(year),
                *(numbers.number_cell(row[amount]) for amount in AMOUNTS),
                numbers.unit_cell(row["unit"]),
            )
            rows.append(Row(cells, scenario=row["scenario"], pollutant=row["pollutant"]))
    return rows

"""How sure the data are: the share of the emissions by the confidence of what is behind them."""

from __future__ import annotations

from typing import Any

from lantian.frames.confidences import confidences
from lantian.report.context import Context
from lantian.report.document import Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import records


def section(context: Context) -> Section | None:
    """Tabulate the confidence; nothing where sources were not kept."""
    _, numbers = context.messages, context.numbers
    rows = tuple(
        Row(
            (
                text_cell(context.name("confidence", row["confidence"])),
                numbers.number_cell(row["mean"]),
                numbers.unit_cell(row["unit"]),
                numbers.share_cell(row["share"]),
                numbers.count_cell(row["sources"]),
            ),
            scenario=row["scenario"],
            pollutant=row["pollutant"],
        )
        for row in confidence_rows(context)
    )
    if not rows:
        return None
    columns = (
        Column(_("Weakest number behind it")),
        Column(_("Emission, {year}", year=confidence_rows(context)[0]["year"]), "number"),
        Column(_("Unit")),
        Column(_("Share [%]"), "number"),
        Column(_("Sources"), "number"),
    )
    notes = (
        _(
            "A tonne is as sure as the weakest number behind it: the row of its source, every "
            "parameter that its activity and emission factor refer to, and the controls that it "
            "passes. “Sourced” was read in a source, “textbook” is from memory of a well-known "
            "one, “derived” is arithmetic on others, “assumption” is what the authors stand for."
        ),
    )
    table = Table(
        "confidence", _("Emission by confidence of the data behind it"), columns, rows, notes
    )
    return Section("data", _("How sure the data are"), (table,))


def confidence_rows(context: Context) -> list[dict[str, Any]]:
    """Give the confidences of every scenario and pollutant, in the first year."""
    return [
        row
        for scenario in context.scenarios
        for pollutant in context.of_scenario(scenario)
        for row in records(
            confidences(context.results, context.tables(scenario), pollutant, scenario=scenario)
        )
    ]

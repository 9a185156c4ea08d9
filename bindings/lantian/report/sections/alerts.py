"""Alerts of heavy pollution: who must do what, and what the orders cut."""

from __future__ import annotations

from lantian.frames.alerts import LEVELS, alert_cuts, alert_list, alert_orders
from lantian.report.context import Context
from lantian.report.document import Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import records


def section(context: Context) -> Section | None:
    """List the orders of alerts; nothing where no scenario has any."""
    _ = context.messages
    tables = (_list(context), _orders(context), _cuts(context))
    blocks = tuple(table for table in tables if table.rows)
    if not blocks:
        return None
    return Section(
        "alerts",
        _("Heavy pollution: the alert list"),
        blocks,
        intro=_(
            "What each source must cut at each alert level. The cut depends on the performance "
            "grade of its plant, which may change in the simulation; the list shows the grade "
            "at the start."
        ),
    )


def _level_columns(context: Context) -> list[Column]:
    _ = context.messages
    return [
        Column(_("{level} [%]", level=context.name("level", level)), "number") for level in LEVELS
    ]


def _list(context: Context) -> Table:
    _, numbers = context.messages, context.numbers
    rows = []
    for scenario in context.scenarios:
        frame = alert_list(context.results, context.tables(scenario), scenario=scenario)
        for row in records(frame):
            cells = (
                text_cell(context.name("source", row["source"])),
                text_cell(context.name("plant", row["plant"])),
                text_cell(row["grade"]),
                text_cell(context.called(row)),
                *(numbers.share_cell(row[level]) for level in LEVELS),
            )
            rows.append(Row(cells, scenario=scenario))
    columns = (
        Column(_("Source")),
        Column(_("Enterprise")),
        Column(_("Grade at the start")),
        Column(_("Order")),
        *_level_columns(context),
    )
    notes = (_("A dash is a level at which nothing is asked of the source."),)
    return Table("alert-list", _("The alert list"), columns, tuple(rows), notes)


def _orders(context: Context) -> Table:
    _, numbers = context.messages, context.numbers
    rows = []
    for scenario in context.scenarios:
        frame = alert_orders(context.results, context.tables(scenario), scenario=scenario)
        for row in records(frame):
            cells = (
                text_cell(context.called(row)),
                text_cell(_("any other") if row["grade"] == "any" else row["grade"]),
                *(numbers.share_cell(row[level]) for level in LEVELS),
                numbers.share_cell(row["least"]),
                numbers.share_cell(row["obeyed"]),
            )
            rows.append(Row(cells, scenario=scenario))
    columns = (
        Column(_("Order")),
        Column(_("Grade")),
        *_level_columns(context),
        Column(_("Cannot go below [%]"), "number"),
        Column(_("Carried out [%]"), "number"),
    )
    return Table("alert-orders", _("Orders by performance grade and level"), columns, tuple(rows))


def _cuts(context: Context) -> Table:
    _, numbers = context.messages, context.numbers
    rows = []
    for scenario in context.scenarios:
        for row in records(alert_cuts(context.results, scenario=scenario)):
            if row["pollutant"] not in context.pollutants:
                continue
            cells = (
                text_cell(context.name("level", row["level"])),
                text_cell(context.name("orders", row["orders"])),
                *(numbers.share_cell(row[key]) for key in ("mean", "p05", "p95")),
                numbers.number_cell(row["days"]),
                numbers.count_cell(row["replications"]),
            )
            rows.append(Row(cells, scenario=scenario, pollutant=row["pollutant"]))
    columns = (
        Column(_("Level")),
        Column(_("View")),
        Column(_("Cut, mean [%]"), "number"),
        Column(_("5 % quantile [%]"), "number"),
        Column(_("95 % quantile [%]"), "number"),
        Column(_("Days a year"), "number"),
        Column(_("Worlds in which it occurs"), "number"),
    )
    notes = (
        _(
            "Share of the direct emission under an alert that the orders take off, over the whole "
            "horizon and inventory. Worlds without an alert of the level are left out; days are "
            "means over all worlds."
        ),
    )
    return Table(
        "alert-cuts", _("What the orders cut in the simulation"), columns, tuple(rows), notes
    )

"""How likely each target is met."""

from __future__ import annotations

from typing import Any

import lantian
from lantian.frames import target_chances, worst_windows
from lantian.report.context import Context
from lantian.report.document import Chart, Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import columns, records


def section(context: Context) -> Section | None:
    """Tell the odds of the targets; nothing where there are none."""
    _ = context.messages
    rows = records(target_chances(context.results))
    if not rows:
        return None
    return Section(
        "targets",
        _("Targets"),
        (_chart(context, rows), _table(context, rows), *_windows(context)),
        intro=_(
            "The probability that a target is met is the share of the worlds in which it is. Its "
            "95 % interval says what {n} replications can tell; it does not cover what the "
            "scenario leaves out.",
            n=context.results.replications,
        ),
    )


def _chart(context: Context, rows: list[dict[str, Any]]) -> Chart:
    _ = context.messages
    keys = ("scenario", "target", "met", "assessable", "probability", "low", "high")
    return Chart(
        "target-odds",
        "target-odds",
        _("Probability of each target, all scenarios"),
        {"frame": columns(rows, keys)},
        notes=(_("Whiskers are 95 % intervals. Targets that cannot be judged are left out."),),
    )


def _table(context: Context, rows: list[dict[str, Any]]) -> Table:
    _ = context.messages
    columns_ = (
        Column(_("Target")),
        Column(_("Probability [%]"), "number"),
        Column(_("95 % low [%]"), "number"),
        Column(_("95 % high [%]"), "number"),
        Column(_("Worlds that can be judged"), "number"),
        Column(_("Median margin"), "number"),
        Column(_("Unit of the margin")),
        Column(_("Difference to the base [points]"), "number"),
        Column(_("p-value (McNemar)"), "number"),
    )
    against = {
        (target.scenario, target.target): target
        for target in lantian.compare(context.results, context.base).targets
    }
    return Table(
        "targets-table",
        _("Targets of the scenario"),
        columns_,
        tuple(_row(context, row, against[row["scenario"], row["target"]]) for row in rows),
        notes=(
            _(
                "A positive margin is met: days to spare, amounts or shares below the limit. The "
                "difference to the base is in percentage points of probability, in the same "
                "worlds; only where the base has the target too."
            ),
        ),
    )


def _windows(context: Context) -> tuple[Table, ...]:
    _, numbers = context.messages, context.numbers
    rows = records(worst_windows(context.results))
    if not rows:
        return ()
    columns_ = (
        Column(_("Target")),
        Column(_("Length of the window [d]"), "number"),
        Column(_("Limit"), "number"),
        Column(_("Worst window, mean"), "number"),
        Column(_("Worst window, 5 % quantile"), "number"),
        Column(_("Worst window, 95 % quantile"), "number"),
        Column(_("Unit")),
        Column(_("Windows above the limit, mean [%]"), "number"),
    )
    amounts = ("days", "limit", "mean", "p05", "p95")
    return (
        Table(
            "windows-table",
            _("Worst windows against their limits"),
            columns_,
            tuple(
                Row(
                    (
                        text_cell(context.called(row)),
                        *(numbers.number_cell(row[key]) for key in amounts),
                        numbers.unit_cell(row["unit"]),
                        numbers.share_cell(row["exceeding"]),
                    ),
                    scenario=row["scenario"],
                )
                for row in rows
            ),
            notes=(
                _(
                    "A window may begin at any time; the worst is what the fullest of them holds. "
                    "Windows of hours see what is modelled (outages, bypass, ramps), not how "
                    "hourly values vary about their mean."
                ),
            ),
        ),
    )


def _row(context: Context, row: dict[str, Any], compared: Any) -> Row:
    _, numbers = context.messages, context.numbers
    judged = bool(row["assessable"])
    difference = compared.difference_to_base
    unit = row["margin_unit"]
    write = numbers.share_cell if unit == "1" else numbers.number_cell
    margin = write(row["median_margin"], signed=True)
    return Row(
        (
            text_cell(context.called(row)),
            numbers.share_cell(row["probability"]) if judged else text_cell(_("not assessable")),
            numbers.share_cell(row["low"] if judged else None),
            numbers.share_cell(row["high"] if judged else None),
            numbers.count_cell(row["assessable"]),
            margin,
            text_cell("%") if unit == "1" else numbers.unit_cell(unit),
            numbers.number_cell(None if difference is None else 100 * difference, signed=True),
            numbers.number_cell(compared.p_value),
        ),
        scenario=row["scenario"],
    )

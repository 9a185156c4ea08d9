"""How likely each target is met, when, and what makes it late."""

from __future__ import annotations

from typing import Any

import lantian
from lantian.frames import target_chances, target_dates, target_lateness, worst_windows
from lantian.report.context import Context
from lantian.report.document import Chart, Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import columns, day_of, records


def section(context: Context) -> Section | None:
    """Tell the odds of the targets; nothing where there are none."""
    _ = context.messages
    rows = records(target_chances(context.results))
    if not rows:
        return None
    return Section(
        "targets",
        _("Targets"),
        (
            _chart(context, rows),
            _table(context, rows),
            *_deadlines(context),
            *_windows(context),
        ),
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


# -------------------------------------------------------------------- deadlines
def _deadlines(context: Context) -> tuple[Table | Chart, ...]:
    """Tell when deadlines are met and what makes them late; nothing where there are none."""
    rows = records(target_dates(context.results))
    return (_dates(context, rows), _lateness(context)) if rows else ()


def _dates(context: Context, rows: list[dict[str, Any]]) -> Table:
    _, days = context.messages, context.numbers.unit("d")
    return Table(
        "deadlines",
        _("Deadlines: by when they are met, and how late"),
        (
            Column(_("Target")),
            Column(_("Due"), "date"),
            Column(_("Half of the worlds by"), "date"),
            Column(_("80 % of the worlds by"), "date"),
            Column(_("95 % of the worlds by"), "date"),
            Column(_("Mean lateness") + f" [{days}]", "number"),
            Column(_("95 % low") + f" [{days}]", "number"),
            Column(_("95 % high") + f" [{days}]", "number"),
            Column(_("Not within the horizon [% of worlds]"), "number"),
        ),
        tuple(_date_row(context, row) for row in rows),
        notes=(
            _(
                "Dates are quantiles over all worlds; where one is missing, fewer worlds than that "
                "meet the deadline before the simulated time ends. A world that is in time counts "
                "as 0 days late. One that is not there when the simulated time ends counts as late "
                "up to that day, so that the mean lateness is then at least what is stated."
            ),
        ),
    )


def _date_row(context: Context, row: dict[str, Any]) -> Row:
    numbers = context.numbers
    dates = (day_of(row[key]) for key in ("due", "p50", "p80", "p95"))
    late = (row["mean_late"], row["late_low"], row["late_high"])
    return Row(
        (
            text_cell(context.called(row)),
            *(numbers.date_cell(date) for date in dates),
            *(numbers.number_cell(days) for days in late),
            numbers.share_cell(row["never"]),
        ),
        scenario=row["scenario"],
    )


def _lateness(context: Context) -> Chart:
    _ = context.messages
    keys = ("scenario", "target", "cause", "mean", "share", "unit")
    return Chart(
        "lateness",
        "lateness",
        _("Mean lateness of each deadline, by what causes it"),
        {"frame": columns(records(target_lateness(context.results)), keys)},
        notes=(
            _(
                "In every world the lateness is shared out in proportion to what the time on the "
                "critical path goes into. It does not say how much earlier a deadline would be met "
                "without one of the causes: then another path may become critical. Deadlines that "
                "are never late are left out."
            ),
        ),
    )

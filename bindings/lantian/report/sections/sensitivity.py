"""Which of the things that a scenario does not know matter: what `lantian sensitivity` found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lantian.design.inputs import CHANCE, OTHERS
from lantian.report.context import Context
from lantian.report.document import Cell, Chart, Choice, Column, Picker, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import columns

LARGEST = 15
SHARES = ("first", "first_half_width", "total", "total_half_width")
ENDS = ("low", "high", "swing", "swing_error")

Rows = list[dict[str, Any]]


def section(context: Context) -> Section | None:
    """Show what was found; nothing where nothing was given."""
    _ = context.messages
    shares = _rows(context, "sobol", SHARES, lambda row: float(row["total"]))
    swings = _rows(context, "tornado", ENDS, lambda row: abs(float(row["swing"])))
    blocks: list[Chart | Table] = []
    if shares:
        blocks += [_shares_chart(context, shares), _shares_table(context, shares)]
    if swings:
        blocks += [_swings_chart(context, swings), _swings_table(context, swings)]
    if not blocks:
        return None
    return Section(
        "sensitivity",
        _("What the result depends on"),
        tuple(blocks),
        intro=_(
            "Which of the things that the scenario does not know matter, chance (durations, "
            "failures, weather) as one of them. Inputs are taken to be independent of one another. "
            "Shown are the {n} that matter most.",
            n=LARGEST,
        ),
    )


def _rows(
    context: Context, method: str, keys: tuple[str, ...], size: Callable[[dict[str, Any]], float]
) -> Rows:
    """Give the inputs that matter most for each outcome; the last finding about one counts."""
    blocks: dict[tuple[str, str], Rows] = {}
    for finding in context.found.of_kind("sensitivity"):
        content = finding.content
        if content["method"] != method:
            continue
        for k, outcome in enumerate(content["outcomes"]):
            rows = [
                {
                    "scenario": finding.scenario,
                    "outcome": outcome,
                    "input": _name(context, one),
                    "distribution": one["distribution"],
                    "written_at": one["written_at"],
                    "unit": content["units"][k],
                    "at_median": content["at_median"][k] if method == "tornado" else None,
                    **{key: content[key][k][i] for key in keys},
                }
                for i, one in enumerate(content["inputs"])
            ]
            blocks[finding.scenario, outcome] = sorted(rows, key=size, reverse=True)[:LARGEST]
    return [row for rows in blocks.values() for row in rows]


def _name(context: Context, one: dict[str, Any]) -> str:
    _ = context.messages
    known = {
        CHANCE: _("chance: durations, failures, weather"),
        OTHERS: _("all other uncertain inputs together"),
    }
    return known.get(one["id"], str(one["name"]))


def _outcome_picker(context: Context, rows: Rows) -> Picker:
    _ = context.messages
    outcomes = dict.fromkeys(row["outcome"] for row in rows)
    return Picker("outcome", _("Outcome"), tuple(Choice(name, name) for name in outcomes))


# -------------------------------------------------------------------- shares of the variance
def _shares_chart(context: Context, rows: Rows) -> Chart:
    _ = context.messages
    return Chart(
        "variance-shares",
        "shares",
        _("Share of the variance that each input causes"),
        {"frame": columns(rows, ("scenario", "outcome", "input", *SHARES))},
        notes=(
            _(
                "Alone: the share of the variance that would go if this input were known (first-"
                "order Sobol index). With all interactions: the share that would remain if all "
                "others were known (total index). Whiskers are 95 % intervals; an index whose "
                "interval covers zero cannot be told from none."
            ),
        ),
        pickers=(_outcome_picker(context, rows),),
    )


def _shares_table(context: Context, rows: Rows) -> Table:
    _, numbers = context.messages, context.numbers
    return Table(
        "sobol-indices",
        _("Sobol indices"),
        (
            *_input_columns(context),
            Column(_("Alone"), "number"),
            Column("±", "number"),
            Column(_("With all interactions"), "number"),
            Column("±", "number"),
        ),
        tuple(
            Row(
                (*_input_cells(row), *(numbers.number_cell(row[key]) for key in SHARES)),
                scenario=row["scenario"],
            )
            for row in rows
        ),
    )


# -------------------------------------------------------------------- one input at a time
def _swings_chart(context: Context, rows: Rows) -> Chart:
    _ = context.messages
    return Chart(
        "tornado",
        "tornado",
        _("One input at a time"),
        {"frame": columns(rows, ("scenario", "outcome", "input", "at_median", *ENDS, "unit"))},
        notes=(
            _(
                "The outcome where one input is at its 10 % or at its 90 % quantile and all others "
                "are at their medians: means over the same draws of chance. What inputs do "
                "together is not in it."
            ),
        ),
        pickers=(_outcome_picker(context, rows),),
    )


def _swings_table(context: Context, rows: Rows) -> Table:
    _, numbers = context.messages, context.numbers
    keys = ("low", "at_median", "high")
    return Table(
        "swings",
        _("Swings"),
        (
            *_input_columns(context),
            Column(_("At the 10 % quantile"), "number"),
            Column(_("At the median"), "number"),
            Column(_("At the 90 % quantile"), "number"),
            Column(_("Swing"), "number"),
            Column(_("Standard error"), "number"),
            Column(_("Unit")),
        ),
        tuple(
            Row(
                (
                    *_input_cells(row),
                    *(_level_cell(context, row, key) for key in keys),
                    numbers.number_cell(row["swing"]),
                    numbers.number_cell(row["swing_error"]),
                    numbers.unit_cell(row["unit"]),
                ),
                scenario=row["scenario"],
            )
            for row in rows
        ),
    )


def _level_cell(context: Context, row: dict[str, Any], key: str) -> Cell:
    """Make a cell of an outcome; one in days is a date."""
    if row["unit"] == "d":
        return context.numbers.date_cell(np.datetime64(round(row[key]), "D"))
    return context.numbers.number_cell(row[key])


def _input_columns(context: Context) -> tuple[Column, ...]:
    _ = context.messages
    titles = (_("Outcome"), _("Input"), _("Distribution"), _("Written at"))
    return tuple(Column(title) for title in titles)


def _input_cells(row: dict[str, Any]) -> tuple[Cell, ...]:
    return tuple(text_cell(row[key]) for key in ("outcome", "input", "distribution", "written_at"))

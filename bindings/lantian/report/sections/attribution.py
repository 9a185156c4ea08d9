"""Whose tonnes and whose money: the attributions and cost curves that a report was given."""

from __future__ import annotations

import math
from typing import Any

from lantian.findings import Finding
from lantian.frames import marginal_costs, shares
from lantian.frames._effects import shared_units
from lantian.frames.shares import MONEY
from lantian.frames.weights import TAX_EQUIVALENTS
from lantian.report.context import Context
from lantian.report.document import Chart, Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.measures import has_cost, rates
from lantian.report.sections.rows import columns, records
from lantian.results import Results

INTEGRATED = "integrated"


def section(context: Context) -> Section | None:
    """Show what `lantian attribute` and `lantian macc` have found; nothing where nothing was."""
    _ = context.messages
    blocks: list[Table | Chart] = []
    if context.found.attributions:
        blocks.append(_shares(context))
    curves = [other for other in context.found.attributions if _method(other) == INTEGRATED]
    if curves:
        blocks.append(_curve(context, curves))
    if findings := context.found.of_kind("macc"):
        blocks.append(_costs(context, findings))
    if not blocks:
        return None
    return Section(
        "attribution",
        _("Whose tonnes, whose money"),
        tuple(blocks),
        intro=_(
            "Where measures act on the same source, or compete for crews, what one brings depends "
            "on which others are there. Each alone: what it would do by itself. One after the "
            "other: what it adds to those before it. Shared out: its effect on average over all "
            "orders (Shapley's value), which sums to the whole."
        ),
    )


def _method(attribution: Results) -> str:
    return str(shares(attribution)["method"].iloc[0])


def _called(context: Context, method: str) -> str:
    _ = context.messages
    return {
        "alone": _("each alone"),
        "last": _("each as the last"),
        "sequential": _("one after the other"),
        "integrated": _("shared out"),
    }[method]


def _group(context: Context, row: dict[str, Any]) -> str:
    _ = context.messages
    rest = {"interaction": _("interaction of measures"), "other-changes": _("other changes")}
    return rest.get(row["kind"]) or context.called(row)


# ------------------------------------------------------------------------ shares
def _shares(context: Context) -> Table:
    _ = context.messages
    columns_ = (
        Column(_("Method")),
        Column(_("Quantity")),
        Column(_("Measures")),
        Column(_("Change"), "number"),
        Column(_("95 % low"), "number"),
        Column(_("95 % high"), "number"),
        Column(_("Unit")),
        Column(_("Of all [%]"), "number"),
    )
    rows = [
        _share(context, plan, row)
        for attribution in context.found.attributions
        for plan in attribution
        for row in records(shares(attribution))
        if row["quantity"] in (*context.pollutants, *MONEY)
    ]
    return Table(
        "shares",
        _("Shares of emissions and money"),
        columns_,
        tuple(rows),
        notes=(
            _(
                "Changes over all years, plan less base, direct emissions: a negative number is a "
                "cut. The interval is that of the mean. Interaction is what the measures do to "
                "each other, and belongs to none of them."
            ),
        ),
    )


def _share(context: Context, plan: str, row: dict[str, Any]) -> Row:
    numbers = context.numbers
    is_money = row["quantity"] in MONEY
    cells = (
        text_cell(_called(context, row["method"])),
        text_cell(_quantity(context, row["quantity"])),
        text_cell(_group(context, row)),
        numbers.number_cell(row["change"], signed=True),
        numbers.number_cell(row["low"], signed=True),
        numbers.number_cell(row["high"], signed=True),
        numbers.unit_cell(row["unit"]),
        numbers.share_cell(row["of_all"]),
    )
    return Row(cells, scenario=plan, pollutant=None if is_money else row["quantity"])


def _quantity(context: Context, quantity: str) -> str:
    _ = context.messages
    money = {
        "capital": _("capital when spent"),
        "operating": _("operating cost"),
        "cost": _("capital and operating cost"),
        "annuity": _("capital, annualised"),
    }
    return money.get(quantity) or context.name("pollutant", quantity)


# -------------------------------------------------------------------- cost curves
def _curve(context: Context, curves: list[Results]) -> Chart:
    _ = context.messages
    rows = [row for attribution in curves for row in _bars(context, attribution)]
    keys = ("scenario", "pollutant", "measure", "cut", "cost", "low", "high", "unit")
    return Chart(
        "macc-integrated",
        "macc",
        _("Marginal abatement costs, shared out, {year}", year=context.years[1]),
        {"frame": columns(rows, keys), "year": context.years[1]},
        notes=(
            _(
                "As the curve of the ladder, but every measure with its share of the tonnes and of "
                "the money, so that no order decides. Capital over the life of what it builds, at "
                "{rates} % a year. All cost is charged to the one pollutant. Whiskers: 10 to 90 % "
                "of the worlds that cut.",
                rates=rates(curves),
            ),
        ),
    )


def _bars(context: Context, attribution: Results) -> list[dict[str, Any]]:
    (plan,) = attribution
    known = shared_units(attribution[plan])
    return [
        {
            "scenario": plan,
            "pollutant": pollutant,
            "measure": row["group"],
            "cut": row["abatement"],
            "cost": row["cost_per_unit"] if has_cost(row) else None,
            "low": row["cost_per_unit_p10"],
            "high": row["cost_per_unit_p90"],
            "unit": row["abatement_unit"].removesuffix("/year"),
        }
        for pollutant in context.pollutants
        if pollutant in known
        for row in records(marginal_costs(attribution, pollutant, years=context.years[1]))
        if row["kind"] == "measures"
    ]


def _costs(context: Context, findings: tuple[Finding, ...]) -> Table:
    _, numbers = context.messages, context.numbers
    columns_ = (
        Column(_("Method")),
        Column(_("Charged to")),
        Column(_("Measures")),
        Column(_("Years")),
        Column(_("Cut"), "number"),
        Column(_("Unit")),
        Column(_("Annual cost [{unit}]", unit=numbers.money_unit), "number"),
        Column(_("Cost of a unit [CNY]"), "number"),
        Column(_("95 % low"), "number"),
        Column(_("95 % high"), "number"),
    )
    rows = [
        _cost(context, finding, {key: math.nan if v is None else v for key, v in row.items()})
        for finding in findings
        for row in finding.content["rows"]
    ]
    return Table(
        "marginal-costs",
        _("Marginal abatement costs as they were asked for"),
        columns_,
        tuple(rows),
        notes=(
            _(
                "Cost: what the capital costs a year over the life of what it builds, and "
                "operating cost. The interval of the cost of a unit is that of a ratio of means "
                "(Fieller); it is missing where the cut may be nothing. A dash is a measure of "
                "which the scenario gives no cost: it is not free."
            ),
        ),
    )


def _charged_to(context: Context, of: str) -> str:
    _ = context.messages
    return _("pollution equivalents (tax law)") if of == TAX_EQUIVALENTS else of


def _cost(context: Context, finding: Finding, row: dict[str, Any]) -> Row:
    numbers = context.numbers
    first, last = row["first_year"], row["last_year"]
    known = {key: value for key, value in row.items() if has_cost(row)}
    cells = (
        text_cell(_called(context, row["method"])),
        text_cell(_charged_to(context, str(finding.content["of"]))),
        text_cell(_group(context, row)),
        text_cell(f"{first}" if first == last else f"{first}\N{EN DASH}{last}"),
        numbers.number_cell(row["abatement"]),
        numbers.unit_cell(row["abatement_unit"]),
        numbers.money_cell(known.get("cost")),
        *(numbers.number_cell(known.get(f"cost_per_unit{end}")) for end in ("", "_low", "_high")),
    )
    return Row(cells, scenario=finding.scenario)

"""What each measure brings and costs: wedges, marginal costs, and the table of both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lantian.frames import ladder_levels, marginal_costs, wedges
from lantian.frames._names import pollutants
from lantian.frames.changes import changes
from lantian.report.context import Context
from lantian.report.document import Chart, Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import columns, records
from lantian.results import Results

CRUMB = 1.0  # [CNY/year]


def section(context: Context) -> Section | None:
    """Draw the ladders; nothing where none was run."""
    _ = context.messages
    if not context.ladders:
        return None
    replications = {ladder.replications for ladder in context.ladders.values()}
    return Section(
        "measures",
        _("What each measure brings"),
        (_wedges(context), _macc(context), _table(context)),
        intro=_(
            "The scenario was run again without measures and then with one measure more at a "
            "time, in the order in which they are completed, {n} worlds each. Where two measures "
            "act on the same source, the overlap is booked to the earlier one; in another order "
            "the shares would be others, their sum the same. Targets have no part in it.",
            n=context.numbers.count(max(replications)),
        ),
    )


def _ladder_pollutants(context: Context, scenario: str) -> list[str]:
    ladder = context.ladders[scenario]
    return [name for name in context.pollutants if name in pollutants(ladder[next(iter(ladder))])]


def _wedges(context: Context) -> Chart:
    _ = context.messages
    rows = [
        row
        for scenario in context.ladders
        for pollutant in _ladder_pollutants(context, scenario)
        for row in _levels(context, scenario, pollutant)
    ]
    keys = ("scenario", "pollutant", "step", "measure", "year", "level", "cut", "low", "high")
    return Chart(
        "wedges",
        "wedges",
        _("Wedges: who takes how much off, year by year"),
        {"frame": columns(rows, (*keys, "unit"))},
        notes=(
            _(
                "The upper line is the emission without measures; each band is what one measure "
                "takes off (means over the worlds). A band that lies above its line is a measure "
                "that adds emissions. Measures that change less than 0.05 % are left out."
            ),
        ),
    )


def _levels(context: Context, scenario: str, pollutant: str) -> list[dict[str, Any]]:
    """Rows of the level after each step; step 0 is the scenario without measures."""
    ladder = context.ladders[scenario]
    saved = wedges(ladder, pollutant)
    cuts = {(row["scenario"], row["year"]): row for row in records(saved)}
    steps = list(ladder)
    rows = []
    for level in records(ladder_levels(ladder, pollutant)):
        cut = cuts.get((level["scenario"], level["year"]), {})
        rows.append(
            {
                "scenario": scenario,
                "pollutant": pollutant,
                "step": steps.index(level["scenario"]),
                "measure": cut.get("measure", ""),
                "year": level["year"],
                "level": level["mean"],
                "cut": cut.get("mean"),
                "low": cut.get("p05"),
                "high": cut.get("p95"),
                "unit": level["unit"].removesuffix("/year"),
            }
        )
    return rows


# -------------------------------------------------------------------- cost of a tonne
def cost_rows(context: Context) -> list[dict[str, Any]]:
    """Give the abatement and cost of every step of every ladder in the last year."""
    return [
        {
            **row,
            "scenario": scenario,
            "pollutant": pollutant,
            "step": int(row["applied"]),
            "measure": row["group"],
        }
        for scenario, ladder in context.ladders.items()
        for pollutant in _ladder_pollutants(context, scenario)
        for row in records(marginal_costs(ladder, pollutant, years=context.years[1]))
    ]


def has_cost(row: dict[str, Any]) -> bool:
    """Whether a step costs anything; differences of sums leave crumbs where it does not."""
    return bool(abs(row["cost"]) >= CRUMB)


def rates(every: Iterable[Results]) -> str:
    """Give the discount rates of scenarios, in percent."""
    found = {results[name].attributes["discount_rate"] for results in every for name in results}
    return ", ".join(f"{100 * rate:g}" for rate in sorted(found))


def _macc(context: Context) -> Chart:
    _ = context.messages
    rows = [
        {
            **row,
            "cut": row["abatement"],
            "cost": row["cost_per_unit"] if has_cost(row) else None,
            "low": row["cost_per_unit_p10"],
            "high": row["cost_per_unit_p90"],
            "unit": row["abatement_unit"].removesuffix("/year"),
        }
        for row in cost_rows(context)
    ]
    keys = ("scenario", "pollutant", "step", "measure", "cut", "cost", "low", "high", "unit")
    return Chart(
        "macc",
        "macc",
        _("Marginal abatement costs, {year}", year=context.years[1]),
        {"frame": columns(rows, keys), "year": context.years[1]},
        notes=(
            _(
                "Width: what a measure takes off in {year}. Height: its capital over the life of "
                "what it builds (at {rates} % a year) and operating cost over that amount, all of "
                "it charged to the one pollutant though most measures cut several, so heights of "
                "different pollutants must not be added. Whiskers: 10 to 90 % of the worlds that "
                "cut. Measures without a cost in the scenario, and those that cut nothing, are "
                "not drawn.",
                year=context.years[1],
                rates=rates(context.ladders.values()),
            ),
        ),
    )


def _table(context: Context) -> Table:
    _, numbers = context.messages, context.numbers
    columns_ = (
        Column(_("Measure")),
        Column(_("Cut in {year}", year=context.years[1]), "number"),
        Column(_("Cut, 95 % low"), "number"),
        Column(_("Cut, 95 % high"), "number"),
        Column(_("Unit")),
        Column(_("Share of the emission without measures [%]"), "number"),
        Column(_("Annual cost [{unit}]", unit=numbers.money_unit), "number"),
        Column(_("Cost of a unit [CNY]"), "number"),
    )
    return Table(
        "reductions-by-project",
        _("Reductions by project"),
        columns_,
        tuple(_rows(context)),
        notes=(
            _(
                "Means of the last whole year, each project in the order of the ladder; the 95 % "
                "interval is that of the mean. Negative cuts are additions."
            ),
        ),
    )


def _rows(context: Context) -> list[Row]:
    intervals = {
        (scenario, step, row["pollutant"]): row
        for scenario, ladder in context.ladders.items()
        for step, pair in enumerate(zip(tuple(ladder), tuple(ladder)[1:], strict=False), start=1)
        for row in _changes(ladder, *pair, context.years[1])
    }
    foot = {
        (scenario, row["pollutant"]): row["base_mean"]
        for (scenario, step, _), row in intervals.items()
        if step == 1
    }
    return [
        _row(
            context,
            row,
            intervals[row["scenario"], row["step"], row["pollutant"]],
            foot[row["scenario"], row["pollutant"]],
        )
        for row in cost_rows(context)
    ]


def _changes(ladder: Results, base: str, scenario: str, year: int) -> list[dict[str, Any]]:
    frame = changes(ladder, base=base, scenario=scenario, years=year)
    return list(records(frame))


def _row(
    context: Context, row: dict[str, Any], interval: dict[str, Any], without_measures: float
) -> Row:
    numbers = context.numbers
    priced = has_cost(row)
    return Row(
        (
            text_cell(context.name("measure", row["measure"])),
            numbers.number_cell(row["abatement"]),
            numbers.number_cell(-interval["high"]),
            numbers.number_cell(-interval["low"]),
            numbers.unit_cell(row["abatement_unit"]),
            numbers.share_cell(row["abatement"] / without_measures if without_measures else None),
            numbers.money_cell(row["cost"] if priced else None),
            numbers.number_cell(row["cost_per_unit"] if priced else None),
        ),
        scenario=row["scenario"],
        pollutant=row["pollutant"],
    )

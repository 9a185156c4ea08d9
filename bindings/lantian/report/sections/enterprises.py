"""Enterprises: what each takes off, what it may make and makes, and what it emits per tonne."""

from __future__ import annotations

from typing import Any

from lantian.frames._intervals import mean_interval
from lantian.frames._names import labels
from lantian.frames.contributions import by_group
from lantian.frames.productions import intensities, productions
from lantian.frames.quantities import KG_PER_T, mass_per_mass
from lantian.report.context import Context
from lantian.report.document import Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import records


def section(context: Context) -> Section | None:
    """Tabulate the plants; nothing where there are none."""
    _ = context.messages
    tables = (_reductions(context), _productions(context), _intensities(context))
    blocks = tuple(table for table in tables if table is not None and table.rows)
    if not blocks:
        return None
    return Section("enterprises", _("Enterprises"), blocks)


# -------------------------------------------------------------------- reductions
def _reductions(context: Context) -> Table | None:
    _ = context.messages
    if not context.is_compared:
        return None
    year = context.years[1]
    columns = (
        Column(_("Enterprise")),
        Column(_("Base, {year}", year=year), "number"),
        Column(_("Scenario, {year}", year=year), "number"),
        Column(_("Change"), "number"),
        Column(_("Change, 95 % low"), "number"),
        Column(_("Change, 95 % high"), "number"),
        Column(_("Unit")),
        Column(_("Change [%]"), "number"),
    )
    rows = tuple(
        row
        for scenario in context.plans
        for pollutant in context.of_scenario(scenario)
        for row in _plant_changes(context, scenario, pollutant)
    )
    return Table(
        "reductions-by-enterprise",
        _("Reductions by enterprise"),
        columns,
        rows,
        notes=(
            _(
                "Direct emissions of the last whole year, means over the worlds; the interval is "
                "that of the mean change in the same worlds. What belongs to no enterprise is "
                "not in this table."
            ),
        ),
    )


def _plant_changes(context: Context, scenario: str, pollutant: str) -> list[Row]:
    results, numbers, year = context.results, context.numbers, context.years[1]
    variable = f"{pollutant}_by_plant"
    if variable not in results[scenario] or variable not in results[context.base]:
        return []
    before = by_group(results, context.base, pollutant, "plant", year)
    after = by_group(results, scenario, pollutant, "plant", year)
    unit = f"{results[scenario].variable(pollutant).unit}/year"
    draws = int(results.attributes["chance_draws"])
    rows = []
    for plant in labels(results[scenario], "plant"):
        if plant not in before or not (before[plant].any() or after[plant].any()):
            continue
        change, _, low, high = mean_interval(after[plant] - before[plant], chance_draws=draws)
        base = float(before[plant].mean())
        cells = (
            text_cell(context.name("plant", plant)),
            numbers.number_cell(base),
            numbers.number_cell(float(after[plant].mean())),
            numbers.number_cell(change, signed=True),
            numbers.number_cell(low, signed=True),
            numbers.number_cell(high, signed=True),
            numbers.unit_cell(unit),
            numbers.share_cell(change / base if base else None, signed=True),
        )
        rows.append(Row(cells, scenario=scenario, pollutant=pollutant))
    return rows


# -------------------------------------------------------------------- permit and production
def _productions(context: Context) -> Table:
    _ = context.messages
    first, last = context.years
    columns = (
        Column(_("Enterprise")),
        Column(_("Product")),
        Column(_("Permit"), "number"),
        Column(_("Capacity"), "number"),
        Column(_("Declared production"), "number"),
        Column(_("Simulated, {year}", year=first), "number"),
        Column(_("Simulated, {year}", year=last), "number"),
        Column(_("5 % quantile, {year}", year=last), "number"),
        Column(_("95 % quantile, {year}", year=last), "number"),
        Column(_("Bound")),
        Column(_("Worlds above it [%]"), "number"),
        Column(_("Unit")),
    )
    return Table(
        "permits-and-production",
        _("Permit and capacity against simulated production"),
        columns,
        tuple(row for scenario in context.scenarios for row in _made(context, scenario)),
        notes=(
            _(
                "Capacity, permit and production are three numbers. The bound is the permit, or "
                "the capacity where no permit is given; the share of worlds above it is that of "
                "the worst year. A dash means that the scenario does not say, or not as a mass a "
                "year."
            ),
        ),
    )


def _made(context: Context, scenario: str) -> list[Row]:
    _, numbers = context.messages, context.numbers
    frame = productions(context.results, context.tables(scenario), scenario=scenario)
    bounds = {"permit": _("permit"), "capacity": _("capacity"), "": ""}
    rows = []
    for _plant, years in frame.groupby("plant", sort=False):
        by_year = {row["year"]: row for row in records(years)}
        last = by_year[context.years[1]]
        if not years["mean"].any() and not last["production"] > 0:
            continue
        cells = (
            text_cell(context.called(last)),
            text_cell(last["product"]),
            *(numbers.number_cell(last[key]) for key in ("permit", "capacity", "production")),
            numbers.number_cell(by_year[context.years[0]]["mean"]),
            *(numbers.number_cell(last[key]) for key in ("mean", "p05", "p95")),
            text_cell(bounds[last["bound_kind"]]),
            numbers.share_cell(float(years["share_above"].max())),
            numbers.unit_cell(last["unit"]),
        )
        rows.append(Row(cells, scenario=scenario))
    return rows


# -------------------------------------------------------------------- per tonne of product
def _intensities(context: Context) -> Table:
    _ = context.messages
    first, last = context.years
    columns = (
        Column(_("Enterprise")),
        Column(_("Published figure")),
        Column(_("Simulated, {year}", year=first), "number"),
        Column(_("Published"), "number"),
        Column(_("Published, low"), "number"),
        Column(_("Published, high"), "number"),
        Column(_("Verdict")),
        Column(_("Unit")),
        Column(_("5 % quantile, {year}", year=first), "number"),
        Column(_("95 % quantile, {year}", year=first), "number"),
        Column(_("Simulated, {year}", year=last), "number"),
        Column(_("Year of the figure"), "number"),
        Column(_("Confidence")),
        Column(_("Source")),
    )
    return Table(
        "intensity-against-published",
        _("Emission per tonne of product against published whole-plant figures"),
        columns,
        tuple(_intensity_row(context, row) for row in intensity_rows(context)),
        notes=(
            _(
                "Published figures are checks, never sources of emission: nothing is computed "
                "from them. They are of other plants and years, so a difference is a question, "
                "not an error. “Within” means that the simulated mean of the first year lies in "
                "the published range."
            ),
        ),
    )


def intensity_rows(context: Context) -> list[dict[str, Any]]:
    """One row for each plant, pollutant and published figure (or none) of each scenario."""
    rows = []
    for scenario in context.scenarios:
        tables = context.tables(scenario)
        for pollutant in context.of_scenario(scenario):
            first, last = (
                records(intensities(context.results, pollutant, scenario=scenario, year=year))
                for year in context.years
            )
            final = {row["plant"]: row["mean"] for row in last}
            for row in first:
                about = {**row, "final": final.get(row["plant"])}
                for figure in _published(tables, row["plant"], pollutant) or [{}]:
                    name = context.messages.name(figure, figure.get("id", ""))
                    rows.append({**about, "figure": name, **_compared(row, figure)})
    return rows


def _published(tables: Any, plant: str, pollutant: str) -> list[dict[str, Any]]:
    return [
        {"id": identifier, **figure}
        for identifier, figure in tables.get("published", {}).items()
        if figure.get("pollutant") == pollutant and plant in figure.get("plants", [])
    ]


def _compared(row: dict[str, Any], figure: dict[str, Any]) -> dict[str, Any]:
    """Put a published figure beside a plant, in the same unit; without one all is empty."""
    value, low, high = (_figure(figure.get(key), row["unit"]) for key in ("value", "low", "high"))
    verdict = ""
    if low is not None and high is not None:
        verdict = "below" if row["mean"] < low else "above" if row["mean"] > high else "within"
    return {
        "published": value,
        "low": low,
        "high": high,
        "figure_year": figure.get("year"),
        "verdict": verdict,
        "source": figure.get("source", ""),
        "confidence": figure.get("confidence", ""),
    }


def _figure(text: Any, unit: str) -> float | None:
    ratio = mass_per_mass(text) if isinstance(text, str) else None
    return ratio * KG_PER_T if ratio is not None and unit == "kg/t" else None


def _intensity_row(context: Context, row: dict[str, Any]) -> Row:
    _, numbers = context.messages, context.numbers
    verdicts = {"": "", "below": _("below"), "above": _("above"), "within": _("within")}
    year = row["figure_year"]
    return Row(
        (
            text_cell(context.called(row)),
            text_cell(row["figure"]),
            *(numbers.number_cell(row[key]) for key in ("mean", "published", "low", "high")),
            text_cell(verdicts[row["verdict"]]),
            numbers.unit_cell(row["unit"]),
            *(numbers.number_cell(row[key]) for key in ("p05", "p95", "final")),
            numbers.year_cell(year),
            text_cell(context.name("confidence", row["confidence"])),
            text_cell(row["source"]),
        ),
        scenario=row["scenario"],
        pollutant=row["pollutant"],
    )

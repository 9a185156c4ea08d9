"""How much is emitted, when and where: the fan, the waterfall and the map."""

from __future__ import annotations

from typing import Any

from lantian.frames import contributions, district_loads, emission_bands
from lantian.report.context import Context
from lantian.report.document import Chart, Choice, Picker, Section
from lantian.report.sections.rows import columns, records

SPLITS = ("plant", "sector")
CRUMB = 1e-9  # share of the base below which a difference is one of rounding
LARGEST = 12  # bars of a waterfall beside its ends


def section(context: Context) -> Section | None:
    """Draw the emissions; nothing where no totals were kept."""
    _ = context.messages
    if not context.pollutants:
        return None
    charts = (_fan(context), _waterfall(context), _map(context))
    return Section(
        "emissions",
        _("How much is emitted, when and where"),
        tuple(chart for chart in charts if chart is not None),
        intro=_(
            "All amounts here are direct emissions: stack and fugitive together. Choose the "
            "scenario and the pollutant at the top of the page."
        ),
    )


def _fan(context: Context) -> Chart:
    _ = context.messages
    rows = [
        {**row, "pollutant": pollutant, "unit": row["unit"].removesuffix("/year")}
        for pollutant in context.pollutants
        for row in records(
            emission_bands(context.results, pollutant, scenario=_that_have(context, pollutant))
        )
    ]
    bands = {"p05": "q05", "p25": "q25", "p50": "q50", "p75": "q75", "p95": "q95"}
    renamed = [{bands.get(key, key): value for key, value in row.items()} for row in rows]
    keys = ("scenario", "pollutant", "year", "mean", *bands.values(), "unit")
    return Chart(
        "fan",
        "fan",
        _("Emission by calendar year"),
        {"frame": columns(renamed, keys)},
        notes=(
            _(
                "The line is the median of the worlds; the bands hold half and nine tenths of "
                "them. The dashed line is the median of the base scenario. The spread is what is "
                "not known and what varies by chance, not a forecast of everything that may happen."
            ),
        ),
    )


def _that_have(context: Context, pollutant: str) -> list[str]:
    return [name for name in context.scenarios if pollutant in context.of_scenario(name)]


# -------------------------------------------------------------------- waterfall
def _waterfall(context: Context) -> Chart | None:
    _ = context.messages
    if not context.is_compared:
        return None
    splits = [split for split in SPLITS if _kept(context, split)]
    if not splits:
        return None
    rows = [
        row
        for scenario in context.plans
        for pollutant in context.of_scenario(scenario)
        if pollutant in context.of_scenario(context.base)
        for split in splits
        for row in _steps(context, scenario, pollutant, split)
    ]
    labels = {"plant": _("Enterprise"), "sector": _("Sector")}
    keys = ("scenario", "pollutant", "split", "role", "item", "value", "low", "high", "unit")
    return Chart(
        "waterfall",
        "waterfall",
        _("From the base to the scenario, {year}", year=context.years[1]),
        {"frame": columns(rows, keys)},
        notes=(
            _(
                "Means over the worlds. Green bars fall, orange bars rise. What belongs to no "
                "enterprise, or is small, is one bar. The downloaded data have the 5 and 95 % "
                "quantiles of each change."
            ),
        ),
        pickers=(
            Picker("split", _("By"), tuple(Choice(split, labels[split]) for split in splits)),
        ),
    )


def _kept(context: Context, split: str) -> bool:
    names = (context.base, *context.plans)
    return all(
        f"{pollutant}_by_{split}" in context.results[name]
        for name in names
        for pollutant in context.of_scenario(name)
    )


def _steps(context: Context, scenario: str, pollutant: str, split: Any) -> list[dict[str, Any]]:
    frame = contributions(
        context.results,
        pollutant,
        base=context.base,
        scenario=scenario,
        by=split,
        years=context.years[1],
        largest=LARGEST,
    )
    about = {"scenario": scenario, "pollutant": pollutant, "split": split}
    about["unit"] = frame["unit"].iloc[0].removesuffix("/year")
    ends = [
        {**about, "role": role, "item": name, "value": float(frame[column].sum())}
        for role, name, column in (("start", context.base, "base"), ("end", scenario, "scenario"))
    ]
    changes = [
        {
            **about,
            "role": "change",
            "item": row["group"],
            "value": row["difference"],
            "low": row["p05"],
            "high": row["p95"],
        }
        for row in records(frame)
        if abs(row["difference"]) > CRUMB * ends[0]["value"]
    ]
    nothing = {"low": None, "high": None}
    return [{**nothing, **ends[0]}, *changes, {**nothing, **ends[1]}]


# -------------------------------------------------------------------- map
def _map(context: Context) -> Chart | None:
    _ = context.messages
    rows = [
        row
        for scenario in context.scenarios
        for pollutant in context.of_scenario(scenario)
        for row in _places(context, scenario, pollutant)
    ]
    if len({(row["longitude"], row["latitude"]) for row in rows}) < 2:
        return None
    keys = ["scenario", "pollutant", "district", "longitude", "latitude"]
    keys += ["year_before", "before", "year_after", "after", "unit"]
    return Chart(
        "map",
        "map",
        _("Where it is emitted, before and after"),
        {"frame": columns(rows, keys)},
        notes=(
            _(
                "The area of a circle is the mean emission of the district in the first and in the "
                "last whole year of the scenario. Districts without coordinates are not drawn."
            ),
        ),
    )


def _places(context: Context, scenario: str, pollutant: str) -> list[dict[str, Any]]:
    first, last = context.years
    if first == last or f"{pollutant}_by_district" not in context.results[scenario]:
        return []
    frame = district_loads(
        context.results, pollutant, before=scenario, after=scenario, years=last, years_before=first
    )
    frame = frame[frame["latitude"].notna() & frame["longitude"].notna()]
    rows = records(frame)
    before = {row["district"]: row for row in rows if row["state"] == "before"}
    return [
        {
            **row,
            "pollutant": pollutant,
            "year_before": first,
            "year_after": last,
            "before": before[row["district"]]["mean"],
            "after": row["mean"],
            "unit": row["unit"].removesuffix("/year"),
        }
        for row in rows
        if row["state"] == "after"
    ]

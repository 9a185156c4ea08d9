"""Marginal abatement cost curve: what a tonne costs, and how many tonnes there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lantian import frames
from lantian.frames._amounts import Array, Years
from lantian.frames.weights import TAX_EQUIVALENTS, Of
from lantian.plots.style import (
    BLACK,
    GREY,
    Figure,
    Language,
    axes_or_new,
    colour,
    hatch,
    legend_beside,
    names_column,
    note,
    style,
)
from lantian.plots.words import full_title, listed, pollutant_name, say, span_of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

SMALLEST_COST = 1.0  # [CNY/year]; what is below is the rounding of a difference of sums


def macc(
    results: Results,
    of: Of,
    *,
    scenarios: Sequence[str] | None = None,
    years: Years = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw measures by cost per tonne, each as wide as the tonnes that it abates.

    What abates nothing is in the table and not drawn; a note below the axes names it, and says how
    much belongs to no measure. Measures of which the scenario gives no cost are a strip on the
    axis: they are not free.

    Parameters
    ----------
    results
        An attribution, of any method; or a ladder (any results whose scenarios nest).
    of
        A pollutant, weights by pollutant, or `"tax-equivalents"`. All cost is charged to it, though
        most measures save several pollutants.
    scenarios
        Of a ladder: the scenarios in order, the base first; default all of the file.
    years
        A year, or the first and the last; default the last whole one. Choose years in which the
        works are done.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table of `lantian.frames.marginal_costs`, cheapest first. Whiskers are
        its quantiles 0.1 and 0.9.

    Raises
    ------
    UsageError
        If a name is unknown, or a scenario lacks a measure of the one before.
    """
    data = frames.marginal_costs(results, of, scenarios=scenarios, years=years).sort_values(
        "place", ignore_index=True
    )
    with style(language):
        drawn = data[data["place"].notna()]
        axes = axes_or_new(ax, height=max(4.8, 1.5 + 0.36 * _has_cost(drawn).sum()))
        _bars(axes, drawn, language)
        name = _what(results, of, language)
        _label(axes, data, name, language)
        axes.set_title(
            full_title(
                say("marginal abatement cost of {pollutant}", language, pollutant=name),
                results,
                language,
                say(data["method"].iloc[0], language),
                span_of((data["first_year"].iloc[0], data["last_year"].iloc[0]), language),
            )
        )
        note(axes, _caveats(data, language))
    return Figure(axes, data)


def _what(results: Results, of: Of, language: Language) -> str:
    """Give what is abated, in words."""
    scenario = list(results)[-1]
    if of == TAX_EQUIVALENTS:
        return say("pollution equivalents", language)
    if isinstance(of, str):
        return pollutant_name(results, scenario, of, language)
    names = [pollutant_name(results, scenario, one, language) for one in of]
    return " + ".join(
        name if weight == 1 else f"{weight:g} {name}"
        for name, weight in zip(names, of.values(), strict=True)
    )


def _bars(axes: Axes, data: pd.DataFrame, language: Language) -> None:
    """Bars side by side; those without a cost are one strip on the axis."""
    lefts = (data["abatement"].cumsum() - data["abatement"]).to_numpy()
    costs = _has_cost(data).to_numpy()
    handles: list[Any] = _strip(axes, data, lefts, costs, language)
    for number, k in enumerate(np.flatnonzero(costs)):
        row = data.iloc[k]
        look: dict[str, Any] = {"facecolor": colour(number), "hatch": hatch(number)}
        look |= {"edgecolor": BLACK, "linewidth": 0.4, "align": "edge"}
        label = f"{number + 1}  {row[names_column(language)]}"
        bar = axes.bar(lefts[k], row["cost_per_unit"], row["abatement"], label=label, **look)
        handles.append(bar)
        _whisker(axes, row, lefts[k] + row["abatement"] / 2, number + 1)
    axes.axhline(0, color=BLACK, linewidth=0.8)
    legend_beside(axes, handles)


def _has_cost(data: pd.DataFrame) -> pd.Series[bool]:
    return ~data["cost"].abs().lt(SMALLEST_COST)


def _strip(
    axes: Axes, data: pd.DataFrame, lefts: Array, costs: npt.NDArray[np.bool_], language: Language
) -> list[Any]:
    """Draw what the scenario gives no cost of: it has tonnes, and no height."""
    free = data[~costs]
    if free.empty:
        return []
    label = say("{n} groups without a cost in the scenario", language, n=len(free))
    rights = lefts[~costs] + free["abatement"]
    strip = axes.hlines(np.zeros(len(free)), lefts[~costs], rights, label=label)
    strip.set(color=GREY, linewidth=6, zorder=3)
    return [strip]


def _whisker(axes: Axes, row: pd.Series[Any], middle: float, number: int) -> None:
    low, high = row["cost_per_unit_p10"], row["cost_per_unit_p90"]
    axes.plot([middle, middle], [low, high], color=BLACK, linewidth=1, marker="_", markersize=5)
    above = max(row["cost_per_unit"], high)
    axes.annotate(str(number), (middle, above), (0, 4), textcoords="offset points", ha="center")


def _label(axes: Axes, data: pd.DataFrame, name: str, language: Language) -> None:
    first = data.iloc[0]
    cost = say("cost of abated {pollutant}", language, pollutant=name)
    money = say("money of {year}", language, year=first["price_year"])
    axes.set_ylabel(f"{cost} [{first['unit']}, {money}]")
    abated = say("abated {pollutant}, direct", language, pollutant=name)
    axes.set_xlabel(f"{abated} [{first['abatement_unit']}]")
    axes.margins(x=0, y=0.1)
    axes.yaxis.set_major_formatter("{x:,.0f}")


def _caveats(data: pd.DataFrame, language: Language) -> list[str]:
    lines = [
        say("all cost is charged to this pollutant", language),
        say("whiskers: 10 to 90 % of the replications", language),
        say(
            "capital over the life of what it builds, at {rate:.3g} % a year",
            language,
            rate=100 * data["discount_rate"].iloc[0],
        ),
    ]
    measures = data["kind"] == "measures"
    if data["method"].iloc[0] in ("alone", "last"):
        lines.append(say("each width is by itself: overlaps are in none, or in several", language))
    idle = data[measures & data["cost_per_unit"].isna()]
    if not idle.empty:
        who = listed(idle[names_column(language)], language)
        lines.append(say("not drawn, no abatement: {names}", language, names=who))
    rest = [_rest(row, language) for _, row in data[~measures].iterrows()]
    if rest:
        lines.append(say("of no measure: {names}", language, names=listed(rest, language)))
    return lines


def _rest(row: pd.Series[Any], language: Language) -> str:
    return f"{say(row['kind'], language)} {row['abatement']:+,.4g} {row['abatement_unit']}"

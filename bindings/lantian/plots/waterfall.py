"""Waterfall: where the difference between two scenarios comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian import frames
from lantian.frames._amounts import Years, calendar_years
from lantian.frames.contributions import Group
from lantian.plots.style import (
    BLACK,
    BLUE,
    GREY,
    VERMILLION,
    Figure,
    Language,
    axes_or_new,
    names_column,
    note,
    style,
    wrapped,
)
from lantian.plots.words import change_of, full_title, pollutant_name, say, span_of, title_of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def waterfall(
    results: Results,
    pollutant: str,
    *,
    base: str,
    scenario: str,
    by: Group = "sector",
    years: Years = None,
    largest: int | None = 10,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw how the direct emission of one scenario becomes that of another, group by group.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    pollutant
        Its id.
    base, scenario
        From which scenario to which.
    by
        `"sector"`, `"plant"`, `"zone"`, `"district"` or `"source"`.
    years
        A year, or the first and the last; default all. Means of a year are drawn.
    largest
        Draw so many groups, and the others as one; None draws all.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table of `lantian.frames.contributions`; rows without any change are not
        drawn, and a note says how many they are.

    Raises
    ------
    UsageError
        If a name is unknown, or the run did not keep this breakdown.
    """
    data = frames.contributions(
        results, pollutant, base=base, scenario=scenario, by=by, years=years, largest=largest
    )
    changed = data[(data[["difference", "p05", "p95"]] != 0).any(axis=1)]
    with style(language):
        axes = axes_or_new(ax, height=1.8 + 0.38 * (len(changed) + 2))
        ends = [title_of(results, name, language) for name in (base, scenario)]
        _bars(axes, data, changed, ends, language)
        covered = calendar_years(results, base, years)
        name = pollutant_name(results, base, pollutant, language)
        what = say("{pollutant}, direct emission", language, pollutant=name)
        axes.set_xlabel(f"{what} [{data['unit'].iloc[0]}]")
        span = span_of((int(covered[0]), int(covered[-1])), language)
        change = change_of(ends[0], ends[1], language)
        axes.set_title(full_title(what, results, language, change, span))
        note(axes, _remarks(len(data) - len(changed), language))
    return Figure(axes, data)


def _bars(
    axes: Axes, data: pd.DataFrame, changed: pd.DataFrame, ends: list[str], language: Language
) -> None:
    """Bars from the top: the base, each change from where the one before ended, the scenario."""
    totals = data["base"].sum(), data["scenario"].sum()
    levels = totals[0] + np.concatenate([[0.0], changed["difference"].cumsum()])
    rows = len(changed)
    axes.barh([0, rows + 1], totals, color=GREY, edgecolor=BLACK, linewidth=0.5)
    for row, (_, one) in enumerate(changed.iterrows(), start=1):
        look = _look(one["difference"])
        axes.barh(row, one["difference"], left=levels[row - 1], **look)
        spread = levels[row - 1] + np.array([one["p05"], one["p95"]])
        axes.plot(spread, [row, row], color=BLACK, linewidth=1, marker="|", markersize=5)
        axes.plot([levels[row]] * 2, [row, row + 1], color=BLACK, linewidth=0.5)
        _value(axes, max(levels[row - 1], levels[row], *spread), row, _signed(one["difference"]))
    axes.plot([levels[0]] * 2, [0, 1], color=BLACK, linewidth=0.5)
    for row, total in zip((0, rows + 1), totals, strict=True):
        _value(axes, total, row, f"{total:,.0f}")
    labels = [ends[0], *changed[names_column(language)], ends[1]]
    axes.set_yticks(range(rows + 2), labels=[wrapped(label, 28) for label in labels])
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlim(min(0.0, *levels), 1.12 * max(*totals, *levels))
    axes.xaxis.set_major_formatter("{x:,.0f}")


def _look(difference: float) -> dict[str, Any]:
    look = {"color": VERMILLION, "hatch": "///"} if difference > 0 else {"color": BLUE, "hatch": ""}
    return {**look, "edgecolor": BLACK, "linewidth": 0.4}


def _signed(value: float) -> str:
    decimals = 0 if abs(value) >= 10 or value == 0 else 1 if abs(value) >= 1 else 2
    return f"{value:+,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


def _value(axes: Axes, x: float, row: int, text: str) -> None:
    axes.annotate(text, (x, row), (4, 0), textcoords="offset points", va="center", fontsize="small")


def _remarks(unchanged: int, language: Language) -> list[str]:
    remarks = [say("whiskers: 5 to 95 % of the replications", language)]
    if unchanged:
        remarks.append(say("unchanged, not drawn: {n}", language, n=unchanged))
    return remarks

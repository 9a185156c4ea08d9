"""Wedges: what each measure takes off the emission."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lantian import frames
from lantian.optional import require
from lantian.plots.style import (
    BLACK,
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
from lantian.plots.words import change_of, full_title, listed, pollutant_name, say, title_of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def wedges(
    results: Results,
    pollutant: str,
    *,
    scenarios: Sequence[str] | None = None,
    largest: int | None = 10,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw what each step of a ladder saves, stacked from the emission without any of them down.

    Parameters
    ----------
    results
        A ladder, or any results whose scenarios nest.
    pollutant
        Its id.
    scenarios
        The scenarios in order, the base first; default all of the file.
    largest
        Draw so many steps, and the others as one wedge; None draws all.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table of `lantian.frames.wedges`. Means are drawn: they add up.

    Raises
    ------
    UsageError
        If a name is unknown, or a scenario lacks a measure of the one before.
    """
    data = frames.wedges(results, pollutant, scenarios=scenarios, largest=largest)
    with style(language):
        axes = axes_or_new(ax)
        _stack(axes, data, language)
        _label(axes, results, data, pollutant, scenarios or tuple(results), language)
    return Figure(axes, data)


def _stack(axes: Axes, data: pd.DataFrame, language: Language) -> None:
    first = data[data["step"] == data["step"].iloc[0]]
    years = first["year"].to_numpy()
    top = first["without"].to_numpy()
    label = say("emission without any of them", language)
    lines = axes.plot(years, top, color=BLACK, linestyle="--", label=label)
    areas: list[Any] = []
    for number, (_, rows) in enumerate(data.groupby("step", sort=False)):
        bottom = top - rows["mean"].to_numpy()
        name = rows[names_column(language)].iloc[0]
        look: dict[str, Any] = {
            "facecolor": colour(number),
            "edgecolor": BLACK,
            "hatch": hatch(number),
        }
        areas.append(axes.fill_between(years, bottom, top, label=name, linewidth=0.4, **look))
        top = bottom
    label = say("emission with all of them", language)
    lines += axes.plot(years, first["with_all"], color=BLACK, label=label)
    legend_beside(axes, [lines[0], *areas, lines[1]])
    _note_increases(axes, data, language)


def _note_increases(axes: Axes, data: pd.DataFrame, language: Language) -> None:
    sums = data.groupby(names_column(language), sort=False)["mean"].sum()
    raising = [str(name) for name in sums.index[sums < 0]]
    if raising:
        note(axes, [say("raises the emission: {names}", language, names=listed(raising, language))])


def _label(
    axes: Axes,
    results: Results,
    data: pd.DataFrame,
    pollutant: str,
    scenarios: Sequence[str],
    language: Language,
) -> None:
    name = pollutant_name(results, scenarios[0], pollutant, language)
    what = say("{pollutant}, direct emission", language, pollutant=name)
    axes.set_ylabel(f"{what} [{data['unit'].iloc[0]}]")
    axes.set_xlabel(say("calendar year", language))
    axes.set_ylim(bottom=0)
    axes.margins(x=0)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.xaxis.set_major_locator(require("matplotlib.ticker", "plot").MaxNLocator(integer=True))
    base, plan = (title_of(results, scenarios[k], language) for k in (0, -1))
    axes.set_title(full_title(what, results, language, change_of(base, plan, language)))

"""Map: what is emitted where, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian import frames
from lantian.frames._amounts import Years
from lantian.optional import require
from lantian.plots.map_names import Place, write_names
from lantian.plots.style import (
    BLACK,
    BLUE,
    ORANGE,
    Figure,
    Language,
    axes_or_new,
    legend_beside,
    names_column,
    note,
    style,
)
from lantian.plots.words import full_title, listed, pollutant_name, say, span_of, title_of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LOOKS: dict[str, dict[str, Any]] = {
    "before": {"facecolor": ORANGE, "alpha": 0.5, "linestyle": "--"},
    "after": {"facecolor": BLUE, "alpha": 0.65, "linestyle": "-"},
}
SMALLEST_SHOWN, LARGEST_SHOWN = 3.0, 32.0  # circles in the legend: diameter [points]
LARGEST_CIRCLE = 3000.0  # area of the largest load [square points]


def place_map(
    results: Results,
    pollutant: str,
    *,
    before: str,
    after: str,
    years: Years = None,
    years_before: Years = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw the direct emission of each district as circles at its place, before and after.

    The area of a circle is in proportion to the load. Longitude and latitude are to scale at the
    middle of the map; there is no background, and nothing is fetched.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    pollutant
        Its id.
    before, after
        The two scenarios; the same one twice, to compare years.
    years
        A year, or the first and the last; default all. Means of a year are drawn.
    years_before
        Years of the state before, where they are others.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table of `lantian.frames.district_loads`. Districts without coordinates or
        without load are not drawn, and a note names them.

    Raises
    ------
    UsageError
        If a name is unknown, the run did not keep districts, or both states are the same.
    """
    data = frames.district_loads(
        results, pollutant, before=before, after=after, years=years, years_before=years_before
    )
    placed = data["latitude"].notna() & data["longitude"].notna()
    emits = data.groupby("district")["mean"].transform("max") > 0
    drawn = data[placed & emits]
    with style(language):
        axes = axes_or_new(ax, width=9, height=6)
        scale = LARGEST_CIRCLE / drawn["mean"].max() if len(drawn) else 1.0
        for state, look in LOOKS.items():
            rows = drawn[drawn["state"] == state]
            size = rows["mean"] * scale
            axes.scatter(rows["longitude"], rows["latitude"], s=size, edgecolor=BLACK, **look)
        states = _states_explained(results, data, language)
        legend_beside(axes, [*states, *_sizes_explained(drawn, scale)], spread=1.2)
        _label(axes, results, data, pollutant, language)
        note(axes, _remarks(data, placed, emits, language))
        _to_scale(axes, drawn)
        write_names(axes, _places(drawn, scale, language))
    return Figure(axes, data)


def _states_explained(results: Results, data: pd.DataFrame, language: Language) -> list[Any]:
    patch = require("matplotlib.patches", "plot").Patch
    handles = []
    for state, look in LOOKS.items():
        first = data[data["state"] == state].iloc[0]
        span = span_of((int(first["first_year"]), int(first["last_year"])), language)
        title = title_of(results, first["scenario"], language)
        label = f"{say(state, language)}: {title}, {span}"
        handles.append(patch(edgecolor=BLACK, label=label, **look))
    return handles


def _places(drawn: pd.DataFrame, scale: float, language: Language) -> list[Place]:
    """Give every district once, with its larger circle."""
    return [
        Place(
            longitude=rows["longitude"].iloc[0],
            latitude=rows["latitude"].iloc[0],
            radius=float(np.sqrt(rows["mean"].max() * scale / np.pi)),
            name=rows[names_column(language)].iloc[0],
        )
        for _, rows in drawn.groupby("district", sort=False)
    ]


def _label(
    axes: Axes, results: Results, data: pd.DataFrame, pollutant: str, language: Language
) -> None:
    name = pollutant_name(results, data["scenario"].iloc[0], pollutant, language)
    what = say("{pollutant}, direct emission", language, pollutant=name)
    unit = data["unit"].iloc[0]
    axes.set_title(
        full_title(
            f"{what} [{unit}]", results, language, say("area in proportion to the load", language)
        )
    )
    axes.set_xlabel(f"{say('longitude', language)} [°E]")
    axes.set_ylabel(f"{say('latitude', language)} [°N]")


def _sizes_explained(drawn: pd.DataFrame, scale: float) -> list[Any]:
    """Circles of round loads for the legend."""
    if not len(drawn):
        return []
    line = require("matplotlib.lines", "plot").Line2D
    power = 10.0 ** np.floor(np.log10(drawn["mean"].max()))
    look = {"marker": "o", "linestyle": "", "markerfacecolor": "none", "color": BLACK}
    unit = drawn["unit"].iloc[0]
    return [
        line([], [], markersize=np.sqrt(load * scale), label=f"{load:,.6g} {unit}", **look)
        for load in (power, power / 10, power / 100)
        if SMALLEST_SHOWN <= np.sqrt(load * scale) <= LARGEST_SHOWN
    ]


def _remarks(
    data: pd.DataFrame, placed: pd.Series[bool], emits: pd.Series[bool], language: Language
) -> list[str]:
    names = names_column(language)
    unplaced = data[~placed & emits & (data["state"] == "after")]
    loads = [
        f"{name} ({load:,.0f} {unit})"
        for name, load, unit in zip(
            unplaced[names], unplaced["mean"], unplaced["unit"], strict=True
        )
    ]
    quiet = data.loc[~emits, names].unique()
    remarks = {
        "no coordinates, not drawn: {names}": loads,
        "nothing emitted, not drawn: {names}": list(quiet),
    }
    return [
        say(phrase, language, names=listed(who, language)) for phrase, who in remarks.items() if who
    ]


def _to_scale(axes: Axes, drawn: pd.DataFrame) -> None:
    """Make a kilometre as long northward as eastward."""
    axes.margins(0.18)
    if len(drawn):
        axes.set_aspect(1 / np.cos(np.radians(drawn["latitude"].mean())), adjustable="datalim")

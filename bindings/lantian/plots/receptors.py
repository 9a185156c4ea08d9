"""Bars: what sources add to the air where people breathe, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian import frames
from lantian.errors import UsageError
from lantian.frames._names import check_names, scenario_ids
from lantian.frames.air import air_pollutants
from lantian.optional import require
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
    wrapped,
)
from lantian.plots.words import full_title, listed, pollutant_name, say, span_of, title_of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LOOKS: tuple[dict[str, Any], ...] = (
    {"color": ORANGE, "hatch": "///"},
    {"color": BLUE, "hatch": ""},
)
METHODS = {
    "screening": "screening: a plume from a wind rose",
    "matrix": "by a source-receptor matrix",
    "matrix-else-screening": "by a source-receptor matrix, elsewhere screening",
}
LITTLE = 0.5  # of the emission
THICKNESS = 0.38  # of a bar; two of them share a row


def receptors(
    results: Results,
    pollutant: str,
    *,
    base: str,
    scenario: str,
    year: int | None = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw the concentration that two scenarios add at each receptor.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    pollutant
        Its id.
    base, scenario
        The two scenarios.
    year
        A calendar year; default the last of the base.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table of `lantian.frames.concentrations`. Receptors where nothing is known
        are not drawn, and a note names them.

    Raises
    ------
    UsageError
        If a name is unknown, or a scenario has no receptors.
    """
    pair = scenario_ids(results, (base, scenario))
    for name in pair:
        known = air_pollutants(results[name])
        if not known:
            raise UsageError(f"{name} has no receptors: add [receptors.ID] and [dispersion] to it")
        check_names("concentration of", [pollutant], known, of=name)
    wanted = int(results[base].coordinates["year"].values[-1]) if year is None else year
    data = frames.concentrations(results, pollutant=pollutant, scenario=pair, years=wanted)
    drawn = data[data["mean"].notna()]
    places = list(dict.fromkeys(drawn["receptor"]))
    with style(language):
        axes = axes_or_new(ax, height=1.8 + 0.5 * max(1, len(places)))
        for offset, name, look in zip((0, 1), pair, LOOKS, strict=True):
            _bars(axes, drawn[drawn["scenario"] == name], places, offset, look)
        axes.set_yticks(range(len(places)), labels=_labels(drawn, places, language))
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.set_xlim(left=0)
        _label(axes, results, data, pollutant, language)
        note(axes, _remarks(data, language))
    return Figure(axes, data)


def _labels(drawn: pd.DataFrame, places: list[str], language: Language) -> list[str]:
    """Name the places; of those where less than half of the emission is known, say how little."""
    rows = drawn.groupby("receptor")
    names = rows[names_column(language)].first()
    least = rows["coverage"].min()
    labels = []
    for place in places:
        label = wrapped(names[place], 28)
        if least[place] < LITTLE:
            label += "\n" + say("{share:.0%} known", language, share=least[place])
        labels.append(label)
    return labels


def _bars(
    axes: Axes, rows: pd.DataFrame, places: list[str], offset: int, look: dict[str, Any]
) -> None:
    at = np.array([places.index(one) for one in rows["receptor"]]) + (offset - 0.5) * THICKNESS
    means = rows["mean"].to_numpy()
    axes.barh(at, means, height=THICKNESS, edgecolor=BLACK, linewidth=0.4, **look)
    spread = np.clip([means - rows["p05"], rows["p95"] - means], 0, None)
    axes.errorbar(means, at, xerr=spread, fmt="none", ecolor=BLACK, elinewidth=1, capsize=2.5)


def _label(
    axes: Axes, results: Results, data: pd.DataFrame, pollutant: str, language: Language
) -> None:
    patch = require("matplotlib.patches", "plot").Patch
    pair = list(dict.fromkeys(data["scenario"]))
    handles = [
        patch(facecolor=look["color"], hatch=look["hatch"], edgecolor=BLACK, label=title)
        for look, title in zip(
            LOOKS, [title_of(results, name, language) for name in pair], strict=False
        )
    ]
    legend_beside(axes, handles)
    name = pollutant_name(results, pair[0], pollutant, language)
    what = say("{pollutant}, added to the air", language, pollutant=name)
    axes.set_xlabel(f"{what} [µg/m³]")
    year = int(data["year"].iloc[0])
    axes.set_title(full_title(what, results, language, span_of((year, year), language)))


def _remarks(data: pd.DataFrame, language: Language) -> list[str]:
    remarks = [say(METHODS[method], language) for method in dict.fromkeys(data["method"])]
    remarks.append(say("whiskers: 5 to 95 % of the replications", language))
    known = data[data["mean"].notna()]
    if len(known) and known["coverage"].min() < 1:
        shares = known["coverage"]
        remarks.append(
            say(
                "of the emission, {low:.0%} to {high:.0%} is known there",
                language,
                low=shares.min(),
                high=shares.max(),
            )
        )
    missing = data[data["mean"].isna()].drop_duplicates("receptor")
    if len(missing):
        names = listed(list(missing[names_column(language)]), language)
        remarks.append(say("needs an external matrix, not drawn: {names}", language, names=names))
    return remarks

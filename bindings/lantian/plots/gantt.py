"""Gantt chart: what every measure does and waits for, in one replication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lantian import frames
from lantian.frames._names import check_names
from lantian.frames.stages import CAUSES
from lantian.optional import require
from lantian.plots.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY_BLUE,
    VERMILLION,
    YELLOW,
    Figure,
    Language,
    axes_or_new,
    legend_beside,
    names_column,
    style,
    wrapped,
)
from lantian.plots.words import say, title_of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

LOOKS = {
    "predecessors": (GREEN, "..."),
    "permits": (YELLOW, "---"),
    "crews": (VERMILLION, "///"),
    "money": (PURPLE, "xxx"),
    "season": (SKY_BLUE, "\\\\\\"),
    "alerts": (ORANGE, "++"),
    "work": (BLUE, ""),
    "unresolved": (GREY, ""),
}
LIMBS = ("organised", "fugitive", "transport")


def gantt(
    results: Results,
    *,
    scenario: str | None = None,
    replication: int = 0,
    measure: str | Sequence[str] | None = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw the stages of the measures in one replication, coloured by what the time goes into.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        Default the last of the file.
    replication
        One of those that keep a log, by default the first ten.
    measure
        One measure or several; default all that begin.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table of `lantian.frames.stages` with a column `row`, counted from the
        top. Limbs that run side by side have a row each.

    Raises
    ------
    UsageError
        If there is no such scenario or measure, or the replication keeps no log.
    """
    data = frames.stages(results, scenario=scenario, replication=replication)
    if measure is not None:
        wanted = (measure,) if isinstance(measure, str) else tuple(measure)
        there = tuple(data["measure"].unique())
        check_names("measure", wanted, there, of=f"the log of replication {replication}")
        data = data[data["measure"].isin(wanted)]
    data, labels = _with_rows(data, language)
    with style(language):
        axes = axes_or_new(ax, width=10, height=1.4 + 0.3 * len(labels))
        _bars(axes, data, language)
        axes.set_yticks(range(len(labels)), labels=labels, fontsize="small")
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.grid(visible=False, axis="y")
        _dates(axes, language)
        title = title_of(results, data["scenario"].iloc[0], language)
        run = say("replication {n}", language, n=replication)
        axes.set_title(f"{say('{scenario}: stages', language, scenario=title)} · {run}")
    return Figure(axes, data)


def _with_rows(data: pd.DataFrame, language: Language) -> tuple[pd.DataFrame, list[str]]:
    """Give each stage its row: measures by their first day, their limbs below each other."""
    limb = data["stage"].str.split(" ").str[0].where(data["stage"].str.startswith(LIMBS), "")
    first = data.groupby("measure")["start"].transform("min")
    data = data.assign(limb=limb, first=first)
    order = data.sort_values(["first", "measure", "start"])
    keys = list(dict.fromkeys(zip(order["measure"], order["limb"], strict=True)))
    keys.sort(key=lambda key: (_place(order, key[0]), key[1]))
    rows = {key: row for row, key in enumerate(keys)}
    data = data.assign(
        row=[rows[key] for key in zip(data["measure"], data["limb"], strict=True)]
    ).drop(columns=["first", "limb"])
    names = dict(zip(data["measure"], data[names_column(language)], strict=True))
    labels = [
        wrapped(names[measure], 40) if not limb or (measure, "") not in rows else ""
        for measure, limb in keys
    ]
    return data, [
        label if not limb else f"{label}  {say(limb, language)}".strip()
        for label, (_, limb) in zip(labels, keys, strict=True)
    ]


def _place(order: pd.DataFrame, measure: str) -> int:
    return list(dict.fromkeys(order["measure"])).index(measure)


def _bars(axes: Axes, data: pd.DataFrame, language: Language) -> None:
    for cause, rows in data.groupby("cause"):
        face, pattern = LOOKS[str(cause)]
        axes.barh(
            rows["row"],
            rows["end"] - rows["start"],
            left=rows["start"],
            height=0.7,
            color=face,
            hatch=pattern,
            edgecolor=BLACK,
            linewidth=0.4,
        )
    legend_beside(axes, _causes_explained(set(data["cause"]), language))


def _causes_explained(causes: set[str], language: Language) -> list[Any]:
    patch = require("matplotlib.patches", "plot").Patch
    return [
        patch(
            facecolor=LOOKS[cause][0],
            hatch=LOOKS[cause][1],
            edgecolor=BLACK,
            linewidth=0.4,
            label=say(cause, language),
        )
        for cause in CAUSES
        if cause in causes
    ]


def _dates(axes: Axes, language: Language) -> None:
    dates = require("matplotlib.dates", "plot")
    axes.xaxis_date()
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
    axes.set_xlabel(say("date", language))

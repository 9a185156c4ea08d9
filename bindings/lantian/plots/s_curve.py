"""S-curve: by when it is done, and whether that is in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian import frames
from lantian.frames._names import Scenarios
from lantian.frames.completion import Milestone
from lantian.optional import require
from lantian.plots.style import (
    BLACK,
    Figure,
    Language,
    axes_or_new,
    colour,
    dashes,
    legend_beside,
    names_column,
    style,
    wrapped,
)
from lantian.plots.words import full_title, say, title_of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def s_curve(
    results: Results,
    *,
    measure: str | None = None,
    target: str | None = None,
    scenario: Scenarios = None,
    milestone: Milestone = "works",
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw the cumulative share completed by date, and the deadline.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    measure, target
        A measure, or a deadline target, whose last measure counts: share of the replications in
        which it is done. With neither: share of all measures.
    scenario
        One scenario, several, or all of the file that have it.
    milestone
        Which date counts; a target names its own.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table of `lantian.frames.completion`.

    Raises
    ------
    UsageError
        If no scenario has the measure or the target, the target is no deadline, or both are given.
    """
    data = frames.completion(
        results, measure=measure, target=target, scenario=scenario, milestone=milestone
    )
    with style(language):
        axes = axes_or_new(ax)
        handles: list[Any] = []
        for number, (name, rows) in enumerate(data.groupby("scenario", sort=False)):
            label = _with_share_in_time(title_of(results, str(name), language), rows, language)
            look = {"color": colour(number), "linestyle": dashes(number)}
            handles += axes.step(
                rows["date"], rows["share"], where="post", label=wrapped(label, 34), **look
            )
        handles += _deadlines(axes, data, language)
        _label(axes, results, data, language)
        legend_beside(axes, handles)
    return Figure(axes, data)


def share_by(rows: pd.DataFrame, date: np.datetime64) -> float:
    """Give the share that is completed before a date."""
    before = rows.loc[rows["date"] < date, "share"]
    return float(before.iloc[-1]) if len(before) else 0.0


def _with_share_in_time(title: str, rows: pd.DataFrame, language: Language) -> str:
    deadline = rows["deadline"].iloc[0]
    if deadline != deadline:  # NaT: there is none
        return title
    share = share_by(rows, deadline)
    return f"{title}: {say('{share:.0%} in time', language, share=share)}"


def _deadlines(axes: Axes, data: pd.DataFrame, language: Language) -> list[Any]:
    lines: list[Any] = []
    for deadline in data["deadline"].dropna().unique():
        last_day = np.datetime64(deadline, "s").astype("datetime64[D]") - np.timedelta64(1, "D")
        label = say("deadline {date}", language, date=last_day)
        lines.append(axes.axvline(deadline, color=BLACK, linestyle=":", label=label))
    return lines


def _label(axes: Axes, results: Results, data: pd.DataFrame, language: Language) -> None:
    first = data.iloc[0]
    done = say(first["milestone"], language)
    name = first[names_column(language)]
    if first["subject"] == "all":
        what = say("share of the measures that are {milestone}", language, milestone=done)
    else:
        what = say("share of the replications in which it is {milestone}", language, milestone=done)
    axes.set_title(full_title(wrapped(name, 70), results, language, what))
    axes.set_ylabel(f"{say('share completed', language)} [{first['unit']}]")
    axes.set_xlabel(say("date", language))
    axes.set_ylim(0, 1.02)
    dates = require("matplotlib.dates", "plot")
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(axes.xaxis.get_major_locator()))

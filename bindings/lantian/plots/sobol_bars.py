"""Bars of Sobol indices: which share of an outcome's variance comes from which input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.design.sobol_indices import SobolIndices
from lantian.plots.outcome_rows import input_label, rows_of
from lantian.plots.style import (
    BLACK,
    BLUE,
    SKY_BLUE,
    Figure,
    Language,
    axes_or_new,
    note,
    style,
    wrapped,
)
from lantian.plots.words import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_HEIGHT = 0.38
_KINDS = (("first", BLUE, ""), ("total", SKY_BLUE, "///"))


def sobol_bars(
    found: SobolIndices,
    outcome: str | None = None,
    *,
    largest: int | None = 15,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw first-order and total index of each input, with their 95 % intervals.

    Parameters
    ----------
    found
        From `lantian.design.sobol_indices`.
    outcome
        Name of one of its outcomes; default the first.
    largest
        Draw so many inputs, those of the largest total index; None draws all.
    language
        Of labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the rows of `found.to_pandas()` of this outcome; a note says how many are not
        drawn.

    Raises
    ------
    UsageError
        If there is no such outcome.
    """
    data = rows_of(found.to_pandas(), outcome)
    drawn = data if largest is None else data.head(largest)
    with style(language):
        axes = axes_or_new(ax, height=1.8 + 0.45 * len(drawn))
        _bars(axes, drawn, language)
        axes.set_xlabel(say("share of the variance", language))
        title = say("what {outcome} depends on", language, outcome=data["outcome"].iloc[0])
        axes.set_title(f"{title} · {say('{n} runs', language, n=found.runs)}")
        note(axes, _remarks(data, drawn, language))
    return Figure(axes, data)


def _bars(axes: Axes, drawn: pd.DataFrame, language: Language) -> None:
    rows = np.arange(len(drawn))
    for k, (kind, colour, hatch) in enumerate(_KINDS):
        look: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": BLACK}
        axes.barh(
            rows + (k - 0.5) * _HEIGHT,
            drawn[kind],
            height=_HEIGHT,
            xerr=drawn[f"{kind}_half_width"],
            error_kw={"elinewidth": 1, "ecolor": BLACK, "capsize": 2},
            linewidth=0.4,
            label=say({"first": "by itself", "total": "with all interactions"}[kind], language),
            **look,
        )
    axes.axvline(0, color=BLACK, linewidth=0.8)
    labels = [wrapped(input_label(one, language), 44) for _, one in drawn.iterrows()]
    axes.set_yticks(rows, labels=labels, fontsize="small")
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.legend(loc="lower right")


def _remarks(data: pd.DataFrame, drawn: pd.DataFrame, language: Language) -> list[str]:
    remarks = [say("whiskers: 95 % intervals by bootstrap", language)]
    if len(data) > len(drawn):
        remarks.append(say("smaller, not drawn: {n}", language, n=len(data) - len(drawn)))
    return remarks

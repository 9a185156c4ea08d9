"""Tornado: how far each uncertain input alone moves an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lantian.design.tornado import Tornado
from lantian.plots.outcome_rows import input_label, rows_of
from lantian.plots.style import (
    BLACK,
    BLUE,
    VERMILLION,
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


def tornado(
    found: Tornado,
    outcome: str | None = None,
    *,
    largest: int | None = 15,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw an outcome at the low and at the high value of one input after the other.

    Parameters
    ----------
    found
        From `lantian.design.tornado`.
    outcome
        Name of one of its outcomes; default the first.
    largest
        Draw so many inputs, those of the largest swing; None draws all that move it.
    language
        Of labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the rows of `found.to_pandas()` of this outcome; inputs without any effect are
        not drawn, and a note says how many they are.

    Raises
    ------
    UsageError
        If there is no such outcome.
    """
    data = rows_of(found.to_pandas(), outcome)
    moved = data[data["swing"] != 0]
    drawn = moved if largest is None else moved.head(largest)
    with style(language):
        axes = axes_or_new(ax, height=1.8 + 0.38 * max(len(drawn), 1))
        _bars(axes, drawn, language)
        one = data.iloc[0]
        if one["unit"] == "d":
            axes.xaxis_date()
        axes.set_xlabel(f"{one['outcome']} [{one['unit']}]".removesuffix(" [d]"))
        title = say("{outcome}: one input at a time", language, outcome=one["outcome"])
        draws = say("mean of {n} chance draws", language, n=found.chance_draws)
        axes.set_title(f"{title} · {draws}")
        ends = (
            say("input at its 10 % quantile", language),
            say("input at its 90 % quantile", language),
        )
        _legend(axes, ends)
        note(axes, _remarks(len(moved) - len(drawn), len(data) - len(moved), language))
    return Figure(axes, data)


def _bars(axes: Axes, drawn: pd.DataFrame, language: Language) -> None:
    for row, (_, one) in enumerate(drawn.iterrows()):
        centre = one["at_median"]
        for end, colour, hatch in (("low", BLUE, ""), ("high", VERMILLION, "///")):
            axes.barh(
                row,
                one[end] - centre,
                left=centre,
                color=colour,
                hatch=hatch,
                edgecolor=BLACK,
                linewidth=0.4,
            )
    if len(drawn):
        axes.axvline(drawn["at_median"].iloc[0], color=BLACK, linewidth=1)
    labels = [wrapped(input_label(one, language), 44) for _, one in drawn.iterrows()]
    axes.set_yticks(range(len(drawn)), labels=labels, fontsize="small")
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")


def _legend(axes: Axes, ends: tuple[str, str]) -> None:
    bars = axes.patches[:2]
    if bars:
        axes.legend(handles=bars, labels=list(ends), loc="lower right")


def _remarks(smaller: int, still: int, language: Language) -> list[str]:
    remarks = []
    if smaller:
        remarks.append(say("smaller, not drawn: {n}", language, n=smaller))
    if still:
        remarks.append(say("without effect, not drawn: {n}", language, n=still))
    return remarks

"""Fan chart: emissions over time, and how uncertain they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lantian import frames
from lantian.frames._amounts import Account, Period
from lantian.frames._names import Scenarios
from lantian.optional import require
from lantian.plots.style import (
    GREY,
    Figure,
    Language,
    axes_or_new,
    colour,
    dashes,
    hatch,
    legend_beside,
    style,
)
from lantian.plots.words import full_title, pollutant_name, say, title_of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def fan(
    results: Results,
    pollutant: str,
    *,
    scenario: Scenarios = None,
    by: Period = "year",
    account: Account = "direct",
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw the emission of a pollutant: median, and the bands of half and of 90 % of replications.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    pollutant
        Its id, such as `"NOx"`.
    scenario
        One scenario, several, or all of the file.
    by
        `"year"` or `"month"`.
    account
        `"direct"` is stack and fugitive together; no account is netted against another.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table of `lantian.frames.emission_bands`.

    Raises
    ------
    UsageError
        If there is no such scenario, pollutant or account, or the output intervals are too long.
    """
    data = frames.emission_bands(results, pollutant, scenario=scenario, by=by, account=account)
    with style(language):
        axes = axes_or_new(ax)
        handles = []
        for number, (name, rows) in enumerate(data.groupby("scenario", sort=False)):
            handles.append(_draw(axes, rows, by, number, title_of(results, str(name), language)))
        _label(axes, results, data, pollutant, by, language)
        legend_beside(axes, [*handles, *_bands_explained(language)])
    return Figure(axes, data)


def _draw(axes: Axes, rows: pd.DataFrame, by: Period, number: int, label: str) -> Any:
    x = rows["year"] if by == "year" else rows["start"]
    look: dict[str, Any] = {"color": colour(number), "linewidth": 0}
    axes.fill_between(x, rows["p05"], rows["p95"], alpha=0.15, **look)
    axes.fill_between(
        x, rows["p25"], rows["p75"], alpha=0.3, hatch=hatch(number), edgecolor="white", **look
    )
    marker = "o" if by == "year" else ""
    (line,) = axes.plot(
        x,
        rows["p50"],
        color=colour(number),
        linestyle=dashes(number),
        marker=marker,
        markersize=4,
        label=label,
    )
    return line


def _label(
    axes: Axes,
    results: Results,
    data: pd.DataFrame,
    pollutant: str,
    by: Period,
    language: Language,
) -> None:
    first = data.iloc[0]
    name = pollutant_name(results, first["scenario"], pollutant, language)
    what = say(f"{{pollutant}}, {first['account']} emission", language, pollutant=name)
    axes.set_ylabel(f"{what} [{first['unit']}]")
    axes.set_xlabel(say("calendar year" if by == "year" else "month", language))
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter("{x:,.6g}")
    if by == "year":
        axes.xaxis.set_major_locator(require("matplotlib.ticker", "plot").MaxNLocator(integer=True))
    scenarios = [title_of(results, str(name), language) for name in data["scenario"].unique()]
    axes.set_title(full_title(what, results, language, *scenarios[:1] * (len(scenarios) == 1)))


def _bands_explained(language: Language) -> list[Any]:
    patch = require("matplotlib.patches", "plot").Patch
    return [
        patch(color=GREY, alpha=0.75, label=say("half of the replications", language)),
        patch(color=GREY, alpha=0.35, label=say("nine tenths of the replications", language)),
    ]

"""Gains: what changes bring, as bars with their intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.decide.effects import Change, Effect, Effects
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.optional import require
from lantian.plots.style import (
    BLACK,
    Figure,
    Language,
    axes_or_new,
    colour,
    hatch,
    legend_beside,
    style,
    wrapped,
)
from lantian.plots.words import say, span_of
from lantian.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

POINTS = 100  # percentage points of a probability


def gains(
    effects: Effects,
    *,
    outcomes: str | Sequence[str] | None = None,
    scenario: Scenario | None = None,
    language: Language = "en",
    ax: Axes | None = None,
) -> Figure:
    """Draw what each change brings, with its 95 % interval.

    Parameters
    ----------
    effects
        From `lantian.value` or `lantian.slip`.
    outcomes
        One or several of the same unit, as `Effects` names them; otherwise the probabilities that
        some change moves, or all that can be judged.
    scenario
        Where names are taken from; ids and paths stand otherwise.
    language
        Of names and labels.
    ax
        Axes to draw on; default new ones.

    Returns
    -------
    Figure
        The axes, and the table that was drawn: columns lever, name, outcome, before, after,
        difference, low, high and unit; probabilities in percentage points.

    Raises
    ------
    UsageError
        If there is no such outcome, or they differ in their unit.
    """
    chosen = _chosen(effects, outcomes)
    tables = scenario.to_dict() if scenario else {}
    data = _table(effects, chosen, tables, language)
    with style(language):
        axes = axes_or_new(ax, height=max(2.4, 1.4 + 0.34 * len(data)))
        _bars(axes, data, chosen, [_outcome(name, tables, language) for name in chosen])
        _label(axes, data, effects, language)
    return Figure(axes, data)


def _chosen(effects: Effects, outcomes: str | Sequence[str] | None) -> list[str]:
    units = {effect.outcome: (effect.kind, effect.unit) for effect in effects.effects}
    if outcomes is None:
        known = [e for e in effects.effects if e.kind == "probability" and math.isfinite(e.low)]
        moved = [e for e in known if e.difference] or known
        chosen = list(dict.fromkeys(effect.outcome for effect in moved))
        if not chosen:
            raise UsageError("no probability was looked at that can be judged: name the outcomes")
        return chosen
    chosen = [outcomes] if isinstance(outcomes, str) else list(outcomes)
    wrong = [f"no effect on '{n}'{did_you_mean(n, units)}" for n in chosen if n not in units]
    if wrong or not chosen:
        raise UsageError("\n".join(wrong) or "there is no outcome to draw")
    if len({units[name] for name in chosen}) > 1:
        raise UsageError(f"one figure has one unit, not those of {', '.join(chosen)}")
    return chosen


def _table(
    effects: Effects, chosen: Sequence[str], tables: dict[str, Any], language: Language
) -> pd.DataFrame:
    pandas: Any = require("pandas", "plot")
    changes = {change.lever: change for change in effects.changes}
    drawn = [e for change in changes for e in effects.effects if e.lever == change]
    rows = [
        _row(effect, lever_name(changes[effect.lever], tables, language))
        for effect in drawn
        if effect.outcome in chosen
    ]
    table: pd.DataFrame = pandas.DataFrame(rows)
    return table


def _row(effect: Effect, name: str) -> dict[str, Any]:
    scale, unit = (POINTS, "pp") if effect.kind == "probability" else (1, effect.unit)
    ends = {key: getattr(effect, key) for key in ("before", "after")}
    if effect.kind == "probability":
        ends = {key: POINTS * value for key, value in ends.items()}
    sizes = {key: scale * getattr(effect, key) for key in ("difference", "low", "high")}
    return {"lever": effect.lever, "name": name, "outcome": effect.outcome, **ends, **sizes} | {
        "unit": unit
    }


def lever_name(change: Change, tables: dict[str, Any], language: Language) -> str:
    """Say what is changed, and to what: `Fitters, 1 to 2`."""
    table, _, rest = change.lever.partition(".")
    id = rest.partition(".")[0]
    if not rest:  # of a slip: a measure, or all
        table, id = "measures", change.lever
    if id in ("*", "all"):
        name = say("all measures", language)
    else:
        row = tables.get(table, {}).get(id, {})
        name = str((language == "zh" and row.get("name_zh")) or row.get("name", id))
    if not change.before:
        number, unit = change.after.lstrip("+-").split()
        span = say(f"{{n}} {unit}", language, n=number)
        moved = "{name}, {span} earlier" if change.after[0] == "-" else "{name}, {span} later"
        return say(moved, language, name=name, span=span)
    return say("{name}, {a} to {b}", language, name=name, a=change.before, b=change.after)


def _outcome(outcome: str, tables: dict[str, Any], language: Language) -> str:
    """Name a target; another outcome names itself."""
    head, _, id = outcome.rstrip(")").partition("(")
    row = tables.get("targets", {}).get(id, {})
    name = str((language == "zh" and row.get("name_zh")) or row.get("name", id))
    return name if head in ("probability", "date") and id else outcome


def _bars(axes: Axes, data: pd.DataFrame, chosen: Sequence[str], names: Sequence[str]) -> None:
    levers = list(dict.fromkeys(data["lever"]))
    size = 0.8 / len(chosen)
    handles: list[Any] = []
    for number, (outcome, name) in enumerate(zip(chosen, names, strict=True)):
        rows = data[data["outcome"] == outcome].fillna({"difference": 0})
        places = np.array([levers.index(lever) for lever in rows["lever"]])
        places = places + (number - (len(chosen) - 1) / 2) * size
        look: dict[str, Any] = {"facecolor": colour(number), "hatch": hatch(number)}
        look |= {"edgecolor": BLACK, "linewidth": 0.4, "height": 0.9 * size}
        handles.append(axes.barh(places, rows["difference"], label=name, **look))
        ends = rows[["low", "high"]].replace([-np.inf, np.inf], np.nan)
        axes.hlines(places, ends["low"], ends["high"], color=BLACK, linewidth=1.2)
    axes.axvline(0, color=BLACK, linewidth=0.8)
    labels = data.drop_duplicates("lever")["name"]
    axes.set_yticks(range(len(levers)), [wrapped(label, 34) for label in labels])
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    if len(chosen) > 1:
        legend_beside(axes, handles)
    else:
        axes.set_title(wrapped(names[0], 70))


def _label(axes: Axes, data: pd.DataFrame, effects: Effects, language: Language) -> None:
    unit = say("percentage points", language) if data["unit"][0] == "pp" else data["unit"][0]
    axes.set_xlabel(f"{say('change, with its 95 % interval', language)} [{unit}]")
    runs = say("{n} replications", language, n=effects.replications)
    years = span_of((effects.first_year, effects.last_year), language)
    title = axes.get_title(loc="left")
    axes.set_title((title + "\n" if title else "") + f"{effects.scenario} · {years} · {runs}")

"""Rows of a table of inputs by outcome, and what the figures of them have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lantian.design.inputs import CHANCE, OTHERS
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.plots.style import Language
from lantian.plots.words import say

if TYPE_CHECKING:
    import pandas as pd


def rows_of(table: pd.DataFrame, outcome: str | None) -> pd.DataFrame:
    """Give the rows of one outcome, the first where none is named.

    Raises
    ------
    UsageError
        If there is no such outcome.
    """
    known = list(dict.fromkeys(table["outcome"]))
    wanted = known[0] if outcome is None else outcome
    if wanted not in known:
        raise UsageError(
            f"there is no outcome '{wanted}'{did_you_mean(wanted, known)} "
            f"(there are: {', '.join(known)})"
        )
    return table[table["outcome"] == wanted].reset_index(drop=True)


def input_label(row: pd.Series, language: Language) -> str:
    """Name an input, and from which value to which it goes."""
    name = str(row["name"])
    if row["input"] in (CHANCE, OTHERS):
        return say(name, language)
    if "low_input" not in row or row["low_input"] != row["low_input"]:
        return name
    unit = f" {row['input_unit']}" if row["input_unit"] not in ("", "1") else ""
    return f"{name} ({_short(row['low_input'])} \N{EN DASH} {_short(row['high_input'])}{unit})"


def _short(value: float) -> str:
    return f"{value:,.0f}" if 1e3 <= abs(value) < 1e7 else f"{value:.3g}"

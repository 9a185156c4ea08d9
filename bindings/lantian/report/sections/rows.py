"""Frames as rows, for tables, and as columns of JSON, for charts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 7  # significant digits that charts and their downloads keep


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a frame."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


def columns(rows: Iterable[Mapping[str, Any]], keys: Iterable[str]) -> dict[str, list[Any]]:
    """Turn rows into columns of plain values: missing numbers and dates are None."""
    rows = list(rows)
    return {key: [plain(row[key]) for row in rows] for key in keys}


def plain(value: Any) -> Any:
    """Turn a value of a frame into one that JSON has."""
    if isinstance(value, np.generic):
        value = value.item() if not isinstance(value, np.datetime64) else value
    if value != value:
        return None
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    if isinstance(value, np.datetime64) or hasattr(value, "isoformat"):
        day = np.datetime64(value, "D")
        return None if np.isnat(day) else str(day)
    return value


def day_of(moment: Any) -> np.datetime64:
    """Give the day of a moment; NaT where pandas has any kind of nothing."""
    return np.datetime64("NaT") if moment != moment else np.datetime64(moment, "D")

"""Dates as NumPy has them, of numbers as the engine has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
_SECONDS_PER_DAY = 86_400


def dates_of_seconds(seconds: Sequence[int]) -> Array:
    """Make datetime64[s] of seconds since 1970-01-01."""
    return np.asarray(seconds, dtype=np.int64).astype("datetime64[s]")


def dates_of_days(days: Array) -> Array:
    """Make datetime64[s] of days since 1970-01-01; NaT where there is none."""
    known = np.isfinite(days)
    seconds = np.rint(np.where(known, days, 0.0) * _SECONDS_PER_DAY).astype(np.int64)
    return np.where(known, seconds.astype("datetime64[s]"), np.datetime64("NaT", "s"))

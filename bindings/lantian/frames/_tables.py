"""Making data frames: the one place where pandas is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from lantian.optional import require

if TYPE_CHECKING:
    import pandas as pd


def table_of_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Make a frame of rows; it has its columns even without any row."""
    return cast("pd.DataFrame", require("pandas", "plot").DataFrame(rows, columns=list(columns)))


def table_of_columns(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Make a frame of columns; a single value is repeated."""
    return cast("pd.DataFrame", require("pandas", "plot").DataFrame(columns))


def stacked(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put frames with the same columns one below the other."""
    return cast("pd.DataFrame", require("pandas", "plot").concat(tables, ignore_index=True))

"""Calendar years of a time axis, and what was summed in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from lantian.results import Array, Coordinate


def whole_years(time: Coordinate) -> dict[int, slice]:
    """Find the calendar years that a time axis covers from their first day to their last.

    Parameters
    ----------
    time
        An axis of days, months or years, none of which lies in two calendar years.

    Returns
    -------
    dict of int to slice
        For each whole year, in order, the positions of its intervals. A year in which the axis
        begins or ends is left out: its sum would be no calendar-year total.
    """
    bounds = np.asarray(time.bounds)
    starts = {bound: position for position, bound in enumerate(bounds.tolist())}
    years = np.unique(bounds.astype("datetime64[Y]"))
    found: dict[int, slice] = {}
    for year in years:
        first, last = (edge.astype(bounds.dtype).item() for edge in (year, year + 1))
        if first in starts and last in starts:
            found[int(year.astype(int)) + 1970] = slice(starts[first], starts[last])
    return found


def yearly_sums(amounts: Array, years: dict[int, slice]) -> Array:
    """Add amounts up by calendar year.

    Parameters
    ----------
    amounts
        Amounts, shape (..., time).
    years
        The years, as `whole_years` gives them.

    Returns
    -------
    array
        Sums, shape (..., years), in the unit of the amounts.
    """
    if not years:
        return np.empty((*amounts.shape[:-1], 0))
    return np.stack([amounts[..., span].sum(axis=-1) for span in years.values()], axis=-1)

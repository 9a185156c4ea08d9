"""Amounts of a scenario as arrays by replication and calendar year or month."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from lantian.errors import UsageError
from lantian.frames._names import check_names, pollutants
from lantian.results import Results, ScenarioResults

Account = Literal["direct", "stack", "fugitive", "indirect", "avoided"]
Period = Literal["year", "month"]
Years = int | tuple[int, int] | None
Array = npt.NDArray[np.float64]

DIRECT = ("stack", "fugitive")
PERIODS = ("year", "month")


def unit_of(results: Results, scenario: str, pollutant: str, *, by: str = "year") -> str:
    """Give the unit of an amount of a pollutant in a calendar year (or month): `t/year`."""
    check_names("pollutant", [pollutant], pollutants(results[scenario]), of=scenario)
    return f"{results[scenario].variable(pollutant).unit}/{by}"


def emitted(results: Results, scenario: str, pollutant: str, account: Account = "direct") -> Array:
    """Read the emission, of shape (replications, output intervals)."""
    here = results[scenario]
    check_names("pollutant", [pollutant], pollutants(here), of=scenario)
    known = [str(name) for name in here.coordinates["account"].values]
    check_names("account", [account], ["direct", *known], of=scenario)
    wanted = DIRECT if account == "direct" else (account,)
    rows = [row for row, name in enumerate(known) if name in wanted]
    return np.asarray(here[pollutant][:, rows].sum(axis=1), dtype=float)


def starts(results: Results, scenario: str, *, by: Period) -> npt.NDArray[np.datetime64]:
    """Give the start of the calendar year or month of each output interval."""
    check_names("period", [by], PERIODS, of="a table")
    time = results[scenario].coordinates["time"]
    assert time.bounds is not None
    longest = np.diff(time.bounds).max()
    if by == "month" and longest > np.timedelta64(31, "D"):
        raise UsageError(
            f"{results.path} has sums of calendar years: for months set 'interval = \"month\"' "
            "under [output] of the scenario and run it again"
        )
    unit: Literal["Y", "M"] = "Y" if by == "year" else "M"
    return time.values.astype(f"datetime64[{unit}]").astype("datetime64[D]")


def summed(
    values: Array, keys: npt.NDArray[np.datetime64]
) -> tuple[npt.NDArray[np.datetime64], Array]:
    """Sum the last axis over intervals with the same key; returns the keys and the sums."""
    unique, first = np.unique(keys, return_index=True)
    return unique, np.add.reduceat(values, first, axis=-1)


def calendar_years(results: Results, scenario: str, years: Years) -> npt.NDArray[np.int64]:
    """Give the calendar years of a scenario from the first to the last of `years`.

    Raises
    ------
    UsageError
        If the file does not have all of them.
    """
    known = _known_years(results, scenario)
    if years is None:
        return known
    first, last = require_years(years, (int(known[0]), int(known[-1])), of=scenario)
    return known[(known >= first) & (known <= last)]


def require_years(
    years: int | tuple[int, int], known: tuple[int, int], *, of: str
) -> tuple[int, int]:
    """Give the first and the last of some years if a scenario has them.

    Raises
    ------
    UsageError
        If it has not.
    """
    first, last = (years, years) if isinstance(years, int) else years
    if first > last or first < known[0] or last > known[1]:
        raise UsageError(
            f"years {first} to {last} are not all in {of}: it has {known[0]} to {known[1]}"
        )
    return first, last


def _known_years(results: Results, scenario: str) -> npt.NDArray[np.int64]:
    here = results[scenario].coordinates
    if "time" not in here:  # an attribution
        return np.asarray(here["year"].values, dtype=np.int64)
    known = np.unique(starts(results, scenario, by="year")).astype("datetime64[Y]")
    return known.astype(np.int64) + 1970


def whole_years(results: Results, scenario: str) -> list[int]:
    """Give the calendar years that the horizon covers from their first to their last second."""
    start, end = _horizon(results[scenario])
    first = start.astype("datetime64[Y]")
    first = first if first.astype("datetime64[s]") == start else first + 1
    last = end.astype("datetime64[Y]")
    return list(range(int(first.astype(int)) + 1970, int(last.astype(int)) + 1970))


def _horizon(results: ScenarioResults) -> tuple[np.datetime64, np.datetime64]:
    time = results.coordinates.get("time")
    if time is not None and time.bounds is not None:
        return time.bounds[0], time.bounds[-1]
    start, end = (np.datetime64(str(results.attributes[which]), "s") for which in ("start", "end"))
    return start, end


def yearly(values: Array, results: Results, scenario: str, years: Years = None) -> Array:
    """Sum up to shape (..., years) of amounts of shape (..., output intervals)."""
    keys, sums = summed(values, starts(results, scenario, by="year"))
    wanted = calendar_years(results, scenario, years)
    return sums[..., np.isin(keys.astype("datetime64[Y]").astype(np.int64) + 1970, wanted)]

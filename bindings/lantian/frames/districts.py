"""What is emitted where, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lantian.errors import UsageError
from lantian.frames._amounts import Array, Years, calendar_years, unit_of
from lantian.frames._names import labels, scenario_ids
from lantian.frames._tables import stacked, table_of_columns
from lantian.frames.contributions import REST, by_group
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd


def district_loads(
    results: Results,
    pollutant: str,
    *,
    before: str,
    after: str,
    years: Years = None,
    years_before: Years = None,
) -> pd.DataFrame:
    """Direct emission a year of each district, in two scenarios or at two times.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    pollutant
        Its id.
    before, after
        The two scenarios; the same one twice, to compare years.
    years
        A year, or the first and the last; default all. Values are means over them.
    years_before
        Years of the state before, where they are others.

    Returns
    -------
    pandas.DataFrame
        One row a state (`before`, `after`) and district; columns state, scenario, first_year,
        last_year, district, name, name_zh, latitude and longitude (degrees, NaN where the scenario
        has none), mean, p05, p95, unit (`t/year`).

    Raises
    ------
    UsageError
        If a name is unknown, the run did not keep districts, or both states are the same.
    """
    scenario_ids(results, (before, after))
    states = {"before": (before, years if years_before is None else years_before)}
    states["after"] = (after, years)
    if states["before"] == states["after"]:
        raise UsageError("before and after are the same: give two scenarios, or years_before")
    return stacked(
        [
            _state(results, pollutant, state, scenario, when)
            for state, (scenario, when) in states.items()
        ]
    )


def _state(
    results: Results, pollutant: str, state: str, scenario: str, years: Years
) -> pd.DataFrame:
    loads = by_group(results, scenario, pollutant, "district", years)
    loads.pop(REST, None)
    values = np.array(list(loads.values())).reshape(len(loads), -1)
    low, high = np.quantile(values, (0.05, 0.95), axis=1)
    names = labels(results[scenario], "district")
    latitude, longitude = _places(results, scenario)
    covered = calendar_years(results, scenario, years)
    return table_of_columns(
        {
            "state": state,
            "scenario": scenario,
            "first_year": covered[0],
            "last_year": covered[-1],
            "district": list(loads),
            "name": [names[district][0] for district in loads],
            "name_zh": [names[district][1] for district in loads],
            "latitude": latitude,
            "longitude": longitude,
            "mean": values.mean(axis=1),
            "p05": low,
            "p95": high,
            "unit": unit_of(results, scenario, pollutant),
        }
    )


def _places(results: Results, scenario: str) -> tuple[Array, Array]:
    """Read latitudes and longitudes, NaN where the scenario states none."""
    beside = results[scenario].coordinates["district"].companions
    return (
        np.asarray(beside["latitude"], dtype=float),
        np.asarray(beside["longitude"], dtype=float),
    )

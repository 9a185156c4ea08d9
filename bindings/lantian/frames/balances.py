"""Whether the breakdowns of a result add up to its totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lantian.frames._amounts import DIRECT, Array, emitted, yearly
from lantian.frames._names import pollutants
from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

# Plants leave out what belongs to none, so they add up to less; these add up to everything.
COMPLETE = ("zone", "district", "sector", "source")
COLUMNS = ["scenario", "pollutant", "by", "largest_difference", "unit"]


def balances(results: Results) -> pd.DataFrame:
    """Compare the direct total of every year and replication with the sums of its breakdowns.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, pollutant, by (zone, district, sector, source; those that were kept), and
        largest_difference, relative to the total; 0 where both are 0.
    """
    rows = [
        {
            "scenario": scenario,
            "pollutant": pollutant,
            "by": by,
            "largest_difference": _largest(results, scenario, pollutant, by),
            "unit": "1",
        }
        for scenario in results
        for pollutant in pollutants(results[scenario])
        for by in COMPLETE
        if f"{pollutant}_by_{by}" in results[scenario]
    ]
    return table_of_rows(rows, COLUMNS)


def _largest(results: Results, scenario: str, pollutant: str, by: str) -> float:
    totals = yearly(emitted(results, scenario, pollutant), results, scenario)
    sums = _summed(results, scenario, f"{pollutant}_by_{by}")
    scale = np.where(totals == 0, 1.0, np.abs(totals))
    return float(np.max(np.abs(sums - totals) / scale))


def _summed(results: Results, scenario: str, variable: str) -> Array:
    here = results[scenario]
    values = here[variable]
    dims = here.variable(variable).dims
    if "account" in dims:
        known = [str(name) for name in here.coordinates["account"].values]
        wanted = [known.index(account) for account in DIRECT]
        values = values.take(wanted, axis=dims.index("account")).sum(axis=dims.index("account"))
    sums = values.sum(axis=1)
    return sums if dims[-1] == "year" else yearly(sums, results, scenario)

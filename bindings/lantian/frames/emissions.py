"""How much is emitted, when, and how uncertain that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from lantian.frames._amounts import Account, Period, emitted, starts, summed, unit_of
from lantian.frames._names import Scenarios, scenario_ids
from lantian.frames._tables import stacked, table_of_columns
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

BANDS = (0.05, 0.25, 0.5, 0.75, 0.95)


def emissions(
    results: Results,
    pollutant: str,
    *,
    scenario: Scenarios = None,
    by: Period = "year",
    account: Account = "direct",
) -> pd.DataFrame:
    """Emission of a pollutant in each calendar year or month of each replication.

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
        `"direct"` is stack and fugitive together.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, account, replication, year, start, end, value, unit (`t/year`).

    Raises
    ------
    UsageError
        If there is no such scenario, pollutant or account, or the output intervals are too long.
    """
    tables = []
    for name in scenario_ids(results, scenario):
        begins, sums = _by_period(results, name, pollutant, by, account)
        replications, periods = sums.shape
        columns = _period_columns(np.tile(begins, replications), by)
        tables.append(
            table_of_columns(
                {
                    "scenario": name,
                    "account": account,
                    "replication": np.repeat(np.arange(replications), periods),
                    **columns,
                    "value": sums.ravel(),
                    "unit": unit_of(results, name, pollutant, by=by),
                }
            )
        )
    return stacked(tables)


def emission_bands(
    results: Results,
    pollutant: str,
    *,
    scenario: Scenarios = None,
    by: Period = "year",
    account: Account = "direct",
) -> pd.DataFrame:
    """Median and bands over the replications of the emission in each calendar year or month.

    The parameters and errors are those of `emissions`.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, account, year, start, end, mean, p05, p25, p50, p75, p95, unit: half of
        the replications lie within p25 to p75, nine tenths within p05 to p95.
    """
    tables = []
    for name in scenario_ids(results, scenario):
        begins, sums = _by_period(results, name, pollutant, by, account)
        quantiles = np.quantile(sums, BANDS, axis=0)
        bands = {f"p{round(100 * q):02d}": row for q, row in zip(BANDS, quantiles, strict=True)}
        tables.append(
            table_of_columns(
                {
                    "scenario": name,
                    "account": account,
                    **_period_columns(begins, by),
                    "mean": sums.mean(axis=0),
                    **bands,
                    "unit": unit_of(results, name, pollutant, by=by),
                }
            )
        )
    return stacked(tables)


def _by_period(
    results: Results, scenario: str, pollutant: str, by: Period, account: Account
) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.float64]]:
    values = emitted(results, scenario, pollutant, account)
    return summed(values, starts(results, scenario, by=by))


def _period_columns(
    begins: npt.NDArray[np.datetime64], by: Period
) -> dict[str, npt.NDArray[np.generic]]:
    unit = "Y" if by == "year" else "M"
    ends = (begins.astype(f"datetime64[{unit}]") + 1).astype("datetime64[s]")
    years = begins.astype("datetime64[Y]").astype(np.int64) + 1970
    return {"year": years, "start": begins.astype("datetime64[s]"), "end": ends}

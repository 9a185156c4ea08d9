"""How much a scenario emits less than its base, by pollutant, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.frames._amounts import Array, Years, emitted, unit_of, yearly
from lantian.frames._intervals import mean_interval
from lantian.frames._names import pollutants, scenario_ids
from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["scenario", "pollutant", "base_mean", "mean", "change", "low", "high", "p05", "p95"]
COLUMNS += ["share", "share_below", "unit"]


def changes(results: Results, *, base: str, scenario: str, years: Years = None) -> pd.DataFrame:
    """Direct emission a year in a scenario less that in its base, in the same paired worlds.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    base, scenario
        The two scenarios.
    years
        A year, or the first and the last; default all. Values are means over them.

    Returns
    -------
    pandas.DataFrame
        One row for each pollutant that both emit: the means base_mean and mean, their difference
        change with the ends low and high of the 95 % t interval of this mean (NaN with one
        parameter draw), its quantiles p05 and p95 over the replications, share (change over
        base_mean; NaN where that is 0), share_below (of the replications in which the scenario
        emits less), unit (`t/year`).

    Raises
    ------
    UsageError
        If there is no such scenario, or not all of the years.
    """
    scenario_ids(results, (base, scenario))
    both = [name for name in pollutants(results[scenario]) if name in pollutants(results[base])]
    return table_of_rows(
        [_change(results, base, scenario, pollutant, years) for pollutant in both], COLUMNS
    )


def annual_mean(results: Results, scenario: str, pollutant: str, years: Years) -> Array:
    """Direct emission of a year, the mean over `years`: one value a replication."""
    values = yearly(emitted(results, scenario, pollutant), results, scenario, years)
    return np.asarray(values.mean(axis=-1))


def _change(
    results: Results, base: str, scenario: str, pollutant: str, years: Years
) -> dict[str, Any]:
    before = annual_mean(results, base, pollutant, years)
    after = annual_mean(results, scenario, pollutant, years)
    chance_draws = int(results.attributes["chance_draws"])
    change, _, low, high = mean_interval(after - before, chance_draws=chance_draws)
    p05, p95 = np.quantile(after - before, (0.05, 0.95))
    base_mean = float(before.mean())
    return {
        "scenario": scenario,
        "pollutant": pollutant,
        "base_mean": base_mean,
        "mean": float(after.mean()),
        "change": change,
        "low": low,
        "high": high,
        "p05": p05,
        "p95": p95,
        "share": change / base_mean if base_mean else np.nan,
        "share_below": float((after < before).mean()),
        "unit": unit_of(results, scenario, pollutant),
    }

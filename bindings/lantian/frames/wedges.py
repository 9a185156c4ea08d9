"""What each measure of a ladder takes off the emissions, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lantian.frames._amounts import calendar_years, emitted, unit_of, yearly
from lantian.frames._names import scenario_ids
from lantian.frames._steps import steps_of
from lantian.frames._tables import stacked, table_of_columns
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd


def wedges(
    results: Results, pollutant: str, *, scenarios: Sequence[str] | None = None
) -> pd.DataFrame:
    """Direct emission that each step of a ladder saves in each calendar year.

    The wedge of a step is the emission of the scenario before it less that of its own, in the same
    replication. It depends on the order of the steps: where two measures act on one source, the
    later one saves a share of what the earlier one left.

    Parameters
    ----------
    results
        A ladder, or any results whose scenarios nest.
    pollutant
        Its id.
    scenarios
        The scenarios in order, the base first; default all of the file.

    Returns
    -------
    pandas.DataFrame
        One row a step and year; columns step, scenario, base, measure, name, name_zh, year, mean,
        p05, p95, unit (`t/year`). Negative where the step raises the emission.

    Raises
    ------
    UsageError
        If a name is unknown, or a scenario lacks a measure of the one before.
    """
    tables = []
    for step in steps_of(results, scenarios):
        levels = [
            yearly(emitted(results, name, pollutant), results, name)
            for name in (step.base, step.scenario)
        ]
        saved = levels[0] - levels[1]
        low, high = np.quantile(saved, (0.05, 0.95), axis=0)
        tables.append(
            table_of_columns(
                {
                    "step": step.number,
                    "scenario": step.scenario,
                    "base": step.base,
                    "measure": step.measure,
                    "name": step.name,
                    "name_zh": step.name_zh,
                    "year": calendar_years(results, step.scenario, None),
                    "mean": saved.mean(axis=0),
                    "p05": low,
                    "p95": high,
                    "unit": unit_of(results, step.scenario, pollutant),
                }
            )
        )
    return stacked(tables)


def ladder_levels(
    results: Results, pollutant: str, *, scenarios: Sequence[str] | None = None
) -> pd.DataFrame:
    """Mean direct emission of each scenario of a ladder in each calendar year.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, year, mean, unit (`t/year`).
    """
    return stacked(
        [
            table_of_columns(
                {
                    "scenario": name,
                    "year": calendar_years(results, name, None),
                    "mean": yearly(emitted(results, name, pollutant), results, name).mean(axis=0),
                    "unit": unit_of(results, name, pollutant),
                }
            )
            for name in scenario_ids(results, scenarios)
        ]
    )

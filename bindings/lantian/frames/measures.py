"""When measures are done, and what their time is spent on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lantian.frames._names import Scenarios, named, scenario_ids
from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

DATES = ["p10", "p50", "p90"]


def measure_dates(results: Results, *, scenario: Scenarios = None) -> pd.DataFrame:
    """Dates by which each measure reaches its milestones.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        One scenario, several, or all of the file.

    Returns
    -------
    pandas.DataFrame
        One row a measure and milestone; columns scenario, measure, name, name_zh, milestone,
        reached (share of the replications that reach it within the horizon, `unit` 1), and the
        dates p10, p50, p90 by which so many of *these* have (NaT where none does).

    Raises
    ------
    UsageError
        If there is no such scenario.
    """
    rows = []
    for name in scenario_ids(results, scenario):
        here = results[name]
        dates = here["measure_date"]
        milestones = [str(milestone) for milestone in here.coordinates["milestone"].values]
        for m, about in enumerate(named(here, "measure")):
            for k, milestone in enumerate(milestones):
                rows.append(
                    {"scenario": name, **about, "milestone": milestone, **_dates(dates[:, m, k])}
                )
    columns = ["scenario", "measure", "name", "name_zh", "milestone", "reached", "unit", *DATES]
    frame = table_of_rows(rows, columns)
    return frame.astype(dict.fromkeys(DATES, "datetime64[s]"))


def date_quantile(dates: npt.NDArray[np.datetime64], share: float) -> np.datetime64:
    """Quantile of the dates that are not NaT, to the second; NaT if none is."""
    known = dates[~np.isnat(dates)].astype("datetime64[s]")
    if not len(known):
        return np.datetime64("NaT", "s")
    return np.datetime64(int(np.quantile(known.astype(np.int64), share)), "s")


def _dates(dates: npt.NDArray[np.datetime64]) -> dict[str, Any]:
    return {
        "reached": float((~np.isnat(dates)).mean()),
        "unit": "1",
        "p10": date_quantile(dates, 0.1),
        "p50": date_quantile(dates, 0.5),
        "p90": date_quantile(dates, 0.9),
    }


def measure_causes(results: Results, *, scenario: Scenarios = None) -> pd.DataFrame:
    """Days that each measure spends on each cause, along its critical path.

    Returns
    -------
    pandas.DataFrame
        One row a measure and cause; columns scenario, measure, name, name_zh, cause
        (`predecessors`, `permits`, `crews`, `money`, `season`, `alerts`, `work`), mean, p90 (over
        all replications), unit (`d`).

    Raises
    ------
    UsageError
        If there is no such scenario.
    """
    rows = []
    for name in scenario_ids(results, scenario):
        here = results[name]
        days = here["measure_time"]
        causes = [str(cause) for cause in here.coordinates["cause"].values]
        for m, about in enumerate(named(here, "measure")):
            for c, cause in enumerate(causes):
                spent = {"mean": days[:, m, c].mean(), "p90": np.quantile(days[:, m, c], 0.9)}
                rows.append({"scenario": name, **about, "cause": cause, **spent, "unit": "d"})
    columns = ["scenario", "measure", "name", "name_zh", "cause", "mean", "p90", "unit"]
    return table_of_rows(rows, columns)

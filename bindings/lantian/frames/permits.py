"""What the worst window of a rolling limit holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.frames._names import Scenarios, named, scenario_ids
from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["scenario", "target", "name", "name_zh", "pollutant", "days", "limit", "mean", "p05"]
COLUMNS += ["p95", "exceeding", "share_above", "unit"]
ROUNDING = 1e-9  # relative: a window that lies so little above the limit keeps it


def worst_windows(results: Results, *, scenario: Scenarios = None) -> pd.DataFrame:
    """Compare the worst window of each target of kind `permit` with its limit.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        One scenario, several, or all of the file.

    Returns
    -------
    pandas.DataFrame
        One row a target; columns scenario, target, name, name_zh, pollutant, days (length of the
        window), limit (that a window may hold), what the worst window of a replication holds by its
        mean and quantiles p05 and p95, exceeding (mean share of the windows above the limit),
        share_above (of the replications in which any window is), unit (`t`).

    Raises
    ------
    UsageError
        If there is no such scenario.
    """
    rows = [row for name in scenario_ids(results, scenario) for row in _permits(results, name)]
    return table_of_rows(rows, COLUMNS)


def _permits(results: Results, scenario: str) -> list[dict[str, Any]]:
    here = results[scenario]
    if "permit_worst" not in here:
        return []
    window = here.coordinates["window"].companions
    rows = []
    for p, about in enumerate(named(here, "window", column="target")):
        worst = here["permit_worst"][:, p]
        limit = float(window["limit"][p])
        p05, p95 = np.quantile(worst, (0.05, 0.95))
        rows.append(
            {
                "scenario": scenario,
                **about,
                "pollutant": str(window["pollutant"][p]),
                "days": float(window["length"][p]),
                "limit": limit,
                "mean": worst.mean(),
                "p05": p05,
                "p95": p95,
                "exceeding": here["permit_exceeding"][:, p].mean(),
                "share_above": (worst > limit * (1 + ROUNDING)).mean(),
                "unit": str(window["unit"][p]),
            }
        )
    return rows

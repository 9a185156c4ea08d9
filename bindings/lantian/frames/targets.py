"""How likely targets are met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.frames._names import Scenarios, labels, scenario_ids
from lantian.frames._tables import table_of_rows
from lantian.results import Array, Results

if TYPE_CHECKING:
    import pandas as pd

Z_95 = 1.959963984540054  # quantile 0.975 of the standard normal distribution


def target_chances(results: Results, *, scenario: Scenarios = None) -> pd.DataFrame:
    """Probability that each target is met, with Wilson's 95 % interval.

    With several chance draws the interval takes the replications as independent, which they are
    only within a parameter draw; `lantian.compare` gives the band over parameters beside it.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        One scenario, several, or all of the file.

    Returns
    -------
    pandas.DataFrame
        One row a target; columns scenario, target, name, name_zh, met and assessable (numbers of
        replications), probability (NaN where none is assessable), low, high (the interval; 0 and 1
        where none is), unit (`1`), median_margin (positive is met; NaN where it has none), and
        margin_unit.

    Raises
    ------
    UsageError
        If there is no such scenario.
    """
    rows = [row for name in scenario_ids(results, scenario) for row in _targets(results, name)]
    columns = ["scenario", "target", "name", "name_zh", "met", "assessable", "probability"]
    columns += ["low", "high", "unit", "median_margin", "margin_unit"]
    return table_of_rows(rows, columns)


def wilson_interval(met: int, trials: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a probability seen as `met` of `trials`.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    if trials == 0:
        return 0.0, 1.0
    share = met / trials
    spread = Z_95**2 / trials
    centre = share + spread / 2
    half = Z_95 * np.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    low, high = (centre - half) / (1 + spread), (centre + half) / (1 + spread)
    return float(0.0 if met == 0 else low), float(1.0 if met == trials else high)


def _targets(results: Results, scenario: str) -> list[dict[str, Any]]:
    here = results[scenario]
    coordinate = here.coordinates["target"]
    flags = {meaning: value for value, meaning in here.variable("target_met").flags.items()}
    verdicts = here["target_met"]
    units = coordinate.companions.get("margin_unit", [""] * len(coordinate.values))
    rows = []
    for t, (target, (name, name_zh)) in enumerate(labels(here, "target").items()):
        met = int((verdicts[:, t] == flags["met"]).sum())
        assessable = int((verdicts[:, t] != flags["not_assessable"]).sum())
        low, high = wilson_interval(met, assessable)
        rows.append(
            {
                "scenario": scenario,
                "target": target,
                "name": name,
                "name_zh": name_zh,
                "met": met,
                "assessable": assessable,
                "probability": met / assessable if assessable else np.nan,
                "low": low,
                "high": high,
                "unit": "1",
                "median_margin": _median(here["target_margin"][:, t])
                if "target_margin" in here
                else np.nan,
                "margin_unit": str(units[t]),
            }
        )
    return rows


def _median(margins: Array) -> float:
    known = margins[~np.isnan(margins)]
    return float(np.median(known)) if len(known) else np.nan

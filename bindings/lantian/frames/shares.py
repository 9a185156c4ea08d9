"""Whose tonnes, whose money: what an attribution shares out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.errors import UsageError
from lantian.frames._amounts import Years, calendar_years
from lantian.frames._effects import METHODS, is_attribution, kind_of, shared_units, without_crumbs
from lantian.frames._intervals import mean_interval
from lantian.frames._names import labels
from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

MONEY = ("capital", "operating", "cost", "annuity")
COLUMNS = [
    "method",
    "quantity",
    "group",
    "name",
    "name_zh",
    "kind",
    "change",
    "low",
    "high",
    "of_all",
    "unit",
]


def shares(results: Results, *, years: Years = None) -> pd.DataFrame:
    """Change in emissions and in money that each group of measures is responsible for.

    Parameters
    ----------
    results
        An attribution, of any method.
    years
        A year, or the first and the last, over which is summed; default all.

    Returns
    -------
    pandas.DataFrame
        One row a quantity (a pollutant's direct emission, then `capital`, `operating`, their sum
        `cost`, and `annuity`, what the capital costs a year) and group. `change` is a mean over the
        replications, plan less base, with its 95 % interval `low` to `high`; where orders were
        sampled, the interval does not have the error of that. `of_all` is its share of the whole
        change, NaN where that is nothing.

    Raises
    ------
    UsageError
        If the file is no attribution, or lacks some of the years.
    """
    if not is_attribution(results):
        raise UsageError(f"{results.path} holds runs: shares are what lantian attribute writes")
    (plan,) = results
    here = results[plan]
    names = labels(here, "group")
    chosen = np.isin(here.coordinates["year"].values, calendar_years(results, plan, years))
    rows: list[dict[str, Any]] = []
    for quantity in (*shared_units(here), *MONEY):
        values = without_crumbs(here[f"{quantity}_by_group"][..., chosen].sum(axis=-1))
        whole = here[f"{quantity}_change"][..., chosen].sum(axis=-1).mean()
        for row, group in enumerate(names):
            mean, _, low, high = mean_interval(values[:, row])
            rows.append(
                {
                    "method": METHODS[str(here.attributes["method"])],
                    "quantity": quantity,
                    "group": group,
                    "name": names[group][0],
                    "name_zh": names[group][1],
                    "kind": kind_of(group),
                    "change": mean,
                    "low": low,
                    "high": high,
                    "of_all": mean / whole + 0.0 if whole else np.nan,  # no -0
                    "unit": here.variable(f"{quantity}_by_group").unit,
                }
            )
    return table_of_rows(rows, COLUMNS)

"""What a tonne costs that a measure saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lantian.errors import UsageError
from lantian.frames._amounts import Years, emitted, unit_of, yearly
from lantian.frames._steps import Step, steps_of
from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]

# ASSUMPTION: 8 % is the social discount rate of the Chinese parameters for economic evaluation of
# construction projects (third edition, 2006), from memory; 15 years is ours for flue-gas cleaning,
# range 10 to 20.
DISCOUNT_RATE = 0.08
LIFETIME_YEARS = 15.0


def abatement_costs(
    results: Results,
    pollutant: str,
    *,
    scenarios: Sequence[str] | None = None,
    years: Years = None,
    discount_rate: float = DISCOUNT_RATE,
    lifetime_years: float = LIFETIME_YEARS,
) -> pd.DataFrame:
    """Abatement and cost a year of each step of a ladder, and what an abated tonne costs.

    A step's cost is what its scenario costs more than the one before in the same replication:
    capital of the whole horizon times the capital recovery factor, and the mean operating cost of a
    year in `years`. Its abatement is the mean direct emission of a year saved in `years`. All cost
    is charged to the one pollutant, though most measures save several.

    Parameters
    ----------
    results
        A ladder, or any results whose scenarios nest.
    pollutant
        Its id.
    scenarios
        The scenarios in order, the base first; default all of the file.
    years
        A year, or the first and the last; default all. Choose years in which the works are done:
        capital is charged in full however short its effect.
    discount_rate
        Share a year. The default, 0.08, is an ASSUMPTION.
    lifetime_years
        Years over which capital is recovered. The default, 15, is an ASSUMPTION.

    Returns
    -------
    pandas.DataFrame
        One row a step: abatement (mean, in `abatement_unit`) with its quantiles 0.1 and 0.9;
        capital (annualised), operating and their sum cost (means, in `cost_unit`, money of
        `price_year`); cost_per_unit, the mean cost over the mean abatement [`unit`], NaN where the
        mean abatement is not positive; its quantiles 0.1 and 0.9 over the replications that
        abate, whose share is share_abating. Costs are 0 where the scenario gives none.

    Raises
    ------
    UsageError
        If a name is unknown, a scenario lacks a measure of the one before, or the lifetime or the
        rate is impossible.
    """
    factor = capital_recovery_factor(discount_rate, lifetime_years)
    rows = [_row(results, step, pollutant, years, factor) for step in steps_of(results, scenarios)]
    return table_of_rows(rows, list(rows[0]))


def capital_recovery_factor(discount_rate: float, lifetime_years: float) -> float:
    """Share of a capital sum to pay at each year's end to recover it with interest [1/year]."""
    if not lifetime_years > 0 or not discount_rate > -1:
        raise UsageError(
            f"lifetime_years = {lifetime_years} and discount_rate = {discount_rate}: "
            "the first must be above 0 years, the second above -1 (0.08 is 8 % a year)"
        )
    if discount_rate == 0:
        return 1 / lifetime_years
    return float(discount_rate / (1 - (1 + discount_rate) ** -lifetime_years))


def _row(
    results: Results, step: Step, pollutant: str, years: Years, factor: float
) -> dict[str, Any]:
    def more(of: str) -> Array:
        return _spent(results, step.scenario, of) - _spent(results, step.base, of)

    def per_year(values: Array, scenario: str) -> Array:
        return np.asarray(yearly(values, results, scenario, years).mean(axis=-1))

    abated = per_year(emitted(results, step.base, pollutant), step.base) - per_year(
        emitted(results, step.scenario, pollutant), step.scenario
    )
    capital = factor * more("capital_by_measure").sum(axis=-1)
    operating = per_year(more("operating_by_measure"), step.scenario)
    unit = unit_of(results, step.scenario, pollutant)
    return {
        "step": step.number,
        "scenario": step.scenario,
        "base": step.base,
        "measure": step.measure,
        "name": step.name,
        "name_zh": step.name_zh,
        "abatement": abated.mean(),
        "abatement_p10": np.quantile(abated, 0.1),
        "abatement_p90": np.quantile(abated, 0.9),
        "abatement_unit": unit,
        "capital": capital.mean(),
        "operating": operating.mean(),
        "cost": (capital + operating).mean(),
        "cost_unit": "CNY/year",
        **_cost_per_unit(capital + operating, abated),
        "unit": f"CNY/{unit.split('/')[0]}",
        "price_year": int(results[step.scenario].attributes.get("price_year", 0)),
    }


def _spent(results: Results, scenario: str, variable: str) -> Array:
    """Money of all measures, of shape (replications, output intervals)."""
    return np.asarray(results[scenario][variable].sum(axis=1), dtype=float)


def _cost_per_unit(cost: Array, abated: Array) -> dict[str, float]:
    abates = abated > 0
    ratio = cost[abates] / abated[abates]
    low, high = np.quantile(ratio, (0.1, 0.9)) if abates.any() else (np.nan, np.nan)
    mean = abated.mean()
    return {
        "cost_per_unit": cost.mean() / mean if mean > 0 else np.nan,
        "cost_per_unit_p10": low,
        "cost_per_unit_p90": high,
        "share_abating": abates.mean(),
    }

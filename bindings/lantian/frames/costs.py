"""What an abated tonne costs, measure by measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.frames._amounts import Years
from lantian.frames._effects import Effect, Effects, effects_of
from lantian.frames._intervals import mean_interval
from lantian.frames._ratios import ratio_of_means, ratio_quantiles
from lantian.frames._tables import table_of_rows
from lantian.frames.weights import Of
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd


def marginal_costs(
    results: Results, of: Of, *, scenarios: Sequence[str] | None = None, years: Years = None
) -> pd.DataFrame:
    """Abatement and cost a year of each group of measures, and what an abated tonne costs.

    The cost of a year is what the capital of the whole horizon costs a year over the life of what
    it builds, at the scenario's discount rate, and the mean operating cost of a year in `years`.
    All of it is charged to `of`, though most measures abate other pollutants too.

    Parameters
    ----------
    results
        An attribution, of any method; or a ladder (any results whose scenarios nest), whose steps
        are sequential.
    of
        A pollutant; weights by pollutant, `{"SO2": 1, "NOx": 1}`; or `"tax-equivalents"`, the
        pollution equivalents of China's environmental protection tax.
    scenarios
        Of a ladder: the scenarios in order, the base first; default all of the file.
    years
        A year, or the first and the last; default the last whole one. Choose years in which the
        works are done: capital is charged in full however short its effect.

    Returns
    -------
    pandas.DataFrame
        One row a group. `method` is `alone` (first-in), `last`, `sequential` or `integrated`
        (Shapley); `kind` is `measures`, or `interaction` and `other-changes` for what belongs to
        none. `applied` is the place in the order of a sequential method, `place` that on the curve,
        the cheapest first. `abatement` is a mean, with its 95 % interval (`_low`, `_high`) and the
        quantiles 0.1 and 0.9 over the replications; `capital` [CNY] the sum that is spent,
        `annuity` and `operating` [`cost_unit`] its parts of `cost`. `cost_per_unit` is mean cost
        over mean abatement, NaN where that is not positive and for what is no group of measures;
        `_low` and `_high` are the ends of Fieller's 95 % interval, NaN where the abatement may be
        nothing; the quantiles 0.1 and 0.9 are those of the replications that abate, whose share is
        `share_abating`. Costs are 0 where the scenario gives none.

    Raises
    ------
    UsageError
        If a name is unknown, years are not in the file, a scenario lacks a measure of the one
        before, or weights cannot be.
    """
    effects = effects_of(results, of, scenarios=scenarios, years=years)
    rows = [_row(results, effects, effect) for effect in effects.effects]
    for place, row in enumerate(sorted(filter(_is_on_the_curve, rows), key=_height), start=1):
        row["place"] = place
    return table_of_rows(rows, list(rows[0]))


def _is_on_the_curve(row: dict[str, Any]) -> bool:
    return not math.isnan(row["cost_per_unit"])


def _height(row: dict[str, Any]) -> float:
    return float(row["cost_per_unit"])


def _row(results: Results, effects: Effects, effect: Effect) -> dict[str, Any]:
    unit = effects.amount.unit
    attributes = results[effects.scenario].attributes
    draws = results[effects.scenario].chance_draws
    abated = effect.abated
    mean, _, low, high = mean_interval(abated, chance_draws=draws)
    return {
        "method": effects.method,
        "group": effect.group,
        "name": effect.name,
        "name_zh": effect.name_zh,
        "measures": effect.measures,
        "kind": effect.kind,
        "applied": effect.applied,
        "place": math.nan,
        "abatement": mean,
        "abatement_low": low,
        "abatement_high": high,
        "abatement_p10": np.quantile(abated, 0.1),
        "abatement_p90": np.quantile(abated, 0.9),
        "abatement_unit": f"{unit}/year",
        "capital": effect.capital.mean(),
        "annuity": effect.annuity.mean(),
        "operating": effect.operating.mean(),
        "cost": (effect.annuity + effect.operating).mean(),
        "cost_unit": "CNY/year",
        **_cost_per_unit(effect, draws),
        "unit": f"CNY/{unit}",
        "first_year": effects.years[0],
        "last_year": effects.years[1],
        "price_year": int(attributes.get("price_year", 0)),
        "discount_rate": float(attributes.get("discount_rate", 0)),
    }


def _cost_per_unit(effect: Effect, chance_draws: int) -> dict[str, float]:
    cost, abated = effect.annuity + effect.operating, effect.abated
    ratio, low, high = ratio_of_means(cost, abated, chance_draws=chance_draws)
    p10, p90, share = ratio_quantiles(cost, abated)
    if effect.kind != "measures":
        ratio, low, high, p10, p90 = [math.nan] * 5
    return {
        "cost_per_unit": ratio,
        "cost_per_unit_low": low,
        "cost_per_unit_high": high,
        "cost_per_unit_p10": p10,
        "cost_per_unit_p90": p90,
        "share_abating": share,
    }

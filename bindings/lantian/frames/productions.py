"""What each plant may make, can make, and makes in the simulation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.frames._names import labels, named
from lantian.frames._tables import table_of_rows
from lantian.frames.quantities import KG_PER_T, Array, Quantities
from lantian.results import Results, ScenarioResults

if TYPE_CHECKING:
    import pandas as pd

DECLARED = ("permit", "capacity", "production")
COLUMNS = ["scenario", "plant", "name", "name_zh", "product", *DECLARED, "year", "mean", "p05"]
COLUMNS += ["p95", "bound", "bound_kind", "share_above", "unit"]
ROUNDING = 1e-9  # relative: what lies so little above a bound is at the bound


def productions(results: Results, tables: Mapping[str, Any], *, scenario: str) -> pd.DataFrame:
    """Permit and capacity of plants beside their simulated production.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    tables
        The scenario's tables, from `results.scenario(scenario).to_dict()`.
    scenario
        Its id.

    Returns
    -------
    pandas.DataFrame
        One row a plant and calendar year: permit, capacity and declared production (means over the
        replications, NaN where not given or no mass a year), the simulated production by its mean
        and quantiles p05 and p95, bound (the permit, else the capacity) and which of both it is in
        bound_kind, share_above (of the replications in which production exceeds it), unit
        (`t/year` of product).
    """
    here = results[scenario]
    if "production_by_plant" not in here:
        return table_of_rows([], COLUMNS)
    made = here["production_by_plant"]
    years = here.coordinates["year"].values
    quantities = Quantities(here)
    rows = []
    for p, names in enumerate(named(here, "plant")):
        plant = names["plant"]
        table = tables.get("plants", {}).get(plant, {})
        bounds = {key: _declared(quantities, table, plant, key) for key in DECLARED}
        about = {
            "scenario": scenario,
            **names,
            "product": str(table.get("product", "")),
            **{key: np.nan if value is None else value.mean() for key, value in bounds.items()},
        }
        for y, year in enumerate(years):
            rows.append({**about, "year": int(year), **_made(made[:, p, y], bounds)})
    return table_of_rows(rows, COLUMNS).assign(unit="t/year")


def intensities(results: Results, pollutant: str, *, scenario: str, year: int) -> pd.DataFrame:
    """Direct emission of each plant per tonne of its product, in a calendar year.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, pollutant, plant, name, name_zh, mean, p05, p95 (over the replications in
        which the plant makes something), share_making (of the replications), unit (such as
        `kg/t`). No rows for what the scenario did not keep; plants that never make anything in
        the year are left out.
    """
    columns = ["scenario", "pollutant", "plant", "name", "name_zh", "mean", "p05", "p95"]
    columns += ["share_making", "unit"]
    here = results[scenario]
    rows = []
    if f"{pollutant}_by_plant" in here and "production_by_plant" in here:
        unit, scale = _per_tonne(here, pollutant)
        column = list(here.coordinates["year"].values).index(year)
        emitted = here[f"{pollutant}_by_plant"][:, :, column] * scale
        made = here["production_by_plant"][:, :, column]
        for p, (plant, (name, name_zh)) in enumerate(labels(here, "plant").items()):
            makes = made[:, p] > 0
            if not makes.any():
                continue
            ratio = emitted[makes, p] / made[makes, p]
            p05, p95 = np.quantile(ratio, (0.05, 0.95))
            values = (scenario, pollutant, plant, name, name_zh, ratio.mean(), p05, p95)
            rows.append(dict(zip(columns, (*values, makes.mean(), unit), strict=True)))
    return table_of_rows(rows, columns)


def _per_tonne(here: ScenarioResults, pollutant: str) -> tuple[str, float]:
    unit = here.variable(pollutant).unit
    return ("kg/t", KG_PER_T) if unit == "t" else (f"{unit}/t", 1.0)


def _declared(
    quantities: Quantities, table: Mapping[str, Any], plant: str, key: str
) -> Array | None:
    if key not in table:
        return None
    value = quantities.value(table[key], f"plants.{plant}.{key}")
    return None if value is None else value / KG_PER_T


def _made(values: Array, bounds: Mapping[str, Array | None]) -> dict[str, Any]:
    kind = next((key for key in ("permit", "capacity") if bounds[key] is not None), "")
    bound = bounds[kind] if kind else None
    p05, p95 = np.quantile(values, (0.05, 0.95))
    return {
        "mean": values.mean(),
        "p05": p05,
        "p95": p95,
        "bound": np.nan if bound is None else bound.mean(),
        "bound_kind": kind,
        "share_above": np.nan if bound is None else float((values > bound * (1 + ROUNDING)).mean()),
    }

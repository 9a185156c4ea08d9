"""Who must do what under an alert, and what the orders cut in the simulation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.frames._names import labels, pollutants
from lantian.frames._tables import table_of_rows
from lantian.frames.quantities import Quantities
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("yellow", "orange", "red")
ORDERS = ["scenario", "measure", "order", "name", "name_zh", "grade", *LEVELS, "least", "obeyed"]
ORDERS += ["unit"]
LIST = ["scenario", "measure", "source", "source_name", "source_name_zh", "plant", "grade"]
LIST += ["order", "name", "name_zh", *LEVELS, "unit"]
CUTS = ["scenario", "pollutant", "level", "orders", "mean", "p05", "p95", "days", "replications"]
CUTS += ["unit"]


def alert_orders(results: Results, tables: Mapping[str, Any], *, scenario: str) -> pd.DataFrame:
    """Cuts that each order asks for, by performance grade and alert level.

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
        One row an order and grade (`any` is who has no row of his own): the shares yellow, orange
        and red to cut (NaN where nothing is said, which is nothing to cut), least (share below
        which a unit cannot be turned down), obeyed (share of the cut that is carried out).
    """
    quantities = Quantities(results[scenario])
    rows = []
    for measure, order in _orders(tables):
        path = f"measures.{measure}.orders[{order['id']}]"
        for grade, cuts in order.get("cuts", {}).items():
            rows.append(
                {
                    "scenario": scenario,
                    "measure": measure,
                    **_named(order),
                    "grade": grade,
                    **_cuts(quantities, cuts, f"{path}.cuts.{grade}"),
                    "least": _mean(quantities, order.get("least", 0.0), f"{path}.least"),
                    "obeyed": _mean(quantities, order.get("obeyed", 1.0), f"{path}.obeyed"),
                    "unit": "1",
                }
            )
    return table_of_rows(rows, ORDERS)


def alert_list(results: Results, tables: Mapping[str, Any], *, scenario: str) -> pd.DataFrame:
    """List the sources under an order, with what it asks of their plants' grade at the start.

    A source is under the first order that names it, by itself, its plant, process or sector.

    Returns
    -------
    pandas.DataFrame
        One row a source and alert measure; columns scenario, measure, source, source_name,
        source_name_zh, plant (empty where it belongs to none), grade (empty where it has none),
        order, name and name_zh of the order, and the shares yellow, orange and red to cut.
    """
    quantities = Quantities(results[scenario])
    sources, plants = tables.get("sources", {}), tables.get("plants", {})
    rows = []
    for source, (name, name_zh) in labels(results[scenario], "source").items():
        row = sources.get(source, {})
        grade = plants.get(row.get("plant", ""), {}).get("grade", "")
        under: set[str] = set()
        for measure, order in _orders(tables):
            if measure in under or not _names(order, source, row, plants):
                continue
            under.add(measure)
            cuts = order.get("cuts", {})
            used = grade if grade in cuts else "any"
            path = f"measures.{measure}.orders[{order['id']}].cuts.{used}"
            rows.append(
                {
                    "scenario": scenario,
                    "measure": measure,
                    "source": source,
                    "source_name": name,
                    "source_name_zh": name_zh,
                    "plant": row.get("plant", ""),
                    "grade": grade,
                    **_named(order),
                    **_cuts(quantities, cuts.get(used, {}), path),
                    "unit": "1",
                }
            )
    return table_of_rows(rows, LIST)


def alert_cuts(results: Results, *, scenario: str) -> pd.DataFrame:
    """Share of the direct emission under alert that the orders cut, by pollutant and level.

    Returns
    -------
    pandas.DataFrame
        One row a pollutant, level and view (`in_force`: as it happens; `without_exemptions`: were
        grade A not let off): mean and quantiles p05, p95 over the replications in which the level
        occurs, days (mean number a year under that level) and the number of these replications.
        No rows where the scenario does not account by alert, or no alert occurs.
    """
    here = results[scenario]
    rows = []
    views = [str(name) for name in here.coordinates["orders"].values]
    levels = [str(name) for name in here.coordinates["alert_level"].values]
    for pollutant in pollutants(here):
        if f"{pollutant}_by_alert" not in here:
            continue
        # (replications, orders, levels), over all zones and years
        emitted = here[f"{pollutant}_by_alert"].sum(axis=(1, 4))
        days = here["alert_time"].mean(axis=(0, 2))
        for k, level in enumerate(levels):
            full = emitted[:, views.index("none"), k]
            occurs = full > 0
            if not occurs.any():
                continue
            for view in ("in_force", "without_exemptions"):
                cut = 1 - emitted[occurs, views.index(view), k] / full[occurs]
                p05, p95 = np.quantile(cut, (0.05, 0.95))
                about = (scenario, pollutant, level, view)
                values = (*about, cut.mean(), p05, p95, days[k], int(occurs.sum()), "1")
                rows.append(dict(zip(CUTS, values, strict=True)))
    return table_of_rows(rows, CUTS)


def _orders(tables: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for measure, table in sorted(tables.get("measures", {}).items()):
        if table.get("kind") == "alert_response":
            for order in table.get("orders", []):
                yield measure, order


def _names(
    order: Mapping[str, Any], source: str, row: Mapping[str, Any], plants: Mapping[str, Any]
) -> bool:
    plant = row.get("plant", "")
    sector = row.get("sector") or plants.get(plant, {}).get("sector", "")
    return (
        source in order.get("sources", [])
        or plant in order.get("plants", [])
        or row.get("process", "") in order.get("processes", [])
        or sector in order.get("sectors", [])
    )


def _named(order: Mapping[str, Any]) -> dict[str, str]:
    name = str(order.get("name") or order["id"])
    return {"order": order["id"], "name": name, "name_zh": str(order.get("name_zh") or name)}


def _cuts(quantities: Quantities, cuts: Mapping[str, Any], path: str) -> dict[str, float]:
    return {level: _mean(quantities, cuts.get(level), f"{path}.{level}") for level in LEVELS}


def _mean(quantities: Quantities, number: Any, path: str) -> float:
    value = quantities.value(number, path)
    return np.nan if value is None else float(value.mean())

"""What sources add to the air where people breathe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.errors import UsageError
from lantian.frames._amounts import Array, Years
from lantian.frames._names import Scenarios, check_names, named, scenario_ids
from lantian.frames._tables import table_of_rows
from lantian.results import Results, ScenarioResults

if TYPE_CHECKING:
    import pandas as pd

PREFIX = "concentration_"
COLUMNS = ["scenario", "pollutant", "receptor", "name", "name_zh", "year", "mean", "p05", "p95"]
COLUMNS += ["coverage", "population", "method", "unit"]
EXPOSURES = ["scenario", "pollutant", "year", "mean", "p05", "p95", "coverage", "people"]
EXPOSURES += ["method", "unit"]


def concentrations(
    results: Results,
    *,
    pollutant: str | None = None,
    scenario: Scenarios = None,
    years: Years = None,
) -> pd.DataFrame:
    """Annual mean concentrations that the sources add at each receptor.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    pollutant
        Its id; default all that the scenario names under `[dispersion]`.
    scenario
        One scenario, several, or all of the file.
    years
        A year, or the first and the last; default all.

    Returns
    -------
    pandas.DataFrame
        One row a scenario, pollutant, receptor and calendar year; columns scenario, pollutant,
        receptor, name, name_zh, year, mean, p05, p95, coverage (mean share of the direct emission
        whose effect at the receptor is known), population, method (`screening`, `matrix` or
        `matrix-else-screening`), unit (`ug m-3`). Where no source is known the mean is NaN. No rows
        for scenarios without receptors.

    Raises
    ------
    UsageError
        If a name is unknown, or not all of the years are there.
    """
    rows = [
        row
        for name, here, one in _parts(results, pollutant, scenario)
        for row in _at_receptors(name, here, one, years)
    ]
    return table_of_rows(rows, COLUMNS)


def exposures(
    results: Results,
    *,
    pollutant: str | None = None,
    scenario: Scenarios = None,
    years: Years = None,
) -> pd.DataFrame:
    """Concentration that a person meets: the mean over the people of the receptors that count.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    pollutant
        Its id; default all that the scenario names under `[dispersion]`.
    scenario
        One scenario, several, or all of the file.
    years
        A year, or the first and the last; default all.

    Returns
    -------
    pandas.DataFrame
        One row a scenario, pollutant and calendar year; columns scenario, pollutant, year, mean,
        p05, p95, coverage (mean share of the direct emission whose effect on a person is known),
        people (of the receptors that count), method, unit (`ug m-3`). The mean is NaN where nothing
        is known of a receptor that counts. No rows for scenarios without receptors.

    Raises
    ------
    UsageError
        If a name is unknown, or not all of the years are there.
    """
    rows: list[dict[str, Any]] = []
    for name, here, one in _parts(results, pollutant, scenario):
        places = _places_of(here, name, years)
        values = np.asarray(here[f"exposure_{one}"], dtype=float)[:, places]
        coverage = np.asarray(here[f"exposure_coverage_{one}"], dtype=float).mean(axis=0)
        beside = here.coordinates["receptor"].companions
        people = float(np.sum(beside["population"] * beside["in_exposure"]))
        rows.extend(
            {
                "scenario": name,
                "pollutant": one,
                "year": int(here.coordinates["year"].values[place]),
                **_spread(values[:, column]),
                "coverage": coverage[place],
                "people": people,
                "method": here.attributes["dispersion_method"],
                "unit": here.variable(f"exposure_{one}").unit,
            }
            for column, place in enumerate(places)
        )
    return table_of_rows(rows, EXPOSURES)


def air_pollutants(results: ScenarioResults) -> tuple[str, ...]:
    """Ids of the pollutants whose concentration is in the results."""
    return tuple(name.removeprefix(PREFIX) for name in results if name.startswith(PREFIX))


def _parts(
    results: Results, pollutant: str | None, scenario: Scenarios
) -> Iterator[tuple[str, ScenarioResults, str]]:
    """Give each scenario with receptors and each of its pollutants that is asked for."""
    asked = scenario_ids(results, scenario)
    known = {name: air_pollutants(results[name]) for name in asked}
    if pollutant is not None:
        everywhere = tuple(dict.fromkeys(one for ids in known.values() for one in ids))
        check_names("concentration of", [pollutant], everywhere, of=results.path)
    for name, ids in known.items():
        for one in ids:
            if pollutant in (None, one):
                yield name, results[name], one


def _at_receptors(
    name: str, here: ScenarioResults, pollutant: str, years: Years
) -> Iterable[dict[str, Any]]:
    values = np.asarray(here[PREFIX + pollutant], dtype=float)
    coverage = np.asarray(here[f"receptor_coverage_{pollutant}"], dtype=float).mean(axis=0)
    people = here.coordinates["receptor"].companions["population"]
    for r, about in enumerate(named(here, "receptor")):
        for place in _places_of(here, name, years):
            yield {
                "scenario": name,
                "pollutant": pollutant,
                **about,
                "year": int(here.coordinates["year"].values[place]),
                **_spread(values[:, r, place]),
                "coverage": coverage[r, place],
                "population": float(people[r]),
                "method": here.attributes["dispersion_method"],
                "unit": here.variable(PREFIX + pollutant).unit,
            }


def _places_of(here: ScenarioResults, name: str, years: Years) -> list[int]:
    """Places along the axis of years."""
    known = [int(year) for year in here.coordinates["year"].values]
    if years is None:
        return list(range(len(known)))
    first, last = (years, years) if isinstance(years, int) else years
    if first > last or first < known[0] or last > known[-1]:
        raise UsageError(
            f"years {first} to {last} are not all in {name}: it has {known[0]} to {known[-1]}"
        )
    return [place for place, year in enumerate(known) if first <= year <= last]


def _spread(values: Array) -> dict[str, float]:
    low, high = np.quantile(values, (0.05, 0.95))
    return {"mean": float(values.mean()), "p05": float(low), "p95": float(high)}

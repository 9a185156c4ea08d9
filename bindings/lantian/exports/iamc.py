"""Results in the format of the IAMC: what pyam reads, with the names of the common lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from lantian.errors import UsageError
from lantian.exports.iamc_names import sectors_of
from lantian.exports.iamc_series import Places, Series, YearlySeries
from lantian.exports.names import require_known
from lantian.optional import require

if TYPE_CHECKING:
    import pandas as pd

    from lantian.results import Array, Results, ScenarioResults

Statistics = Literal["mean", "quantiles"]
COLUMNS = ("model", "scenario", "region", "variable", "unit", "year", "value")
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
_IN_PERCENT = 100


def to_iamc(
    results: Results,
    *,
    region: str,
    by: Places | None = None,
    model: str | None = None,
    statistics: Statistics = "mean",
    base: str | None = None,
    sectors: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Give yearly totals in the format of the IAMC, ready for `pyam.IamDataFrame`.

    Emissions are direct ones (stack and fugitive) under the names and units of the IAMC's
    common lists: `Emissions|Sulfur` in `Mt SO2/yr`, `Emissions|NOx|Industrial Processes|Iron
    and Steel` in `Mt NO2/yr`, ... Particulate matter, the accounts of emissions, abatement,
    costs, compliance and targets have names of our own; docs/exports.md lists them. Only whole
    calendar years are reported.

    Parameters
    ----------
    region
        What to call the place of the whole inventory, such as `"Baotou"`. The total has all
        that the inventory has, also what lies in a zone outside the city.
    by
        `"zone"` or `"district"` adds totals of these, as regions `"Baotou|<name>"`. Accounts
        are told apart by zone only.
    model
        What the column `model` says; `"Lantian <version>"` by default.
    statistics
        `"mean"`: the mean over the replications. `"quantiles"`: 0.05, 0.25, 0.5, 0.75 and 0.95
        of the yearly totals, as pyam has them: model `"Quantiles"`, the quantile in the column
        `scenario`, here behind the scenario: `"as-planned|0.05"`. Quantiles do not add up.
    base
        Id of a scenario from which `Abatement|...` of the others is counted, world by world.
    sectors
        Sector of the common lists for sectors of the scenarios, by id; for those of the
        scenarios that come with Lantian it is known. Others are reported as `Other`, with a
        warning.

    Returns
    -------
    pandas.DataFrame
        In long form: `model`, `scenario`, `region`, `variable`, `unit`, `year`, `value`.

    Raises
    ------
    UsageError
        If an option is unknown, a sector is not in the common lists, a horizon has no whole
        calendar year, or a substance of the lists is not accounted as a mass.
    ImportError
        If pandas is not installed: `pip install 'lantian[iamc]'`.
    """
    pandas = require("pandas", "iamc")
    _require_options(results, by=by, statistics=statistics, base=base)
    name = model or f"Lantian {results.attributes['program_version']}"
    known = sectors_of(_sector_ids(results, sectors), sectors)
    base_series = None if base is None else YearlySeries(results[base], region, by)
    rows: list[tuple[Any, ...]] = []
    for scenario in results.values():
        mine = YearlySeries(scenario, region, by)
        _require_whole_years(scenario, mine)
        for series in mine.all(known):
            rows += _rows(name, scenario.name, mine.years, series, statistics)
        if base_series is not None and scenario.name != base:
            for years, series in _abatement(mine, base_series):
                rows += _rows(name, scenario.name, years, series, statistics)
        if statistics == "mean":
            rows += _targets(name, region, scenario, mine.years[-1])
    table: pd.DataFrame = pandas.DataFrame(rows, columns=list(COLUMNS))
    return table


def _require_options(results: Results, *, by: object, statistics: object, base: str | None) -> None:
    if by not in (None, *get_args(Places)):
        raise UsageError(f"by: None, 'zone' or 'district', not {by!r}")
    if statistics not in get_args(Statistics):
        raise UsageError(f"statistics: 'mean' or 'quantiles', not {statistics!r}")
    if base is not None:
        require_known([base], list(results), what="scenario", where=str(results.path))


def _sector_ids(results: Results, chosen: Mapping[str, str] | None) -> list[str]:
    ids = dict.fromkeys(
        sector for scenario in results.values() for sector in scenario.coordinates["sector"].values
    )
    require_known(chosen or (), list(ids), what="sector", where=str(results.path))
    return list(ids)


def _require_whole_years(scenario: ScenarioResults, series: YearlySeries) -> None:
    if not series.years:
        bounds = np.asarray(scenario.coordinates["time"].bounds).astype("datetime64[D]")
        raise UsageError(
            f"{scenario.name}: its horizon, {bounds[0]} to {bounds[-1]}, has no whole calendar "
            "year; the IAMC's format has yearly totals"
        )


def _abatement(mine: YearlySeries, base: YearlySeries) -> Iterator[tuple[list[int], Series]]:
    """Say what the base emits more in each year, world by world (the worlds are paired)."""
    years = [year for year in mine.years if year in base.years]
    for pollutant in mine.pollutants():
        if pollutant in base.pollutants():
            ours, theirs = mine.direct(pollutant), base.direct(pollutant)
            less = _of_years(theirs, base.years, years) - _of_years(ours, mine.years, years)
            name = ours.variable.split("|", 1)[1]
            yield years, Series(ours.region, f"Abatement|{name}", ours.unit, less)


def _of_years(series: Series, years: list[int], chosen: list[int]) -> Array:
    return series.values[:, [years.index(year) for year in chosen]]


def _rows(
    model: str, scenario: str, years: list[int], series: Series, statistics: Statistics
) -> Iterator[tuple[Any, ...]]:
    known = np.isfinite(series.values).any(axis=0)
    reported = np.array(years)[known].tolist()
    for (source, label), values in _summaries(model, scenario, series.values[:, known], statistics):
        for year, value in zip(reported, values.tolist(), strict=True):
            yield (source, label, series.region, series.variable, series.unit, year, value)


def _summaries(
    model: str, scenario: str, values: Array, statistics: Statistics
) -> Iterator[tuple[tuple[str, str], Array]]:
    """Give a model and a scenario, and the values a year that they stand for."""
    if statistics == "mean":
        yield (model, scenario), np.nanmean(values, axis=0)
        return
    quantiles = np.nanquantile(values, QUANTILES, axis=0)
    for quantile, of_years in zip(QUANTILES, quantiles, strict=True):
        yield ("Quantiles", f"{scenario}|{quantile}"), of_years


def _targets(
    model: str, region: str, scenario: ScenarioResults, year: int
) -> Iterator[tuple[Any, ...]]:
    """Share of the assessable worlds in which each target is met, in the horizon's last year."""
    if "target_met" not in scenario:
        return
    code = {meaning: flag for flag, meaning in scenario.variable("target_met").flags.items()}
    met = (scenario["target_met"] == code["met"]).sum(axis=0)
    assessed = (scenario["target_met"] != code["not_assessable"]).sum(axis=0)
    targets = scenario.coordinates["target"].values
    for target, reached, judged in zip(targets, met.tolist(), assessed.tolist(), strict=True):
        if judged:
            name = f"Probability of Target|{target}"
            share = _IN_PERCENT * reached / judged
            yield (model, scenario.name, region, name, "%", year, share)

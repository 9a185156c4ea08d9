"""The results of a scenario as an xarray Dataset: the one that xarray reads from the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.dates import dates_of_days
from lantian.exports.names import require_known
from lantian.optional import require

if TYPE_CHECKING:
    import xarray

    from lantian.results import Array, Coordinate, Results, ScenarioResults, Variable

Entry = tuple[tuple[str, ...], "Array", dict[str, Any]]  # dims, values, attributes

_STATISTICS = {
    "mean": "mean over the replications",
    "se": "standard error of the mean over the replications",
    "quantile": "quantiles over the replications",
    "quantile_error": "most by which a quantile may be wrong",
    "number": "replications that have a value",
}
_NUMBER_OF_FLAGS = "number of replications"


def to_xarray(results: ScenarioResults, variables: Iterable[str] | None = None) -> xarray.Dataset:
    """Give the results as an xarray Dataset, without copying the arrays.

    It is what `xarray.open_dataset(path, group=name)` gives: dimensions, coordinates with
    names and places beside them, decoded dates, and the attributes `units`, `long_name`,
    `cell_methods` and `flag_meanings`; but read by Lantian, with its checks for damage.

    Parameters
    ----------
    variables
        Names of variables, or of their statistics such as `"NOx_mean"`; all by default. With
        names, only the coordinates of these variables are there.

    Raises
    ------
    UsageError
        With every name that is not in the file, and the nearest one that is.
    ImportError
        If xarray is not installed: `pip install 'lantian[xarray]'`.
    """
    xarray_ = require("xarray", "xarray")
    entries = _variables(results, variables)
    used = {dim for dims, _, _ in entries.values() for dim in dims}
    axes = {
        name: axis
        for name, axis in results.coordinates.items()
        if variables is None or name in used
    }
    coordinates: dict[str, Entry] = {}
    for axis in axes.values():
        coordinates |= _axis(axis)
    if "replication" in used:
        coordinates |= _replications(results)
    if "quantile" in used:
        coordinates["quantile"] = _quantiles(results)
    if any(axis.bounds is not None for axis in axes.values()):
        entries |= {f"{a.name}_bnds": _bounds(a) for a in axes.values() if a.bounds is not None}
        coordinates["bnds"] = _edges()
    dataset: xarray.Dataset = xarray_.Dataset(entries, coords=coordinates, attrs=results.attributes)
    return dataset


def all_to_xarray(
    results: Results, variables: Iterable[str] | None = None
) -> dict[str, xarray.Dataset]:
    """Give each scenario as an xarray Dataset, by its id; see `ScenarioResults.to_xarray`.

    `xarray.DataTree.from_dict` makes a tree of the result. Scenarios with the same axes are
    joined by `xarray.concat(d.values(), dim=pandas.Index(d, name="scenario"))`.
    """
    chosen = None if variables is None else list(variables)
    return {name: to_xarray(scenario, chosen) for name, scenario in results.items()}


def _variables(results: ScenarioResults, variables: Iterable[str] | None) -> dict[str, Entry]:
    statistics = {
        statistic: (name, statistic.removeprefix(f"{name}_"))
        for name in results
        for statistic in results.statistics(name)
    }
    known = [*(name for name in results if results.has_values(name)), *statistics]
    chosen = known if variables is None else list(dict.fromkeys(variables))
    require_known(chosen, known, what="variable", where=results.name)
    entries: dict[str, Entry] = {}
    for name in chosen:
        if name in statistics:
            entries[name] = _statistic(results, *statistics[name])
        else:
            described = results.variable(name)
            entries[name] = (described.dims, results[name], _attributes(described))
    return entries


def _statistic(results: ScenarioResults, name: str, statistic: str) -> Entry:
    dims, values = results.array(f"{name}_{statistic}")
    variable = results.variable(name)
    attributes = _attributes(variable)
    if variable.is_date and statistic in ("mean", "quantile"):
        values = dates_of_days(values)
    elif variable.is_date:
        attributes["units"] = "d"
    meaning = _NUMBER_OF_FLAGS if variable.flags else _STATISTICS[statistic]
    if statistic == "number":
        attributes = {"long_name": variable.long_name, "units": "1"}
    attributes["long_name"] = ": ".join(
        part for part in (attributes.get("long_name"), meaning) if part
    )
    if statistic == "mean":
        methods = f"{attributes.get('cell_methods', '')} replication: mean"
        attributes["cell_methods"] = methods.strip()
    return dims, values, attributes


def _attributes(variable: Variable) -> dict[str, Any]:
    attributes: dict[str, Any] = {"long_name": variable.long_name}
    if not variable.is_date:  # a date of NumPy is its own unit
        attributes["units"] = variable.unit
    attributes["cell_methods"] = variable.cell_methods
    if variable.flags:
        attributes["flag_values"] = np.array(list(variable.flags), dtype=np.int8)
        attributes["flag_meanings"] = " ".join(variable.flags.values())
    return _without_blanks(attributes)


def _axis(axis: Coordinate) -> dict[str, Entry]:
    attributes = {"long_name": axis.long_name}
    if axis.bounds is not None:
        attributes |= {"standard_name": "time", "axis": "T", "bounds": f"{axis.name}_bnds"}
    elif axis.values.dtype != object:
        attributes |= {"units": "1"}
    entries: dict[str, Entry] = {
        axis.name: ((axis.name,), axis.values, _without_blanks(attributes))
    }
    for companion, values in axis.companions.items():
        described = axis.companion_attributes.get(companion, {})
        entries[f"{axis.name}_{companion}"] = ((axis.name,), values, _without_blanks(described))
    return entries


def _replications(results: ScenarioResults) -> dict[str, Entry]:
    numbers = np.arange(results.replications, dtype=np.int32)
    draws = np.int32(results.chance_draws)
    dims = ("replication",)
    return {
        "replication": (dims, numbers, {"long_name": "replication, from 0"}),
        "parameter_draw": (
            dims,
            numbers // draws,
            {"long_name": "draw of the parameters, from 0"},
        ),
        "chance_draw": (
            dims,
            numbers % draws,
            {"long_name": "draw of chance within the parameter draw, from 0"},
        ),
    }


def _quantiles(results: ScenarioResults) -> Entry:
    dims, values = results.array("quantile")
    name = "quantile over the replications (type 7 of Hyndman and Fan)"
    return dims, values, {"long_name": name, "units": "1"}


def _bounds(axis: Coordinate) -> Entry:
    bounds = np.asarray(axis.bounds)
    # Both edges of an interval, as a view: the end of one is the start of the next.
    pairs = np.lib.stride_tricks.sliding_window_view(bounds, 2)
    return (axis.name, "bnds"), pairs, {}


def _edges() -> Entry:
    name = "edge of an interval: 0 its start, 1 its end"
    return ("bnds",), np.arange(2, dtype=np.int32), {"long_name": name}


def _without_blanks(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in attributes.items() if not isinstance(value, str) or value
    }

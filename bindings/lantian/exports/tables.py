"""A variable as a tidy pandas table: one row an observation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.errors import UsageError
from lantian.exports.names import require_known
from lantian.optional import require

if TYPE_CHECKING:
    import pandas as pd

    from lantian.results import Array, Results, ScenarioResults, Variable

# Variables whose unit differs along an axis: that axis, and its companion with the unit.
_UNIT_ALONG = {
    "activity_by_source": ("source", "activity_unit"),
    "parameter_value": ("parameter", "unit"),
    "permit_worst": ("window", "unit"),
    "target_margin": ("target", "margin_unit"),
}


def to_pandas(results: ScenarioResults, variable: str, *, statistics: bool = False) -> pd.DataFrame:
    """Give a variable as a tidy table: one row an observation.

    Parameters
    ----------
    variable
        Its name.
    statistics
        Whether to give its mean, standard error and quantiles over the replications, as they
        are in the file, instead of every replication.

    Returns
    -------
    pandas.DataFrame
        With the columns `scenario`, `replication` (or `statistic`: `"mean"`, `"se"`, `"5%"`,
        ...), one for each further axis of the variable, `value` and `unit`. Times are starts
        of intervals. Flags have a column `meaning`. Texts are categoricals.

    Raises
    ------
    UsageError
        If there is no such variable, or the file has no statistics of it.
    ImportError
        If pandas is not installed: `pip install 'lantian[pandas]'`.
    """
    pandas = require("pandas", "pandas")
    require_known([variable], list(results), what="variable", where=results.name)
    described = results.variable(variable)
    coordinates = results.coordinates
    if statistics:
        labels, values = _statistics(results, described)
    else:
        labels, values = {"replication": np.arange(results.replications)}, results[variable]
    labels |= {dim: coordinates[dim].values for dim in described.dims[1:]}

    columns: dict[str, Any] = {"scenario": _constant(results.name, values.size)}
    for axis, name in enumerate(labels):
        columns[name] = _along(labels[name], axis, values.shape)
    columns["value"] = values.ravel()
    if described.flags:
        columns["meaning"] = _meanings(described, values)
    columns["unit"] = _units(results, described, list(labels), values.shape)
    table: pd.DataFrame = pandas.DataFrame(columns, copy=False)
    return table


def all_to_pandas(results: Results, variable: str, *, statistics: bool = False) -> pd.DataFrame:
    """Give a variable of all scenarios that have it as one tidy table.

    See `ScenarioResults.to_pandas`.
    """
    pandas = require("pandas", "pandas")
    require_known(
        [variable],
        list(dict.fromkeys(name for scenario in results.values() for name in scenario)),
        what="variable",
        where=str(results.path),
    )
    tables = [
        to_pandas(scenario, variable, statistics=statistics)
        for scenario in results.values()
        if variable in scenario
    ]
    columns = {name: _joined([table[name] for table in tables]) for name in tables[0]}
    joined: pd.DataFrame = pandas.DataFrame(columns, copy=False)
    return joined


def _statistics(results: ScenarioResults, described: Variable) -> tuple[dict[str, Array], Array]:
    if not results.has_statistics(described.name):
        raise UsageError(
            f"{results.name}: the file has no statistics of {described.name!r}; "
            "compute them from its replications"
        )
    arrays = [results.array(f"{described.name}_{one}")[1] for one in ("mean", "se", "quantile")]
    quantiles = [f"{100 * quantile:g}%" for quantile in results.array("quantile")[1]]
    labels = np.array(["mean", "se", *quantiles], dtype=object)
    return {"statistic": labels}, np.concatenate([arrays[0][None], arrays[1][None], arrays[2]])


def _along(labels: Array, axis: int, shape: tuple[int, ...]) -> Any:
    """Repeat the labels of an axis for every value; texts as a categorical, which stays small."""
    positions = np.arange(shape[axis]).reshape([-1 if a == axis else 1 for a in range(len(shape))])
    codes = np.broadcast_to(positions, shape).ravel()
    return _categorical(codes, labels) if labels.dtype == object else labels[codes]


def _constant(text: str, size: int) -> Any:
    return _categorical(np.zeros(size, dtype=np.int8), np.array([text], dtype=object))


def _meanings(described: Variable, values: Array) -> Any:
    numbers = np.array(sorted(described.flags))
    meanings = np.array([described.flags[number] for number in numbers], dtype=object)
    return _categorical(np.searchsorted(numbers, values.ravel()), meanings)


def _units(
    results: ScenarioResults, described: Variable, axes: list[str], shape: tuple[int, ...]
) -> Any:
    if described.name in _UNIT_ALONG:
        axis, companion = _UNIT_ALONG[described.name]
        units = results.coordinates[axis].companions[companion]
        distinct = {unit: code for code, unit in enumerate(dict.fromkeys(units))}
        codes = np.array([distinct[unit] for unit in units], dtype=np.int32)
        return _categorical(
            _along(codes, axes.index(axis), shape), np.array(list(distinct), dtype=object)
        )
    size = int(np.prod(shape))
    return _constant("" if described.is_date or described.flags else described.unit, size)


def _categorical(codes: Array, labels: Array) -> Any:
    return require("pandas", "pandas").Categorical.from_codes(codes, labels)


def _joined(columns: list[pd.Series[Any]]) -> Any:
    pandas = require("pandas", "pandas")
    if isinstance(columns[0].dtype, pandas.CategoricalDtype):
        return pandas.api.types.union_categoricals(columns)
    return np.concatenate([column.to_numpy() for column in columns])

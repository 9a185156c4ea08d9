"""Where the difference between two scenarios comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from lantian.errors import UsageError
from lantian.frames._amounts import DIRECT, Years, calendar_years, emitted, unit_of, yearly
from lantian.frames._names import check_names, labels, scenario_ids
from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

Group = Literal["sector", "plant", "zone", "district", "source"]
Array = npt.NDArray[np.float64]
GROUPS = ("sector", "plant", "zone", "district", "source")
REST = "other"
COLUMNS = ["group", "name", "name_zh", "base", "scenario", "difference", "p05", "p95", "unit"]
ROUNDING = 1e-9  # of sums that are made in another order


def contributions(
    results: Results,
    pollutant: str,
    *,
    base: str,
    scenario: str,
    by: Group = "sector",
    years: Years = None,
    largest: int | None = None,
) -> pd.DataFrame:
    """Direct emission a year by sector, plant, zone, district or source, in two scenarios.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    pollutant
        Its id.
    base, scenario
        The two scenarios.
    by
        What a row is. What belongs to none (a lorry fleet to no plant) is a row `other`.
    years
        A year, or the first and the last; default all. Values are means over them.
    largest
        Keep so many rows, those with the largest mean difference, and add the rest up in a row
        `other`; default all.

    Returns
    -------
    pandas.DataFrame
        Columns group, name, name_zh, base, scenario (means), difference (scenario less base, mean)
        with its quantiles p05 and p95, unit (`t/year`); the largest reduction first,
        `other` last.

    Raises
    ------
    UsageError
        If a name is unknown, or the run did not keep this breakdown.
    """
    scenario_ids(results, (base, scenario))
    check_names("grouping", [by], GROUPS, of="this table")
    before = by_group(results, base, pollutant, by, years)
    after = by_group(results, scenario, pollutant, by, years)
    names = {REST: ("Other", "其他"), **labels(results[base], by), **labels(results[scenario], by)}
    nothing = np.zeros(results.replications)
    pairs = {
        group: (before.get(group, nothing), after.get(group, nothing))
        for group in dict.fromkeys([*before, *after])
    }
    unit = unit_of(results, base, pollutant)
    rows: list[dict[str, Any]] = [
        {
            "group": group,
            "name": names[group][0],
            "name_zh": names[group][1],
            **_difference(*pair),
            "unit": unit,
        }
        for group, pair in _merged(pairs, largest).items()
    ]
    rows.sort(key=lambda row: (row["group"] == REST, row["difference"]))
    return table_of_rows(rows, COLUMNS)


def by_group(
    results: Results, scenario: str, pollutant: str, by: Group, years: Years
) -> dict[str, Array]:
    """Give the mean direct emission of a year of each group, one value a replication."""
    here = results[scenario]
    unit_of(results, scenario, pollutant)
    variable = f"{pollutant}_by_{by}"
    if variable not in here:
        raise UsageError(
            f"{scenario} has no emissions by {by}: add \"{by}\" to 'dimensions' under [output] of "
            "the scenario and run it again"
        )
    values = np.asarray(here[variable], dtype=float)
    if "account" in here.variable(variable).dims:
        accounts = [str(name) for name in here.coordinates["account"].values]
        values = values[:, :, [accounts.index(name) for name in DIRECT]].sum(axis=2)
    means = _mean_year(values, results, scenario, here.variable(variable).dims[-1], years)
    ids = [str(name) for name in here.coordinates[by].values]
    groups = {group: means[:, row] for row, group in enumerate(ids)}
    all_of_it = yearly(emitted(results, scenario, pollutant), results, scenario, years).mean(
        axis=-1
    )
    rest = all_of_it - means.sum(axis=1)
    if (np.abs(rest) > ROUNDING * np.abs(all_of_it)).any():
        groups[REST] = rest
    return groups


def _mean_year(values: Array, results: Results, scenario: str, axis: str, years: Years) -> Array:
    """Mean over years of values of shape (replications, groups, intervals or years)."""
    wanted = calendar_years(results, scenario, years)
    if axis == "year":
        known = results[scenario].coordinates["year"].values
        return np.asarray(values[..., np.isin(known, wanted)].mean(axis=-1))
    return np.asarray(yearly(values, results, scenario, years).mean(axis=-1))


def _difference(before: Array, after: Array) -> dict[str, float]:
    low, high = np.quantile(after - before, (0.05, 0.95))
    return {
        "base": before.mean(),
        "scenario": after.mean(),
        "difference": (after - before).mean(),
        "p05": low,
        "p95": high,
    }


def _merged(
    pairs: dict[str, tuple[Array, Array]], largest: int | None
) -> dict[str, tuple[Array, Array]]:
    named = [group for group in pairs if group != REST]
    if largest is None or len(named) <= largest:
        return pairs
    order = sorted(named, key=lambda group: -abs((pairs[group][1] - pairs[group][0]).mean()))
    kept = {group: pairs[group] for group in order[:largest]}
    rest = [pairs[group] for group in pairs if group not in kept]
    kept[REST] = (
        np.sum([before for before, _ in rest], axis=0),
        np.sum([after for _, after in rest], axis=0),
    )
    return kept

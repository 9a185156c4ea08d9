"""What the engine makes of a scenario, all of it and in memory, and how two of these differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from written import Tree, Written

from lantian import _core
from lantian.options import options_of

DIMENSIONS = ["total", "zone", "district", "sector", "plant", "source", "alert"]
PER_POLLUTANT = (
    *("", "_by_zone", "_by_district", "_by_sector", "_by_plant", "_by_source", "_by_alert"),
)
OTHERS = (
    *("production_by_plant", "activity_by_source", "grade_time", "alert_time", "exceedance"),
    *("capital_by_measure", "operating_by_measure", "measure_state", "measure_date"),
    *("measure_time", "measure_progress", "delisted_by_measure", "parameter_value"),
    *("target_met", "target_margin"),
    *("arrivals_number", "arrivals_found", "arrivals_prevented", "arrivals_time"),
)
SHOWN = 12  # differences that are told

Labels = tuple[Any, ...]


@dataclass(frozen=True)
class Worlds:
    """Every variable of some replications: its axes by name, and the labels of each axis."""

    arrays: Mapping[str, np.ndarray]
    axes: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Labels]

    def at(self, variable: str, labels: Mapping[str, Labels]) -> np.ndarray:
        """Give the values of a variable at some labels of each axis, in their order."""
        values = self.arrays[variable]
        for place, axis in enumerate(self.axes[variable]):
            mine, wanted = self.labels.get(axis), labels.get(axis)
            if mine is not None and wanted is not None and mine != wanted:
                values = values.take([mine.index(label) for label in wanted], axis=place)
        return values

    def of(self, variable: str, **where: str) -> np.ndarray:
        """Give the values of a variable at one label of some axes, which fall away."""
        labels = {axis: (label,) for axis, label in where.items()}
        places = tuple(self.axes[variable].index(axis) for axis in where)
        return self.at(variable, labels).squeeze(axis=places)

    @property
    def dates(self) -> np.ndarray:
        """Give the dates of measures in whole seconds since 1970; -1 for never."""
        days = np.nan_to_num(self.arrays["measure_date"], nan=-1 / 86400)
        return np.rint(days * 86400).astype(np.int64)


def run(
    written: Written,
    *,
    replications: int = 2,
    seed: int = 1,
    files: Mapping[str, str] | None = None,
) -> Worlds:
    """Run a scenario in memory.

    `files` are those that it is written in, if not in one: the last is the scenario.
    """
    texts = files or {"plan.toml": with_all_output(written).text}
    top = list(texts)[-1]
    loaded = _core.LoadedScenario({name: text.encode() for name, text in texts.items()}, top)
    variables = variables_of(written.tree)
    settings = {"replications": replications, "chance_draws": 1, "seed": seed, "threads": 1}
    options = options_of({**settings, "block": 64, "overwrite": False})
    itself = [("itself", f'lantian = 1\nextends = "{top}"\n')]
    ((arrays, dims, axes, _),) = _core.evaluate(loaded, itself, variables, options, None)
    return Worlds(
        arrays=dict(zip(variables, arrays, strict=True)),
        axes={name: ("replication", *of) for name, of in zip(variables, dims, strict=True)},
        labels={
            name: tuple(axis["values"]) for name, axis in axes.items() if not axis["is_intervals"]
        },
    )


def with_all_output(written: Written) -> Written:
    """Let a scenario record all that it can."""
    output = {**written.tree.get("output", {}), "dimensions": DIMENSIONS}
    return Written({**written.tree, "output": output})


def variables_of(tree: Tree) -> list[str]:
    """Name all variables of a scenario that records all that it can."""
    return [pollutant + suffix for pollutant in tree["pollutants"] for suffix in PER_POLLUTANT] + [
        *OTHERS
    ]


def differences(
    before: Worlds, after: Worlds, *, within: float = 0, but: Collection[str] = ()
) -> list[str]:
    """Tell where two runs differ, by the labels of the first; labels that are new do not matter.

    Parameters
    ----------
    within
        Largest difference that is none, of the largest value of the variable in that replication.
    but
        Variables that are not looked at.
    """
    told = []
    for variable, old in before.arrays.items():
        if variable in but:
            continue
        new = after.at(variable, before.labels)
        if new.shape != old.shape:
            told.append(f"{variable}: its shape was {old.shape} and is {new.shape}")
            continue
        for place in zip(*np.nonzero(_differ(old, new, within)), strict=True):
            told.append(f"{_named(before, variable, place)}: {old[place]!r} -> {new[place]!r}")
    return told


def assert_same(
    before: Worlds, after: Worlds, *, within: float = 0, but: Collection[str] = ()
) -> None:
    """Fail, with where they differ, if two runs do."""
    told = differences(before, after, within=within, but=but)
    assert not told, "\n".join([f"{len(told)} values differ:", *told[:SHOWN]])


def _differ(old: np.ndarray, new: np.ndarray, within: float) -> np.ndarray:
    if within == 0:
        return ~((old == new) | (np.isnan(old) & np.isnan(new)))
    both = np.abs(np.nan_to_num(np.stack([old, new])))
    largest = both.max(axis=(0, *range(2, both.ndim)), initial=0)
    allowed = within * largest.reshape(-1, *[1] * (old.ndim - 1))
    close = np.abs(new - old) <= allowed
    return ~(close | (np.isnan(old) & np.isnan(new)))


def _named(worlds: Worlds, variable: str, place: tuple[Any, ...]) -> str:
    names = [
        f"{axis} {worlds.labels[axis][at] if axis in worlds.labels else at}"
        for axis, at in zip(worlds.axes[variable], place, strict=True)
    ]
    return f"{variable} ({', '.join(names)})"

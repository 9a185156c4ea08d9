"""What each measure of a ladder takes off the emissions, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from lantian.frames._amounts import Array, calendar_years, emitted, unit_of, yearly
from lantian.frames._names import scenario_ids
from lantian.frames._steps import Step, steps_of
from lantian.frames._tables import stacked, table_of_columns
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd


def wedges(
    results: Results,
    pollutant: str,
    *,
    scenarios: Sequence[str] | None = None,
    largest: int | None = None,
) -> pd.DataFrame:
    """Direct emission that each step of a ladder saves in each calendar year.

    The wedge of a step is the emission of the scenario before it less that of its own, in the same
    replication. It depends on the order of the steps: where two measures act on one source, the
    later one saves a share of what the earlier one left.

    Parameters
    ----------
    results
        A ladder, or any results whose scenarios nest.
    pollutant
        Its id.
    scenarios
        The scenarios in order, the base first; default all of the file.
    largest
        Keep so many steps, those that change most over all years, and add the others up in a step
        `other` at the end; default all.

    Returns
    -------
    pandas.DataFrame
        One row a step and year; columns step, scenario, base, measure, name, name_zh, year, mean,
        p05, p95 (what is saved, negative where the step raises the emission), without, with_all
        (mean emission in the first and in the last scenario), unit (`t/year`).

    Raises
    ------
    UsageError
        If a name is unknown, or a scenario lacks a measure of the one before.
    """
    steps = steps_of(results, scenarios)
    ids = [steps[0].base, *(step.scenario for step in steps)]
    levels = [yearly(emitted(results, name, pollutant), results, name) for name in ids]
    about = {
        "without": levels[0].mean(axis=0),
        "with_all": levels[-1].mean(axis=0),
        "unit": unit_of(results, ids[0], pollutant),
    }
    years = calendar_years(results, ids[0], None)
    saved = [before - after for before, after in pairwise(levels)]
    return stacked(
        table_of_columns({**_names(step), "year": years, **_spread(amount), **about})
        for step, amount in _merged(steps, saved, largest)
    )


def _names(step: Step) -> dict[str, int | str]:
    return {
        "step": step.number,
        "scenario": step.scenario,
        "base": step.base,
        "measure": step.measure,
        "name": step.name,
        "name_zh": step.name_zh,
    }


def _spread(saved: Array) -> dict[str, Array]:
    low, high = np.quantile(saved, (0.05, 0.95), axis=0)
    return {"mean": saved.mean(axis=0), "p05": low, "p95": high}


def _merged(steps: list[Step], saved: list[Array], largest: int | None) -> list[tuple[Step, Array]]:
    pairs = list(zip(steps, saved, strict=True))
    if largest is None or len(pairs) <= largest:
        return pairs
    order = sorted(pairs, key=lambda pair: -abs(pair[1].mean()))
    kept = {step.number for step, _ in order[:largest]}
    rest = [(step, amount) for step, amount in pairs if step.number not in kept]
    others = Step(
        number=len(pairs) + 1,
        base="",
        scenario="",
        measures=tuple(measure for step, _ in rest for measure in step.measures),
        name=f"{len(rest)} other steps",
        name_zh=f"其他{len(rest)}步",
    )
    total = np.sum([amount for _, amount in rest], axis=0)
    return [pair for pair in pairs if pair[0].number in kept] + [(others, total)]


def ladder_levels(
    results: Results, pollutant: str, *, scenarios: Sequence[str] | None = None
) -> pd.DataFrame:
    """Mean direct emission of each scenario of a ladder in each calendar year.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, year, mean, unit (`t/year`).
    """
    return stacked(
        [
            table_of_columns(
                {
                    "scenario": name,
                    "year": calendar_years(results, name, None),
                    "mean": yearly(emitted(results, name, pollutant), results, name).mean(axis=0),
                    "unit": unit_of(results, name, pollutant),
                }
            )
            for name in scenario_ids(results, scenarios)
        ]
    )

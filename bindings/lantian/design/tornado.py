"""Tornado: how far each input alone moves an outcome, from its low to its high value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.design.inputs import UncertainInput, chosen, uncertain_inputs
from lantian.design.outcomes import Outcome
from lantian.design.uncertainty import Array, Progress, evaluate_rows
from lantian.errors import UsageError
from lantian.optional import require
from lantian.scenario import Path_, Scenario, load_all

if TYPE_CHECKING:
    import pandas as pd

LOW, MEDIAN, HIGH = 0.1, 0.5, 0.9


@dataclass(frozen=True)
class Tornado:
    """Outcomes at the 10 % and the 90 % quantile of one input after the other.

    Attributes
    ----------
    outcomes, units
        Their names, and the unit of each.
    inputs
        What is uncertain.
    at_median : array, shape (outcomes,)
        Where all inputs are at their medians [unit of the outcome].
    low, high : array, shape (outcomes, inputs)
        Where one input is at its 10 % or 90 % quantile and all others at their medians [unit of
        the outcome].
    swing, swing_error : array, shape (outcomes, inputs)
        `high - low`, and its standard error: that of the mean of paired differences, NaN for one
        chance draw.
    chance_draws, runs, seed
        How many draws of chance each value is a mean of, the same in all; and runs in all.
    method
        `"tornado"`.
    """

    outcomes: tuple[str, ...]
    units: tuple[str, ...]
    inputs: tuple[UncertainInput, ...]
    at_median: Array
    low: Array
    high: Array
    swing: Array
    swing_error: Array
    chance_draws: int
    runs: int
    seed: int
    method: str = "tornado"

    def order(self, outcome: int) -> list[int]:
        """Give the places of the inputs, the largest swing first."""
        return [int(i) for i in np.argsort(-np.abs(self.swing[outcome]), kind="stable")]

    def to_pandas(self) -> pd.DataFrame:
        """Give a tidy table: for each outcome its inputs, the largest swing first."""
        pandas: Any = require("pandas", "pandas")
        rows = [
            {
                "outcome": outcome,
                "input": self.inputs[i].id,
                "name": self.inputs[i].name,
                "low_input": self.inputs[i].low,
                "high_input": self.inputs[i].high,
                "input_unit": self.inputs[i].unit,
                "low": self.low[k, i],
                "at_median": self.at_median[k],
                "high": self.high[k, i],
                "swing": self.swing[k, i],
                "swing_error": self.swing_error[k, i],
                "unit": self.units[k],
                "distribution": self.inputs[i].distribution,
                "written_at": self.inputs[i].written_at,
            }
            for k, outcome in enumerate(self.outcomes)
            for i in self.order(k)
        ]
        table: pd.DataFrame = pandas.DataFrame(rows)
        return table


def tornado(
    scenario: Scenario | Path_,
    outcomes: Sequence[Outcome],
    *,
    chance_draws: int = 20,
    inputs: Sequence[str] | None = None,
    seed: int = 1,
    threads: int = 0,
    progress: Progress | None = None,
) -> Tornado:
    """Move one uncertain input after the other, all others at their medians.

    Parameters
    ----------
    scenario
        What is run.
    outcomes
        What is asked.
    chance_draws
        Each value is a mean over so many draws of chance, the same for all inputs: those of the
        first replications of a run with this seed. Where nothing is left to chance, 1 is enough.
    inputs
        Ids of the inputs to move; default all.
    seed, threads, progress
        As in `lantian.run`.

    Raises
    ------
    UsageError
        If an input is unknown, there is none, or an outcome has no value in some runs.
    """
    (loaded,) = load_all(scenario)
    if not outcomes:
        raise UsageError("a tornado needs outcomes")
    if chance_draws < 1:
        raise UsageError(f"there must be at least 1 chance draw, not {chance_draws}")
    wanted = chosen(loaded, inputs)
    if not wanted:
        raise UsageError(f"nothing in {loaded.id} is uncertain but chance: there is no tornado")
    settings = _settings(len(wanted))
    evaluated = evaluate_rows(
        loaded,
        wanted,
        np.repeat(settings, chance_draws, axis=0),
        np.tile(np.arange(chance_draws, dtype=np.uint32), len(settings)),
        outcomes,
        seed=seed,
        threads=threads,
        progress=progress,
    )
    values = evaluated.values.reshape(len(settings), chance_draws, len(outcomes))
    low, high = values[1::2], values[2::2]
    means = values.mean(axis=1)
    known = {one.id: one for one in uncertain_inputs(loaded)}
    return Tornado(
        outcomes=tuple(outcome.name for outcome in outcomes),
        units=evaluated.units,
        inputs=tuple(known[id] for id in wanted),
        at_median=means[0],
        low=means[1::2].T,
        high=means[2::2].T,
        swing=(high - low).mean(axis=1).T,
        swing_error=_standard_error(high - low).T,
        chance_draws=chance_draws,
        runs=len(evaluated.values),
        seed=seed,
    )


def _settings(inputs: int) -> Array:
    """Shares of the inputs: all at the median, then each at its low and its high end."""
    settings = np.full((1 + 2 * inputs, inputs), MEDIAN)
    for k in range(inputs):
        settings[1 + 2 * k, k] = LOW
        settings[2 + 2 * k, k] = HIGH
    return settings


def _standard_error(differences: Array) -> Array:
    """Of the mean over the chance draws, the second axis."""
    draws = differences.shape[1]
    if draws == 1:
        return np.full((len(differences), differences.shape[2]), np.nan)
    error: Array = differences.std(axis=1, ddof=1) / np.sqrt(draws)
    return error

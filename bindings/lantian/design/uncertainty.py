"""A scenario as a function of what is uncertain in it: a row a run of the engine.

The engine draws every parameter by inverting its distribution at one uniform number. Given these
numbers, and the number of the replication whose chance each row meets, all rows are replications of
one scenario that is prepared once: a design of thousands of rows costs seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lantian import _core
from lantian.design.bases import bases_of
from lantian.design.inputs import input_ids
from lantian.design.kept import Kept, variables_of
from lantian.design.outcomes import Outcome
from lantian.errors import UsageError
from lantian.options import options_of
from lantian.scenario import Scenario

Array = npt.NDArray[np.float64]
Chances = npt.NDArray[np.uint32]
Progress = Callable[[int, int], object]

_ROWS_AT_A_TIME = 4096  # what is kept of so many is small
_LEAST = 2.0**-53  # quantiles are of shares between 0 and 1, both excluded
_CHANCES = 2**31


class Evaluated(NamedTuple):
    """Outcomes of rows, shape (rows, outcomes), and their units."""

    values: Array
    units: tuple[str, ...]


def evaluate_rows(
    scenario: Scenario,
    inputs: Sequence[str],
    uniforms: Array,
    chances: Chances,
    outcomes: Sequence[Outcome],
    *,
    seed: int = 1,
    threads: int = 0,
    progress: Progress | None = None,
) -> Evaluated:
    """Run a scenario once a row.

    Parameters
    ----------
    scenario
        What is run.
    inputs
        Ids of uncertain inputs; all others are at their medians.
    uniforms : array, shape (rows, inputs)
        The share at which each input's distribution is inverted.
    chances : array of uint32, shape (rows,)
        Rows of the same number meet the same chance: that of the replication of this number in a
        run with this seed.
    outcomes
        What is asked of each row.
    seed, threads, progress
        As in `lantian.run`.

    Raises
    ------
    UsageError
        If an outcome has no value in some rows, or the scenario lacks what it needs.
    """
    variables = variables_of(outcomes)
    rows = len(chances)
    options = options_of(
        {
            "replications": rows,
            "chance_draws": 1,
            "seed": seed,
            "threads": threads,
            "block": 64,
            "overwrite": False,
            "limits": scenario.limits,
        }
    )
    values = np.empty((rows, len(outcomes)))
    bases = bases_of(scenario, {target for outcome in outcomes for target in outcome.targets})
    units: tuple[str, ...] = ()
    for first in range(0, rows, _ROWS_AT_A_TIME):
        part = slice(first, first + _ROWS_AT_A_TIME)
        report = None if progress is None else _shifted(progress, first, rows)
        kept = Kept(
            variables,
            *_core.evaluate_sample(
                scenario._loaded,
                bases,
                inputs,
                _inside(uniforms[part]),
                chances[part],
                variables,
                options,
                report,
            ),
        )
        values[part] = np.column_stack([outcome(kept) for outcome in outcomes])
        units = tuple(kept.unit(outcome) for outcome in outcomes)
    _check_values(values, outcomes)
    return Evaluated(values, units)


def evaluate_shares(
    scenario: Scenario,
    shares: Array,
    outcomes: Sequence[Outcome],
    *,
    seed: int = 1,
    threads: int = 0,
    progress: Progress | None = None,
) -> Evaluated:
    """Run a scenario once a row of a design in the unit cube.

    Parameters
    ----------
    shares : array, shape (rows, inputs + 1)
        Of each of `input_ids`, and of chance: equal ones are equal luck.
    scenario, outcomes, seed, threads, progress
        As in `evaluate_rows`.
    """
    table = np.atleast_2d(shares)
    return evaluate_rows(
        scenario,
        input_ids(scenario),
        table[:, :-1],
        np.floor(_inside(table[:, -1]) * _CHANCES).astype(np.uint32),
        outcomes,
        seed=seed,
        threads=threads,
        progress=progress,
    )


def _inside(shares: Array) -> Array:
    return np.clip(shares, _LEAST, 1 - _LEAST)


def _shifted(progress: Progress, first: int, rows: int) -> Progress:
    def report(done: int, every: int) -> object:
        return progress(first + done * min(_ROWS_AT_A_TIME, rows - first) // every, rows)

    return report


def _check_values(values: Array, outcomes: Sequence[Outcome]) -> None:
    missing = np.isnan(values).sum(axis=0)
    wrong = [
        f"the outcome '{outcome.name}' has no value in {count} of {len(values)} runs: a date that "
        "is not reached within the horizon, or a target that cannot be assessed. Ask for a "
        "probability instead, or for a longer horizon"
        for outcome, count in zip(outcomes, missing, strict=True)
        if count
    ]
    if wrong:
        raise UsageError("\n".join(wrong))

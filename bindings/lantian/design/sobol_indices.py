"""Sobol indices: which share of an outcome's variance comes from which input.

From one design of N (d + 2) runs for d inputs (Saltelli); SALib estimates the indices and their
intervals. The equations are in docs/sensitivity.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.design.inputs import CHANCE, OTHERS, UncertainInput, uncertain_inputs
from lantian.design.outcomes import Outcome
from lantian.design.salib import SalibProblem, uncertainty_problem
from lantian.design.uncertainty import Array, Progress, evaluate_shares
from lantian.errors import UsageError
from lantian.optional import require
from lantian.scenario import Path_, Scenario, load_all

if TYPE_CHECKING:
    import pandas as pd

_RESAMPLES = 1000
_CONFIDENCE = 0.95


@dataclass(frozen=True)
class SobolIndices:
    """Shares of the variance of some outcomes.

    Attributes
    ----------
    outcomes, units
        Their names, and the unit of each.
    means, deviations : array, shape (outcomes,)
        Mean and standard deviation over the runs of the design [unit of the outcome].
    inputs
        What is uncertain, chance last.
    first, total : array, shape (outcomes, inputs)
        The share of the variance that an input causes by itself; and with all its interactions.
    first_half_width, total_half_width : array, shape (outcomes, inputs)
        Of their 95 % intervals, by bootstrap over the base sample.
    base_sample, runs, seed
        Points of the base sample, and runs in all.
    method
        `"sobol"`.
    """

    outcomes: tuple[str, ...]
    units: tuple[str, ...]
    means: Array
    deviations: Array
    inputs: tuple[UncertainInput, ...]
    first: Array
    first_half_width: Array
    total: Array
    total_half_width: Array
    base_sample: int
    runs: int
    seed: int
    method: str = "sobol"

    def order(self, outcome: int) -> list[int]:
        """Give the places of the inputs, the largest total index first."""
        return [int(i) for i in np.argsort(-self.total[outcome], kind="stable")]

    def to_pandas(self) -> pd.DataFrame:
        """Give a tidy table: for each outcome its inputs, the largest total index first."""
        pandas: Any = require("pandas", "pandas")
        rows = [
            {
                "outcome": outcome,
                "input": self.inputs[i].id,
                "name": self.inputs[i].name,
                "first": self.first[k, i],
                "first_half_width": self.first_half_width[k, i],
                "total": self.total[k, i],
                "total_half_width": self.total_half_width[k, i],
                "distribution": self.inputs[i].distribution,
                "written_at": self.inputs[i].written_at,
            }
            for k, outcome in enumerate(self.outcomes)
            for i in self.order(k)
        ]
        table: pd.DataFrame = pandas.DataFrame(rows)
        return table


def sobol_indices(
    scenario: Scenario | Path_,
    outcomes: Sequence[Outcome],
    *,
    base_sample: int = 64,
    inputs: Sequence[str] | None = None,
    seed: int = 1,
    threads: int = 0,
    progress: Progress | None = None,
) -> SobolIndices:
    """Say which of the things that a scenario does not know matter for some outcomes.

    All that is uncertain varies at once, chance (durations, failures, weather) among it as one
    input, so that the variance is that of a run.

    Parameters
    ----------
    scenario
        What is run.
    outcomes
        What is asked.
    base_sample
        N, a power of two; N (d + 2) runs are made for d inputs.
    inputs
        Ids of the inputs to look at one by one; all others are one group, `other inputs`, which
        makes the design smaller. Default all.
    seed
        Of the design, of chance and of the bootstrap.
    threads, progress
        As in `lantian.run`.

    Raises
    ------
    UsageError
        If an input is unknown, the base sample no power of two, or an outcome the same in all runs
        or without a value in some.
    ImportError
        If SALib is not installed (the extra `sensitivity`).
    """
    (loaded,) = load_all(scenario)
    problem, _ = uncertainty_problem(loaded, outcomes, inputs=inputs)
    sample = saltelli_design(problem, base_sample, seed=seed)
    evaluated = evaluate_shares(
        loaded, sample, outcomes, seed=seed, threads=threads, progress=progress
    )
    found = _indices(problem, evaluated.values, base_sample, seed)
    known = {one.id: one for one in uncertain_inputs(loaded)}
    described = tuple(known.get(one.id, one) for one in found.inputs)
    return replace(found, inputs=described, units=evaluated.units)


def sobol_indices_of(
    problem: SalibProblem, *, base_sample: int = 64, seed: int = 1
) -> SobolIndices:
    """Compute the indices of any problem of SALib, such as that of `to_salib_problem`.

    Parameters
    ----------
    problem
        Its variables, and the model that is asked once for all runs of the design.
    base_sample, seed
        As in `sobol_indices`.
    """
    given, model = problem
    sample = saltelli_design(given, base_sample, seed=seed)
    values = np.asarray(model(sample), dtype=np.float64).reshape(len(sample), -1)
    return _indices(given, values, base_sample, seed)


def check_base_sample(base_sample: int) -> None:
    """Check N.

    Raises
    ------
    UsageError
        If it is no power of two.
    """
    if base_sample < 2 or base_sample & (base_sample - 1):
        raise UsageError(
            f"the base sample must be a power of two from 2 on, such as 64, not {base_sample}: "
            "a Sobol sequence is balanced for these alone"
        )


def saltelli_design(problem: Mapping[str, Any], base_sample: int, *, seed: int = 1) -> Array:
    """Give the N (d + 2) rows of the design, in the order of SALib's `sample.sobol`.

    That one takes a minute for the 356 inputs of a city, this one a part of a second.

    Parameters
    ----------
    problem
        `names`, `bounds` and maybe `groups`, as in SALib.
    base_sample, seed
        As in `sobol_indices`.
    """
    check_base_sample(base_sample)
    qmc: Any = require("scipy.stats.qmc", "sensitivity")
    groups = np.array(problem.get("groups") or problem["names"])
    inputs = len(groups)
    points = qmc.Sobol(2 * inputs, rng=np.random.default_rng(seed)).random(base_sample)
    low, high = np.array(problem["bounds"], dtype=np.float64).T
    a, b = (low + half * (high - low) for half in (points[:, :inputs], points[:, inputs:]))
    names = list(dict.fromkeys(groups))
    design = np.empty((base_sample, len(names) + 2, inputs))
    for row in range(base_sample):  # a gigabyte at once would keep whoever presses Ctrl-C waiting
        design[row, :-1] = a[row]
        design[row, -1] = b[row]
    for k, name in enumerate(names, start=1):
        design[:, k, groups == name] = b[:, groups == name]
    return design.reshape(-1, inputs)


def _indices(problem: dict[str, Any], values: Array, base_sample: int, seed: int) -> SobolIndices:
    names = tuple(problem["outputs"])
    _check_variance(values, names)
    analyses = [_analysis(problem, values[:, k], seed) for k in range(len(names))]
    ids = list(dict.fromkeys(problem.get("groups") or problem["names"]))

    def all_of(key: str) -> Array:
        return np.array([analysis[key] for analysis in analyses])

    return SobolIndices(
        outcomes=names,
        units=("",) * len(names),
        means=values.mean(axis=0),
        deviations=values.std(axis=0, ddof=1),
        inputs=tuple(UncertainInput(id, name=_NAMES.get(id, id)) for id in ids),
        first=all_of("S1"),
        first_half_width=all_of("S1_conf"),
        total=all_of("ST"),
        total_half_width=all_of("ST_conf"),
        base_sample=base_sample,
        runs=len(values),
        seed=seed,
    )


_NAMES = {
    CHANCE: "chance: durations, failures, weather",
    OTHERS: "all other uncertain inputs together",
}


def _check_variance(values: Array, names: Sequence[str]) -> None:
    constant = [name for k, name in enumerate(names) if np.ptp(values[:, k]) == 0]
    if constant:
        raise UsageError(
            "\n".join(
                f"the outcome '{name}' is {values[0, names.index(name)]:g} in all {len(values)} "
                "runs: nothing that is uncertain moves it"
                for name in constant
            )
        )


def _analysis(problem: dict[str, Any], values: Array, seed: int) -> dict[str, Array]:
    """Let SALib estimate the indices and their intervals."""
    analysing: Any = require("SALib.analyze.sobol", "sensitivity")
    analysis: dict[str, Array] = analysing.analyze(
        problem,
        values,
        calc_second_order=False,
        num_resamples=_RESAMPLES,
        conf_level=_CONFIDENCE,
        seed=seed + 1,  # SALib takes 0 for no seed
    )
    return analysis

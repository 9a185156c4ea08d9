"""The bridge to SALib: its samples in, outcomes out.

`to_salib_problem` varies what one names; `uncertainty_problem` what the scenario says is uncertain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from lantian.design.experiments import Design
from lantian.design.inputs import CHANCE, OTHERS, chosen, input_ids
from lantian.design.outcomes import Outcome
from lantian.design.samples import Range, bounds
from lantian.design.uncertainty import Array, Progress, evaluate_shares
from lantian.errors import UsageError
from lantian.scenario import Path_, Scenario, load_all


class SalibProblem(NamedTuple):
    """What SALib needs.

    `problem` is its dictionary (`num_vars`, `names`, `bounds`, `outputs`), with which
    `SALib.ProblemSpec(problem)` is made; `model` evaluates a whole sample of shape
    (experiments, ranges) at once: shape (experiments,), or (experiments, outcomes) for several.
    """

    problem: dict[str, Any]
    model: Callable[[Array], Array]


def uncertainty_problem(
    scenario: Scenario | Path_,
    outcomes: Sequence[Outcome],
    *,
    inputs: Sequence[str] | None = None,
    seed: int = 1,
    threads: int = 0,
    progress: Progress | None = None,
) -> SalibProblem:
    """Describe what is uncertain in a scenario to SALib.

    Each variable is the share, between 0 and 1, at which one input's distribution is inverted; the
    last one is chance as a whole. Each point of a sample is one replication.

    Parameters
    ----------
    scenario
        What is run.
    outcomes
        What is asked; one gives a vector, several a matrix.
    inputs
        Ids of the inputs that are variables by themselves; what else is uncertain varies too, as
        one group. Default all.
    seed, threads, progress
        As in `lantian.run`.
    """
    (loaded,) = load_all(scenario)
    if not outcomes:
        raise UsageError("a problem needs outcomes")
    wanted = chosen(loaded, inputs)
    known = input_ids(loaded)
    if CHANCE in known:
        raise UsageError(f"the parameter '{CHANCE}' has the name of what varies by itself")
    names = [*known, CHANCE]

    def model(sample: Array) -> Array:
        values = evaluate_shares(
            loaded, sample, outcomes, seed=seed, threads=threads, progress=progress
        ).values
        return values[:, 0] if len(outcomes) == 1 else values

    problem: dict[str, Any] = {
        "num_vars": len(names),
        "names": names,
        "bounds": [[0.0, 1.0]] * len(names),
        "outputs": [outcome.name for outcome in outcomes],
    }
    if set(wanted) != set(known):
        alone = {*wanted, CHANCE}
        problem["groups"] = [name if name in alone else OTHERS for name in names]
    return SalibProblem(problem, model)


def to_salib_problem(
    scenario: Scenario | Path_,
    ranges: Mapping[str, Range],
    outcomes: Sequence[Outcome],
    *,
    replications: int = 20,
    seed: int = 1,
    threads: int = 0,
) -> SalibProblem:
    """Describe a scenario to SALib.

    Each point of a sample is one experiment; its result is the mean over the replications, the same
    in every experiment, so that what is left of chance is common to all and cancels.

    Parameters
    ----------
    scenario
        What is varied.
    ranges
        Dotted path to (low, high).
    outcomes
        What is asked; one gives a vector, several a matrix.
    replications, seed, threads
        As in `lantian.run`.

    Examples
    --------
    >>> from SALib import ProblemSpec                                    # doctest: +SKIP
    >>> problem, model = to_salib_problem(plan, ranges, [emission("NOx")])   # doctest: +SKIP
    >>> spec = ProblemSpec(problem)                                      # doctest: +SKIP
    >>> spec.sample_sobol(64).evaluate(model).analyze_sobol()            # doctest: +SKIP
    """
    (loaded,) = load_all(scenario)
    if not ranges or not outcomes:
        raise UsageError("a problem needs ranges and outcomes")
    ends = {path: bounds(path, range_) for path, range_ in ranges.items()}

    def model(sample: Array) -> Array:
        rows = tuple(
            {
                path: f"{float(value)!r} {unit}" if unit else float(value)
                for (path, (_, _, unit)), value in zip(ends.items(), point, strict=True)
            }
            for point in np.atleast_2d(sample)
        )
        evaluation = Design(loaded, rows).evaluate(
            outcomes, replications=replications, seed=seed, threads=threads
        )
        return evaluation.means[:, 0] if len(outcomes) == 1 else evaluation.means

    problem = {
        "num_vars": len(ends),
        "names": list(ends),
        "bounds": [[low, high] for low, high, _ in ends.values()],
        "outputs": [outcome.name for outcome in outcomes],
    }
    return SalibProblem(problem, model)

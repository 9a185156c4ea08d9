"""A plan taken apart: one measure more at a time, in the same paired worlds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from lantian.errors import ScenarioError, UsageError
from lantian.results import Results
from lantian.running import run
from lantian.scenario import Path_, Scenario, load_all


def ladder(
    scenario: Scenario | Path_,
    *,
    output: Path_ | None = None,
    order: Sequence[str] | None = None,
    dimensions: Sequence[str] = ("zone",),
    replications: int = 50,
    seed: int = 1,
    threads: int = 0,
    overwrite: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> Results:
    """Run a scenario without measures, then with one measure more at a time.

    The difference between two steps is what the later measure adds to those before it, so the
    differences sum to the whole plan; where measures overlap, or wait for the same crews, their
    order decides whose it is.

    Parameters
    ----------
    scenario
        The whole plan. Its targets are left out.
    output
        The result file to write, a temporary one otherwise: yearly totals, by `dimensions` and of
        money by measure, of each step.
    order
        Ids of all measures; otherwise in the order of the median date at which their works are
        done, after those that they refer to.
    dimensions
        Breakdowns of the emissions to keep beside their totals, as in `[output]`; those by source
        are what `lantian.frames.control_strategy` needs.
    replications, seed, threads, overwrite, progress
        As in `run`.

    Returns
    -------
    Results
        One scenario a step, `<id>-<number>`; the measures of a step are in its coordinate
        `measure`. Measures that refer to each other share a step.

    Raises
    ------
    UsageError
        If `order` does not name every measure once.
    ScenarioError, ModelError, OutputError
        As in `run`.
    """
    (plan,) = load_all(scenario)
    measures = _measures_in_order(plan, replications, seed, threads) if order is None else order
    if sorted(measures) != sorted(plan.tables["measures"]):
        raise UsageError(f"the order must name each of {plan.id}'s measures once")
    return run(
        list(_steps(plan, measures, dimensions)),
        output=output,
        replications=replications,
        seed=seed,
        threads=threads,
        overwrite=overwrite,
        progress=progress,
    )


def _steps(
    plan: Scenario, measures: Sequence[str], dimensions: Sequence[str]
) -> Iterator[Scenario]:
    digits = len(str(len(measures)))
    step = 0
    for count in range(len(measures) + 1):
        try:
            yield _step(plan, f"{plan.id}-{step:0{digits}}", measures[count:], dimensions)
        except ScenarioError:
            if count in (0, len(measures)):
                raise
            continue  # the measure refers to a later one, and comes with it
        step += 1


def _step(
    plan: Scenario, id: str, absent: Iterable[str], dimensions: Sequence[str] = ()
) -> Scenario:
    off = {f"measures.{measure}.enabled": False for measure in absent}
    off |= {f"targets.{target}.enabled": False for target in plan.tables["targets"]}
    lean = {
        "output.interval": "year",
        "output.dimensions": list(dict.fromkeys(["total", *dimensions])),
        "output.log_replications": 0,
        "name": id,
    }
    return plan.with_({**off, **lean}, id=id)


def _measures_in_order(plan: Scenario, replications: int, seed: int, threads: int) -> list[str]:
    """By median date of completion; never done comes last."""
    if not plan.tables["measures"]:
        return []
    whole = run(
        _step(plan, plan.id + "-whole", ()), replications=replications, seed=seed, threads=threads
    )
    (results,) = whole.values()
    built = results.coordinates["milestone"].values.tolist().index("works")
    dates = results["measure_date"][:, :, built].astype(np.float64)
    ids = results.coordinates["measure"].values.tolist()
    dates[dates == np.iinfo(np.int64).min] = np.inf
    medians = np.median(dates, axis=0)
    by_date = sorted(ids, key=lambda id: (medians[ids.index(id)], id))
    return _after_what_they_name(by_date, plan.to_dict()["measures"])


def _after_what_they_name(ids: Sequence[str], measures: Mapping[str, Any]) -> list[str]:
    placed: list[str] = []

    def place(id: str, above: frozenset[str]) -> None:
        if id in placed or id in above:
            return
        for other in ids:
            if other in _texts_in(measures[id]):
                place(other, above | {id})
        placed.append(id)

    for id in ids:
        place(id, frozenset())
    return placed


def _texts_in(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        return set().union(*map(_texts_in, value))
    return set()

"""Runs, for each scenario of a result, the ladder that tells what each measure brings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import lantian
from lantian.results import Results

Progress = Callable[[str, int, int], object]


def run_ladders(
    results: Results,
    folder: Path,
    *,
    replications: int,
    threads: int = 0,
    progress: Progress | None = None,
) -> dict[str, Results]:
    """Run every scenario that has measures again, with one measure more at a time.

    Parameters
    ----------
    results
        The result file, whose inputs and seed are used.
    folder
        Where the results of the ladders are put.
    replications
        Of each step; 0 runs nothing.
    threads
        Number of threads; 0 is one a core.
    progress
        Called with the scenario, the replications done, and their number.

    Returns
    -------
    dict
        The results of the ladder of each scenario that has measures.
    """
    wanted = [name for name in results if len(results[name].coordinates["measure"].values)]
    if not replications:
        return {}
    return {
        name: lantian.ladder(
            results.scenario(name),
            output=folder / f"{name}.h5",
            replications=replications,
            seed=int(results.attributes["seed"]),
            threads=threads,
            progress=_of(name, progress),
        )
        for name in wanted
    }


def _of(name: str, progress: Progress | None) -> Callable[[int, int], object] | None:
    return None if progress is None else lambda done, every: progress(name, done, every)

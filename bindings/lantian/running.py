"""Running scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from lantian import _core
from lantian.results import Results
from lantian.scenario import Path_, paths_of


def run(
    scenarios: Path_ | Iterable[Path_],
    *,
    output: Path_,
    replications: int = 100,
    chance_draws: int = 1,
    seed: int = 1,
    threads: int = 0,
    overwrite: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> Results:
    """Run scenarios in the same paired worlds and write one result file.

    Other Python threads go on meanwhile. Ctrl-C ends the run within a fraction of a second; like
    any failure it leaves no new file, and an old one untouched.

    Parameters
    ----------
    scenarios
        One scenario file or several.
    output
        The result file to write.
    replications
        Replications of each scenario, a multiple of `chance_draws`.
    chance_draws
        Replications that share one draw of the parameters.
    seed
        Seed of all random numbers, from 0 to 2**64 - 1.
    threads
        Number of threads; 0 is one a core. The numbers do not depend on it.
    overwrite
        Whether to replace an existing file.
    progress
        Called several times a second with the number of replications done and in all; what it
        raises ends the run.

    Returns
    -------
    Results
        The file, open for reading.

    Raises
    ------
    ScenarioError
        With every mistake in the scenarios; nothing was run.
    UsageError
        If the options are impossible.
    ModelError
        If the model failed in a replication.
    OutputError
        If the file exists and is not to be overwritten, or could not be written.
    """
    path = Path(output)
    _core.run(
        paths_of(scenarios),
        path,
        replications=replications,
        chance_draws=chance_draws,
        seed=seed,
        threads=threads,
        overwrite=overwrite,
        progress=progress,
    )
    return Results(path)

"""Running scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from pathlib import Path

from lantian import _core
from lantian.errors import UsageError
from lantian.executors import GatheredRun
from lantian.options import Settings, limits_of, options_of
from lantian.results import Results, result_file
from lantian.scenario import Path_, Scenario, load_all


def run(
    scenarios: Scenario | Path_ | Iterable[Scenario | Path_],
    *,
    output: Path_ | None = None,
    replications: int = 100,
    chance_draws: int = 1,
    seed: int = 1,
    threads: int = 0,
    block: int = 64,
    overwrite: bool = False,
    resume: bool = False,
    statistics_only: bool = False,
    limits: Mapping[str, float] | None = None,
    root: Path_ | None = None,
    executor: Executor | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Results:
    """Run scenarios in the same paired worlds and write one result file.

    Other Python threads go on meanwhile. Ctrl-C ends the run within a fraction of a second; like
    any failure it leaves no new file, and an old one untouched. What was computed until then is
    kept beside the output, for `resume`.

    Parameters
    ----------
    scenarios
        One scenario or several: files, or what `load` and `Scenario.with_` gave.
    output
        The result file to write; otherwise a temporary one, which goes with the results that are
        returned.
    replications
        Replications of each scenario, a multiple of `chance_draws`.
    chance_draws
        Replications that share one draw of the parameters.
    seed
        Seed of all random numbers, from 0 to 2**64 - 1.
    threads
        Number of threads; 0 is one a core. The numbers do not depend on it.
    block
        Replications that are computed and written at a time.
    overwrite
        Whether to replace an existing file, and to forget what a stopped run has left beside it.
    resume
        Whether to go on with what the same run has left when it was stopped or killed. The file
        has the same bits as one of a run that was left alone. Not with an executor.
    statistics_only
        Whether to write means, standard errors and quantiles over the replications instead of the
        values in each. Neither the file nor memory grows with the replications then; quantiles
        have a stated error. What compares or explains replications does not work on such a file.
    limits
        What a run may use up, where that is other than the standard, or than `load` was told:
        `events` and `events-at-once` (at one instant of simulated time) of a replication, its
        `processes`, and bytes of `output` before compression; for files also what `load` names. If
        `output` is given, free space on the disk is not looked at.
    root
        For files, as in `load`.
    executor
        Computes the blocks, one a task: a process pool, Dask's `Client.get_executor()`,
        `mpi4py.futures`. The file has the same bits as one that this process computed. If the
        executor breaks (a worker dies), this process computes what is missing, with a warning.
    progress
        Called several times a second (with an executor: after each block) with the number of
        replications done and in all; what it raises ends the run.

    Returns
    -------
    Results
        The file, open for reading.

    Raises
    ------
    ScenarioError
        With every mistake in the scenarios; nothing was run.
    UsageError
        If the options are impossible, or the result would be larger than the limit `output`.
    ModelError
        If the model failed in a replication, or ran away: passed one of the limits.
    OutputError
        If the file exists and is not to be overwritten, if a stopped run has left blocks that are
        neither to be resumed nor overwritten, if another run is writing the file, if there is
        less room than it needs, or if it could not be written.
    """
    loaded = load_all(scenarios, limits=limits, root=root)
    settings: Settings = {
        "replications": replications,
        "chance_draws": chance_draws,
        "seed": seed,
        "threads": threads,
        "block": block,
        "overwrite": overwrite,
        "resume": resume,
        "statistics_only": statistics_only,
        "limits": {**limits_of(loaded), **(limits or {})},
    }
    if resume and executor is not None:
        raise UsageError("a run on an executor keeps no blocks that it could be resumed from")
    options = options_of(settings)
    together = _core.ScenarioSet([scenario._loaded for scenario in loaded])
    with result_file(output) as path:
        if executor is None:
            _core.run(together, path, options, progress)
        else:
            with GatheredRun(loaded, together, path, settings) as gathered:
                gathered.run_on(executor, progress)
        return Results(path, is_temporary=output is None)


def merge(
    shards: Iterable[Path_],
    output: Path_,
    *,
    threads: int = 0,
    overwrite: bool = False,
    statistics_only: bool = False,
) -> Results:
    """Put the shards of a run, from `lantian run --shard 2/4`, together into one result file.

    Parameters
    ----------
    shards
        All of them, in any order.
    output
        The result file to write. It has the same bits as that of a run in one piece.
    threads
        Number of threads for the statistics; 0 is one a core.
    overwrite
        Whether to replace an existing file.
    statistics_only
        As in `run`.

    Raises
    ------
    ResultFileError
        If a file is no shard, or damaged.
    UsageError
        If shards overlap, are missing, or are of different runs or of another build, each by name.
    OutputError
        If the file exists and is not to be overwritten, or could not be written.
    """
    path = Path(output)
    _core.merge([Path(shard) for shard in shards], path, overwrite, threads, statistics_only)
    return Results(path)

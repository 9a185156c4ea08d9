"""A run whose blocks are computed by any `concurrent.futures.Executor`.

The unit of work is (scenario bytes, range of replications) to a block of bytes. Blocks are written
in order as they come; few are on their way at a time, so that memory stays flat.
"""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType

from lantian import _core
from lantian.errors import Error
from lantian.options import Settings, options_of
from lantian.scenario import Scenario

Range = tuple[int, int]  # first replication, count
Limits = tuple[tuple[str, float], ...]
Packed = tuple[tuple[tuple[str, bytes], ...], str, Limits]  # files, which is the top one
_TASKS_PER_WORKER = 2


@dataclass(frozen=True)
class Job:
    """All that a worker needs to know. It comes with every task, and is read once a worker."""

    scenarios: tuple[Packed, ...]
    replications: int
    chance_draws: int
    seed: int
    limits: Limits = ()

    def options(self) -> _core.RunOptions:
        """Give the options of a worker, who has one core for itself."""
        return options_of(
            {
                "replications": self.replications,
                "chance_draws": self.chance_draws,
                "seed": self.seed,
                "threads": 1,
                "block": self.replications,
                "overwrite": False,
                "limits": dict(self.limits),
            }
        )


@lru_cache(maxsize=1)
def _scenarios_of(job: Job) -> _core.ScenarioSet:
    return _core.ScenarioSet(
        [
            _core.LoadedScenario(dict(files), top, dict(limits))
            for files, top, limits in job.scenarios
        ]
    )


def compute(job: Job, first: int, count: int) -> bytes:
    """Compute some replications; runs in a worker."""
    return _core.compute_blocks(_scenarios_of(job), job.options(), first, count)


class GatheredRun:
    """A result file that is written from blocks as workers give them.

    A context: left by an exception, it leaves no file behind.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        together: _core.ScenarioSet,
        output: Path,
        settings: Settings,
    ) -> None:
        self._options = options_of(settings)
        self._settings = settings
        self._scenarios = scenarios
        self._together = together
        self._run: _core.GatheredRun | None = _core.GatheredRun(together, output, self._options)

    def __enter__(self) -> GatheredRun:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run = None  # removes what is not finished

    def run_on(self, executor: Executor, progress: Callable[[int, int], object] | None) -> None:
        """Compute every block, write them all, and put the file into place."""
        assert self._run is not None
        workers = _Workers(executor, self._job(), self._compute_here)
        width = len(self._scenarios)
        for (first, count), blocks in workers.blocks(self._ranges()):
            self._run.write(blocks)
            if progress is not None:
                progress((first + count) * width, self._settings["replications"] * width)
        self._run.finish()

    def _job(self) -> Job:
        packed = tuple(
            (tuple(sorted(s.files.items())), s.top, tuple(s.limits.items()))
            for s in self._scenarios
        )
        settings = self._settings
        return Job(
            packed,
            settings["replications"],
            settings["chance_draws"],
            settings["seed"],
            tuple(settings.get("limits", {}).items()),
        )

    def _ranges(self) -> Iterator[Range]:
        replications, block = self._settings["replications"], self._settings["block"]
        for first in range(0, replications, block):
            yield first, min(block, replications - first)

    def _compute_here(self, first: int, count: int) -> bytes:
        return _core.compute_blocks(self._together, self._options, first, count)


class _Workers:
    """An executor as long as it works; the blocks that it loses are computed here."""

    def __init__(
        self, executor: Executor, job: Job, compute_here: Callable[[int, int], bytes]
    ) -> None:
        self._executor = executor
        self._is_broken = False
        self._job = job
        self._compute_here = compute_here
        workers = getattr(executor, "_max_workers", None) or os.cpu_count() or 1
        self._window = _TASKS_PER_WORKER * int(workers)

    def blocks(self, ranges: Iterator[Range]) -> Iterator[tuple[Range, bytes]]:
        """Compute all ranges, some at a time, and give them in order."""
        waiting: deque[tuple[Range, Future[bytes] | None]] = deque()
        try:
            for some in ranges:
                waiting.append((some, self._submit(some)))
                if len(waiting) >= self._window:
                    yield self._finish(*waiting.popleft())
            while waiting:
                yield self._finish(*waiting.popleft())
        finally:
            for _, future in waiting:
                if future is not None:
                    future.cancel()

    def _submit(self, some: Range) -> Future[bytes] | None:
        if self._is_broken:
            return None
        try:
            return self._executor.submit(compute, self._job, *some)
        except Exception as error:
            self._lose(some, error, is_broken=True)
            return None

    def _finish(self, some: Range, future: Future[bytes] | None) -> tuple[Range, bytes]:
        if future is not None:
            try:
                return some, future.result()
            except Error:
                raise  # the engine's own: it would come again here
            except Exception as error:
                self._lose(some, error, is_broken=isinstance(error, BrokenExecutor))
        return some, self._compute_here(*some)

    def _lose(self, some: Range, error: Exception, *, is_broken: bool) -> None:
        if self._is_broken:
            return  # said before
        self._is_broken = is_broken
        lost = "what it has not computed" if is_broken else f"the block from replication {some[0]}"
        warnings.warn(
            f"the executor failed ({type(error).__name__}: {error}); {lost} is computed in this "
            "process instead",
            RuntimeWarning,
            stacklevel=6,
        )

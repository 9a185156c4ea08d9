"""Whole processes, measured: processor time, time on the clock, peak memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    cpu: float  #: processor time of all its threads [s]
    wall: float  #: time on the clock [s]
    peak: int  #: most memory that it held at a time [bytes]


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, what came out, what was aimed at."""

    what: str
    figure: str
    goal: str = ""
    holds: bool | None = None  #: None where there is no goal


def cost_of(command: Sequence[str | Path], cores: Iterable[int] | None = None) -> Cost:
    """Run a command to its end, on these cores only if any are named.

    Raises
    ------
    subprocess.CalledProcessError
        If it fails.
    """

    def pin() -> None:
        if cores is not None:
            os.sched_setaffinity(0, cores)

    begin = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.DEVNULL, preexec_fn=pin
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Cost(
        cpu=usage.ru_utime + usage.ru_stime,
        wall=time.perf_counter() - begin,
        peak=usage.ru_maxrss * 1024,
    )


def least(command: Sequence[str | Path], turns: int, cores: Iterable[int] | None = None) -> Cost:
    """The least of each cost over some turns: what disturbs a process only adds to it."""
    costs = [cost_of(command, cores) for _ in range(turns)]
    return Cost(
        cpu=min(cost.cpu for cost in costs),
        wall=min(cost.wall for cost in costs),
        peak=min(cost.peak for cost in costs),
    )

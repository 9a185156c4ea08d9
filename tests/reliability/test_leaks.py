"""A thousand runs in one process: nothing stays behind of any of them.

Each thing that a notebook does again and again is done many times, and then memory, Python's own
objects, open files and threads are counted. `--leak-runs 1000` does it as often as that; CI does it
a few dozen times, which finds what loses a tenth of a megabyte or one file at a time.
"""

from __future__ import annotations

import gc
import mmap
import os
import threading
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import lantian

SCENARIO = Path(__file__).parents[2] / "scenarios/examples/one-retrofit.toml"
WARM_UP = 20  # caches, pools of frames and memory that the allocator keeps come to their size
MAY_GROW = 4e6  # [bytes]: of memory in all, that is what the allocator's arenas waver by
MAY_GROW_IN_PYTHON = 100_000  # [bytes]


@dataclass(frozen=True)
class Use:
    """What a process has in use."""

    memory: int
    python: int
    files: int
    threads: int

    @classmethod
    def now(cls) -> Use:
        gc.collect()
        status = Path("/proc/self/status").read_text().splitlines()
        numbers = {
            name: value.split() for name, _, value in (line.partition(":") for line in status)
        }
        return cls(
            memory=int(numbers["VmRSS"][0]) * 1024,
            python=tracemalloc.get_traced_memory()[0],
            files=len(os.listdir("/proc/self/fd")),
            threads=int(numbers["Threads"][0]),
        )


def leaks(work: Callable[[], object], times: int) -> list[str]:
    """Do it again and again; say what has grown."""
    for _ in range(WARM_UP):
        work()
    tracemalloc.start()
    try:
        work()
        before = Use.now()
        for _ in range(times):
            work()
        after = Use.now()
    finally:
        tracemalloc.stop()
    grown = []
    if after.memory - before.memory > MAY_GROW:
        grown.append(f"memory by {(after.memory - before.memory) / times:.0f} bytes each time")
    if after.python - before.python > MAY_GROW_IN_PYTHON:
        grown.append(f"Python's by {(after.python - before.python) / times:.0f} bytes each time")
    if after.files > before.files:
        grown.append(f"open files from {before.files} to {after.files}")
    if after.threads > before.threads:
        grown.append(f"threads from {before.threads} to {after.threads}")
    return grown


class Works:
    """What people do again and again."""

    def __init__(self, folder: Path) -> None:
        self.output = folder / "out.h5"
        self.kept = folder / "kept.h5"
        self.plan = lantian.load(SCENARIO)
        lantian.run(self.plan, output=self.kept, replications=20, overwrite=True)

    def run(self, **options: object) -> lantian.Results:
        return lantian.run(
            self.plan, output=self.output, replications=20, overwrite=True, **options
        )

    def run_with_statistics_only(self) -> None:
        self.run(statistics_only=True)

    def run_in_a_temporary_file(self) -> None:
        lantian.run(self.plan, replications=2)

    def load_and_change(self) -> None:
        lantian.load(SCENARIO).with_({"measures.new-filter.start": "2024-03-01"})

    def refuse_a_change(self) -> None:
        with pytest.raises(lantian.ScenarioError):
            self.plan.with_({"measures.new-filter.start": "2124-03-01"})

    def open_and_read(self) -> None:
        results = lantian.open(self.kept)
        results["one-retrofit"]["PM"].sum()
        results.compare()

    def fail_in_the_model(self) -> None:
        with pytest.raises(lantian.ModelError):
            self.run(limits={"events": 1, "events-at-once": 1})

    def fail_in_a_callback(self) -> None:
        def refuse(done: int, every: int) -> None:
            raise StopIteration

        with pytest.raises(StopIteration):
            self.run(progress=refuse)

    def interrupt(self) -> None:
        def press(done: int, every: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            self.run(progress=press)

    def open_what_is_none(self) -> None:
        with pytest.raises(lantian.ResultFileError):
            lantian.open(SCENARIO)

    def attribute(self) -> None:
        lantian.attribute(self.plan, output=self.output, replications=4, overwrite=True)


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Works:
    return Works(tmp_path_factory.mktemp("works"))


@pytest.mark.parametrize("name", [name for name in vars(Works) if not name.startswith("_")])
def test_nothing_stays_behind(name: str, works: Works, request: pytest.FixtureRequest) -> None:
    assert leaks(getattr(works, name), request.config.getoption("--leak-runs")) == []


def touched_pages() -> mmap.mmap:
    """Memory of its own, which no free space of the allocator serves."""
    pages = mmap.mmap(-1, 200_000)
    pages.write(b"x" * 200_000)
    return pages


def test_what_would_stay_behind_is_seen(works: Works) -> None:
    lost: list[object] = []
    stop = threading.Event()
    leaking: dict[str, Callable[[], object]] = {
        "memory": lambda: lost.append(touched_pages()),
        "Python's": lambda: lost.append([0] * 1000),
        "open files": lambda: lost.append(lantian.open(works.kept)),
        "threads": lambda: threading.Thread(target=stop.wait).start(),
    }
    try:
        for what, work in leaking.items():
            assert any(grown.startswith(what) for grown in leaks(work, 40)), what
    finally:
        stop.set()

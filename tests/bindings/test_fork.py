"""Forking after `import lantian` is safe between runs, and refused with a reason during one."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import lantian

ONE_STACK = Path(__file__).with_name("one_stack.toml")
ENDLESS = 1_000_000  # replications, more than anybody waits for
PATIENCE = 60  # seconds, for a child that would hang


def in_child(work: Callable[[], object]) -> str:
    """What the work says in a forked child: its result, or its error."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = str(work())
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    alarm = threading.Timer(PATIENCE, os.kill, (child, 9))
    alarm.start()
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    alarm.cancel()
    os.waitpid(child, 0)
    return said


def total(output: Path) -> float:
    """The PM of one run of one stack [t]."""
    return float(lantian.run(ONE_STACK, output=output, replications=1)["one_stack"]["PM"].sum())


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """A result file, which this process has written and has read."""
    path = tmp_path / "parent.h5"
    total(path)
    return path


def test_a_child_runs_and_opens_as_its_parent_did(result: Path, tmp_path: Path) -> None:
    assert float(in_child(lambda: total(tmp_path / "child.h5"))) == pytest.approx(7.3)
    assert in_child(lambda: lantian.open(result).replications) == "1"
    assert lantian.open(tmp_path / "child.h5").replications == 1


def test_a_pool_of_forked_workers_runs(result: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.h5" for number in range(3)]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(total, paths) == [total(result.with_name("again.h5"))] * 3


@pytest.mark.parametrize("work", ["run", "open", "read"])
def test_a_child_forked_during_a_run_is_refused_with_a_reason(
    work: str, result: Path, tmp_path: Path
) -> None:
    opened = lantian.open(result)
    works: dict[str, Callable[[], object]] = {
        "run": lambda: total(tmp_path / "child.h5"),
        "open": lambda: lantian.open(result),
        "read": lambda: opened["one_stack"].read("PM"),
    }
    said = []

    def fork_once(done: int, every: int) -> None:
        said.append(in_child(works[work]))
        raise StopIteration

    with pytest.raises(StopIteration):
        lantian.run(ONE_STACK, output=tmp_path / "out.h5", replications=ENDLESS, progress=fork_once)
    assert said == [
        "UsageError: this process was forked while a run was under way; use the spawn or "
        "forkserver start method"
    ]
    assert total(tmp_path / "after.h5") == pytest.approx(7.3)


def test_a_fork_from_another_thread_during_a_run_is_refused(tmp_path: Path) -> None:
    is_running, is_enough = threading.Event(), threading.Event()

    def keep_on(done: int, every: int) -> None:
        is_running.set()
        if is_enough.is_set():
            raise StopIteration

    def run_long() -> None:
        with pytest.raises(StopIteration):
            lantian.run(
                ONE_STACK, output=tmp_path / "out.h5", replications=ENDLESS, progress=keep_on
            )

    runner = threading.Thread(target=run_long)
    runner.start()
    assert is_running.wait(PATIENCE)
    try:
        said = in_child(lambda: total(tmp_path / "child.h5"))
    finally:
        is_enough.set()
        runner.join()
    assert said.startswith("UsageError: this process was forked while a run was under way")

"""Exceptions arrive whole, wherever they were thrown: type, message, data, notes and causes."""

from __future__ import annotations

import pickle
import traceback
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import lantian

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SCENARIO = SCENARIOS / "examples/one-retrofit.toml"
TOO_FEW = {"events": 1, "events-at-once": 1}  # any replication passes these


class Refusal(Exception):
    """An exception of somebody else, with data of its own."""

    def __init__(self, message: str, *, shelf: int) -> None:
        super().__init__(message)
        self.shelf = shelf


def refuse(done: int, every: int) -> None:
    """Progress that ends a run, as a caller's own code may fail in a callback."""
    try:
        {}["no such key"]
    except KeyError as cause:
        error = Refusal("不行: not now", shelf=7)
        error.add_note(f"at {done} of {every}")
        raise error from cause


@pytest.mark.parametrize("threads", [1, 4])
@pytest.mark.parametrize("statistics_only", [False, True])
def test_what_a_callback_raises_arrives_as_it_was(
    threads: int, statistics_only: bool, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match="不行: not now") as caught:
        lantian.run(
            SCENARIO,
            output=tmp_path / "out.h5",
            replications=5000,
            threads=threads,
            statistics_only=statistics_only,
            progress=refuse,
        )
    error = caught.value
    assert error.shelf == 7
    assert error.__notes__[0].endswith("of 5000")
    assert isinstance(error.__cause__, KeyError)
    assert "refuse" in [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    assert not (tmp_path / "out.h5").exists()


def test_a_callback_may_raise_what_ends_a_program(tmp_path: Path) -> None:
    def leave(done: int, every: int) -> None:
        raise SystemExit(7)

    with pytest.raises(SystemExit) as caught:
        lantian.run(SCENARIO, output=tmp_path / "out.h5", replications=5000, progress=leave)
    assert caught.value.code == 7


def failure_of(**options: Any) -> lantian.ModelError:
    """Give what a run says whose model runs away."""
    with pytest.raises(lantian.ModelError) as caught:
        lantian.run(SCENARIO, replications=200, seed=11, limits=TOO_FEW, **options)
    return caught.value


def told(error: lantian.ModelError) -> tuple[Any, ...]:
    """All that an error of the model says."""
    return (str(error), error.process, error.time, error.replication, error.seed)


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_a_model_that_fails_says_the_same_from_any_thread(threads: int) -> None:
    alone = failure_of(threads=1)
    assert told(failure_of(threads=threads)) == told(alone)
    assert (alone.replication, alone.seed) == (0, 11)
    assert "replication 0" in str(alone)


def test_a_model_that_fails_says_the_same_from_other_processes() -> None:
    alone = failure_of(threads=1)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert told(failure_of(executor=pool)) == told(alone)
    with ThreadPoolExecutor(2) as pool:
        assert told(failure_of(executor=pool)) == told(alone)


def error_of_each_kind(folder: Path) -> list[lantian.Error]:
    """Give an error of every kind, as the engine raises it."""
    broken = folder / "broken.toml"
    broken.write_text("lantian = 1\nname = 3\n")
    present = folder / "present.h5"
    present.write_text("here")
    found: list[lantian.Error] = [failure_of()]
    for work in (
        lambda: lantian.load(broken),
        lambda: lantian.run(SCENARIO, replications=0),
        lambda: lantian.run(SCENARIO, output=present, replications=1),
        lambda: lantian.open(present),
    ):
        with pytest.raises(lantian.Error) as caught:
            work()
        found.append(caught.value)
    return found


def test_every_kind_of_error_travels_between_processes_with_its_data(tmp_path: Path) -> None:
    kinds = set()
    for error in error_of_each_kind(tmp_path):
        error.add_note("seen by a worker")
        copy = pickle.loads(pickle.dumps(error))
        assert type(copy) is type(error)
        assert (copy.args, copy.__dict__) == (error.args, error.__dict__)
        assert copy.__notes__ == ["seen by a worker"]
        kinds.add(type(error).__name__)
    assert kinds == {"ModelError", "ScenarioError", "UsageError", "OutputError", "ResultFileError"}


class Failing(Executor):
    """An executor whose workers raise an error that is not the engine's."""

    def submit(self, work: Any, /, *args: Any, **named: Any) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        future.set_exception(Refusal("no worker is free", shelf=3))
        return future


def test_a_worker_that_fails_otherwise_is_told_and_made_up_for(tmp_path: Path) -> None:
    with pytest.warns(RuntimeWarning, match="Refusal: no worker is free"):
        results = lantian.run(
            SCENARIO, output=tmp_path / "out.h5", replications=3, executor=Failing()
        )
    assert results.replications == 3


def test_the_next_run_is_as_good_as_if_nothing_had_happened(tmp_path: Path) -> None:
    expected = lantian.run(SCENARIO, replications=5)["one-retrofit"]["PM"]
    with pytest.raises(Refusal):
        lantian.run(SCENARIO, replications=5000, progress=refuse)
    failure_of()
    again = lantian.run(SCENARIO, replications=5)["one-retrofit"]["PM"]
    assert (again == expected).all()

"""Blocks computed elsewhere: the bits of one thread, and a dead worker costs little."""

import multiprocessing
import os
import pickle
import warnings
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import lantian

EXAMPLES = Path(__file__).parents[2] / "scenarios/examples"
SCENARIO = EXAMPLES / "one-retrofit.toml"
SETTINGS = {"replications": 50, "seed": 5, "block": 8}  # 7 blocks, the last of 2 replications


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The run of one thread, without an executor."""
    path = tmp_path_factory.mktemp("alone") / "out.h5"
    return lantian.run(SCENARIO, output=path, threads=1, **SETTINGS)


def assert_same(results, expected):
    assert list(results) == list(expected)
    for id, scenario in expected.items():
        for variable, values in scenario.items():
            assert results[id][variable].tobytes() == values.tobytes(), variable
        assert results[id].event_log.detail.tolist() == scenario.event_log.detail.tolist()


class Lazy(Executor):
    """Computes in this process, when asked for the result; may lose some tasks."""

    def __init__(self, fails=lambda number: None):
        self.tasks = 0
        self.fails = fails

    def submit(self, function, /, *arguments):
        number = self.tasks
        self.tasks += 1
        future = Future()
        error = self.fails(number)
        if error is None:
            future.set_result(function(*arguments))
        else:
            future.set_exception(error)
        return future


def test_a_process_pool_gives_the_same_bits(alone, tmp_path):
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        results = lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=pool, **SETTINGS)
    assert_same(results, alone)


def test_threads_and_variants_in_memory_give_the_same_bits(alone, tmp_path):
    with ThreadPoolExecutor(3) as pool:
        results = lantian.run(
            lantian.load(SCENARIO), output=tmp_path / "out.h5", executor=pool, **SETTINGS
        )
    assert_same(results, alone)


def test_two_dask_workers_give_the_same_bits(alone, tmp_path):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor(pure=False) as pool,
    ):
        results = lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=pool, **SETTINGS)
    assert_same(results, alone)


def die(*arguments):
    os._exit(9)


class Deadly(ProcessPoolExecutor):
    """A pool in which the third task kills its worker."""

    number = 0

    def submit(self, function, /, *arguments):
        self.number += 1
        return super().submit(die if self.number == 3 else function, *arguments)


def test_a_worker_that_dies_costs_nothing_but_its_blocks(alone, tmp_path):
    context = multiprocessing.get_context("spawn")
    with (
        Deadly(2, mp_context=context) as pool,
        pytest.warns(RuntimeWarning, match="computed in this process instead") as warned,
    ):
        results = lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=pool, **SETTINGS)
    assert len(warned) == 1
    assert_same(results, alone)


def test_one_lost_task_is_computed_here_and_the_others_there(alone, tmp_path):
    executor = Lazy(lambda number: OSError("connection lost") if number == 3 else None)
    with pytest.warns(RuntimeWarning, match="the block from replication 24 is computed in this"):
        results = lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=executor, **SETTINGS)
    assert executor.tasks == 7
    assert_same(results, alone)


def test_an_error_of_the_engine_in_a_worker_arrives_intact(tmp_path):
    error = lantian.ModelError("gone wrong", process="m", seconds=0, replication=7, seed=5)
    executor = Lazy(lambda number: pickle.loads(pickle.dumps(error)))
    with pytest.raises(lantian.ModelError, match="gone wrong") as caught:
        lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=executor, **SETTINGS)
    assert caught.value.replication == 7
    assert caught.value.time == np.datetime64("1970-01-01T00:00:00")
    assert list(tmp_path.iterdir()) == []


def test_blocks_of_another_run_are_refused(tmp_path):
    class Foreign(Lazy):
        def submit(self, function, job, /, *range_):
            return super().submit(function, type(job)(**{**vars(job), "seed": 6}), *range_)

    with pytest.raises(lantian.UsageError, match="of another run"):
        lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=Foreign(), **SETTINGS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda b: b[:-1], "damaged"),
        (lambda b: b[:100] + bytes([b[100] ^ 1]) + b[101:], "damaged"),
        (lambda b: b"", "no blocks of a run"),
    ],
)
def test_damaged_blocks_are_refused(tmp_path, damage, message):
    class Damaging(Lazy):
        def submit(self, function, /, *arguments):
            return super().submit(lambda *a: damage(function(*a)), *arguments)

    with pytest.raises(lantian.UsageError, match=message):
        lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=Damaging(), **SETTINGS)


def test_progress_counts_blocks_and_may_end_the_run(tmp_path):
    seen = []

    def stop(done, all):
        seen.append((done, all))
        if done >= 16:
            raise LookupError("enough")

    with pytest.raises(LookupError):
        lantian.run(
            SCENARIO, output=tmp_path / "out.h5", executor=Lazy(), progress=stop, **SETTINGS
        )
    assert seen == [(8, 50), (16, 50)]
    assert list(tmp_path.iterdir()) == []


def test_few_tasks_are_on_their_way_at_a_time(tmp_path):
    class Small(Lazy):
        _max_workers = 1
        most = 0
        written = 0

        def submit(self, function, /, *arguments):
            future = super().submit(function, *arguments)
            self.most = max(self.most, self.tasks - self.written)
            return future

    executor = Small()

    def count(done, all):
        executor.written += 1

    lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=executor, progress=count, **SETTINGS)
    assert executor.most == 2


@pytest.mark.parametrize("kind", [lantian.ScenarioError, lantian.UsageError, lantian.Interrupted])
def test_errors_survive_pickling(kind):
    again = pickle.loads(pickle.dumps(kind("what is wrong")))
    assert type(again) is kind
    assert str(again) == "what is wrong"


def test_mistakes_survive_pickling():
    mistake = lantian.Mistake("a.toml", 1, 2, "x.y", "wrong")
    again = pickle.loads(pickle.dumps(lantian.ScenarioError("text", mistakes=[mistake])))
    assert again.mistakes == (mistake,)


def test_limits_reach_the_workers(tmp_path):
    output, limits = tmp_path / "out.h5", {"events": 1}
    with (
        ThreadPoolExecutor(1) as pool,
        pytest.raises(lantian.ModelError, match="the limit 'events'"),
    ):
        lantian.run(SCENARIO, output=output, executor=pool, limits=limits, **SETTINGS)


def test_there_is_no_warning_where_nothing_is_lost(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        lantian.run(SCENARIO, output=tmp_path / "out.h5", executor=Lazy(), **SETTINGS)

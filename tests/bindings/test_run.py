"""Loading, checking and running scenarios: one stack that emits 20 kg a day through 2025."""

import gc
import os
import signal
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest

import lantian

ONE_STACK = Path(__file__).with_name("one_stack.toml")
ENDLESS = 1_000_000  # replications, more than anybody waits for


@pytest.fixture
def output(tmp_path):
    return tmp_path / "out.h5"


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(ONE_STACK.read_text().replace('"2 kg/t"', '"2 kg/tonn"'))
    return path


def test_a_scenario_tells_its_facts_and_ids():
    scenario = lantian.load(ONE_STACK)
    assert scenario.id == "one_stack"
    assert scenario.name == "One stack"
    assert scenario.name_zh == "一根烟囱"
    assert scenario.as_of == np.datetime64("2025-01-01")
    assert scenario.start == np.datetime64("2025-01-01T00:00:00")
    assert scenario.end == np.datetime64("2026-01-01T00:00:00")
    assert scenario.tables["sources"] == ("stack",)
    assert scenario.tables["measures"] == ()


def test_a_resolved_scenario_loads_by_itself(tmp_path):
    path = tmp_path / "resolved.toml"
    path.write_text(lantian.load(ONE_STACK).to_toml(provenance=True))
    assert lantian.load(path).name == "One stack"


def test_a_good_scenario_has_no_mistakes():
    assert lantian.check(ONE_STACK) == ()
    assert lantian.check([ONE_STACK, ONE_STACK]) == ()


def test_mistakes_come_with_file_line_and_key(wrong):
    (mistake,) = lantian.check([ONE_STACK, wrong])
    assert mistake.file == str(wrong)
    assert mistake.line == 23
    assert mistake.key == "sources.stack.emits.PM.raw"
    with pytest.raises(lantian.ScenarioError) as caught:
        lantian.load(wrong)
    assert caught.value.mistakes == (mistake,)
    assert mistake.message in str(caught.value)


def test_a_run_gives_the_numbers_worked_out_by_hand(output):
    results = lantian.run(ONE_STACK, output=output, replications=3, threads=2)
    assert output.exists()
    assert results.replications == 3
    emitted = results["one_stack"]["PM"].sum(axis=1)  # over the accounts
    # 3650 t a year are 10 t a day in 2025, 20 kg of PM; by month 20 kg times its days
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    np.testing.assert_allclose(emitted, np.tile(days * 0.020, (3, 1)), rtol=1e-12)


def test_the_numbers_do_not_depend_on_the_threads(tmp_path):
    one, two = (
        lantian.run(ONE_STACK, output=tmp_path / f"{n}.h5", replications=70, threads=n)
        for n in (1, 2)
    )
    assert one["one_stack"]["PM"].tobytes() == two["one_stack"]["PM"].tobytes()


def test_progress_ends_with_all(output):
    seen = []
    lantian.run(
        ONE_STACK, output=output, replications=500, progress=lambda *counts: seen.append(counts)
    )
    assert seen[-1] == (500, 500)
    assert seen == sorted(seen)


def test_a_wrong_scenario_stops_the_run_before_anything_is_written(wrong, output):
    with pytest.raises(lantian.ScenarioError):
        lantian.run([ONE_STACK, wrong], output=output)
    assert not output.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"replications": 0}, "replications must be at least 1"),
        ({"replications": 10, "chance_draws": 3}, "give a multiple"),
        ({"block": 0}, "a block must have at least 1 replication"),
        ({"seed": -1}, "seed must be from 0 to 18446744073709551615, not -1"),
        ({"threads": -1}, "threads must be from 0 to 4294967295, not -1"),
        ({"limits": {"evnts": 9}}, "there is no limit 'evnts'; did you mean 'events'"),
        ({"limits": {"events": 0}}, "limit events=0: must be a whole number from 1 to 1e"),
        ({"limits": {"output": 8}}, "the limit 'output' is"),
    ],
)
def test_impossible_options_are_a_usage_error(output, options, message):
    with pytest.raises(lantian.UsageError, match=message):
        lantian.run(ONE_STACK, output=output, **options)
    assert not output.exists()


def test_a_model_that_goes_beyond_a_limit_is_stopped(output):
    scenario = Path(__file__).parents[2] / "scenarios/examples/one-retrofit.toml"
    with pytest.raises(lantian.ModelError, match=r"more than 1 events.*the limit 'events'"):
        lantian.run(scenario, output=output, replications=1, limits={"events": 1})
    assert not output.exists()


def test_an_existing_file_is_kept_unless_it_may_be_replaced(output):
    output.write_text("mine")
    with pytest.raises(lantian.OutputError) as caught:
        lantian.run(ONE_STACK, output=output, replications=1)
    assert caught.value.path == output
    assert output.read_text() == "mine"
    lantian.run(ONE_STACK, output=output, replications=1, overwrite=True).verify()


def test_what_progress_raises_ends_the_run(output):
    def refuse(done, every):
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        lantian.run(ONE_STACK, output=output, replications=ENDLESS, progress=refuse)
    assert not output.exists()


def test_ctrl_c_ends_the_run_and_leaves_what_can_be_resumed(output):
    interrupt = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    interrupt.start()
    with pytest.raises(KeyboardInterrupt):
        lantian.run(ONE_STACK, output=output, replications=ENDLESS)
    interrupt.join()
    assert [path.name for path in output.parent.iterdir()] == [f"{output.name}.parts"]
    with pytest.raises(lantian.OutputError, match="an earlier run was stopped"):
        lantian.run(ONE_STACK, output=output, replications=8)
    resumed = lantian.run(ONE_STACK, output=output, replications=128, resume=True)
    whole = lantian.run(ONE_STACK, replications=128)
    (name,) = whole
    assert resumed[name]["PM"].tobytes() == whole[name]["PM"].tobytes()
    assert list(output.parent.iterdir()) == [output]


def test_other_python_threads_go_on_during_a_run(output):
    turns = iter(range(1000))

    def stop_after_some_turns(done, every):
        if next(turns) == 3:
            raise StopIteration

    counted = threading.Event()
    other = threading.Thread(target=counted.set)
    starter = threading.Timer(0.05, other.start)
    starter.start()
    with pytest.raises(StopIteration):
        lantian.run(ONE_STACK, output=output, replications=ENDLESS, progress=stop_after_some_turns)
    starter.join()
    assert counted.is_set()


def test_two_runs_side_by_side_do_not_touch_each_other(tmp_path):
    def run(seed):
        lantian.run(ONE_STACK, output=tmp_path / f"{seed}.h5", replications=20, seed=seed)

    threads = [threading.Thread(target=run, args=(seed,)) for seed in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [lantian.open(tmp_path / f"{seed}.h5").attributes["seed"] for seed in (1, 2, 3)] == [
        1,
        2,
        3,
    ]


def test_without_an_output_the_file_goes_with_the_results(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    results = lantian.run(ONE_STACK, replications=2)
    dust = results["one_stack"]["PM"]
    assert results.path.exists()
    assert dust.sum() == pytest.approx(2 * 7.3)
    del results
    gc.collect()
    assert list(tmp_path.iterdir()) == []
    assert dust.sum() == pytest.approx(2 * 7.3)


def test_a_run_that_fails_leaves_no_temporary_file(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def refuse(done, every):
        raise LookupError("enough")

    with pytest.raises(LookupError):
        lantian.run(ONE_STACK, replications=ENDLESS, progress=refuse)
    assert list(tmp_path.iterdir()) == []

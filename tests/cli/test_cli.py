"""The command as its users meet it: exit codes, messages, suggestions, what it leaves behind."""

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LANTIAN = Path(sys.executable).with_name("lantian")
BAOTOU = Path(__file__).parents[2] / "scenarios" / "baotou"
ONE_STACK = Path(__file__).parents[1] / "bindings" / "one_stack.toml"


def lantian(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command with its output captured."""
    return subprocess.run(
        [LANTIAN, *map(str, words)], capture_output=True, text=True, cwd=cwd, check=False
    )


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Baotou's baseline and plan, a few replications of each."""
    path = tmp_path_factory.mktemp("result") / "baotou.h5"
    run = lantian(
        "run",
        BAOTOU / "baseline.toml",
        BAOTOU / "as-planned.toml",
        "-o",
        path,
        "--replications",
        12,
    )
    assert run.returncode == 0, run.stderr
    return path


def test_check_accepts_every_shipped_scenario() -> None:
    files = sorted(BAOTOU.glob("*.toml"))
    checked = lantian("check", *files)
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(": good: ") == len(files)
    assert {"baseline", "as-planned", "city", "full-plan"} <= {file.stem for file in files}


def test_run_says_one_line_and_shows_no_progress_off_a_terminal(tmp_path: Path) -> None:
    run = lantian("run", ONE_STACK, "-o", tmp_path / "out.h5", "--replications", 3)
    assert run.returncode == 0
    assert run.stderr == ""
    assert len(run.stdout.splitlines()) == 1


def test_run_is_silent_when_asked(tmp_path: Path) -> None:
    run = lantian("run", ONE_STACK, "-o", tmp_path / "out.h5", "--replications", 3, "--quiet")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_run_keeps_an_existing_result_unless_told(tmp_path: Path) -> None:
    output = tmp_path / "out.h5"
    output.write_bytes(b"precious")
    refused = lantian("run", ONE_STACK, "-o", output, "--replications", 3)
    assert refused.returncode == 4
    assert "--overwrite" in refused.stderr
    assert output.read_bytes() == b"precious"
    assert (
        lantian("run", ONE_STACK, "-o", output, "--replications", 3, "--overwrite").returncode == 0
    )


def test_compare_fits_a_terminal_and_names_the_base(result: Path) -> None:
    compared = lantian("compare", result)
    assert compared.returncode == 0, compared.stderr
    assert "differences from baseline" in compared.stdout
    assert max(map(len, compared.stdout.splitlines())) <= 80


def test_compare_as_json_has_every_pollutant(result: Path) -> None:
    compared = json.loads(lantian("compare", result, "--base", "baseline", "--json").stdout)
    names = {quantity["name"] for quantity in compared["quantities"]}
    assert {"PM", "PM25", "SO2", "NOx", "VOC", "CO2", "cost"} <= names
    assert compared["replications"] == 12


def test_compare_splits_what_is_unknown_from_what_varies(tmp_path: Path) -> None:
    path = tmp_path / "plan.h5"
    lantian(
        "run",
        BAOTOU / "as-planned.toml",
        "-o",
        path,
        "--replications",
        24,
        "--chance-draws",
        4,
    )
    table = lantian("compare", path)
    assert "what is unknown" in table.stdout
    assert "between parameter draws" in table.stdout
    assert max(map(len, table.stdout.splitlines())) <= 80
    amounts = json.loads(lantian("compare", path, "--json").stdout)["quantities"]
    nox = next(quantity for quantity in amounts if quantity["name"] == "NOx")
    # Factors and gas volumes are not known at all well; durations move the total far less.
    assert nox["scenarios"][0]["parameter_variance"] > nox["scenarios"][0]["chance_variance"] > 0


def test_why_tells_dates_and_causes(result: Path) -> None:
    why = lantian("why", result, "relocate-jiyu")
    assert why.returncode == 0, why.stderr
    for word in ("begun", "works", "permits", "crews", "season"):
        assert word in why.stdout
    assert max(map(len, why.stdout.splitlines())) <= 80


def test_show_prints_a_scenario_that_loads_again(tmp_path: Path) -> None:
    shown = lantian("show", BAOTOU / "crews-doubled.toml", "--resolved")
    assert shown.returncode == 0
    again = tmp_path / "again.toml"
    again.write_text(shown.stdout, encoding="utf-8")
    assert lantian("check", again).returncode == 0


def test_show_says_where_a_value_comes_from() -> None:
    shown = lantian("show", BAOTOU / "crews-doubled.toml", "--resolved", "--provenance")
    assert "crews-doubled.toml:" in shown.stdout
    assert "baseline.toml:" in shown.stdout


def test_explain_knows_keys_and_suggests() -> None:
    assert lantian("explain", "sources.activity").stdout.startswith("sources.<id>.activity")
    assert lantian("explain", "sources.sinter").stdout.startswith("sources\n")
    unknown = lantian("explain", "sources.activty")
    assert unknown.returncode == 2
    assert "did you mean 'activity'?" in unknown.stderr


def test_version_lists_the_libraries() -> None:
    version = lantian("--version")
    assert version.returncode == 0
    for library in ("HDF5", "Boost", "fmt"):
        assert library.lower() in version.stdout.lower()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chekc"], "did you mean 'check'?"),
        (
            ["run", "x.toml", "--output", "y.h5", "--replicatons", "3"],
            "did you mean '--replications'?",
        ),
        (["run", "x.toml"], "--output"),
        (["run", str(ONE_STACK), "-o", "y.h5", "--replications", "0"], "replications"),
        (
            ["run", str(ONE_STACK), "-o", "y.h5", "--replications", "10", "--chance-draws", "3"],
            "multiple",
        ),
        (
            ["run", str(ONE_STACK), "-o", "y.h5", "--limit", "evnts=1e10"],
            "there is no limit 'evnts'; did you mean 'events'?",
        ),
        (
            ["run", str(ONE_STACK), "-o", "y.h5", "--limit", "events=many"],
            "--limit events=many: write NAME=NUMBER, such as rows=1e7",
        ),
        (["run", str(ONE_STACK), "-o", "y.h5", "--limit", "output=100"], "the limit 'output'"),
        (["check", "no-such.toml"], "no-such.toml"),
        (["compare", "no-such.h5"], "no-such.h5"),
        (["compare", str(ONE_STACK)], "not"),
        ([], "verb"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_what_is_wrong(
    words: list[str], message: str, tmp_path: Path
) -> None:
    wrong = lantian(*words, cwd=tmp_path)
    assert wrong.returncode == 2, wrong.stderr
    if words:
        assert message in wrong.stderr
    assert list(tmp_path.iterdir()) == []


def test_wrong_base_and_measure_are_named_with_the_nearest(result: Path) -> None:
    base = lantian("compare", result, "--base", "basline")
    assert base.returncode == 2
    assert "did you mean 'baseline'?" in base.stderr
    measure = lantian("why", result, "relocate-jyu")
    assert measure.returncode == 2
    assert "did you mean 'relocate-jiyu'?" in measure.stderr


def test_all_mistakes_of_all_files_come_out_at_once(tmp_path: Path) -> None:
    for name in ("first", "second"):
        text = ONE_STACK.read_text(encoding="utf-8").replace("3650 t/year", "3650 t/yaer")
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    wrong = lantian("run", "first.toml", "second.toml", "-o", "out.h5", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "first.toml:22:" in wrong.stderr
    assert "second.toml:22:" in wrong.stderr
    assert not (tmp_path / "out.h5").exists()


def test_two_scenarios_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(ONE_STACK, tmp_path / "a.toml")
    shutil.copy(ONE_STACK, tmp_path / "other" / "a.toml")
    wrong = lantian("run", "a.toml", "other/a.toml", "-o", "out.h5", cwd=tmp_path)
    assert wrong.returncode == 2
    assert "same id 'a'" in wrong.stderr


def test_output_into_a_missing_folder_is_an_output_error(tmp_path: Path) -> None:
    wrong = lantian("run", ONE_STACK, "-o", tmp_path / "nowhere" / "out.h5", "--replications", 2)
    assert wrong.returncode == 4
    assert "nowhere" in wrong.stderr


def test_interrupt_stops_soon_and_keeps_what_was_computed(tmp_path: Path) -> None:
    output = tmp_path / "out.h5"
    process = subprocess.Popen(
        [LANTIAN, "run", BAOTOU / "as-planned.toml", "-o", output, "--replications", "10000"],
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 130
    assert re.fullmatch(
        r".*out\.h5: interrupted; \d+ of 10000 replications are kept beside it: "
        r"resume the run to go on\n",
        errors,
    )
    assert [path.name for path in tmp_path.iterdir()] == ["out.h5.parts"]


def test_the_result_does_not_depend_on_the_number_of_threads(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    files = []
    for threads in (1, 2, 3, 8):
        path = tmp_path / f"{threads}.h5"
        run = lantian(
            "run",
            BAOTOU / "as-planned.toml",
            "-o",
            path,
            "--replications",
            16,
            "--threads",
            threads,
            "--quiet",
        )
        assert run.returncode == 0, run.stderr
        files.append(h5py.File(path))
    group = files[0]["as-planned"]
    for name, dataset in group.items():
        if not isinstance(dataset, h5py.Dataset) or dataset.dtype.kind not in "fi":
            continue
        for other in files[1:]:
            assert dataset[()].tobytes() == other["as-planned"][name][()].tobytes(), name
    for file in files:
        file.close()

"""Every example is sound, is quick, and shows what its first lines say."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import h5py
import numpy
import pytest

LANTIAN = Path(sys.executable).with_name("lantian")
EXAMPLES = Path(__file__).parents[2] / "scenarios" / "examples"
SECONDS = 5  # a run takes a fraction of one; slow machines and sanitizers are not the point here

SAID = """
extends = "one-retrofit.toml"
[published.elsewhere]
plants    = ["works"]
pollutant = "PM"
value     = "0.3 kg/t"
low       = "0.1 kg/t"
high      = "0.9 kg/t"
year      = 2019
[caveats.made-up]
text = "No conclusion on any real works."
"""


def lantian(*words: object) -> str:
    """Run the command, which must succeed; what it says."""
    run = subprocess.run([LANTIAN, *map(str, words)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


def share_met(compared: str, target: str) -> float:
    """The share of replications [%] in which a target was met, as `compare` prints it."""
    lines = compared.splitlines()
    header = next(i for i, line in enumerate(lines) if line.startswith(f"target {target} "))
    return float(lines[header + 1].split()[1])


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_example_says_what_it_shows_and_runs_a_hundred_times(example: Path, tmp_path: Path) -> None:
    head = example.read_text("utf-8").splitlines()[:6]
    assert any(line.startswith("# Shows: ") for line in head)
    began = time.monotonic()
    lantian("run", example, "-o", tmp_path / "out.h5", "--replications", 100)
    assert time.monotonic() - began < SECONDS


def test_published_figures_and_caveats_change_no_number(tmp_path: Path) -> None:
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLES, folder)
    (folder / "said.toml").write_text(SAID, "utf-8")
    output = tmp_path / "out.h5"
    plain = folder / "one-retrofit.toml"
    lantian("run", plain, folder / "said.toml", "-o", output, "--replications", 20)
    with h5py.File(output) as file:
        assert file["said"].keys() == file["one-retrofit"].keys()
        for name in ("PM", "measure_date", "target_margin", "parameter_value"):
            same = file["said"][name][()], file["one-retrofit"][name][()]
            numpy.testing.assert_array_equal(*same)


def test_grade_a_may_leave_the_orders_of_an_alert_too_weak(tmp_path: Path) -> None:
    # the same worlds: the orders always suffice before exemptions, and often do not after them
    output = tmp_path / "grades.h5"
    lantian("run", EXAMPLES / "grades.toml", "-o", output, "--replications", 100)
    compared = lantian("compare", output)
    assert share_met(compared, "orders-would-suffice") == 100
    assert share_met(compared, "orders-suffice") < 60

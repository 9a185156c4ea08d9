"""The command `lantian sensitivity`: what it prints, what it keeps, and what it refuses."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lantian import design, findings
from lantian.commands.sensitivity import main

pytest.importorskip("SALib")

UNCERTAIN = Path(__file__).parents[1] / "design/uncertain"
PRODUCT = str(UNCERTAIN / "product.toml")
LUCK = str(UNCERTAIN / "luck.toml")


def test_it_prints_the_indices_the_largest_first(capsys):
    assert main([PRODUCT, "--of", "PM", "--base-sample", "16"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "product: shares of the variance, base sample 16, 96 runs, seed 1"
    assert re.fullmatch(r"PM \[t\]: mean [\d.]+, standard deviation [\d.]+", lines[2])
    assert [line.split()[0] for line in lines[3:]] == [
        "input", "sources.stack.activity", "factor", "idle", "chance",
    ]  # fmt: skip
    assert all(len(line) <= 80 for line in lines)


def test_it_prints_the_swings_worked_out_by_hand(capsys):
    words = [PRODUCT, "--of", "PM", "--method", "tornado", "--chance-draws", "1", "--top", "2"]
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "PM [t]: 3 at all medians"
    assert lines[4].split() == ["sources.stack.activity", "1.8", "4.2", "+2.4"]
    assert lines[5].split() == ["factor", "2.2", "3.8", "+1.6"]
    assert lines[6] == "  and 1 more"


def test_it_lists_what_is_uncertain(capsys):
    assert main([PRODUCT, "--list"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("product: 3 uncertain inputs, and chance\n")
    assert "  uniform: low 1 kg/t, high 2 kg/t\n" in said
    assert "  10 % 1.1, median 1.5, 90 % 1.9 [kg/t]\n" in said


def test_what_it_finds_is_kept_and_is_what_python_finds(tmp_path, capsys):
    output = tmp_path / "found.json"
    assert main([PRODUCT, "--of", "PM", "--base-sample", "8", "-o", str(output)]) == 0
    kept = findings.read(output)
    assert (kept.kind, kept.scenario, kept.replications) == ("sensitivity", "product", 48)
    found = design.sobol_indices(PRODUCT, [design.emission("PM")], base_sample=8)
    assert kept.content["method"] == "sobol"
    assert kept.content["total"] == found.total.tolist()
    assert kept.content["inputs"][0]["id"] == "factor"
    assert main([PRODUCT, "--of", "PM", "--base-sample", "8", "-o", str(output)]) == 4
    assert "exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([PRODUCT], "--of is missing"),
        ([PRODUCT, "--of", "pm"], "did you mean 'PM'?"),
        ([PRODUCT, "--of", "PM:2031"], "not in the horizon, 2025 to 2025"),
        ([PRODUCT, "--of", "PM", "--base-sample", "12"], "power of two"),
        ([PRODUCT, "--of", "PM", "--inputs", "factr"], "did you mean 'factor'?"),
        ([PRODUCT, "--of", "PM", "--chance-draws", "3"], "in sobol chance is an input"),
        ([PRODUCT, "--of", "PM", "--method", "tornado", "--base-sample", "4"], "--chance-draws"),
        ([PRODUCT, "--of", "cost", "--base-sample", "2"], "nothing that is uncertain moves it"),
        ([LUCK, "--of", "PM", "--method", "tornado"], "nothing in luck is uncertain but chance"),
        ([str(UNCERTAIN / "nothing.toml"), "--list"], "nothing.toml"),
    ],
)
def test_wrong_requests_are_exit_code_2_with_the_reason(words, said, capsys):
    assert main(words) == 2
    assert said in capsys.readouterr().err


def test_options_that_are_none_are_refused(capsys):
    with pytest.raises(SystemExit) as caught:
        main([PRODUCT, "--of", "PM", "--method", "morris"])
    assert caught.value.code == 2


def test_a_reader_that_has_seen_enough_is_no_failure():
    command = [sys.executable, "-m", "lantian.commands.sensitivity", PRODUCT, "--list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.wait() == 0
        assert process.stderr.read() == b""

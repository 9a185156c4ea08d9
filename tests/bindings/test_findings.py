"""Findings: what a verb writes is what the report reads."""

import json
from dataclasses import dataclass

import numpy as np
import pytest

from lantian import OutputError, UsageError, findings
from lantian.report.found import Found


@dataclass(frozen=True)
class Gain:
    lever: str
    tonnes: float
    interval: tuple[float, float]
    date: np.datetime64


GAIN = Gain("crews", np.float64(-12.5), (float("-inf"), np.float64(-3)), np.datetime64("NaT"))


def written(tmp_path, **changes):
    path = tmp_path / "gain.json"
    about = {"scenario": "plan", "replications": 20, "seed": 7, **changes}
    return findings.write(path, "value", GAIN, **about)


def test_what_is_written_is_read_and_missing_numbers_are_none(tmp_path):
    found = findings.read(written(tmp_path))
    assert (found.kind, found.scenario, found.replications, found.seed) == ("value", "plan", 20, 7)
    assert found.content == {
        "lever": "crews",
        "tonnes": -12.5,
        "interval": [None, -3.0],
        "date": None,
    }


def test_a_file_that_is_there_is_kept(tmp_path):
    path = written(tmp_path)
    with pytest.raises(OutputError, match="--overwrite"):
        written(tmp_path, seed=8)
    assert findings.read(path).seed == 7
    assert findings.read(written(tmp_path, seed=8, overwrite=True)).seed == 8


@pytest.mark.parametrize("content", ["", "{}", "[1]", "no json", '{"file": "mine"}'])
def test_what_is_no_finding_is_refused(tmp_path, content):
    path = tmp_path / "other.json"
    path.write_text(content)
    with pytest.raises(UsageError, match="not what a verb of lantian wrote"):
        findings.read(path)


def test_a_later_format_is_refused_with_the_version_that_wrote_it(tmp_path):
    path = written(tmp_path)
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "format": 3, "version": "9.1"}))
    with pytest.raises(UsageError, match=r"format 3, written by lantian 9\.1"):
        findings.read(path)


def test_a_number_that_was_changed_is_found_and_another_layout_is_not(tmp_path):
    path = written(tmp_path)
    sound = path.read_text()
    path.write_text(json.dumps(json.loads(sound)))
    assert findings.read(path).content["tonnes"] == -12.5
    path.write_text(sound.replace("-12.5", "-13.5"))
    with pytest.raises(UsageError, match="was damaged or changed after it was written"):
        findings.read(path)


def test_a_report_takes_findings_about_its_scenarios_only(works, tmp_path):
    assert Found.read([written(tmp_path)], works).of_kind("value")[0].seed == 7
    other = written(tmp_path, scenario="plam", overwrite=True)
    with pytest.raises(UsageError, match=r"about 'plam'.*did you mean 'plan'"):
        Found.read([other], works)


def test_a_run_is_no_finding_and_a_missing_file_is_said(works, tmp_path):
    with pytest.raises(UsageError, match="a result of lantian run"):
        Found.read([works.path], works)
    with pytest.raises(UsageError, match="No such file"):
        Found.read([tmp_path / "gone.json"], works)

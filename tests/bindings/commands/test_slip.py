"""The command `lantian slip`: what it prints, and its exit codes."""

from pathlib import Path

import pytest

from lantian import findings
from lantian.commands.slip import main

TWO_JOBS = str(Path(__file__).parents[1] / "decide" / "two_jobs.toml")

TABLE = """\
two_jobs, 2025, 20 replications.
What is lost when the measures of both-by-july, all together and each alone,
begin 1 month later, in the same worlds:

PM, now 574 t                             change          95 % interval
  all                                        +31             +31 to +31
  filter-a                                     0                 0 to 0
  filter-b                                     0                 0 to 0
"""


def test_the_table_has_all_measures_and_each_alone(capsys):
    asked = ["--target", "both-by-july", "--outcome", "PM", "--replications", "20"]
    assert main([TWO_JOBS, *asked]) == 0
    assert capsys.readouterr() == (TABLE, "")


def test_a_finding_is_kept(tmp_path):
    path = tmp_path / "slip.json"
    assert main([TWO_JOBS, "--replications", "2", "-o", str(path)]) == 0
    found = findings.read(path)
    assert found.kind == "slip"
    assert [change["lever"] for change in found.content["changes"]] == [
        "all",
        "filter-a",
        "filter-b",
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (["--target", "both"], "no target 'both'"),
        (["--by", "a while"], "a span such as '1 month'"),
        (["--by", "2 year"], "after the end of the scenario"),
        (["--outcome", "date(filter)"], "did you mean 'filter-"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_printed(wrong, message, capsys):
    assert main([TWO_JOBS, *wrong]) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.out == ""

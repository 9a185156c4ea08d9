"""The command `lantian value`: what it prints, and its exit codes."""

from pathlib import Path

import pytest

from lantian import findings
from lantian.commands.value import main

TWO_JOBS = str(Path(__file__).parents[1] / "decide" / "two_jobs.toml")

TABLE = """\
two_jobs, 2025, 20 replications.
What each of these brings by itself, in the same worlds:
  resources.crews.capacity                        1 -> 2
  measures.*.start                                1 month earlier

probability(both-by-july), now 0.0 %
                                          change          95 % interval        p
  crews.capacity                       +100.0 pp        +77.2 to +100.0   <0.001
  *.start                                 0.0 pp         -16.1 to +16.1    1.000

date(both-by-july), now 2025-09-17        change          95 % interval
  crews.capacity                          -100 d           -100 to -100
  *.start                                  -28 d             -28 to -28

PM, now 574 t                             change          95 % interval
  crews.capacity                             -50             -50 to -50
  *.start                                    -28             -28 to -28

Not changed, or not assessable: cost.
"""


def test_the_table_has_a_block_an_outcome_and_a_row_a_change(capsys):
    asked = ["--of", "resources.crews.capacity", "measures.*.start", "--replications", "20"]
    assert main([TWO_JOBS, *asked]) == 0
    said = capsys.readouterr()
    assert said.out == TABLE
    assert said.err == ""
    assert all(len(line) <= 80 for line in said.out.splitlines())


def test_what_changes_nothing_shares_a_row(tmp_path, capsys):
    more = "".join(f'[resources.idle-{k}]\nkind = "crews"\ncapacity = 1\n' for k in range(3))
    (tmp_path / "two_jobs.toml").write_bytes(Path(TWO_JOBS).read_bytes())
    path = tmp_path / "plan.toml"
    path.write_text(f'lantian = 1\nextends = "two_jobs.toml"\n{more}')
    assert main([str(path), "--outcome", "PM", "cost", "--replications", "2"]) == 0
    said = capsys.readouterr().out
    assert "  crews.capacity                             -50             -50 to -50\n" in said
    assert "  the other 3                                  0                 0 to 0\n" in said
    assert "  all 4                                        0                 0 to 0\n" in said


def test_what_cannot_be_judged_has_no_numbers(tmp_path, capsys):
    (tmp_path / "two_jobs.toml").write_bytes(Path(TWO_JOBS).read_bytes())
    path = tmp_path / "plan.toml"
    path.write_text(
        'lantian = 1\nextends = "two_jobs.toml"\ntargets.both-by-july.not_assessable = "so"\n'
    )
    assert main([str(path), "--outcome", "probability(both-by-july)", "--replications", "2"]) == 0
    block = capsys.readouterr().out.split("\n\n")[1]
    assert block == (
        "probability(both-by-july), now -          change          95 % interval        p\n"
        "  crews.capacity                               -                      -\n"
    )


def test_a_finding_is_kept_and_not_replaced_unawares(tmp_path, capsys):
    path = tmp_path / "value.json"
    asked = [TWO_JOBS, "--replications", "2", "-o", str(path)]
    assert main(asked) == 0
    found = findings.read(path)
    assert (found.kind, found.scenario) == ("value", "two_jobs")
    assert found.content["effects"][0]["outcome"] == "probability(both-by-july)"
    assert main(asked) == 4
    assert "--overwrite" in capsys.readouterr().err
    assert main([*asked, "--overwrite"]) == 0


def test_less_of_something_is_no_option(capsys):
    earlier = ["--of", "measures.filter-a.start", "--by", "-28d", "--replications", "2"]
    assert main([TWO_JOBS, *earlier, "--outcome", "PM"]) == 0
    assert "2025-03-01 -> 2025-02-01" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (["--of", "resources.crew"], "did you mean 'crews'"),
        (["--by", "a lot"], "whole number"),
        (["--outcome", "NOX"], "no pollutant 'NOX'"),
        (["--replications", "1"], "at least 2"),
        (["-o", "/nowhere/value.json"], "no folder"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_printed(wrong, message, capsys):
    assert main([TWO_JOBS, *wrong]) in (2, 4)
    said = capsys.readouterr()
    assert message in said.err
    assert said.out == ""


def test_a_scenario_that_is_not_there_is_wrong_usage(capsys):
    assert main(["gone.toml"]) == 2
    assert "gone.toml" in capsys.readouterr().err

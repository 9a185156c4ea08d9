"""The command `lantian optimise`: what it prints, and its exit codes."""

from pathlib import Path

import pytest

from lantian import findings
from lantian.commands.optimise import main

TWO_JOBS = str(Path(__file__).parents[1] / "decide" / "two_jobs.toml")
ASKED = ["--target", "both-by-july", "--lever", "resources.crews.capacity=1..4"]
PRICE = ["--price", "resources.crews.capacity=3 MCNY"]

TABLE = """\
two_jobs: the cheapest choice that meets both-by-july with a probability of
90 %.

 cost [MCNY]       met     runs  verdict     crews.capacity
           3     0.0 %      100  misses      1
           6   100.0 %      100  meets       2  <- the choice
           9         -        -  not run     3
          12         -        -  not run     4

The choice: resources.crews.capacity = 2. 2 of 4 choices were run, 200
replications in all.
With a confidence of 95 %, the probability of the choice is above 88 %, and none
of those that miss has one of at least 92 %.
"""


def test_the_table_has_the_choices_by_cost_and_the_guarantee(capsys):
    assert main([TWO_JOBS, *ASKED, *PRICE]) == 0
    assert capsys.readouterr() == (TABLE, "")


def test_nothing_found_is_said_and_no_error(capsys):
    assert main([TWO_JOBS, "--target", "both-by-july", "--lever",
                 "measures.filter-a.start=2025-03-01,2025-04-01", "--price",
                 "measures.filter-a.start=1 MCNY,0"]) == 0  # fmt: skip
    said = capsys.readouterr().out
    assert "No choice was found to meet it. 2 of 2 choices were run" in said
    assert "none of those that miss has a probability of at" in said


def test_a_finding_is_kept(tmp_path):
    path = tmp_path / "least.json"
    assert main([TWO_JOBS, *ASKED, *PRICE, "-o", str(path)]) == 0
    found = findings.read(path)
    assert (found.kind, found.scenario, found.replications) == ("optimise", "two_jobs", 200)
    assert found.content["candidates"][found.content["choice"]]["values"] == ["2"]
    assert found.content["requirements"] == [{"targets": ["both-by-july"], "probability": 0.9}]
    assert main([TWO_JOBS, *ASKED, *PRICE, "-o", str(path)]) == 4


def test_simulated_cost_is_told_with_its_assumption(capsys):
    lever = ["--lever", "measures.filter-b.start=2025-03-01,2025-10-15"]
    cost = ["--cost", "simulated", "--cost-tolerance", "1 kCNY", "--probability", "10%"]
    assert main([TWO_JOBS, "--target", "both-by-july", *lever, *cost, "--most", "200"]) == 0
    assert "No choice was found" in capsys.readouterr().out
    crews = ["--lever", "resources.crews.capacity=2", "--cost", "simulated"]
    assert main([TWO_JOBS, "--target", "both-by-july", *crews]) == 0
    assert "costs that are about" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (["--lever", "resources.crews.capacity"], "write PATH=VALUE,VALUE or PATH=4..8"),
        (["--lever", "resources.crews.capacity=4..2"], "ends before it begins"),
        (["--lever", "resources.crews.capacity=1..99999"], "99999 values; at most 5000"),
        (["--lever", "resources.crews.capacity=2,,3"], "each value must be there once"),
        (["--lever", "measures.filter-a.start=soon"], "measures.filter-a.start"),
        (["--lever", "measures.filter-a.enabled=true,false"], "makes a scenario that is wrong"),
        (["--price", "resources.crews.capacity"], "write PATH=AMOUNT"),
        (["--price", "resources.crews.capacity=3 EUR"], "no amount of money"),
        (["--target", "both=0.5"], "no target 'both'"),
        (["--target", "both-by-july=much"], "'much' is no share"),
        (["--target", "both-by-july=0.5", "--jointly"], "one probability, not one each"),
        (["--probability", "0.99"], "both ends must lie between"),
        (["-o", "/nowhere/least.json"], "no folder"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_printed(wrong, message, capsys):
    given = [*ASKED, *PRICE]
    if wrong[0] in ("--lever", "--price"):  # in the place of the right one
        place = given.index(wrong[0])
        given[place : place + 2] = []
        given += PRICE if "start" in wrong[1] else []
    if "start" in wrong[-1] or "enabled" in wrong[-1]:
        given = ["--target", "both-by-july", "--cost", "simulated"]
    assert main([TWO_JOBS, *given, *wrong]) in (2, 4)
    said = capsys.readouterr()
    assert message in said.err
    assert said.out == ""


@pytest.mark.parametrize("wrong", [["--probability", "2"], ["--cost", "free"], ["--most", "0"]])
def test_what_is_no_number_is_wrong_usage(wrong, capsys):
    with pytest.raises(SystemExit) as caught:
        main([TWO_JOBS, *ASKED, *wrong])
    assert caught.value.code == 2
    assert wrong[1] in capsys.readouterr().err

"""Why a measure takes so long, and a target is missed: data, sentences, and the command."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import lantian

LANTIAN = Path(sys.executable).with_name("lantian")


def test_a_deadline_is_told_in_sentences(two_works):
    # worked out by hand in frames/test_targets.py
    (told,) = lantian.why(two_works, "both")
    assert told.sentences == (
        "both is met in none of 4 worlds (95 %: at most 49 %); it falls due on 2025-07-05.",
        "Half of the worlds have it by 2025-07-11, 80 % by 2025-07-11 and 95 % by 2025-07-11.",
        "On average it is 5 days late.",
        "The last measure on the way is always hood.",
        "On average its critical path takes 191 days: 91 days waiting for crews, 90 days on "
        "permits and 10 days at work.",
        "Of the lateness 48 % is owed to waiting for crews, 47 % to permits and 5.2 % to work.",
    )
    assert told.text.startswith("both is met in none of 4 worlds")
    lateness = told.target.lateness
    assert lateness.due == np.datetime64("2025-07-05")
    assert lateness.p80 == np.datetime64("2025-07-11")
    assert lateness.last_measures == {"hood": 1}
    assert sum(cause.mean_late for cause in lateness.causes) == pytest.approx(5)


def test_a_deadline_that_is_kept_is_never_late(two_works):
    (told,) = two_works.why("filter")
    assert told.sentences[0] == (
        "filter is met in all 4 worlds (95 %: at least 51 %); it falls due on 2025-07-01."
    )
    assert "It is never late." in told.sentences
    assert told.sentences[-1] == "On average its critical path takes 181 days, all at work."


def test_a_measure_is_told_in_sentences(two_works):
    (told,) = two_works.why("hood")
    assert told.sentences == (
        "hood is built in all 4 worlds, half of them by 2025-07-11 and 90 % by 2025-07-11.",
        "On average it takes 191 days: 91 days waiting for crews, 90 days on permits and 10 days "
        "at work.",
    )
    assert told.target is None


def test_a_target_that_cannot_be_judged_says_so(two_works):
    (told,) = two_works.why("air")
    assert told.sentences == ("air cannot be judged with this inventory.",)
    assert told.target.lateness is None


def test_lateness_is_at_least_what_the_horizon_shows(tmp_path):
    # the crew comes to the hood after 181 days, which is after the horizon of 100: late by 100 - 50
    plan = lantian.load(Path(__file__).parent / "two_works" / "filter-and-hood.toml")
    short = plan.with_(
        {
            "horizon.end": "2025-04-11",
            "targets.both.date": "2025-02-19",
            "targets.air.enabled": False,
        },
        id="short",
    )
    results = lantian.run(short, output=tmp_path / "short.h5", replications=3)
    (told,) = results.why("both")
    assert told.sentences[1:4] == (
        "Fewer than half of the worlds have it before the horizon ends on 2025-04-10.",
        "On average it is at least 50 days late, for no world has it when the horizon ends, and "
        "what is beyond does not count.",
        "The last measure on the way is always hood.",
    )
    lateness = told.target.lateness
    assert np.isnat(lateness.p50)
    assert (lateness.never, lateness.mean_days) == (1, 50)
    compared = results.compare().targets[-1]
    assert compared.lateness == lateness or compared.target != "both"


def test_the_command_says_the_same(two_works):
    ran = subprocess.run(
        [LANTIAN, "why", two_works.path, "both"], capture_output=True, text=True, check=True
    )
    lines = ran.stdout.splitlines()
    assert lines[0] == "both in filter-and-hood: Both by 5 July"
    (told,) = two_works.why("both")
    assert " ".join(" ".join(lines).split()).find(told.text) > 0
    assert max(map(len, lines)) <= 80
    (crews,) = [line.split() for line in lines if line.split()[0] == "crews"]
    assert crews == ["crews", "91.0", "91.0", "2.4", "2.4", "47.6", "%"]
    compared = subprocess.run(
        [LANTIAN, "compare", two_works.path], capture_output=True, text=True, check=True
    ).stdout
    assert "2025-07-11   2025-07-11   2025-07-11         5 +- 0" in compared
    assert max(map(len, compared.splitlines())) <= 80


def test_the_command_writes_it_as_json(two_works):
    printed = subprocess.run(
        [LANTIAN, "compare", two_works.path, "--json"], capture_output=True, text=True, check=True
    ).stdout
    rows = {row["target"]: row for row in json.loads(printed)["targets"]}
    both = rows["both"]["lateness"]
    assert both["due"] == "2025-07-05"
    assert both["dates"] == dict.fromkeys(("p50", "p80", "p95"), "2025-07-11")
    assert (both["mean_days"], both["never"]) == (5, 0)
    assert both["last_measure"] == [{"measure": "hood", "share": 1}]
    assert sum(cause["share"] for cause in both["causes"]) == pytest.approx(1)
    assert "lateness" not in rows["air"]


def test_a_wrong_name_is_said_with_the_nearest(two_works):
    with pytest.raises(lantian.UsageError, match="measure or target 'bth'; did you mean 'both'"):
        two_works.why("bth")


def test_another_target_is_told_with_its_margin(tmp_path):
    # 2026 with both measures: 3650 t x 50 kg/t + 1825 t x 20 kg/t = 219 t of NOx, 218 above the cap
    plan = lantian.load(Path(__file__).parent / "two_works" / "filter-and-hood.toml")
    judged = plan.with_({"targets.air.not_assessable": ""}, id="judged")
    results = lantian.run(judged, output=tmp_path / "judged.h5", replications=4)
    (told,) = results.why("air")
    assert told.sentences == (
        "air is met in none of 4 worlds (95 %: at most 49 %).",
        "Half of the worlds miss it by 218 t or more.",
    )

"""What a month of slip costs: two_jobs.toml, worked out by hand."""

from pathlib import Path

import numpy as np
import pytest

import lantian
from lantian import ScenarioError, UsageError
from lantian.decide.spans import Span


def tonnes(found):
    return {effect.lever: effect.difference for effect in found.of("PM")}


def test_all_begin_a_month_later_and_each_alone(two_jobs):
    found = lantian.slip(two_jobs, target="both-by-july", replications=2)
    # All: from 1 April, both are built 31 days later, half a tonne a day each.
    # Filter a alone: b takes the crew first, and the two change places.
    # Filter b alone: it waits for the crew until 9 June anyway.
    assert tonnes(found) == pytest.approx({"all": 31, "filter-a": 0, "filter-b": 0})
    assert [change.after for change in found.changes] == ["+1 month"] * 3
    assert found.effects[0].outcome == "probability(both-by-july)"
    built = found.of("date(both-by-july)")[0]
    assert (built.after, built.difference) == (np.datetime64("2025-10-18"), 31)


def test_with_a_crew_each_a_slip_is_each_ones_own(extended):
    two_crews = extended("resources.crews.capacity = 2\n")
    assert tonnes(lantian.slip(two_crews, by="2 week", replications=2)) == pytest.approx(
        {"all": 14, "filter-a": 7, "filter-b": 7}
    )


FOLLOWS = 'resources.crews.capacity = 2\nmeasures.filter-b.after = ["filter-a"]\n'


def test_what_waits_for_a_measure_follows_it(extended):
    """With b after a: a month's slip of a moves both, and of both no more than that."""
    found = lantian.slip(extended(FOLLOWS), target="both-by-july", by="30 d", replications=2)
    assert tonnes(found) == pytest.approx({"all": 30, "filter-a": 30, "filter-b": 15})


def test_the_delay_of_what_waits_gets_longer(extended):
    uncertain = 'measures.filter-b.delay = { pert = { low = "0 d", mode = "1 d", high = "9 d" } }\n'
    found = lantian.slip(extended(FOLLOWS + uncertain), by="30 d", replications=5)
    assert tonnes(found)["filter-b"] == pytest.approx(15)  # in each world, whatever the delay is
    assert [effect.low for effect in found.of("PM")] == pytest.approx([30, 30, 15])


IN_PROGRESS = """
[measures.filter-a]
start = 2024-11-01
in_progress = { stage = "works", remaining = %s }
"""


@pytest.mark.parametrize(
    "remaining",
    [
        '"50 d"',
        '"2 month"',
        '"10 d * @slow"',
        '{ pert = { low = "20 d", mode = "1 month", high = "60 d" } }',
        '{ triangular = { low = "20 d", mode = "1 month", high = "60 d" } }',
        '{ uniform = { low = "2 week", high = "60 d" } }',
        '{ normal = { mean = "40 d", sd = "5 d", low = "10 d" } }',
        '{ discrete = { values = ["20 d", "1 month"], weights = [1, 1] } }',
        '{ empirical = { values = ["20 d", "30 d", "1 month"] } }',
    ],
)
def test_what_is_in_progress_needs_so_much_longer_in_every_world(extended, remaining):
    text = IN_PROGRESS % remaining + "[resources.crews]\ncapacity = 2\n"
    text += "[parameters.slow]\nvalue = { uniform = { low = 2, high = 5 } }\n"
    found = lantian.slip(extended(text), by="20 d", replications=6)
    (a,) = [effect for effect in found.of("PM") if effect.lever == "filter-a"]
    assert (a.low, a.high) == pytest.approx((10, 10))


@pytest.mark.parametrize(
    "remaining",
    [
        '{ lognormal = { mean = "2 month", cv = 0.3 } }',
        '{ exponential = { mean = "2 month" } }',
        '{ uniform = { low = "1 d", high = "9 d" }, times = 2 }',
    ],
)
def test_a_duration_that_cannot_be_moved_is_said(extended, remaining):
    with pytest.raises(UsageError, match=r"filter-a\.in_progress\.remaining: .* pert, triangular"):
        lantian.slip(extended(IN_PROGRESS % remaining))


@pytest.mark.parametrize(
    ("target", "by", "message"),
    [
        ("both-by-June", "1 month", "no target 'both-by-June'; did you mean 'both-by-july'"),
        (None, "-1 month", "such as '1 month', not by '-1 month'"),
        (None, "0 d", "not by '0 d'"),
        (None, "soon", "not by 'soon'"),
        (None, "1", "not by '1'"),
        (None, "12 h", "not by '12 h'"),
        (None, "0.5 month", "moves by whole days"),
    ],
)
def test_a_slip_that_is_none_is_said(two_jobs, target, by, message):
    with pytest.raises(UsageError, match=message):
        lantian.slip(two_jobs, target=target, by=by)


def test_a_start_after_the_end_is_the_engines_error(two_jobs):
    with pytest.raises(ScenarioError, match="lies after the end of the scenario"):
        lantian.slip(two_jobs, by="1 year")


def test_without_measures_there_is_no_slip():
    with pytest.raises(UsageError, match="no measure that begins on a date"):
        lantian.slip(Path(__file__).parents[1] / "one_stack.toml")


@pytest.mark.parametrize(
    ("span", "date", "later"),
    [
        ("1 month", "2024-01-31", "2024-02-29"),
        ("-1month", "2025-03-31", "2025-02-28"),
        ("2 years", "2024-02-29", "2026-02-28"),
        ("-2 week", "2025-01-10", "2024-12-27"),
        ("3 days", "2025-12-30", "2026-01-02"),
        ("-13 month", "2025-01-15", "2023-12-15"),
    ],
)
def test_dates_move_by_the_calendar(span, date, later):
    read = Span.read(span)
    assert read is not None
    assert str(read.after(np.datetime64(date).astype(object))) == later


def test_a_target_that_names_no_measures_means_all_and_says_so(extended):
    cap = """[targets.little-dust]
kind = "cap"
pollutant = "PM"
from = 2025
to = 2025
limit = "600 t/year"
"""
    found = lantian.slip(extended(cap), target="little-dust", replications=2)
    assert tonnes(found) == pytest.approx({"all": 31, "filter-a": 0, "filter-b": 0})
    assert found.notes == ("little-dust names no measures: all that have a start begin later",)
    assert found.of("probability(little-dust)")[0].after == 0  # 574 t and 31 t more


def test_one_measure_is_told_by_its_id(extended):
    one = extended("measures.filter-b.enabled = false\ntargets.both-by-july.enabled = false\n")
    assert tonnes(lantian.slip(one, by="10 d", replications=2)) == pytest.approx({"filter-a": 5})

"""What the log tells of stages, from two works and from rows written by hand."""

import numpy as np
import pytest

import lantian
from lantian import frames
from lantian.frames.stages import Span, Story


def day(number):
    return np.datetime64("2025-01-01", "s") + np.timedelta64(number, "D")


def story(*rows, end=100):
    told = Story()
    for number, row in rows:
        event, _, detail = row.partition(" ")
        told.read(day(number), event, detail)
    return [
        (
            span.stage,
            span.cause,
            int((span.start - day(0)) / np.timedelta64(1, "D")),
            int((span.end - day(0)) / np.timedelta64(1, "D")),
            span.has_ended,
        )
        for span in told.close(day(end))
    ]


def test_stages_are_cut_where_their_cause_changes(two_works):
    table = frames.stages(two_works, scenario="filter-and-hood")
    hood = table[table["measure"] == "hood"]
    assert hood["stage"].tolist() == ["permit", "works", "works"]
    assert hood["cause"].tolist() == ["permits", "crews", "work"]
    # the permit until 1 April, the crew from 1 July, ten days of work
    assert hood["value"].tolist() == [90, 91, 10]
    assert set(table["unit"]) == {"d"}
    assert hood["start"].iloc[1] == np.datetime64("2025-04-01")


def test_stretches_add_up_to_the_engines_own_account_of_each_cause(two_works):
    table = frames.stages(two_works, scenario="filter-and-hood", replication=3)
    causes = frames.measure_causes(two_works, scenario="filter-and-hood")
    for (measure, cause), days in table.groupby(["measure", "cause"])["value"].sum().items():
        row = causes[(causes["measure"] == measure) & (causes["cause"] == cause)]
        assert row["mean"].item() == pytest.approx(days)


def test_phases_of_the_whole_measure_have_names_of_their_own():
    assert story(
        (0, "waits predecessors"),
        (10, "begun"),
        (10, "stage works begins"),
        (10, "at_work works"),
        (30, "stage works ends"),
        (30, "works"),
        (30, "waits permits"),
        (40, "assessed"),
        (40, "waits permits"),
        (60, "published"),
    ) == [
        ("preparation", "predecessors", 0, 10, True),
        ("works", "work", 10, 30, True),
        ("assessment", "permits", 30, 40, True),
        ("publication", "permits", 40, 60, True),
    ]


def test_limbs_run_side_by_side():
    assert story(
        (0, "begun"),
        (0, "stage organised works begins"),
        (0, "at_work organised works"),
        (0, "stage fugitive halls begins"),
        (0, "waits season fugitive halls"),
        (5, "at_work fugitive halls"),
        (20, "stage organised works ends"),
        (30, "stage fugitive halls ends"),
        (30, "works"),
        (30, "assessed"),
        (30, "published"),
    ) == [
        ("fugitive halls", "season", 0, 5, True),
        ("organised works", "work", 0, 20, True),
        ("fugitive halls", "work", 5, 30, True),
    ]


def test_the_part_of_a_queue_for_money_is_drawn_last():
    assert story(
        (0, "begun"),
        (0, "stage works begins"),
        (0, "waits crews works"),
        (50, "granted works after 1728000 s for money"),
        (50, "at_work works"),
        (60, "stage works ends"),
        (60, "works"),
        (60, "assessed"),
        (60, "published"),
    ) == [
        ("works", "crews", 0, 30, True),
        ("works", "money", 30, 50, True),
        ("works", "work", 50, 60, True),
    ]


def test_what_goes_on_at_the_horizon_is_cut_and_says_so():
    assert story((0, "begun"), (0, "stage works begins"), (0, "at_work works")) == [
        ("works", "work", 0, 100, False)
    ]


def test_what_the_log_does_not_tell_is_unresolved():
    # a programme names its items and not their waits; older logs have no waits at all
    assert story((0, "begun"), (20, "item a ends"), (50, "works"), (50, "published")) == [
        ("running", "unresolved", 0, 50, True)
    ]
    assert story(
        (0, "begun"),
        (0, "stage works begins"),
        (9, "stage works ends"),
        (9, "works"),
        (9, "published"),
    ) == [("works", "unresolved", 0, 9, True)]


def test_a_cancelled_measure_ends():
    assert story(
        (0, "begun"),
        (0, "stage permit begins"),
        (0, "waits permits permit"),
        (9, "stage permit ends"),
        (9, "cancelled"),
    ) == [("permit", "permits", 0, 9, True)]


def test_work_that_goes_on_is_one_span():
    told = Story()
    for number in (0, 3, 7):
        told.read(
            day(number),
            "stage" if number == 0 else "at_work",
            "works begins" if number == 0 else "works",
        )
        if number == 0:
            told.read(day(0), "at_work", "works")
    assert told.close(day(9)) == [Span("works", "work", day(0), day(9), has_ended=False)]


def test_a_replication_without_a_log_is_refused_with_the_setting_to_change(two_works):
    message = "replication 4 of filter keeps no log, those that do are 0 to 3: raise 'log_replic"
    with pytest.raises(lantian.UsageError, match=message):
        frames.stages(two_works, scenario="filter", replication=4)


def test_the_last_scenario_is_the_default(two_works):
    assert set(frames.stages(two_works)["scenario"]) == {"filter-and-hood"}

"""S-curves: the filter is built on 1 July 2025, the hood on 11 July; both are due on 5 July."""

import numpy as np
import pytest

import lantian
from lantian import frames
from lantian.frames.completion import _cumulated


def dates(*days):
    return np.array(days, dtype="datetime64[s]")


def test_a_target_is_completed_with_its_last_measure(two_works):
    table = frames.completion(two_works, target="both")
    assert table["scenario"].unique().tolist() == ["filter-and-hood"]
    assert table["date"].tolist() == dates("2025-01-01", "2025-07-11", "2027-01-01").tolist()
    assert table["share"].tolist() == [0, 1, 1]
    assert (table["deadline"] == np.datetime64("2025-07-06")).all()
    assert table["milestone"].iloc[0] == "works"
    assert table["name_zh"].iloc[0] == "7月5日前全部建成"
    assert set(table["unit"]) == {"1"}


def test_a_measure_is_shown_in_every_scenario_that_has_it_with_its_deadline(two_works):
    table = frames.completion(two_works, measure="new-filter")
    first = table.groupby("scenario", sort=False).first()
    assert first.index.tolist() == ["filter", "filter-and-hood"]
    assert np.isnat(first["deadline"].to_numpy()[0])
    # of the targets 'both' and 'filter' the first by id
    assert first["deadline"].to_numpy()[1] == np.datetime64("2025-07-06")


def test_without_a_name_all_measures_are_counted(two_works):
    table = frames.completion(two_works, scenario="filter-and-hood")
    assert table["share"].tolist() == [0, 0.5, 1, 1]
    assert table["subject"].unique().tolist() == ["all"]


def test_the_curve_stays_below_one_where_some_never_get_there():
    date, share = _cumulated(
        dates("2025-03-01", "NaT", "2025-02-01", "2025-03-01"), *dates("2025-01-01", "2026-01-01")
    )
    assert date.tolist() == dates("2025-01-01", "2025-02-01", "2025-03-01", "2026-01-01").tolist()
    assert share.tolist() == [0, 0.25, 0.75, 0.75]


def test_the_sample_knows_the_dates_of_its_replications(sample):
    table = frames.completion(lantian.open(sample), measure="relocate-jiyu")
    # 1 June 2025 and a day more in each replication
    assert table["date"].iloc[1] == np.datetime64("2025-06-01")
    assert table["share"].iloc[1:4].tolist() == pytest.approx([0.1, 0.2, 0.3])
    never = frames.completion(lantian.open(sample), measure="retrofit-daan")
    assert never["share"].tolist() == [0, 0]


def test_a_target_that_is_no_deadline_is_told(two_works):
    message = "the target 'air' is no deadline; deadlines are both, filter"
    with pytest.raises(lantian.UsageError, match=message):
        frames.completion(two_works, target="air")


def test_an_unknown_measure_is_told_with_the_nearest(two_works):
    with pytest.raises(lantian.UsageError, match="no measure 'new-fitler'; did you mean 'new-fil"):
        frames.completion(two_works, measure="new-fitler")


def test_a_measure_and_a_target_are_not_both_taken(two_works):
    with pytest.raises(lantian.UsageError, match="a measure or a target, not both"):
        frames.completion(two_works, measure="hood", target="both")


def test_a_scenario_without_measures_has_nothing_to_complete(two_works):
    with pytest.raises(lantian.UsageError, match="untouched: no measures"):
        frames.completion(two_works, scenario="untouched")

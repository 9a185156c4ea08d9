"""Wedges of two works: the filter saves 0.5 t a day from 1 July, the hood 0.4 t from 11 July."""

import pytest

import lantian
from lantian import frames


def test_a_wedge_is_what_a_step_takes_off_year_by_year(two_works):
    table = frames.wedges(two_works, "NOx")
    assert table["measure"].tolist() == ["new-filter"] * 2 + ["hood"] * 2
    # 184 and 365 days of 0.5 t, 174 and 365 days of 0.4 t
    assert table["mean"].tolist() == pytest.approx([92, 182.5, 69.6, 146])
    assert table["year"].tolist() == [2025, 2026] * 2
    assert set(table["unit"]) == {"t/year"}
    assert table["name_zh"].iloc[0] == "烧结机改造"


def test_wedges_add_up_to_the_difference_of_the_ends(two_works):
    table = frames.wedges(two_works, "NOx")
    for _, year in table.groupby("year"):
        assert year["mean"].sum() == pytest.approx(
            year["without"].iloc[0] - year["with_all"].iloc[0]
        )


def test_a_step_that_raises_the_emission_is_negative(two_works):
    with pytest.raises(lantian.UsageError, match="untouched lacks new-filter of filter"):
        frames.wedges(two_works, "NOx", scenarios=["filter", "untouched"])
    # the hood saves no NOx of the strand, so the order of steps alone never makes one negative
    assert (frames.wedges(two_works, "SO2")["mean"] >= 0).all()


def test_quantiles_are_those_of_the_paired_differences(sample):
    # both scenarios of the sample have the same numbers: nothing is saved in any replication
    table = frames.wedges(lantian.open(sample), "NOx")
    assert table[["mean", "p05", "p95"]].to_numpy().tolist() == [[0, 0, 0]]


def test_a_step_of_several_measures_has_the_scenarios_title(two_works):
    table = frames.wedges(two_works, "NOx", scenarios=["untouched", "filter-and-hood"])
    assert table["measure"].iloc[0] == "hood + new-filter"
    assert table["name"].iloc[0] == "Filter and hood"
    assert table["mean"].tolist() == pytest.approx([161.6, 328.5])


def test_small_steps_are_added_up_as_others_at_the_end(two_works):
    table = frames.wedges(two_works, "SO2", largest=1)
    assert table["measure"].tolist() == ["hood"] * 2 + ["new-filter"] * 2
    assert table["name"].iloc[-1] == "1 other steps"
    # the hood alone saves SO2, half of 0.05 t for 174 and 365 days
    assert table["mean"].tolist() == pytest.approx([4.35, 9.125, 0, 0])


def test_the_levels_of_a_ladder_fall_by_its_wedges(two_works):
    table = frames.ladder_levels(two_works, "NOx")
    assert table["mean"].tolist() == pytest.approx([547.5, 547.5, 455.5, 365, 385.9, 219])
    assert set(table["unit"]) == {"t/year"}


def test_one_scenario_is_no_ladder(two_works):
    with pytest.raises(lantian.UsageError, match="two scenarios or more, and here is filter alone"):
        frames.wedges(two_works, "NOx", scenarios=["filter"])

"""Where the two works differ: the strand is steel in the east, the oven coking in the west."""

import pytest

import lantian
from lantian import frames

ENDS = {"base": "untouched", "scenario": "filter-and-hood"}


def test_sectors_have_their_emission_before_and_after_the_largest_cut_first(two_works):
    table = frames.contributions(two_works, "NOx", **ENDS, years=2026)
    assert table["group"].tolist() == ["steel", "coking"]
    assert table["base"].tolist() == pytest.approx([365, 182.5])
    assert table["scenario"].tolist() == pytest.approx([182.5, 36.5])
    assert table["difference"].tolist() == pytest.approx([-182.5, -146])
    assert table["name_zh"].tolist() == ["钢铁", "焦化"]
    assert set(table["unit"]) == {"t/year"}


@pytest.mark.parametrize("by", ["sector", "plant", "zone", "district", "source"])
def test_every_grouping_adds_up_to_the_total(two_works, by):
    table = frames.contributions(two_works, "NOx", **ENDS, by=by)
    assert table["base"].sum() == pytest.approx(547.5)
    assert table["scenario"].sum() == pytest.approx((385.9 + 219) / 2)


def test_what_belongs_to_no_plant_is_a_row_other(two_works):
    table = frames.contributions(two_works, "NOx", **ENDS, by="plant", years=2026)
    assert table.set_index("group")["difference"].to_dict() == pytest.approx(
        {"works": -182.5, "other": -146}
    )


def test_small_groups_are_added_up(two_works):
    table = frames.contributions(two_works, "NOx", **ENDS, by="source", years=2026, largest=1)
    assert table["group"].tolist() == ["strand", "other"]
    assert table["difference"].tolist() == pytest.approx([-182.5, -146])


def test_zones_of_the_sample_sum_its_accounts_only_where_it_has_them(sample):
    # NOx_by_zone of the sample has no accounts: zone z, month t holds 100 + 3 z + t + r / 2, which
    # is not a part of its NOx, so the rest is a row of its own
    table = frames.contributions(
        lantian.open(sample), "NOx", base="baseline", scenario="as-planned", by="zone"
    ).set_index("group")
    assert table.loc["key-area", "base"] == pytest.approx(303 + 1.5 * 4.5)
    assert table.loc["outside", "base"] == pytest.approx(312 + 1.5 * 4.5)
    assert "other" in table.index


def test_an_unknown_grouping_is_told_with_the_nearest(two_works):
    with pytest.raises(lantian.UsageError, match="no grouping 'sectors'; did you mean 'sector'"):
        frames.contributions(two_works, "NOx", **ENDS, by="sectors")


def test_a_breakdown_that_was_not_kept_is_told_with_the_setting_to_change(sample):
    with pytest.raises(lantian.UsageError, match="add \"sector\" to 'dimensions' under"):
        frames.contributions(
            lantian.open(sample), "NOx", base="baseline", scenario="as-planned", by="sector"
        )

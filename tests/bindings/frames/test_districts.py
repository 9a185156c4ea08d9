"""Districts of the two works: the strand in the east, the oven in the west, nothing elsewhere."""

import numpy as np
import pytest

import lantian
from lantian import frames


def test_districts_have_their_load_before_and_after_and_their_place(two_works):
    table = frames.district_loads(
        two_works, "NOx", before="untouched", after="filter-and-hood", years=2026
    ).set_index(["state", "district"])
    assert table["mean"].to_dict() == pytest.approx(
        {
            ("before", "east"): 365,
            ("before", "nowhere"): 0,
            ("before", "west"): 182.5,
            ("after", "east"): 182.5,
            ("after", "nowhere"): 0,
            ("after", "west"): 36.5,
        }
    )
    assert table.loc[("after", "west"), "latitude"] == 40.7
    assert table.loc[("after", "west"), "longitude"] == 109.6
    assert np.isnan(table.loc[("after", "nowhere"), "latitude"])
    assert set(table["unit"]) == {"t/year"}


def test_two_times_of_one_scenario_can_be_compared(two_works):
    table = frames.district_loads(
        two_works, "NOx", before="filter", after="filter", years_before=2025, years=2026
    )
    east = table[table["district"] == "east"]
    assert east["first_year"].tolist() == [2025, 2026]
    assert east["mean"].tolist() == pytest.approx([273, 182.5])


def test_a_state_is_not_compared_with_itself(two_works):
    with pytest.raises(lantian.UsageError, match="give two scenarios, or years_before"):
        frames.district_loads(two_works, "NOx", before="filter", after="filter")

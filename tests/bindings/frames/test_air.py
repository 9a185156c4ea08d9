"""What a stack of 100 t a year adds to the air; of the hills nothing is known.

0.1 and 0.01 ug/m3 for each t a year; 3,000 people in the town, 1,000 in the village.
"""

import numpy as np
import pytest

import lantian
from lantian import frames


def test_places_have_what_is_added_and_how_much_of_it_is_known(air):
    table = frames.concentrations(air, scenario="base", years=2026).set_index("receptor")
    assert table["mean"].dropna().to_dict() == pytest.approx({"town": 10, "village": 1})
    assert np.isnan(table.loc["hills", "mean"])
    assert table["coverage"].to_dict() == {"hills": 0, "town": 1, "village": 1}
    assert table["population"].to_dict() == {"hills": 500, "town": 3000, "village": 1000}
    assert set(table["method"]) == {"matrix"}
    assert set(table["unit"]) == {"ug m-3"}
    assert table.loc["town", "name_zh"] == "城区"


def test_a_person_meets_the_mean_over_the_people_of_the_places_that_count(air):
    table = frames.exposures(air, years=(2025, 2026)).set_index(["scenario", "year"])
    assert table["mean"].to_dict() == pytest.approx(
        {("base", 2025): 7.75, ("base", 2026): 7.75, ("plan", 2025): 3.875, ("plan", 2026): 3.875}
    )
    assert table.loc[("base", 2025), "people"] == 4000
    assert table.loc[("base", 2025), "coverage"] == 1


def test_what_is_not_known_is_said(air):
    assert air["base"].attributes["receptor_gaps"] == [
        "receptors.hills: 1 of 1 sources have no row in the matrix"
    ]


def test_scenarios_without_receptors_have_no_rows(two_works):
    assert len(frames.concentrations(two_works)) == 0
    assert len(frames.exposures(two_works)) == 0


def test_a_pollutant_that_is_not_dispersed_is_refused(air):
    with pytest.raises(lantian.UsageError, match="no concentration of 'NOX'; did you mean 'NOx'"):
        frames.concentrations(air, pollutant="NOX")


def test_a_year_outside_the_horizon_is_refused(air):
    with pytest.raises(lantian.UsageError, match="years 2030 to 2030 are not all in base"):
        frames.concentrations(air, years=2030)

"""Dates and causes of measures, from the sample and two works."""

import numpy as np
import pytest

import lantian
from lantian import frames


def test_dates_are_quantiles_of_those_that_get_there(sample):
    table = frames.measure_dates(lantian.open(sample)).set_index(["measure", "milestone"])
    works = table.loc[("relocate-jiyu", "works")]
    # 1 June 2025 and 0 to 9 days: 0.9, 4.5 and 8.1 days later
    assert works["p10"] == np.datetime64("2025-06-01T21:36:00")
    assert works["p50"] == np.datetime64("2025-06-05T12:00:00")
    assert works["p90"] == np.datetime64("2025-06-09T02:24:00")
    assert works["reached"] == 1
    never = table.loc[("retrofit-daan", "works")]
    assert never["reached"] == 0
    assert never[["p10", "p50", "p90"]].isna().all()


def test_causes_are_days_along_the_critical_path(two_works):
    table = frames.measure_causes(two_works, scenario="filter-and-hood")
    hood = table[table["measure"] == "hood"].set_index("cause")["mean"]
    assert hood["permits"] == 90
    assert hood["crews"] == 91
    assert hood["work"] == 10
    assert hood.sum() == 191
    assert set(table["unit"]) == {"d"}


def test_scenarios_without_measures_have_no_rows(two_works):
    assert len(frames.measure_dates(two_works, scenario="untouched")) == 0
    assert len(frames.measure_causes(two_works, scenario="untouched")) == 0


def test_an_unknown_scenario_is_told_with_the_nearest(two_works):
    with pytest.raises(lantian.UsageError, match="did you mean 'untouched'"):
        frames.measure_dates(two_works, scenario="untuched")

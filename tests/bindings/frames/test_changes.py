"""What a scenario emits less than its base."""

import pytest

import lantian
from lantian.frames.changes import changes


def test_half_of_what_the_works_emit_is_gone_in_the_last_year(works):
    frame = changes(works, base="base", scenario="plan", years=2026).set_index("pollutant")
    dust = frame.loc["PM"]
    # the permit holds the kiln at 0.9 Mt x 2 kg/t = 1800 t, and the filter halves that; orders of
    # alerts take at most 0.1 of 0.9 of what is left
    assert dust["unit"] == "t/year"
    assert -1000 < dust["change"] <= -900
    assert dust["change"] == pytest.approx(dust["mean"] - dust["base_mean"], rel=1e-12)
    assert dust["low"] < dust["change"] < dust["high"] < 0
    assert dust["share"] == pytest.approx(dust["change"] / dust["base_mean"], rel=1e-12)
    assert dust["share_below"] == 1.0


def test_a_scenario_does_not_differ_from_itself(works):
    frame = changes(works, base="base", scenario="base")
    assert (frame[["change", "low", "high", "p05", "p95", "share_below"]] == 0).all(axis=None)


def test_years_outside_the_horizon_are_refused(works):
    with pytest.raises(lantian.UsageError, match="it has 2024 to 2026"):
        changes(works, base="base", scenario="plan", years=2030)

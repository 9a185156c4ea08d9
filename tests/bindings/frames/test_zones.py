"""The accounts of each zone."""

import pytest

from lantian.frames.zones import zone_accounts


def test_direct_is_stack_and_fugitive_and_nothing_is_netted(works):
    frame = zone_accounts(works, scenario="base", years=2024)
    city = frame[(frame["pollutant"] == "PM") & (frame["zone"] == "city")].iloc[0]
    # 1800 t, half captured; no power is bought or recovered
    assert city["stack"] == pytest.approx(900, rel=1e-12)
    assert city["fugitive"] == pytest.approx(900, rel=1e-12)
    assert city["direct"] == pytest.approx(1800, rel=1e-12)
    assert (city["indirect"], city["avoided"]) == (0, 0)
    assert (city["name"], city["name_zh"], city["unit"]) == ("City", "市区", "t/year")

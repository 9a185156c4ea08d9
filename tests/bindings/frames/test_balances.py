"""Whether breakdowns add up."""

import importlib

from lantian.frames import balances

module = importlib.import_module("lantian.frames.balances")


def test_all_breakdowns_of_a_result_add_up(works):
    frame = balances(works)
    assert set(frame["by"]) == {"zone", "district", "sector", "source"}
    assert len(frame) == 2 * 2 * 4  # scenarios, pollutants, breakdowns
    assert frame["largest_difference"].max() < 1e-12


def test_a_breakdown_that_lacks_a_part_is_seen(works, monkeypatch):
    whole = module._summed
    monkeypatch.setattr(module, "_summed", lambda *of: 0.99 * whole(*of))
    assert balances(works)["largest_difference"].min() > 0.009

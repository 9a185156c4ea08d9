"""Waterfalls step from the emission of one scenario to that of the other."""

import pytest

import lantian
from lantian import plots

ENDS = {"base": "untouched", "scenario": "filter-and-hood"}


def test_bars_step_from_one_total_to_the_other(two_works):
    axes, data = plots.waterfall(two_works, "NOx", **ENDS, years=2026)
    first, last, *steps = axes.patches
    assert (first.get_width(), last.get_width()) == pytest.approx((547.5, 219))
    assert [bar.get_width() for bar in steps] == data["difference"].tolist()
    assert [bar.get_x() for bar in steps] == pytest.approx([547.5, 365])
    assert steps[-1].get_x() + steps[-1].get_width() == pytest.approx(219)


def test_labels_have_names_values_and_units(two_works):
    axes, _ = plots.waterfall(two_works, "NOx", **ENDS, years=2026, by="district")
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert labels == ["Untouched", "East", "West", "Filter and hood"]
    assert axes.get_xlabel() == "NOx, direct emission [t/year]"
    texts = [text.get_text() for text in axes.texts]
    assert "\N{MINUS SIGN}182" in texts
    assert "Untouched to Filter and hood · 2026 · 4 replications" in axes.get_title(loc="left")


def test_what_does_not_change_is_not_drawn_and_said(two_works):
    axes, data = plots.waterfall(two_works, "SO2", **ENDS, by="district")
    assert len(data) == 3
    assert len(axes.patches) == 2 + 1
    assert any("unchanged, not drawn: 2" in text.get_text() for text in axes.texts)


def test_an_unknown_base_is_told_with_the_nearest(two_works):
    with pytest.raises(lantian.UsageError, match="did you mean 'untouched'"):
        plots.waterfall(two_works, "NOx", base="untuoched", scenario="filter")

"""Bars of what two scenarios add to the air; the hills, of which nothing is known, have none."""

import pytest

import lantian
from lantian import plots


def said(figure):
    texts = [text.get_text() for text in figure.axes.texts]
    return "\n".join([*texts, figure.axes.get_xlabel()])


def test_each_known_place_has_a_bar_of_each_scenario(air):
    figure = plots.receptors(air, "NOx", base="base", scenario="plan", year=2026)
    widths = sorted(bar.get_width() for bar in figure.axes.patches)
    assert widths == pytest.approx([0.5, 1, 5, 10])
    assert [label.get_text() for label in figure.axes.get_yticklabels()] == ["Town", "Village"]
    assert "needs an external matrix, not drawn: Hills" in said(figure)
    assert "by a source-receptor matrix" in said(figure)
    assert "NOx, added to the air [µg/m³]" in said(figure)


def test_it_speaks_chinese(air):
    figure = plots.receptors(air, "NOx", base="base", scenario="plan", language="zh")
    assert "需要外部矩阵，未绘出：山区" in said(figure)


def test_scenarios_without_receptors_are_refused(two_works):
    with pytest.raises(lantian.UsageError, match="untouched has no receptors"):
        plots.receptors(two_works, "NOx", base="untouched", scenario="filter")

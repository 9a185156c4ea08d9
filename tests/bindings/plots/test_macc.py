"""Cost curves: bars as wide as the tonnes, as high as the cost of one, cheapest first."""

from pathlib import Path

import pytest

import lantian
from lantian import plots

TWO_WORKS = Path(__file__).parents[1] / "two_works"

LAST = {"years": 2026}  # capital over ten years, undiscounted: a tenth a year


def test_bars_are_as_wide_as_the_abatement_and_as_high_as_the_cost(two_works):
    axes, data = plots.macc(two_works, "NOx", **LAST)
    assert data["group"].tolist() == ["hood", "new-filter"]
    assert [bar.get_width() for bar in axes.patches] == pytest.approx([146, 182.5])
    assert [bar.get_height() for bar in axes.patches] == pytest.approx([100e3 / 146, 565e3 / 182.5])
    assert [bar.get_x() for bar in axes.patches] == pytest.approx([0, 146])


def test_whiskers_are_the_quantiles_of_the_table(two_works):
    axes, data = plots.macc(two_works, "NOx", **LAST)
    whiskers = [line.get_ydata() for line in axes.get_lines()[:-1]]  # the last is the zero line
    assert [list(ends) for ends in whiskers] == data[
        ["cost_per_unit_p10", "cost_per_unit_p90"]
    ].to_numpy().tolist()


def test_labels_have_units_and_the_year_of_the_money(two_works):
    axes, _ = plots.macc(two_works, "NOx", **LAST)
    assert axes.get_xlabel() == "abated NOx, direct [t/year]"
    assert axes.get_ylabel() == "cost of abated NOx [CNY/t, money of 2025]"


def test_what_abates_nothing_is_in_the_table_and_said_but_not_drawn(two_works):
    axes, data = plots.macc(two_works, "SO2", **LAST)
    assert len(axes.patches) == 1
    assert len(data) == 2
    (note,) = [text.get_text() for text in axes.texts if "not drawn" in text.get_text()]
    assert "not drawn, no abatement: New filter" in note
    assert "capital over the life of what it builds, at 0 % a year" in note


def test_what_has_no_cost_in_the_scenario_is_a_strip_and_not_a_bar(tmp_path):
    # the filter abates 182.5 t in 2026; the oven's hood keeps its cost
    free = lantian.load(TWO_WORKS / "filter-and-hood.toml").with_(
        {
            "measures.new-filter.operating_cost": "0 CNY/year",
            "measures.new-filter.stages[works].cost": "0 CNY",
        },
        id="free",
    )
    steps = lantian.ladder(free, output=tmp_path / "free.h5", replications=2)
    axes, data = plots.macc(steps, "NOx", **LAST)
    assert data["group"].tolist() == ["new-filter", "hood"]
    (strip,) = axes.collections
    assert strip.get_segments()[0].tolist() == [[0, 0], pytest.approx([182.5, 0])]
    assert [bar.get_x() for bar in axes.patches] == pytest.approx([182.5])
    texts = [text.get_text() for text in axes.get_legend().get_texts()]
    assert texts == ["1 groups without a cost in the\nscenario", "1  Oven hood"]


def test_an_attribution_is_drawn_with_the_name_of_its_method(two_filters, tmp_path):
    def drawn(method, of="SO2"):
        shares = lantian.attribute(
            two_filters, output=tmp_path / "s.h5", method=method, replications=2, overwrite=True
        )
        return plots.macc(shares, of)

    axes, data = drawn("shapley")
    # 35 t of the second are cheaper than 45 t of the first
    assert data["group"].tolist() == ["second", "first"]
    assert [bar.get_width() for bar in axes.patches] == pytest.approx([35, 45])
    assert "shared out (Shapley)" in axes.get_title(loc="left")
    axes, data = drawn("first-in")
    assert [bar.get_width() for bar in axes.patches] == pytest.approx([50, 60])
    (note,) = [text.get_text() for text in axes.texts if "of no measure" in text.get_text()]
    assert "interaction -30 t/year" in note
    axes, _ = drawn("sequential", {"SO2": 1, "NOx": 2})
    assert axes.get_xlabel() == "abated SO2 + 2 NOx, direct [weighted t/year]"


def test_nothing_to_draw_is_drawn_as_nothing(two_works):
    axes, data = plots.macc(two_works, "SO2", scenarios=["untouched", "filter"], years=2026)
    assert len(axes.patches) == 0
    assert data["group"].tolist() == ["new-filter"]

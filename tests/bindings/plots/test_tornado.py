"""Tornadoes and bars of indices draw what was found and say what they leave out."""

from pathlib import Path

import pytest

import lantian
from lantian import design, plots

PRODUCT = Path(__file__).parents[1] / "design/uncertain/product.toml"
DUST = design.emission("PM", name="dust")


@pytest.fixture(scope="module")
def swings():
    return design.tornado(PRODUCT, [DUST, design.cost()], chance_draws=1)


@pytest.fixture(scope="module")
def indices():
    pytest.importorskip("SALib")
    return design.sobol_indices(PRODUCT, [DUST], base_sample=16)


def test_bars_go_from_the_median_to_both_ends_the_longest_on_top(swings):
    axes, data = plots.tornado(swings)
    # activity 1.8 to 4.2 t, factor 2.2 to 3.8 t, around 3 t; idle moves nothing
    ends = [(bar.get_x(), bar.get_width()) for bar in axes.patches]
    assert ends == [pytest.approx(one) for one in ((3, -1.2), (3, 1.2), (3, -0.8), (3, 0.8))]
    assert data["input"].tolist() == ["sources.stack.activity", "factor", "idle"]
    assert axes.yaxis_inverted()


def test_labels_have_inputs_values_and_units(swings):
    axes, _ = plots.tornado(swings)
    labels = [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]
    assert labels[1] == "Dust per tonne (1.1 \N{EN DASH} 1.9 kg/t)"
    assert axes.get_xlabel() == "dust [t]"
    assert any("without effect, not drawn: 1" in text.get_text() for text in axes.texts)


def test_the_smaller_ones_are_left_out_where_asked_for(swings):
    axes, data = plots.tornado(swings, largest=1)
    assert (len(axes.patches), len(data)) == (2, 3)
    assert any("smaller, not drawn: 1" in text.get_text() for text in axes.texts)


def test_an_outcome_that_nothing_moves_has_no_bars(swings):
    axes, _ = plots.tornado(swings, "cost")
    assert not axes.patches


def test_an_unknown_outcome_is_told_with_the_nearest(swings):
    with pytest.raises(lantian.UsageError, match="no outcome 'dusk'; did you mean 'dust'"):
        plots.tornado(swings, "dusk")


def test_indices_are_pairs_of_bars_with_their_intervals(indices):
    axes, data = plots.sobol_bars(indices)
    widths = [bar.get_width() for bar in axes.patches]
    assert widths == [*data["first"], *data["total"]]
    assert axes.get_legend_handles_labels()[1] == ["by itself", "with all interactions"]
    assert axes.get_xlabel() == "share of the variance"
    assert "96 runs" in axes.get_title(loc="left")


def test_only_the_largest_indices_are_drawn_where_asked_for(indices):
    axes, data = plots.sobol_bars(indices, largest=2)
    assert (len(axes.patches), len(data)) == (4, 4)
    assert any("smaller, not drawn: 2" in text.get_text() for text in axes.texts)


@pytest.mark.filterwarnings("ignore:no font with Chinese characters")
@pytest.mark.filterwarnings("ignore:Glyph")
def test_both_speak_chinese(swings, indices):
    assert "逐一改变输入" in plots.tornado(swings, language="zh").axes.get_title(loc="left")
    assert plots.sobol_bars(indices, language="zh").axes.get_xlabel() == "占方差的比例"

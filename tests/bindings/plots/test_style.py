"""Colours, wrapping, and fonts for Chinese."""

import string
import warnings
from pathlib import Path

import pytest

import lantian
from lantian import design, plots
from lantian.plots import style
from lantian.plots.words import CHINESE, ENGLISH, listed, say

AIR = Path(__file__).parents[1] / "air"
PRODUCT = Path(__file__).parents[1] / "design/uncertain/product.toml"
DUST = [design.emission("PM", name="dust")]
FIGURES = {
    "fan": lambda results: plots.fan(results, "NOx", language="zh"),
    "wedges": lambda results: plots.wedges(results, "NOx", language="zh"),
    "macc": lambda results: plots.macc(results, "SO2", language="zh"),
    "waterfall": lambda results: plots.waterfall(
        results, "NOx", base="untouched", scenario="filter", by="district", language="zh"
    ),
    "s_curve": lambda results: plots.s_curve(results, target="both", language="zh"),
    "gantt": lambda results: plots.gantt(results, language="zh"),
    "gains": lambda results: plots.gains(
        lantian.slip(results.scenario("filter"), replications=2),
        outcomes="NOx",
        scenario=results.scenario("filter"),
        language="zh",
    ),
    "place_map": lambda results: plots.place_map(
        results, "NOx", before="untouched", after="filter", language="zh"
    ),
    "tornado": lambda _: plots.tornado(
        design.tornado(PRODUCT, DUST, chance_draws=1), language="zh"
    ),
    "sobol_bars": lambda _: plots.sobol_bars(
        design.sobol_indices(PRODUCT, DUST, base_sample=16), language="zh"
    ),
    "receptors": lambda _: plots.receptors(
        lantian.run([AIR / "base.toml", AIR / "plan.toml"], replications=1),
        "NOx",
        base="base",
        scenario="plan",
        language="zh",
    ),
}
NAMES = {
    "fan": "维持现状",
    "wedges": "烧结机改造",
    "macc": "焦炉集气罩",
    "waterfall": "东区",
    "s_curve": "7月5日前全部建成",
    "gantt": "等待施工队",
    "gains": "推后1个月",
    "place_map": "西区",
    "tornado": "分位",
    "sobol_bars": "方差",
    "receptors": "村庄",
}


def all_texts(axes):
    from matplotlib.text import Text

    return [text.get_text() for text in axes.figure.findobj(Text)]


def test_every_figure_has_a_chinese_case():
    drawn = {name for name in plots.__all__ if name[0].islower()}
    assert set(FIGURES) == set(NAMES) == drawn


@pytest.mark.parametrize("figure", FIGURES)
def test_chinese_names_are_drawn_with_glyphs(figure, two_works):
    # a glyph that is missing is a warning, and warnings are errors here
    if style.cjk_family() is None:
        pytest.skip("no font with Chinese characters is installed")
    axes, _ = FIGURES[figure](two_works)
    axes.figure.canvas.draw()
    assert any(NAMES[figure] in text for text in all_texts(axes))


def test_a_missing_glyph_would_be_noticed(two_works):
    axes, _ = plots.fan(two_works, "NOx")
    axes.set_title("氮")
    with pytest.warns(UserWarning, match="missing from font"):
        axes.figure.canvas.draw()


def test_without_a_font_the_package_to_install_is_named_once(monkeypatch, two_works):
    monkeypatch.setattr(style, "cjk_family", lambda: None)
    style._warned_families.cache_clear()
    with pytest.warns(UserWarning, match="sudo apt-get install fonts-noto-cjk"):
        plots.fan(two_works, "NOx", language="zh")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plots.fan(two_works, "NOx", language="zh")
    style._warned_families.cache_clear()


def test_colours_and_hatches_together_never_repeat_within_forty():
    looks = [(style.colour(number), style.hatch(number)) for number in range(40)]
    assert len(set(looks)) == 40


def test_lines_and_areas_beside_each_other_differ_without_colour():
    assert len({style.hatch(number) for number in range(7)}) == 7
    assert len({str(style.dashes(number)) for number in range(7)}) == 7


def test_labels_break_at_spaces_and_after_chinese_characters():
    assert style.wrapped("Baotou Steel: sinter strand head", 14) == (
        "Baotou Steel:\nsinter strand\nhead"
    )
    assert style.wrapped("亚新隆顺特钢超低排放改造", 12) == "亚新隆顺特钢\n超低排放改造"
    # brackets (U+FF08, U+FF09) stay with what they enclose
    text = "2025年底前完成\uff08建成\uff09"
    assert style.wrapped(text, 18) == "2025年底前完成\uff08建\n成\uff09"
    assert style.wrapped(text, 17) == "2025年底前完成\n\uff08建成\uff09"
    assert style.wrapped("short", 40) == "short"
    assert style.wrapped("", 40) == ""


def test_every_phrase_has_the_same_blanks_in_both_languages():
    def blanks(text):
        return sorted(str(field) for _, field, _, _ in string.Formatter().parse(text) if field)

    assert {phrase: blanks(text) for phrase, text in CHINESE.items()} == {
        phrase: blanks(phrase) for phrase in CHINESE
    }
    assert set(ENGLISH) <= set(CHINESE)


def test_phrases_are_said_in_the_language_asked_for():
    assert say("{n} replications", "en", n=5) == "5 replications"
    assert say("{n} replications", "zh", n=5) == "5次重复模拟"
    assert say("works", "en") == "built"


def test_many_names_are_cut_and_counted():
    assert listed("abc", "en") == "a, b, c"
    assert listed("abcdefgh", "en") == "a, b, c, d, e, f and 2 more"
    assert listed("abc", "zh", most=2) == "a、b等1项"


def test_the_callers_settings_of_matplotlib_are_left_alone(two_works):
    import matplotlib

    before = dict(matplotlib.rcParams)
    plots.fan(two_works, "NOx")
    assert dict(matplotlib.rcParams) == before

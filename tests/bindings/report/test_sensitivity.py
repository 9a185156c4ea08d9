"""The report shows what `lantian sensitivity` has found about its scenarios."""

import dataclasses

import pytest

from lantian import findings
from lantian.design.inputs import UncertainInput
from lantian.design.sobol_indices import SobolIndices
from lantian.design.tornado import Tornado
from lantian.report import composing
from lantian.report.found import Found
from lantian.report.sections import sensitivity

np = pytest.importorskip("numpy")

DUST = UncertainInput("dust", name="Dust", distribution="uniform: low 1, high 2")
SHARES = SobolIndices(
    outcomes=("PM 2026",),
    units=("t",),
    means=np.array([90.0]),
    deviations=np.array([9.0]),
    inputs=(DUST, UncertainInput("chance")),
    first=np.array([[0.1, 0.7]]),
    first_half_width=np.array([[0.05, 0.06]]),
    total=np.array([[0.2, 0.9]]),
    total_half_width=np.array([[0.03, 0.04]]),
    base_sample=64,
    runs=256,
    seed=1,
)
SWINGS = Tornado(
    outcomes=("PM 2026",),
    units=("t",),
    inputs=(DUST, UncertainInput("gas", name="Gas")),
    at_median=np.array([90.0]),
    low=np.array([[80.0, 95.0]]),
    high=np.array([[99.0, 70.0]]),
    swing=np.array([[19.0, -25.0]]),
    swing_error=np.array([[np.nan, np.nan]]),
    chance_draws=1,
    runs=5,
    seed=1,
)


@pytest.fixture
def with_findings(context, works, tmp_path):
    """Make the context with both findings about the plan, in a language."""
    for name, found in (("shares", SHARES), ("swings", SWINGS)):
        path = tmp_path / f"{name}.json"
        findings.write(path, "sensitivity", found, scenario="plan", replications=5, seed=1)
    found = Found.read([tmp_path / "shares.json", tmp_path / "swings.json"], works)
    return lambda language="en": dataclasses.replace(context(language), found=found)


def rows(section, table):
    (found,) = [block for block in section.blocks if block.id == table]
    return [(row.scenario, [cell.value for cell in row.cells]) for row in found.rows]


def test_without_findings_there_is_no_section(context):
    assert sensitivity.section(context()) is None


def test_tables_have_what_matters_most_first(with_findings):
    section = sensitivity.section(with_findings())
    chance, dust = rows(section, "sobol-indices")
    assert chance == (
        "plan",
        ["PM 2026", "chance: durations, failures, weather", None, None, 0.7, 0.06, 0.9, 0.04],
    )
    assert dust[1][:3] == ["PM 2026", "Dust", "uniform: low 1, high 2"]
    gas, _ = rows(section, "swings")
    assert gas[1] == ["PM 2026", "Gas", None, None, 95, 90, 70, -25, None, "t"]


def test_charts_draw_the_same_numbers(with_findings):
    shares, swings = sensitivity.section(with_findings()).charts
    assert shares.data["frame"]["total"] == [0.9, 0.2]
    assert swings.data["frame"]["swing"] == [-25, 19]
    assert [choice.value for choice in shares.pickers[0].choices] == ["PM 2026"]


def test_chinese_pages_say_it_in_chinese(with_findings):
    section = sensitivity.section(with_findings("zh"))
    assert section.title == "结果取决于什么"
    assert rows(section, "sobol-indices")[0][1][1] == "随机因素：工期、故障、天气"


def test_the_document_has_the_section(with_findings):
    assert "sensitivity" in [section.id for section in composing.compose(with_findings()).sections]

"""The section on attributions and cost curves, of the two filters; frames/ has the numbers."""

from pathlib import Path

import pytest

import lantian
from lantian.commands.macc import main
from lantian.messages import Messages
from lantian.report.context import Context
from lantian.report.found import Found
from lantian.report.sections import attribution

PLAN = Path(__file__).parents[1] / "two_filters.toml"


@pytest.fixture(scope="module")
def plan(two_filters, tmp_path_factory):
    output = tmp_path_factory.mktemp("plan") / "plan.h5"
    return lantian.run(two_filters, output=output, replications=2)


@pytest.fixture(scope="module")
def found(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("found")
    for method in ("shapley", "first-in"):
        lantian.attribute(PLAN, output=folder / f"{method}.h5", method=method, replications=2)
    words = ["--weights", "tax-equivalents", "--replications", "2", "--quiet"]
    assert main([str(PLAN), *words, "-o", str(folder / "macc.json")]) == 0
    return Found.read(sorted(folder.iterdir()), plan)


def blocks(plan, found, language="en"):
    section = attribution.section(Context(plan, "two_filters", Messages(language), {}, found))
    return {block.id: block for block in section.blocks}


def test_there_is_no_section_where_nothing_was_given(plan):
    assert attribution.section(Context(plan, "two_filters", Messages("en"))) is None


def test_shares_are_told_by_method_and_quantity(plan, found):
    rows = [row for row in blocks(plan, found)["shares"].rows if row.pollutant == "SO2"]
    told = {(row.cells[0].text, row.cells[2].text): row.cells[3].value for row in rows}
    # over both years: 2024 has 184 days of the first and 31 of the second, in which they overlap
    first, both = 60 * 184 / 366 + 60, 30 * 31 / 366 + 30
    second = 50 * 31 / 366 + 50
    assert told == {
        ("each alone", "First filter"): pytest.approx(-first),
        ("each alone", "second"): pytest.approx(-second),
        ("each alone", "interaction of measures"): pytest.approx(both),
        ("shared out", "First filter"): pytest.approx(-first + both / 2),
        ("shared out", "second"): pytest.approx(-second + both / 2),
    }


def test_money_is_shown_with_every_pollutant(plan, found):
    rows = [row for row in blocks(plan, found)["shares"].rows if row.pollutant is None]
    annuities = [row.cells[3].value for row in rows if row.cells[1].text == "capital, annualised"]
    assert annuities[-2:] == pytest.approx([149_029.4887, 46_731.8180])


def test_the_curve_is_that_of_the_shares(plan, found):
    frame = blocks(plan, found)["macc-integrated"].data["frame"]
    rows = [dict(zip(frame, row, strict=True)) for row in zip(*frame.values(), strict=True)]
    cuts = {row["measure"]: row["cut"] for row in rows if row["pollutant"] == "SO2"}
    assert cuts == pytest.approx({"first": 45, "second": 35})


def test_a_kept_curve_is_a_table(plan, found):
    (first, _) = blocks(plan, found)["marginal-costs"].rows
    texts = [cell.text for cell in first.cells]
    assert texts[:4] == [
        "shared out",
        "pollution equivalents (tax law)",
        "First filter",
        "2025",
    ]
    assert first.cells[7].value == pytest.approx(249_029.4887 * 0.95e-3 / 45)


def test_it_can_be_read_in_chinese(plan, found):
    there = blocks(plan, found, "zh")
    assert there["shares"].rows[0].cells[0].text == "单独实施"
    assert "一号除尘器" in {row.cells[2].text for row in there["shares"].rows}

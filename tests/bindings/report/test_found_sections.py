"""What the report says of findings: two_jobs.toml, whose numbers were worked out by hand."""

from pathlib import Path

import pytest

import lantian
from lantian import findings, report
from lantian.messages import Messages
from lantian.report.context import Context
from lantian.report.document import Table, Text
from lantian.report.found import Found
from lantian.report.sections import gains, least

TWO_JOBS = Path(__file__).parents[1] / "decide" / "two_jobs.toml"
CREWS = "resources.crews.capacity"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return lantian.run(TWO_JOBS, output=tmp_path_factory.mktemp("two") / "out.h5", replications=2)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("found")
    made = {
        "value": lantian.value(TWO_JOBS, of=[CREWS, "measures.*.start"], replications=20),
        "slip": lantian.slip(TWO_JOBS, by="2 week", replications=20),
        "optimise": lantian.optimise(
            TWO_JOBS, targets="both-by-july", levers={CREWS: [1, 2, 3]}, prices={CREWS: "3 MCNY"}
        ),
    }
    return [
        findings.write(
            folder / f"{kind}.json",
            kind,
            content,
            scenario=content.scenario,
            replications=content.replications,
            seed=content.seed,
        )
        for kind, content in made.items()
    ]


@pytest.fixture
def context(results, files):
    return lambda language="en": Context(
        results, "two_jobs", Messages(language), found=Found.read(files, results)
    )


def rows(section):
    (table,) = [block for block in section.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row.cells] for row in table.rows], table


def test_the_value_of_a_crew_is_told_in_points_days_and_tonnes(context):
    told, table = rows(gains.value(context()))
    assert told[0] == [
        "Fitters: 1 to 2", "Probability: Both filters by the end of July", "0\xa0%", "+100",
        "+77.2", "+100", "percentage points", "1.9e-06",
    ]  # fmt: skip
    assert told[1][1:4] == [
        "Median date: Both filters by the end of July", "17 Sep 2025", "−100",
    ]  # fmt: skip
    dust = [row for row in told if row[1] == "PM"]
    assert [(row[0], row[3], row[6]) for row in dust] == [
        ("Fitters: 1 to 2", "−50.0", "t"),
        ("all measures: 1 month earlier", "−28.0", "t"),
    ]
    assert {row.pollutant for row in table.rows} == {None, "PM"}


def test_a_chart_shows_the_odds_where_something_moves_them(context):
    (chart,) = gains.value(context()).charts
    assert chart.data["frame"]["difference"] == [1, 0]
    assert chart.data["frame"]["lever"] == ["Fitters: 1 to 2", "all measures: 1 month earlier"]
    assert gains.slip(context()).charts == ()


def test_a_slip_is_told_by_measure(context):
    told, _ = rows(gains.slip(context()))
    dust = {row[0]: row[3] for row in told if row[1] == "PM"}
    assert dust == {
        "all measures: 2 week later": "+14.0",
        "filter-a: 2 week later": "0",
        "filter-b: 2 week later": "0",
    }


def test_the_choice_and_its_guarantee_are_told(context):
    section = least.section(context())
    (text,) = [block for block in section.blocks if isinstance(block, Text)]
    assert text.title == "Both filters by the end of July: with a probability of 90.0\xa0%"
    assert text.lead == "The cheapest choice that meets it: Fitters: number of crews = 2."
    assert text.sentences[0] == "2 of 3 choices were run, 200 replications in all."
    assert "With a confidence of 95.0\xa0% for all of this together" in text.sentences[1]
    told, _ = rows(section)
    assert [row[1:4] for row in told] == [
        ["3.00", "misses it", "0\xa0%"],
        ["6.00", "meets it", "100\xa0%"],
        ["9.00", "not run", "–"],
    ]


def test_in_chinese_names_and_spans_are_chinese(context):
    told, _ = rows(gains.value(context("zh")))
    assert told[0][:2] == ["安装队：1 → 2", "达标概率：7月底前建成两套"]
    assert "全部措施：提前1个月" in {row[0] for row in told}
    section = least.section(context("zh"))
    assert section.blocks[0].lead == "成本最低的达标方案：安装队: 施工队数量 = 2。"


def test_nothing_is_said_where_nobody_looked(results):
    silent = Context(results, "two_jobs", Messages("en"))
    assert [gains.value(silent), gains.slip(silent), least.section(silent)] == [None] * 3


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_the_sections(results, files, tmp_path, language):
    path = report.write(
        results, tmp_path / "page.html", language=language, findings=files, ladder=0
    )
    page = path.read_text(encoding="utf-8")
    assert all(f'id="{name}"' in page for name in ("value", "slip", "optimise"))

"""Bars of what changes bring: tests/bindings/decide/two_jobs.toml, worked out by hand."""

from pathlib import Path

import pytest

import lantian
from lantian import UsageError, plots

TWO_JOBS = Path(__file__).parents[1] / "decide" / "two_jobs.toml"


@pytest.fixture(scope="module")
def found():
    return lantian.value(
        TWO_JOBS, of=["resources.crews.capacity", "measures.*.start"], replications=20
    )


def test_the_bars_are_the_gains_in_percentage_points(found):
    axes, data = plots.gains(found)
    assert data["outcome"].tolist() == ["probability(both-by-july)"] * 2
    assert [bar.get_width() for bar in axes.patches] == data["difference"].tolist() == [100, 0]
    assert data[["before", "after", "unit"]].iloc[0].tolist() == [0, 100, "pp"]
    (whiskers,) = axes.collections
    assert whiskers.get_segments()[0][:, 0].tolist() == data[["low", "high"]].iloc[0].tolist()


def test_another_outcome_has_a_bar_for_each_change_the_first_on_top(found):
    axes, data = plots.gains(found, outcomes="PM")
    assert [bar.get_width() for bar in axes.patches] == pytest.approx([-50, -28])
    assert axes.get_xlabel() == "change, with its 95 % interval [t]"
    assert axes.get_title(loc="left") == "PM\ntwo_jobs · 2025 · 20 replications"
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert data["name"].tolist() == ["crews, 1 to 2", "all measures, 1 month earlier"]


def test_several_outcomes_stand_side_by_side_with_a_legend(found):
    axes, data = plots.gains(found, outcomes=["PM", "PM:2025"])
    assert len(axes.patches) == len(data) == 4
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["PM", "PM:2025"]


def test_names_are_those_of_the_scenario(found):
    axes, data = plots.gains(
        found, outcomes="date(both-by-july)", scenario=lantian.load(TWO_JOBS), language="zh"
    )
    assert data["name"].tolist() == ["安装队：1 → 2", "全部措施：提前1个月"]
    assert axes.get_title(loc="left").startswith("7月底前建成两套\n")
    assert axes.get_xlabel() == "变化量及95%置信区间 [d]"


def test_a_slip_is_drawn_by_measure():
    found = lantian.slip(TWO_JOBS, replications=2)
    _, data = plots.gains(found, outcomes="PM")
    assert data["name"].tolist() == [
        "all measures, 1 month later", "filter-a, 1 month later", "filter-b, 1 month later",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ("PM2", "no effect on 'PM2'; did you mean 'PM'"),
        (["PM", "cost"], "one unit"),
        ([], "no out"),
    ],
)
def test_what_cannot_be_drawn_is_said(found, outcomes, message):
    with pytest.raises(UsageError, match=message):
        plots.gains(found, outcomes=outcomes)

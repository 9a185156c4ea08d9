"""The value of a bottleneck: two_jobs.toml, worked out by hand."""

from pathlib import Path

import numpy as np
import pytest

import lantian
from lantian import ScenarioError, UsageError

CREWS = "resources.crews.capacity"


def only(effects, outcome):
    (effect,) = effects.of(outcome)
    return effect


def test_one_more_crew_builds_both_at_once(two_jobs):
    found = lantian.value(two_jobs, replications=20)
    assert [(c.lever, c.before, c.after) for c in found.changes] == [(CREWS, "1", "2")]
    # b is built 100 days earlier, and takes half a tonne a day off.
    dust = only(found, "PM")
    assert dust.difference == pytest.approx(-50)
    assert (dust.low, dust.high) == pytest.approx((-50, -50))
    assert only(found, "PM:2025").difference == pytest.approx(-50)
    built = only(found, "date(both-by-july)")
    assert (built.before, built.after) == (np.datetime64("2025-09-17"), np.datetime64("2025-06-09"))
    assert (built.difference, built.low, built.high) == (-100, -100, -100)
    met = only(found, "probability(both-by-july)")
    assert (met.before, met.after, met.difference) == (0, 1, 1)
    assert met.p_value == pytest.approx(2 / 2**20)
    assert only(found, "cost").difference == 0


def test_crews_that_come_later_come_on_top(extended):
    scenario = extended("[[resources.crews.additions]]\non = 2025-05-01\namount = 1\n")
    # The second crew comes on 1 May: b is built by 9 August. With two from the start it waits for
    # nothing, and 61 days are won.
    found = lantian.value(scenario, of=CREWS, replications=2)
    assert only(found, "PM").difference == pytest.approx(-61 / 2)


def test_an_earlier_start_of_one_brings_both_forward(two_jobs):
    found = lantian.value(
        two_jobs, of=["measures.filter-a.start", "measures.*.start"], replications=2
    )
    # From 1 February: 28 days earlier, for the one that waits for the crew too.
    assert [effect.difference for effect in found.of("PM")] == pytest.approx([-28, -28])
    assert [(c.before, c.after) for c in found.changes] == [
        ("2025-03-01", "2025-02-01"),
        ("", "-1 month"),
    ]


def test_what_begins_with_the_horizon_stays_and_is_said(extended):
    scenario = extended("measures.filter-b.start = 2025-01-01\n")
    found = lantian.value(scenario, of="measures.*.start", by="-3 month", replications=2)
    (note,) = found.notes
    assert note.endswith("filter-b")
    assert found.changes[0].after == "2025-01-01"  # and not 2024-12-01
    with pytest.raises(UsageError, match=r"nothing can begin earlier, .*: filter-b$"):
        lantian.value(scenario, of="measures.filter-b.start")


BUDGET = """
[resources.fund]
kind = "budget"
releases = [{ on = 2025-01-01, amount = "3 MCNY" }, { on = 2025-11-01, amount = "3 MCNY" }]
[measures.filter-a]
stages = [{ id = "works", duration = "100 d", cost = "3 MCNY", fund = "fund" }]
[measures.filter-b]
stages = [{ id = "works", duration = "50 d", cost = "3 MCNY", fund = "fund" }]
"""


# b waits for the release of 1 November and is built by 21 December. With the first release doubled
# it is built by 20 April: 245 days earlier, half a tonne each.
WON = pytest.approx(-245 / 2)


@pytest.mark.parametrize(
    ("path", "tonnes"),
    [
        ("resources.fund", WON),
        ("resources.fund.releases[1]", WON),
        ("resources.fund.releases[2]", 0),
    ],
)
def test_more_money_is_more_of_each_release_or_of_one(extended, path, tonnes):
    found = lantian.value(extended(BUDGET), of=path, by="100%", replications=2)
    assert only(found, "PM").difference == tonnes
    assert found.changes[0].after == "200 %"


@pytest.mark.parametrize(
    "amount",
    ['"3 MCNY"', '"3e3 kCNY"', '"@grant"', '{ uniform = { low = "2.9 MCNY", high = "3.1 MCNY" } }'],
)
def test_every_way_to_write_an_amount_can_be_more(extended, amount):
    text = BUDGET.replace('amount = "3 MCNY" }, {', f"amount = {amount} }}, {{")
    text = text.replace('cost = "3 MCNY"', 'cost = "2.9 MCNY"')
    text += '[parameters.grant]\nvalue = "3 MCNY"\n'
    found = lantian.value(extended(text), of="resources.fund.releases", by="100 %", replications=2)
    assert only(found, "PM").difference == WON


def test_only_what_is_asked_for_is_looked_at(two_jobs):
    found = lantian.value(two_jobs, outcomes=["PM@sources.kiln-b:2025", "cost"], replications=2)
    assert [effect.outcome for effect in found.effects] == ["PM@sources.kiln-b:2025", "cost"]
    assert [effect.unit for effect in found.effects] == ["t", "CNY"]
    assert found.effects[0].difference == pytest.approx(-50)


def test_a_table_has_one_row_an_effect(two_jobs):
    table = lantian.value(two_jobs, replications=2).to_pandas()
    assert table["outcome"].tolist() == [
        "probability(both-by-july)", "date(both-by-july)", "PM", "PM:2025", "cost",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("of", "by", "message"),
    [
        ("resources.crew.capacity", None, "no resource 'crew'; did you mean 'crews'"),
        ("resources.crews.releases", None, r"is resources\.ID\.capacity"),
        ("resources.crews.capacity", "20%", "whole number such as 2, not by '20%'"),
        ("resources.crews.capacity", "0", "not by '0'"),
        ("resources.crews.capacity", "-1", "leave less than 1"),
        ("resources.*.capacity", None, "name one resource"),
        ("measures.filter-c.start", None, "did you mean 'filter-"),
        ("measures.filter-a.stages", None, r"is measures\.ID\.start"),
        ("measures.filter-a.start", "2", "a span such as '-2 month', not by '2'"),
        ("measures.filter-a.start", "-1.5 month", "moves by whole days"),
        ("measures.filter-a.start", "5 moon", "a span such as"),
        ("sources.kiln-a.activity", None, "nothing that can be changed so"),
        ("", None, "nothing that can be changed so"),
    ],
)
def test_what_cannot_be_changed_so_is_said(two_jobs, of, by, message):
    with pytest.raises(UsageError, match=message):
        lantian.value(two_jobs, of=of, by=by)


def test_a_change_that_makes_a_wrong_scenario_is_named(extended):
    with pytest.raises(ScenarioError, match=r"^resources.fund.releases, 100 % to 10 %, makes a sc"):
        lantian.value(extended(BUDGET), by="-90%", of="resources.fund")


def test_all_mistakes_are_said_at_once(two_jobs):
    with pytest.raises(UsageError) as caught:
        lantian.value(two_jobs, of=["resources.crew", "measures.filter-a.begin"])
    assert len(str(caught.value).splitlines()) == 2


def test_a_scenario_without_resources_says_what_else_can_be_changed():
    with pytest.raises(UsageError, match=r"one_stack has no resources; name a start"):
        lantian.value(Path(__file__).parents[1] / "one_stack.toml")


def test_one_replication_has_no_interval(two_jobs):
    with pytest.raises(UsageError, match="at least 2 replications"):
        lantian.value(two_jobs, replications=1)

"""The least effort that meets a target, against full enumeration."""

import itertools
from pathlib import Path

import pytest

import lantian
from lantian import ScenarioError, UsageError, design
from lantian.decide.search import Worlds

CREWS = "resources.crews.capacity"
START = "measures.filter-c.start"

# Three filters whose works take 80 to 130 days; c may begin late.
THREE_JOBS = (
    """
[sources.kiln-c]
district = "east"
sector   = "cement"
activity = "365 kt/year"
emits.PM.raw = "1 kg/t"
[measures.filter-c]
kind  = "retrofit"
start = 2025-03-01
changes.kiln-c.emits.PM.raw = "0.5 kg/t"
stages = [{ id = "works", duration = "100 d", crews = { crews = 1 } }]
[targets.all-by-october]
kind     = "deadline"
measures = ["filter-a", "filter-b", "filter-c"]
date     = 2025-10-01
[targets.c-by-july]
kind     = "deadline"
measures = ["filter-c"]
date     = 2025-07-10
"""
    + "".join(
        f'[[measures.filter-{k}.stages]]\nid = "works"\ncrews = {{ crews = 1 }}\ncost = "3 MCNY"\n'
        'duration = { uniform = { low = "80 d", high = "130 d" } }\n'
        for k in "ab"
    )
).replace('duration = "100 d"', 'duration = { uniform = { low = "80 d", high = "130 d" } }')


@pytest.fixture
def three_jobs(extended):
    return extended(THREE_JOBS)


LEVERS = {CREWS: [1, 2, 3], START: ["2025-03-01", "2025-05-01"]}
PRICES = {CREWS: "3 MCNY", START: ["1 MCNY", 0]}


def enumerated(scenario, target):
    """The chances of all choices, each with many replications."""
    rows = [dict(zip(LEVERS, row, strict=True)) for row in itertools.product(*LEVERS.values())]
    run = design.Design(scenario, tuple(rows)).evaluate(
        [design.probability(target)], replications=4000, seed=99
    )
    return {tuple(map(str, row.values())): p for row, p in zip(rows, run.means[:, 0], strict=True)}


@pytest.mark.parametrize(("target", "likely"), [("all-by-october", 0.6), ("c-by-july", 0.5)])
def test_the_choice_is_that_of_full_enumeration(three_jobs, target, likely):
    chances = enumerated(three_jobs, target)
    assert all(abs(chance - likely) > 0.03 for chance in chances.values())  # none is a close call
    costs = {("1", "2025-03-01"): 4, ("1", "2025-05-01"): 3, ("2", "2025-03-01"): 7}
    costs |= {("2", "2025-05-01"): 6, ("3", "2025-03-01"): 10, ("3", "2025-05-01"): 9}
    best = min((k for k, chance in chances.items() if chance >= likely), key=lambda k: costs[k])
    found = lantian.optimise(
        three_jobs, targets=target, probability=likely, levers=LEVERS, prices=PRICES
    )
    assert found.chosen is not None
    assert found.chosen.values == best
    assert found.chosen.price == 1e6 * costs[best]
    for candidate in found.candidates:
        if candidate.verdict != "not run":
            assert (candidate.verdict == "meets") == (chances[candidate.values] >= likely)
    run = [candidate for candidate in found.candidates if candidate.replications]
    assert found.replications == sum(candidate.replications for candidate in run)
    assert all(candidate.price <= found.chosen.price for candidate in run)


def test_several_targets_are_met_each_or_jointly(three_jobs):
    both = ["all-by-october", "c-by-july"]
    common = {"levers": LEVERS, "prices": PRICES, "seed": 3}
    each = lantian.optimise(three_jobs, targets=dict.fromkeys(both, 0.5), **common)
    assert [one.targets for one in each.requirements] == [(both[0],), (both[1],)]
    jointly = lantian.optimise(three_jobs, targets=both, probability=0.5, jointly=True, **common)
    assert [one.targets for one in jointly.requirements] == [tuple(both)]
    assert each.chosen is not None
    assert jointly.chosen is not None
    assert jointly.chosen.price >= each.chosen.price
    assert jointly.chosen.met[0] / jointly.chosen.tested > 0.48


def test_nothing_is_chosen_where_nothing_meets_the_target(three_jobs):
    found = lantian.optimise(
        three_jobs, targets="c-by-july", levers={CREWS: [1, 2]}, prices={CREWS: 1}, probability=0.95
    )
    assert (found.choice, found.chosen) == (None, None)
    assert [candidate.verdict for candidate in found.candidates] == ["misses", "misses"]


def test_without_a_measure_its_target_is_wrong_before_anything_runs(three_jobs):
    with pytest.raises(ScenarioError, match=r"filter-c\.enabled = False makes a scenario that is"):
        lantian.optimise(
            three_jobs, targets="c-by-july", levers={"measures.filter-c.enabled": [True, False]}
        )


# In a year with both filters at work running costs are 2 MCNY a year each; the crews are free.
RUNNING = """
measures.filter-a.operating_cost = "2 MCNY/year"
measures.filter-b.operating_cost = "2 MCNY/year"
"""


def test_with_simulated_cost_the_cheapest_of_those_that_meet_it_is_selected(extended):
    scenario = extended(RUNNING + "targets.both-by-july.date = 2025-09-30\n")
    common = {"levers": {"measures.filter-a.start": ["2025-02-01", "2025-04-01", "2025-08-01"]}}
    found = lantian.optimise(
        scenario, targets="both-by-july", cost_tolerance="10 kCNY", most=200, **common
    )
    # Of those that are ready by the end of September, the later one costs less: from 1 February a
    # is built on 12 May and b on 20 August; from 1 April b comes first, on 9 June, and a on 17
    # September: 28 days less each.
    assert found.cost_of == "simulated"
    assert found.chosen is not None
    assert found.chosen.values == ("2025-04-01",)
    costs = [candidate.cost for candidate in found.candidates]
    assert costs[2] is None  # it misses
    assert costs[0] - costs[1] == pytest.approx(56 / 365 * 2e6)
    priced = lantian.optimise(
        scenario,
        targets="both-by-july",
        cost="simulated",
        prices={"measures.filter-a.start": [0, "1 MCNY", 0]},
        **common,
    )
    assert priced.chosen is not None
    assert priced.chosen.values == ("2025-02-01",)


def test_a_reduction_against_another_scenario_can_be_asked_for(extended):
    target = """
[targets.less-dust]
kind = "reduction"
pollutant = "PM"
from = 2025
to = 2025
by = 0.08
base = "two_jobs"
"""
    # With one crew 574 t are emitted, with two 524 t: 8.7 % less.
    found = lantian.optimise(
        extended(target), targets="less-dust", levers={CREWS: [1, 2]},
        prices={CREWS: 1},
    )  # fmt: skip
    assert found.chosen is not None
    assert found.chosen.values == ("2",)


def test_progress_is_told_and_may_end_the_search(three_jobs):
    told = []

    def stop(*counts):
        told.append(counts)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        lantian.optimise(
            three_jobs, targets="c-by-july", levers=LEVERS, prices=PRICES, progress=stop
        )
    assert told == [(0, 6)]
    told = []
    lantian.optimise(
        three_jobs, targets="c-by-july", levers=LEVERS, cost="simulated", probability=0.5,
        progress=lambda *counts: told.append(counts),
    )  # fmt: skip
    assert told[-1] == (6, 6)
    assert all(settled < 6 for settled, _ in told[:-1])


def test_the_seed_decides_everything(three_jobs):
    asked = {"targets": "c-by-july", "levers": LEVERS, "prices": PRICES, "probability": 0.5}
    one, again = (lantian.optimise(three_jobs, seed=4, threads=n, **asked) for n in (1, 2))
    assert one == again
    assert one != lantian.optimise(three_jobs, seed=5, **asked)


CHOICES = {CREWS: [1, 2]}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"targets": "c-by-june"}, "no target 'c-by-june'; did you mean 'c-by-july'"),
        ({"targets": []}, "no target to meet"),
        ({"targets": {"c-by-july": 0.5}, "jointly": True}, "one probability, not one each"),
        ({"probability": 1}, "both ends must lie between 0 and 1"),
        ({"tolerance": 0.2}, "both ends must lie between 0 and 1"),
        ({"confidence": 1}, "a share from 0.5 to below 1, not 1"),
        ({"most": 10}, "at least 50 replications"),
        ({"levers": {}}, "there is no lever"),
        ({"levers": {CREWS: []}}, "needs a list of values"),
        ({"levers": {CREWS: "1..4"}}, "needs a list of values"),
        ({"levers": {CREWS: [1, 1]}}, "each value must be there once"),
        ({"levers": {"resources.crew.capacity": [1]}, "prices": {}}, "did you mean 'crews'"),
        ({"levers": {CREWS: range(1, 9000)}}, "8999 choices; at most 5000"),
        ({"prices": {"resources.crew.capacity": 1}}, f"which is no lever; did you mean '{CREWS}'"),
        ({"prices": {CREWS: "3 Mcny"}}, "did you mean 'MCNY'"),
        ({"prices": {CREWS: "a lot"}}, "no amount of money"),
        ({"prices": {CREWS: [1, 2, 3]}}, "one for each of its 2 values, not 3"),
        ({"prices": {CREWS: 0}}, "all cost the same"),
        ({"prices": {}, "cost": "prices"}, "nothing says what a choice costs"),
        ({"cost": "price"}, "did you mean 'prices'"),
        ({"cost_tolerance": 0}, "must be above 0"),
    ],
)
def test_what_cannot_be_is_said(three_jobs, changed, message):
    asked = {"targets": "c-by-july", "levers": CHOICES, "prices": {CREWS: 1}, **changed}
    with pytest.raises(UsageError, match=message):
        lantian.optimise(three_jobs, **asked)


def test_the_same_simulated_cost_everywhere_is_said(extended):
    no_cost = "".join(
        f'[[measures.filter-{k}.stages]]\nid = "works"\nduration = "100 d"\n' for k in "ab"
    )
    with pytest.raises(UsageError, match="nothing tells the choices apart"):
        lantian.optimise(extended(no_cost), targets="both-by-july", levers=CHOICES)


def test_a_target_that_can_never_be_judged_is_refused(extended):
    text = 'targets.both-by-july.not_assessable = "nobody looks"\n'
    with pytest.raises(UsageError, match="not assessable: nobody looks"):
        lantian.optimise(extended(text), targets="both-by-july", levers=CHOICES)


def test_a_scenario_that_is_not_there_is_the_engines_error():
    with pytest.raises(ScenarioError):
        lantian.optimise(Path("gone.toml"), targets="x", levers=CHOICES)


def test_every_batch_has_worlds_of_its_own_and_the_first_those_of_a_run(three_jobs, monkeypatch):
    used = []
    run = Worlds.run

    def watched(self, choices, batch, replications):
        values = run(self, choices, batch, replications)
        used.append((batch, values[:, 0].tolist()))
        return values

    monkeypatch.setattr(Worlds, "run", watched)
    asked = {"targets": "all-by-october", "levers": {CREWS: [2, 3]}, "prices": {CREWS: 1}}
    found = lantian.optimise(
        three_jobs, cost="simulated", cost_tolerance=1, probability=0.7, seed=4, **asked
    )
    assert [candidate.verdict for candidate in found.candidates] == ["meets", "meets"]
    batches = [batch for batch, _ in used]
    assert len(set(batches)) == len(batches) > 3
    assert batches[-1] == 100  # the second step begins after all that the first may take
    assert len({str(met) for _, met in used}) == len(used)
    met = design.Design(three_jobs, ({CREWS: 2},)).evaluate(
        [design.probability("all-by-october")], replications=100, seed=4
    )
    assert used[0][1][0] == met.values[0, 0].tolist()
    assert found.replications == sum(len(rows) * len(rows[0]) for _, rows in used)

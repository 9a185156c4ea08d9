"""A plan taken apart: a closure and a retrofit on one plant, worked out by hand."""

import numpy as np
import pytest

import lantian

PLAN = """
lantian = 1
name = "Two measures"
as_of = 2024-01-01
horizon = { start = 2024-01-01, end = 2028-01-01 }
output = { interval = "month" }
pollutants.PM = { name = "PM", unit = "t" }
zones.city = {}
districts.east = { zone = "city" }
sectors.steel = {}
plants.works = { district = "east", sector = "steel", production = "10 kt/year" }
[sources.one]
plant = "works"
activity = "10 kt/year"
emits.PM.raw = "4 kg/t"
[sources.two]
plant = "works"
activity = "10 kt/year"
emits.PM.raw = "1 kg/t"
[measures.a-late-retrofit]
kind = "retrofit"
start = 2026-01-01
changes.one.emits.PM.raw = "1 kg/t"
[measures.b-early-retrofit]
kind = "retrofit"
start = 2025-01-01
changes.one.emits.PM.raw = "3 kg/t"
changes.two.emits.PM.raw = "0.5 kg/t"
[targets.late]
kind = "deadline"
measures = ["a-late-retrofit"]
date = 2026-12-31
"""


@pytest.fixture
def plan():
    return lantian.Scenario.from_files({"plan.toml": PLAN.encode()}, "plan.toml")


def totals(results):
    """Direct emission of PM [t] by step and year, in the first replication."""
    return np.array([scenario["PM"][0].sum(axis=0) for scenario in results.values()])


def test_steps_add_the_measures_in_the_order_of_their_completion(plan, tmp_path):
    steps = lantian.ladder(plan, output=tmp_path / "ladder.h5", replications=2)
    assert list(steps) == ["plan-0", "plan-1", "plan-2"]
    measures = [step.coordinates["measure"].values.tolist() for step in steps.values()]
    assert measures == [[], ["b-early-retrofit"], ["a-late-retrofit", "b-early-retrofit"]]
    # 40 + 10 t a year; from 2025 30 + 5; from 2026 10 + 5
    np.testing.assert_allclose(
        totals(steps), [[50, 50, 50, 50], [50, 35, 35, 35], [50, 35, 15, 15]], rtol=1e-12
    )


def test_the_order_decides_whose_the_overlap_is(plan, tmp_path):
    order = ["a-late-retrofit", "b-early-retrofit"]
    steps = lantian.ladder(plan, order=order, output=tmp_path / "ladder.h5", replications=1)
    # a alone: 10 + 10 from 2026
    np.testing.assert_allclose(totals(steps)[1], [50, 50, 20, 20], rtol=1e-12)
    np.testing.assert_allclose(totals(steps)[2], [50, 35, 15, 15], rtol=1e-12)


def test_a_measure_comes_after_the_one_that_it_waits_for(tmp_path):
    text = PLAN + '[measures.0-waits]\nkind = "retrofit"\nstart = 2024-06-01\n'
    text += 'after = ["a-late-retrofit"]\nchanges.two.emits.PM.raw = "0.1 kg/t"\n'
    plan = lantian.Scenario.from_files({"plan.toml": text.encode()}, "plan.toml")
    steps = lantian.ladder(plan, output=tmp_path / "ladder.h5", replications=1)
    assert "0-waits" not in steps["plan-2"].coordinates["measure"].values
    assert len(steps) == 4


def test_a_measure_before_the_one_that_it_waits_for_shares_its_step(tmp_path):
    text = PLAN + '[measures.0-waits]\nkind = "retrofit"\nstart = 2024-06-01\n'
    text += 'after = ["a-late-retrofit"]\nchanges.two.emits.PM.raw = "0.1 kg/t"\n'
    plan = lantian.Scenario.from_files({"plan.toml": text.encode()}, "plan.toml")
    order = ["0-waits", "a-late-retrofit", "b-early-retrofit"]
    steps = lantian.ladder(plan, order=order, output=tmp_path / "ladder.h5", replications=1)
    assert list(steps) == ["plan-0", "plan-1", "plan-2"]
    assert steps["plan-1"].coordinates["measure"].values.tolist() == ["0-waits", "a-late-retrofit"]


def test_an_order_must_name_every_measure_once(plan, tmp_path):
    with pytest.raises(lantian.UsageError, match="each of plan's measures once"):
        lantian.ladder(plan, order=["a-late-retrofit"], output=tmp_path / "ladder.h5")


def test_a_plan_without_measures_is_one_step(plan, tmp_path):
    bare = plan.with_({f"measures.{m}.enabled": False for m in plan.tables["measures"]}
                      | {"targets.late.enabled": False})  # fmt: skip
    steps = lantian.ladder(bare, output=tmp_path / "ladder.h5", replications=1)
    assert list(steps) == ["plan-variant-0"]

"""Shares of a plan's measures in Python; tests/cli has them worked out by hand."""

import numpy as np
import pytest

import lantian

PLAN = """
lantian = 1
name = "Closure and retrofit"
as_of = 2024-01-01
horizon = { start = 2024-01-01, end = 2026-01-01 }
pollutants.PM = { name = "PM", unit = "t" }
zones.city = {}
districts.east = { zone = "city" }
sectors.steel = {}
plants.works = { district = "east", sector = "steel", production = "10 kt/year" }
[sources.stack]
plant = "works"
activity = "10 kt/year"
emits.PM.raw = "4 kg/t"
[measures.closure]
kind = "closure"
start = 2025-01-01
plants = ["works"]
lost_output = { fate = "lost" }
[measures.retrofit]
kind = "retrofit"
start = 2024-01-01
changes.stack.emits.PM.raw = "1 kg/t"
"""


@pytest.fixture
def plan():
    return lantian.Scenario.from_files({"plan.toml": PLAN.encode()}, "plan.toml")


def test_shapley_halves_what_two_measures_do_twice(plan, tmp_path):
    shares = lantian.attribute(plan, output=tmp_path / "shares.h5", replications=2)["plan"]
    assert shares.coordinates["group"].values.tolist() == ["closure", "retrofit"]
    # 2025: the retrofit alone -30, the closure alone -40, both -40
    np.testing.assert_allclose(shares["PM_by_group"][0], [[0, -25], [-30, -15]], atol=1e-9)
    np.testing.assert_allclose(shares["PM_change"][0], [-30, -40], atol=1e-9)


def test_measures_of_a_group_are_there_together_and_the_base_may_be_another(plan, tmp_path):
    base = plan.with_({"measures.closure.enabled": False}, id="base")
    shares = lantian.attribute(
        plan, base, output=tmp_path / "shares.h5", groups={"end": ["closure"]}, replications=2
    )["plan"]
    assert shares.coordinates["group"].values.tolist() == ["end", "other-changes"]
    np.testing.assert_allclose(shares["PM_by_group"][0], [[0, -10], [0, 0]], atol=1e-9)


def test_a_wrong_method_is_named_with_the_nearest(plan, tmp_path):
    with pytest.raises(lantian.UsageError, match="did you mean 'last-in'"):
        lantian.attribute(plan, output=tmp_path / "shares.h5", method="lastin")


def test_a_wrong_measure_is_named_with_the_nearest(plan, tmp_path):
    with pytest.raises(lantian.UsageError, match="did you mean 'closure'"):
        lantian.attribute(plan, output=tmp_path / "shares.h5", groups={"a": ["closur"]})

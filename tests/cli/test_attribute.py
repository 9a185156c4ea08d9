"""`lantian attribute`: shares of two measures on one stack, worked out by hand."""

import json
import subprocess
import sys
from pathlib import Path

import h5py
import numpy
import pytest

LANTIAN = Path(sys.executable).with_name("lantian")

# One stack of 10 kt/year x 4 kg/t = 40 t/year. The retrofit leaves 10 t from the start; the closure
# leaves nothing from 2025 on. In 2024 only the retrofit acts: -30 t. In 2025 the retrofit alone is
# -30, the closure alone -40, both -40: the retrofit's share is (-30 - 0)/2 = -15, the closure's
# (-40 - 10)/2 = -25. The base makes 15 kt/year, so the plan without measures is -20 t/year.
BASE = """
lantian = 1
name = "One stack"
as_of = 2024-01-01
horizon = { start = 2024-01-01, end = 2026-01-01 }
pollutants.PM = { name = "PM", unit = "t" }
zones.city = {}
districts.east = { zone = "city" }
sectors.steel = {}
plants.works = { district = "east", sector = "steel", production = "10 kt/year" }
[sources.stack]
plant = "works"
activity = "15 kt/year"
emits.PM.raw = "4 kg/t"
"""
PLAN = """
extends = "base.toml"
name = "Closure and retrofit"
sources.stack.activity = "10 kt/year"
[measures.closure]
kind = "closure"
start = 2025-01-01
plants = ["works"]
lost_output = { fate = "lost" }
[measures.retrofit]
kind = "retrofit"
start = 2024-01-01
changes.stack.emits.PM.raw = "1 kg/t"
[targets.closed]
kind = "deadline"
measures = ["closure"]
date = 2025-03-31
"""
AFTER = """
extends = "plan.toml"
[measures.later]
kind = "retrofit"
start = 2024-01-01
after = ["closure"]
changes.stack.emits.PM.raw = "0.5 kg/t"
"""


def lantian(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command with its output captured."""
    return subprocess.run(
        [LANTIAN, "attribute", *map(str, words)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.toml").write_text(BASE, "utf-8")
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    (tmp_path / "after.toml").write_text(AFTER, "utf-8")
    return tmp_path


def shares(folder: Path, *words: object, plan: str = "plan") -> dict[str, numpy.ndarray]:
    """Shares of PM [t] by group and year, the same in all three replications."""
    output = folder / "out.h5"
    ran = lantian(folder / f"{plan}.toml", "-o", output, "--replications", 3, "--overwrite", *words)
    assert (ran.returncode, ran.stderr) == (0, "")
    with h5py.File(output) as file:
        group = file[plan]
        values = group["PM_by_group"][()]
        numpy.testing.assert_array_equal(values, values[:1].repeat(3, axis=0))
        numpy.testing.assert_allclose(values.sum(axis=1), group["PM_change"][()], rtol=1e-12)
        return dict(zip(group["group"].asstr()[()], values[0], strict=True))


def same(found: dict[str, numpy.ndarray], **expected: list[float]) -> None:
    """Check groups, in their order, and their shares by year."""
    assert list(found) == [name.replace("_", "-") for name in expected]
    numpy.testing.assert_allclose(list(found.values()), list(expected.values()), atol=1e-9)


def test_shapley_halves_what_two_measures_do_twice(folder: Path) -> None:
    same(shares(folder), closure=[0, -25], retrofit=[-30, -15])


def test_what_base_and_plan_differ_in_besides_is_a_row_of_its_own(folder: Path) -> None:
    found = shares(folder, "--base", folder / "base.toml")
    same(found, closure=[0, -25], retrofit=[-30, -15], other_changes=[-20, -20])


def test_first_in_and_last_in_leave_the_overlap_over(folder: Path) -> None:
    first = shares(folder, "--method", "first-in")
    same(first, closure=[0, -40], retrofit=[-30, -30], interaction=[0, 30])
    last = shares(folder, "--method", "last-in")
    same(last, closure=[0, -10], retrofit=[-30, 0], interaction=[0, -30])


def test_sequential_goes_by_the_date_of_completion_or_as_groups_are_named(folder: Path) -> None:
    same(shares(folder, "--method", "sequential"), closure=[0, -10], retrofit=[-30, -30])
    named = shares(folder, "--method", "sequential", "--groups", "end=closure", "mend=retrofit")
    same(named, end=[0, -40], mend=[-30, 0])


def test_sampled_orders_of_two_groups_are_exact_and_say_so(folder: Path) -> None:
    same(shares(folder, "--permutations", 4), closure=[0, -25], retrofit=[-30, -15])
    with h5py.File(folder / "out.h5") as file:
        assert file["plan"].attrs["permutations"] == 4
        assert not file["plan/PM_by_group_sampling_error"][()].any()


def test_a_measure_that_refers_to_another_shares_its_group(folder: Path) -> None:
    ran = lantian(folder / "after.toml", "-o", folder / "out.h5", "--replications", 2)
    assert "later refers to closure, so they are credited together.\n" in ran.stdout
    assert "\n  closure+later " in ran.stdout


def test_measures_of_the_base_get_no_share(folder: Path) -> None:
    found = shares(folder, "--base", folder / "plan.toml", plan="after")
    same(found, later=[0, 0], other_changes=[0, 0])


def test_the_table_fits_a_terminal_and_the_json_says_the_same(folder: Path) -> None:
    words = [folder / "plan.toml", "-o", folder / "out.h5", "--overwrite", "--replications", 3]
    table = lantian(*words).stdout
    assert max(map(len, table.splitlines())) <= 80
    assert "retrofit                               -45" in table
    told = json.loads(lantian(*words, "--json").stdout)
    assert told["groups"] == {"closure": ["closure"], "retrofit": ["retrofit"]}
    (dust,) = (quantity for quantity in told["quantities"] if quantity["name"] == "PM")
    assert [row["change"] for row in dust["groups"]] == pytest.approx([-25, -45])
    assert dust["total"]["change"] == pytest.approx(-70)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--groups", "a=closur"], "the plan has no measure 'closur'; did you mean 'closure'?"),
        (["--groups", "a=closure", "b=closure"], "in the groups 'a' and 'b'; it can be in one"),
        (["--groups", "closure"], "write NAME=MEASURE,MEASURE"),
        (["--method", "shapely"], "did you mean 'shapley'?"),
        (["--permutations", "3"], "give an even number from 4 on"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_written(
    folder: Path, words: list[str], message: str
) -> None:
    refused = lantian(folder / "plan.toml", "-o", folder / "out.h5", *words)
    assert refused.returncode == 2
    assert message in refused.stderr
    assert not (folder / "out.h5").exists()


def test_all_orders_of_too_many_groups_are_refused(folder: Path) -> None:
    measures = "".join(
        f'[measures.m{i}]\nkind = "retrofit"\nstart = 2024-01-01\n'
        'changes.stack.emits.PM.raw = "1 kg/t"\n'
        for i in range(13)
    )
    (folder / "many.toml").write_text('extends = "base.toml"\n' + measures, "utf-8")
    refused = lantian(folder / "many.toml", "-o", folder / "out.h5", "--permutations", 0)
    assert refused.returncode == 2
    assert "13 groups have 2^13 coalitions" in refused.stderr


def test_an_attribution_is_no_run_to_compare(folder: Path) -> None:
    shares(folder)
    compared = subprocess.run(
        [LANTIAN, "compare", folder / "out.h5"], capture_output=True, text=True, check=False
    )
    assert compared.returncode == 2
    assert "is an attribution" in compared.stderr

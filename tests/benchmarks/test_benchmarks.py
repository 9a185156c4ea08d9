"""The benchmarks measure what they say: a sound inventory, slopes and tables worked out by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import lantian

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.measuring import Row  # noqa: E402
from benchmarks.national import Inventory  # noqa: E402
from benchmarks.report import BEGIN, END, goal_table, write  # noqa: E402
from benchmarks.scale import slope  # noqa: E402


def test_the_national_inventory_is_as_large_as_asked_for_and_runs(tmp_path):
    # a thousandth: 1 steel plant of 12 units, 0 coking plants (0.3), 100 boilers
    inventory = Inventory(0.001, seed=1)
    assert len(inventory.sources) == 12 + 100
    scenario = lantian.load(inventory.write(tmp_path))
    results = lantian.run(scenario, replications=1)
    assert results[scenario.id]["PM"].sum() > 0


def test_the_same_seed_makes_the_same_inventory(tmp_path):
    first, second, other = (
        Inventory(0.01, seed).write(tmp_path / name).with_name("sources.csv").read_bytes()
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == second != other


def test_the_slope_is_the_exponent_of_a_power_law():
    assert slope([(x, 3 * x**1.1) for x in (10, 100, 1000)]) == pytest.approx(1.1)


def test_the_table_says_what_was_not_reached():
    rows = [Row("memory", "1.02 GB", "1 GB", holds=False), Row("check", "21 ms")]
    assert goal_table(rows).splitlines()[2:] == [
        "| memory | 1.02 GB | 1 GB | **no** |",
        "| check | 21 ms |  |  |",
    ]


def test_only_what_is_between_the_marks_is_written_anew(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    write(page, "new")
    assert page.read_text() == f"before\n{BEGIN}\n\nnew\n\n{END}\nafter\n"

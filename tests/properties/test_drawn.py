"""What the rules rest on: scenarios of every kind, in which things happen, that read well."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from generated import scenarios
from hypothesis import HealthCheck, Phase, given, settings
from worlds import run
from written import Tree, Written

SMALLEST = """\
lantian = 1
name = "Drawn at random"
as_of = 2025-01-01

[horizon]
start = 2025-01-01
end = 2026-01-02

[output]
interval = "month"

[pollutants.PM]
unit = "t"

[zones.key-area]

[districts.east]
zone = "key-area"

[districts.west]
zone = "key-area"

[sectors.steel]

[sectors.heat]

[sources.sinter-1]
process = "sinter"
activity = "100 kt/year"
district = "east"
sector = "heat"
emits.PM.raw = "2 kg/t"
"""
DRAWN = settings(max_examples=250, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
KINDS = {
    *("alert_response", "closure", "dry_quenching", "grading", "patrol", "programme"),
    *("relocation", "retrofit", "stockpile", "substitution", "ultra_low_emission"),
}


@pytest.fixture(scope="module")
def drawn() -> list[tuple[Tree, dict[str, bool]]]:
    """Scenarios, and what happens in each."""
    found = []

    @DRAWN
    @given(written=scenarios())
    def draw(written: Written) -> None:
        worlds = run(written)
        waits = worlds.arrays["measure_time"].sum(axis=(0, 1))
        found.append(
            (
                written.tree,
                {
                    **dict(zip(worlds.labels["cause"], waits > 0, strict=True)),
                    "done": bool((worlds.dates > 0).any()),
                    "cancelled": bool((worlds.arrays["measure_state"] == 3).any()),
                    "alert": bool(worlds.arrays["alert_time"].any()),
                    "occurrence": bool(worlds.arrays["arrivals_number"].any()),
                    "exceedance": bool(np.nan_to_num(worlds.arrays["exceedance"]).any()),
                },
            )
        )

    draw()
    return found


def test_every_kind_of_measure_is_drawn(drawn: list[tuple[Tree, dict[str, bool]]]) -> None:
    kinds = Counter(row["kind"] for tree, _ in drawn for row in tree.get("measures", {}).values())
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 3


def test_things_happen_in_what_is_drawn(drawn: list[tuple[Tree, dict[str, bool]]]) -> None:
    happened = Counter(what for _, events in drawn for what, has in events.items() if has)
    waited = {"predecessors", "permits", "crews", "money", "season", "alerts", "work"}
    assert {*waited, "done", "cancelled", "alert", "occurrence", "exceedance"} <= set(happened)


# What an analyst is shown of a broken rule is cut down to what it takes, at best to this: the first
# example is the simplest.
@settings(max_examples=1, phases=[Phase.generate])
@given(written=scenarios())
def test_the_smallest_scenario_reads_well(written: Written) -> None:
    assert written.text == SMALLEST

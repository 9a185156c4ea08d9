"""Every shipped scenario gives what is recorded of it in the file of its name in this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from recorded import (
    REPLICATIONS,
    SCENARIOS,
    UPDATE,
    Difference,
    differences,
    read_text,
    table_of,
    text_of,
    told,
    with_bases,
)

import lantian

FOLDER = Path(__file__).parent
SHIPPED = [path.relative_to(SCENARIOS) for path in sorted(SCENARIOS.rglob("*.toml"))]


def recorded_file(shipped: Path) -> Path:
    return (FOLDER / shipped).with_suffix(".tsv")


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.with_suffix("").as_posix())
def test_scenario_gives_what_is_recorded(shipped: Path, request: pytest.FixtureRequest) -> None:
    scenario = lantian.load(SCENARIOS / shipped)
    together = with_bases(scenario, (SCENARIOS / shipped).parent)
    table = table_of(lantian.run(together, replications=REPLICATIONS, seed=1)[scenario.id])
    name, file = f"scenarios/{shipped.as_posix()}", recorded_file(shipped)
    if request.config.getoption("--update-golden"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text_of(table, name), "utf-8")
    if not file.exists():
        pytest.fail(f"{name} has no recorded results; {UPDATE} makes them", pytrace=False)
    found = differences(read_text(file.read_text("utf-8")), table)
    if found:
        pytest.fail(told(name, found), pytrace=False)


def test_every_recorded_file_has_its_scenario() -> None:
    assert set(FOLDER.rglob("*.tsv")) - set(map(recorded_file, SHIPPED)) == set()


# 100 t become 100.0000002 t (2e-9 of it) in one replication, and a verdict turns.
def test_a_change_is_told_by_its_quantity_year_and_replication() -> None:
    emission, verdict = ("emission", "PM", "2025", "t"), ("verdict", "by-2025", "", "")
    before = {emission: ("90.0", "100.0", "1.0", "1.0"), verdict: ("met",) * 4}
    after = {emission: ("90.0", "100.0000002", "1.0", "1.0"), verdict: ("met",) * 3 + ("missed",)}
    assert told("scenarios/a.toml", differences(before, after)).splitlines()[:3] == [
        "scenarios/a.toml gives other results than recorded, in 2 places:",
        "  emission PM 2025 [t], replication 1: 100.0 -> 100.0000002 (relative +2e-09)",
        "  verdict by-2025, replication 3: met -> missed",
    ]


def test_the_last_digits_of_a_number_may_differ_and_those_of_a_date_may_not() -> None:
    emission, date = ("emission", "PM", "2025", "t"), ("works", "new-filter", "", "UTC")
    before = {emission: ("100.0",) * 4, date: ("2025-01-01T00:00:00",) * 4}
    after = {emission: ("100.00000001",) * 4, date: ("2025-01-01T00:00:01",) * 4}  # 1e-10 of it
    assert [found.key for found in differences(before, after)] == [date] * 4


def test_a_row_that_is_new_or_gone_is_a_difference() -> None:
    row = ("capital", "new-filter", "", "CNY")
    some = {row: ("1.0", "2.0", "3.0", "4.0")}
    assert differences({}, some)[1] == Difference(row, 1, "-", "2.0")
    assert differences(some, {})[3] == Difference(row, 3, "4.0", "-")


def test_what_is_written_is_read_again_to_the_last_bit() -> None:
    third, same = ("emission", "PM", "2025", "t"), ("verdict", "by-2025", "", "")
    table = {third: tuple(repr(n / 3) for n in range(1, 5)), same: ("met",) * 4}
    assert read_text(text_of(table, "scenarios/a.toml")) == table


def test_what_is_told_stays_short() -> None:
    before = {("emission", "PM", str(year), "t"): ("1.0",) * 4 for year in range(2000, 2100)}
    after = dict.fromkeys(before, ("1.1",) * 4)
    lines = told("scenarios/a.toml", differences(before, after)).splitlines()
    assert len(lines) == 19
    assert lines[-2] == "  and 384 more: emission 384"

"""Worst windows of a works whose numbers can be checked by head."""

import numpy as np
import pytest

import lantian
from lantian import frames
from lantian.messages import Messages
from lantian.report.context import Context
from lantian.report.document import Table
from lantian.report.sections import targets

# A kiln of 1 t a day, and half as much from 1 July 2025 (day 181) on.
KILN = """
lantian = 1
horizon = { start = 2025-01-01, end = 2026-01-01 }
pollutants.SO2 = { unit = "t" }
zones.city = {}
districts.centre = { zone = "city" }
sectors.steel = {}
[sources.kiln]
district = "centre"
sector = "steel"
activity = "365 kt/year"
emits.SO2.raw = "1 kg/t"
[measures.halved]
kind = "retrofit"
start = 2025-01-01
stages = [{ id = "works", duration = "181 d" }]
changes.kiln.emits.SO2.raw = "0.5 kg/t"
[targets.month]
name = "25 t in any 30 days"
kind = "permit"
of = ["kiln"]
pollutant = "SO2"
window = "30 d"
limit = "25 t"
"""


@pytest.fixture(scope="module")
def kiln(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kiln")
    (folder / "kiln.toml").write_text(KILN, "utf-8")
    return lantian.run(folder / "kiln.toml", output=folder / "kiln.h5", replications=3)


def test_the_worst_window_stands_beside_its_limit(kiln):
    # 30 t at first; from day 181 on they fall by half a tonne a day, to 25 t on day 191: 161 of the
    # 335 days on which a window ends
    (row,) = frames.worst_windows(kiln).to_dict("records")
    assert row["name"] == "25 t in any 30 days"
    assert (row["pollutant"], row["days"], row["limit"], row["unit"]) == ("SO2", 30, 25, "t")
    assert (row["mean"], row["p05"], row["p95"]) == pytest.approx((30, 30, 30))
    assert row["exceeding"] == pytest.approx(161 / 335)
    assert row["share_above"] == 1


def test_the_file_says_when_the_worst_window_ended(kiln):
    ends = kiln["kiln"]["permit_worst_end"]
    assert list(ends[:, 0]) == [np.datetime64("2025-01-31T00:00:00")] * 3
    table = kiln["kiln"].to_pandas("permit_worst")
    assert list(table["unit"]) == ["t"] * 3


def test_the_report_shows_it_where_there_is_one(kiln, two_works):
    def windows(results, base):
        section = targets.section(Context(results, base, Messages("en")))
        return [b for b in section.blocks if isinstance(b, Table) and b.id == "windows-table"]

    (table,) = windows(kiln, "kiln")
    said = [cell.text for cell in table.rows[0].cells]
    assert said[:6] == ["25 t in any 30 days", "30.0", "25.0", "30.0", "30.0", "30.0"]
    assert said[-1] == "48.1\N{NO-BREAK SPACE}%"
    assert windows(two_works, "untouched") == []


def test_a_file_without_permits_gives_an_empty_table_with_columns(two_works):
    table = frames.worst_windows(two_works)
    assert len(table) == 0
    assert list(table.columns)[:2] == ["scenario", "target"]

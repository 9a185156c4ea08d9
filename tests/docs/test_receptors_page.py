"""The matrix that docs/receptors.md writes as netCDF is one that a scenario reads."""

import re
from pathlib import Path

import pytest

import lantian

pytest.importorskip("xarray")
pytest.importorskip("h5netcdf")

PAGE = (Path(__file__).parents[2] / "docs/receptors.md").read_text("utf-8")
SCENARIO = b"""
lantian = 1
horizon = { start = 2025-01-01, end = 2026-01-01 }
pollutants.PM25 = { unit = "t" }
zones.city = {}
districts.here = { zone = "city" }
sectors.steel = {}
plants.mill = { district = "here", sector = "steel" }
plants.kiln = { district = "here", sector = "steel" }
sources.mill = { plant = "mill", activity = "100 kt/year", emits.PM25.raw = "1 kg/t" }
sources.kiln = { plant = "kiln", activity = "200 kt/year", emits.PM25.raw = "1 kg/t" }
receptors.town = { population = "2 person" }
receptors.village = { population = "1 person" }
[tables]
"dispersion.matrix" = "matrix.nc"
[dispersion]
method = "matrix"
pollutants = ["PM25"]
"""


def test_the_matrix_of_the_page_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "docs/receptors.md", "exec"), {})
    files = {"top.toml": SCENARIO, "matrix.nc": Path("matrix.nc").read_bytes()}
    here = lantian.run(
        lantian.Scenario.from_files(files, "top.toml"), output="out.h5", replications=1
    )["top"]
    # 100 t x 0.020 + 200 t x 0.001 in the town; 100 t x 0.004 in the village, where the kiln's
    # 200 of 300 t are not known.
    assert here["concentration_PM25"][0, :, 0] == pytest.approx([2.2, 0.4])
    assert here["receptor_coverage_PM25"][0, :, 0] == pytest.approx([1, 1 / 3])

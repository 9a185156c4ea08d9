"""A source-receptor matrix from a netCDF-4 file is that of a CSV file, to the last bit."""

from pathlib import Path

import numpy as np
import pytest

import lantian

xarray = pytest.importorskip("xarray")
pytest.importorskip("h5netcdf")

BASE = (Path(__file__).parent / "air" / "base.toml").read_text("utf-8")
INVENTORY = BASE[: BASE.index("[dispersion.matrix]")].encode()
TOP = b"""
lantian = 1
extends = "inventory.toml"
[tables]
"dispersion.matrix" = "MATRIX"
"""
CSV = b"""id,source,receptor,value
a,stack,town,0.1 ug*year/(m3*t)
b,stack,village,3.3e-05 ug*year/(m3*t)
"""


def scenario(name, content):
    files = {"inventory.toml": INVENTORY, name: content}
    files["top.toml"] = TOP.replace(b"MATRIX", name.encode())
    return lantian.Scenario.from_files(files, "top.toml")


def netcdf(path, values, **attributes):
    matrix = xarray.Dataset(
        {"value": (("source", "receptor"), values, attributes)},
        coords={"source": ["stack"], "receptor": ["town", "village", "hills"]},
    )
    matrix.to_netcdf(path, engine="h5netcdf")
    return path.read_bytes()


@pytest.mark.parametrize("fill", [np.nan, -999.0])
def test_both_files_give_the_same_bits(fill, tmp_path):
    of_csv = lantian.run(scenario("matrix.csv", CSV), output=tmp_path / "csv.h5", replications=1)
    values = np.array([[0.1, 3.3e-05, np.nan]])
    content = netcdf(tmp_path / "matrix.nc", values, units="ug*year/(m3*t)", _FillValue=fill)
    of_netcdf = lantian.run(
        scenario("matrix.nc", content), output=tmp_path / "nc.h5", replications=1
    )
    for name in ("concentration_NOx", "receptor_coverage_NOx", "exposure_NOx"):
        assert of_csv["top"][name].tobytes() == of_netcdf["top"][name].tobytes(), name
    assert of_csv["top"]["concentration_NOx"][0, 1] == pytest.approx([10, 10])
    assert np.isnan(of_netcdf["top"]["concentration_NOx"][0, 0]).all()


def test_a_table_of_rows_is_read_as_the_csv_file_is(tmp_path):
    rows = xarray.Dataset(
        {
            "source": ("id", ["stack", "stack"]),
            "receptor": ("id", ["town", "village"]),
            "value": ("id", [0.1, 0.25], {"units": "ug*year/(m3*t)"}),
        },
        coords={"id": ["a", "b"]},
    )
    rows.to_netcdf(tmp_path / "rows.nc", engine="h5netcdf")
    read = scenario("rows.nc", (tmp_path / "rows.nc").read_bytes()).to_dict()
    assert list(read["dispersion"]["matrix"]) == ["a", "b"]
    assert read["dispersion"]["matrix"]["a"]["value"] == "0.1 ug*year/(m3*t)"


def test_the_file_is_kept_byte_for_byte(tmp_path):
    content = netcdf(tmp_path / "matrix.nc", np.ones((1, 3)), units="ug*year/(m3*t)")
    results = lantian.run(
        scenario("matrix.nc", content), output=tmp_path / "out.h5", replications=1
    )
    assert results["top"].scenario().files["matrix.nc"] == content


def test_labels_that_are_not_there_are_mistakes_of_the_file(tmp_path):
    content = netcdf(tmp_path / "matrix.nc", np.ones((1, 3)), units="ug/m3")
    with pytest.raises(lantian.ScenarioError) as caught:
        scenario("matrix.nc", content)
    assert "matrix.nc: dispersion.matrix.stack--town.value" in str(caught.value)
    matrix = xarray.Dataset({"value": (("source", "place"), np.ones((1, 1)))})
    matrix.to_netcdf(tmp_path / "bare.nc", engine="h5netcdf")
    with pytest.raises(lantian.ScenarioError, match="an axis of 'value' has no labels"):
        scenario("matrix.nc", (tmp_path / "bare.nc").read_bytes())

"""Result files open in the tools of analysts: ncdump, h5py, and xarray with both its engines.

The file is written by the program lantian_write_sample (tests/results/sample.hpp says what is in
it), which is looked for in LANTIAN_WRITE_SAMPLE, then in the build folders of this checkout.
"""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

h5py = pytest.importorskip("h5py")
xarray = pytest.importorskip("xarray")
pytest.importorskip("netCDF4")
pytest.importorskip("h5netcdf")

ENGINES = ["netcdf4", "h5netcdf"]


def find_program() -> Path | None:
    named = os.environ.get("LANTIAN_WRITE_SAMPLE")
    if named:
        return Path(named)
    root = Path(__file__).parents[2]
    built = [path for path in root.glob("build/*/tests/lantian_write_sample") if path.is_file()]
    return max(built, key=lambda path: path.stat().st_mtime, default=None)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    program = find_program()
    if program is None:
        pytest.skip("lantian_write_sample is not built")
    path = tmp_path_factory.mktemp("results") / "sample.h5"
    subprocess.run([program, path], check=True)
    return path


@pytest.fixture(params=ENGINES)
def planned(sample, request):
    with xarray.open_dataset(sample, group="as-planned", engine=request.param) as data:
        yield data


def test_xarray_decodes_the_times_and_their_bounds(planned):
    months = np.array(["2024-01-01", "2024-02-01", "2024-03-01"], dtype="datetime64[ns]")
    np.testing.assert_array_equal(planned.time.values.astype("datetime64[ns]"), months)
    edges = planned.time_bnds.values.astype("datetime64[D]")
    assert edges[0].tolist() == [
        np.datetime64("2024-01-01").item(),
        np.datetime64("2024-02-01").item(),
    ]
    assert planned.time_bnds.dims == ("time", "bnds")


def test_xarray_decodes_dates_of_measures_and_leaves_missing_ones_out(planned):
    dates = planned.measure_date.sel(measure="relocate-jiyu", milestone="works")
    expected = np.datetime64("2025-06-01") + np.arange(10)
    np.testing.assert_array_equal(dates.values.astype("datetime64[D]"), expected)
    assert planned.measure_date.sel(measure="retrofit-daan").isnull().all()


def test_xarray_finds_values_units_and_cell_methods(planned):
    emitted = planned.NOx
    assert emitted.dims == ("replication", "account", "time")
    assert emitted.attrs["units"] == "t"
    assert emitted.attrs["cell_methods"] == "time: sum"
    assert emitted.sel(replication=3, account="fugitive", time="2024-02-01").item() == 4 + 1.5
    assert planned.NOx_mean.sel(account="stack").values.tolist() == [2.25, 3.25, 4.25]
    assert planned.NOx_quantile.sel(quantile=0.5, account="stack").values.tolist() == [
        2.25,
        3.25,
        4.25,
    ]


def test_xarray_has_names_places_and_draws_as_coordinates(planned):
    zones = planned.NOx_by_zone
    assert zones.zone.values.tolist() == ["key-area", "outside"]
    assert zones.zone_name_zh.values.tolist() == ["重点区域", "市外"]
    assert zones.zone_latitude.attrs["units"] == "degrees_north"
    assert zones.parameter_draw.values.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert zones.sum("zone").groupby("parameter_draw").mean().sizes["parameter_draw"] == 5


def test_xarray_tells_what_flags_mean(planned):
    met = planned.target_met
    assert met.dtype == np.int8
    assert met.attrs["flag_meanings"].split() == ["not_assessable", "missed", "met"]
    assert np.atleast_1d(met.attrs["flag_values"]).tolist() == [-1, 0, 1]


@pytest.mark.parametrize("engine", ENGINES)
def test_xarray_opens_a_scenario_without_measures(sample, engine):
    with xarray.open_dataset(sample, group="baseline", engine=engine) as data:
        assert data.sizes["measure"] == 0
        assert data.measure_date.shape == (10, 0, 2)
        assert data.attrs["title"] == "Scenario baseline"
        data.load()


@pytest.mark.parametrize("engine", ENGINES)
def test_xarray_reads_the_event_log(sample, engine):
    with xarray.open_dataset(sample, group="as-planned/log", engine=engine) as log:
        assert log.event.values.tolist() == ["begun", "waiting", "begun", "waiting"]
        assert log.detail.values[1] == "等待许可"
        assert log.time.values[3] == np.datetime64("2024-02-03T01:00")
        assert log.replication.values.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize("engine", ENGINES)
def test_xarray_opens_all_scenarios_as_a_tree(sample, engine):
    with xarray.open_datatree(sample, engine=engine) as tree:
        assert {"baseline", "as-planned", "inputs", "runtime"} <= set(tree.children)
        assert tree.attrs["Conventions"] == "CF-1.8"
        assert list(tree.attrs["scenarios"]) == ["baseline", "as-planned"]
        assert tree.attrs["seed"] == 2**64 - 1


def test_h5py_reads_arrays_units_and_dimensions(sample):
    with h5py.File(sample) as file:
        emitted = file["as-planned/NOx"]
        assert emitted.attrs["units"] == "t"
        assert emitted.shape == (10, 2, 3)
        assert emitted.dims[2][0].name == "/as-planned/time"
        assert emitted.fletcher32
        assert emitted.compression == "gzip"
        assert file["as-planned/measure"].asstr()[:].tolist() == ["relocate-jiyu", "retrofit-daan"]
        assert file.attrs["filetype"] == "lantian result"
        assert file.attrs["format_version"].tolist() == [1, 1]
        assert file["runtime"].attrs["seconds_run"][0] == 1.5


def test_h5py_reads_the_inputs_byte_for_byte(sample):
    with h5py.File(sample) as file:
        plants = file["inputs/data/plants.csv"]
        assert plants[:].tobytes().decode() == "id,name\njiyu,吉宇\n"
        assert len(plants.attrs["sha256"]) == 64


def test_nothing_in_the_file_is_of_a_type_that_netcdf_readers_drop(sample):
    kinds = set()
    with h5py.File(sample) as file:
        file.visititems(
            lambda _, item: kinds.add(item.dtype.kind) if isinstance(item, h5py.Dataset) else None
        )
    assert kinds <= {"f", "i", "u", "O"}  # O: variable-length strings


@pytest.mark.skipif(shutil.which("ncdump") is None, reason="ncdump is not installed")
def test_ncdump_shows_decoded_dates_and_values(sample):
    shown = subprocess.run(["ncdump", "-t", sample], check=True, capture_output=True, text=True)
    assert shown.stderr == ""
    text = shown.stdout
    assert '"2024-01-01", "2024-02-01",' in text  # time_bnds
    assert 'time = "2024-01-01", "2024-02-01", "2024-03-01"' in text
    assert '"2025-06-01"' in text
    assert 'string NOx:units = "t"' in text

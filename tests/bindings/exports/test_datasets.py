"""Results as xarray datasets: those that xarray reads from the same file."""

import numpy as np
import pytest

import lantian

xarray = pytest.importorskip("xarray")
pytest.importorskip("h5netcdf")

SECOND = np.timedelta64(1, "s")


def opened(path, scenario):
    with xarray.open_dataset(path, group=scenario, engine="h5netcdf") as data:
        return data.load()


def assert_same_values(ours, theirs):
    if theirs.dtype.kind == "M":  # days as floating-point numbers: exact to less than a second
        assert np.array_equal(np.isnat(ours), np.isnat(theirs))
        late = np.abs(ours[~np.isnat(ours)] - theirs[~np.isnat(theirs)].astype(ours.dtype))
        assert (late < SECOND).all()
    else:
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("scenario", ["baseline", "as-planned"])
def test_a_dataset_is_the_one_that_xarray_reads(sample, scenario):
    ours = lantian.open(sample)[scenario].to_xarray()
    theirs = opened(sample, scenario)
    assert set(ours.data_vars) == set(theirs.data_vars)
    assert set(ours.coords) == set(theirs.coords)
    assert dict(ours.sizes) == dict(theirs.sizes)
    for name, variable in theirs.variables.items():
        assert ours[name].dims == variable.dims, name
        assert_same_values(ours[name].values, variable.values)


@pytest.mark.parametrize("scenario", ["two_works", "two_works_halved"])
def test_a_run_gives_the_dataset_that_xarray_reads(works, scenario):
    ours = works[scenario].to_xarray()
    theirs = opened(works.path, scenario)
    assert set(ours.variables) == set(theirs.variables)
    for name, variable in theirs.variables.items():
        assert_same_values(ours[name].values, variable.values)


def test_attributes_are_those_of_the_file(works):
    ours = works["two_works"].to_xarray()
    theirs = opened(works.path, "two_works")
    assert set(theirs.attrs) == set(ours.attrs)
    assert all(theirs.attrs[name] == value for name, value in ours.attrs.items())
    for name, variable in theirs.variables.items():
        assert ours[name].attrs.keys() == variable.attrs.keys(), name
        for attribute, value in variable.attrs.items():
            assert np.array_equal(ours[name].attrs[attribute], value), (name, attribute)


def test_dates_are_decoded_and_never_is_nat(planned):
    data = planned.to_xarray(["measure_date"])
    works = data.measure_date.sel(measure="relocate-jiyu", milestone="works")
    days = np.datetime64("2025-06-01") + np.arange(10)
    np.testing.assert_array_equal(works.values.astype("datetime64[D]"), days)
    assert data.measure_date.sel(measure="retrofit-daan").isnull().all()


def test_names_and_places_are_coordinates_beside_their_axis(planned):
    zones = planned.to_xarray().NOx_by_zone
    assert zones.zone_name_zh.values.tolist() == ["重点区域", "市外"]
    assert zones.zone_latitude.attrs["units"] == "degrees_north"
    assert zones.parameter_draw.values.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert zones.chance_draw.values.tolist() == [0, 1] * 5


def test_chosen_variables_bring_only_their_own_coordinates(planned):
    data = planned.to_xarray(["NOx_quantile"])
    assert set(data.data_vars) == {"NOx_quantile", "time_bnds"}
    assert set(data.coords) == {"account", "time", "bnds", "quantile"}
    assert data.NOx_quantile.sel(quantile=0.5, account="stack").values.tolist() == [
        2.25,
        3.25,
        4.25,
    ]


def test_unknown_variables_are_told_with_the_nearest(planned):
    with pytest.raises(ValueError, match="as-planned has no variable 'NOX'; did you mean 'NOx'"):
        planned.to_xarray(["NOX"])


def test_the_arrays_are_not_copied(planned, monkeypatch):
    read = {}

    def remember(self, variable, **options):
        read[variable] = original(self, variable, **options)
        return read[variable]

    original = lantian.ScenarioResults.read
    monkeypatch.setattr(lantian.ScenarioResults, "read", remember)
    data = planned.to_xarray()
    assert set(read) == set(planned)
    for name, array in read.items():
        assert np.shares_memory(data[name].values, array), name


def test_all_scenarios_come_by_their_ids(sample):
    datasets = lantian.open(sample).to_xarray(["NOx"])
    assert list(datasets) == ["baseline", "as-planned"]
    tree = xarray.DataTree.from_dict(datasets)
    # replication 3, second account, second month: 0 + 4 + 3 / 2
    assert tree["as-planned"].NOx.values[3, 1, 1] == 5.5

"""Result files as arrays. The sample holds 100 v + p + r / 2 at position p of variable v."""

import numpy as np
import pytest

import lantian


@pytest.fixture
def planned(sample):
    return lantian.open(sample)["as-planned"]


def test_a_file_is_a_mapping_of_scenarios_in_the_order_of_the_run(sample):
    results = lantian.open(sample)
    assert list(results) == ["baseline", "as-planned"]
    assert len(results) == 2
    assert results.replications == 10
    assert results.attributes["seed"] == 2**64 - 1
    assert results.runtime["events"] == 1234
    assert results.inputs["data/plants.csv"].decode() == "id,name\njiyu,吉宇\n"
    results.verify()


def test_a_scenario_that_is_not_there_is_a_key_error(sample):
    with pytest.raises(KeyError, match="as-plannd"):
        lantian.open(sample)["as-plannd"]


def test_a_scenario_is_a_mapping_of_variables_to_arrays(planned):
    assert "NOx" in planned
    assert "SO2" not in planned
    assert planned["NOx"].shape == (10, 2, 3)
    assert planned["NOx"].dtype == np.float64
    # replication 3, second account, second month: 0 + 4 + 3 / 2
    assert planned["NOx"][3, 1, 1] == 5.5
    # a number a replication: 400 + r / 2
    assert planned["capital"].tolist() == [400 + r / 2 for r in range(10)]


def test_some_replications_can_be_read_alone(planned):
    some = planned.read("NOx", first=8, count=2)
    np.testing.assert_array_equal(some, planned["NOx"][8:])
    assert planned.read("NOx", first=10).shape == (0, 2, 3)


@pytest.mark.parametrize(("first", "count"), [(-1, 1), (0, 11), (10, 1), (0, -1)])
def test_replications_that_are_not_there_are_refused(planned, first, count):
    with pytest.raises(ValueError, match="the file has 0 to 9"):
        planned.read("NOx", first=first, count=count)


def test_dates_are_dates_and_never_is_nat(planned):
    dates = planned["measure_date"]
    assert dates.dtype == np.dtype("datetime64[s]")
    # measure 0, milestone works: 2025-06-01 and a day more in each replication
    np.testing.assert_array_equal(
        dates[:, 0, 1], np.datetime64("2025-06-01", "s") + np.arange(10) * np.timedelta64(1, "D")
    )
    assert np.isnat(dates[:, 1]).all()


def test_flags_are_small_integers_with_meanings(planned):
    assert planned["target_met"].dtype == np.int8
    assert planned["target_met"][:3, 0].tolist() == [-1, 0, 1]
    assert planned.variable("target_met").flags == {-1: "not_assessable", 0: "missed", 1: "met"}


def test_a_variable_tells_its_axes_and_unit(planned):
    described = planned.variable("NOx")
    assert described.dims == ("replication", "account", "time")
    assert described.unit == "t"
    assert described.cell_methods == "time: sum"


def test_coordinates_have_values_bounds_and_companions(planned):
    time = planned.coordinates["time"]
    assert time.values.tolist() == [np.datetime64(f"2024-0{m}-01", "s").item() for m in (1, 2, 3)]
    assert time.bounds is not None
    assert time.bounds[-1] == np.datetime64("2024-04-01")
    zone = planned.coordinates["zone"]
    assert zone.values.tolist() == ["key-area", "outside"]
    assert zone.companions["name_zh"].tolist() == ["重点区域", "市外"]
    assert zone.companions["latitude"].tolist() == [40.6, 41.0]
    assert planned.coordinates["year"].values.tolist() == [2024, 2025]


def test_a_scenario_without_measures_has_empty_arrays(sample):
    baseline = lantian.open(sample)["baseline"]
    assert baseline["measure_date"].shape == (10, 0, 2)
    assert baseline.coordinates["measure"].values.tolist() == []


def test_the_event_log_is_columns(planned):
    log = planned.event_log
    assert len(log) == 4
    assert log.replication.tolist() == [0, 0, 1, 1]
    assert log.time[3] == np.datetime64("2024-02-03T01:00")
    assert log.detail.tolist() == ["", "等待许可", "", "等待许可"]


def test_statistics_are_read_as_they_were_written(planned):
    dims, mean = planned.array("NOx_mean")
    assert dims == ("account", "time")
    assert mean[0].tolist() == [2.25, 3.25, 4.25]


def test_a_file_that_is_no_result_is_said_to_be_none(tmp_path):
    path = tmp_path / "notes.h5"
    path.write_text("not HDF5")
    with pytest.raises(lantian.ResultFileError, match=r"notes\.h5") as caught:
        lantian.open(path)
    assert caught.value.path == path
    assert isinstance(caught.value, lantian.Error)


def test_damage_is_found(sample, tmp_path):
    damaged = tmp_path / "damaged.h5"
    image = bytearray(sample.read_bytes())
    middle = len(image) // 2
    image[middle : middle + 64] = bytes(byte ^ 0xFF for byte in image[middle : middle + 64])
    damaged.write_bytes(image)
    with pytest.raises(lantian.ResultFileError):
        lantian.open(damaged).verify()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_that_was_cut_short_is_refused(sample, tmp_path, share):
    cut = tmp_path / "cut.h5"
    image = sample.read_bytes()
    cut.write_bytes(image[: int(share * len(image))])
    with pytest.raises(lantian.ResultFileError, match=r"cut\.h5"):
        lantian.open(cut)


def test_what_is_not_there_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "none.h5", tmp_path):
        with pytest.raises(lantian.ResultFileError) as caught:
            lantian.open(path)
        assert caught.value.path == path


def test_a_file_that_another_program_edited_is_refused(sample, tmp_path):
    h5py = pytest.importorskip("h5py")
    edited = tmp_path / "edited.h5"
    edited.write_bytes(sample.read_bytes())
    with h5py.File(edited, "r+") as file:
        file.attrs["format_version"] = np.array([2, 0], dtype=np.int32)
    with pytest.raises(lantian.ResultFileError):
        lantian.open(edited)

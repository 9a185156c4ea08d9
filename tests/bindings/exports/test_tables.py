"""Results as tidy tables."""

import numpy as np
import pytest

import lantian

pandas = pytest.importorskip("pandas")


def test_a_row_is_an_observation(planned):
    table = planned.to_pandas("NOx")
    assert list(table) == ["scenario", "replication", "account", "time", "value", "unit"]
    assert len(table) == 10 * 2 * 3
    # replication 3, second account, second month: 0 + 4 + 3 / 2
    row = table[
        (table.replication == 3) & (table.account == "fugitive") & (table.time == "2024-02-01")
    ]
    assert row.value.tolist() == [5.5]
    assert row.unit.tolist() == ["t"]
    assert row.scenario.tolist() == ["as-planned"]


def test_a_table_has_every_value_once(planned):
    table = planned.to_pandas("NOx_by_zone")
    np.testing.assert_array_equal(table.value.to_numpy(), planned["NOx_by_zone"].ravel())
    assert not table.duplicated(["replication", "zone", "time"]).any()


def test_values_are_not_copied(planned, monkeypatch):
    array = planned["NOx"]
    monkeypatch.setattr(lantian.ScenarioResults, "read", lambda *_, **__: array)
    assert np.shares_memory(planned.to_pandas("NOx").value.to_numpy(), array)


def test_texts_are_categoricals(planned):
    table = planned.to_pandas("NOx")
    assert isinstance(table.account.dtype, pandas.CategoricalDtype)
    assert isinstance(table.scenario.dtype, pandas.CategoricalDtype)


def test_a_number_a_replication_is_a_table_too(planned):
    table = planned.to_pandas("capital")
    assert list(table) == ["scenario", "replication", "value", "unit"]
    assert table.value.tolist() == [400 + r / 2 for r in range(10)]


def test_dates_are_dates(planned):
    table = planned.to_pandas("measure_date")
    dates = table[(table.measure == "relocate-jiyu") & (table.milestone == "works")]
    assert dates.value.iloc[0] == pandas.Timestamp("2025-06-01")
    assert dates.unit.unique().tolist() == [""]
    assert table[table.measure == "retrofit-daan"].value.isna().all()


def test_flags_have_their_meaning_beside_them(planned):
    table = planned.to_pandas("target_met")
    assert table.value[:3].tolist() == [-1, 0, 1]
    assert table.meaning[:3].tolist() == ["not_assessable", "missed", "met"]


def test_statistics_are_those_of_the_file(planned):
    table = planned.to_pandas("NOx", statistics=True)
    assert list(table) == ["scenario", "statistic", "account", "time", "value", "unit"]
    labels = ["mean", "se", "5%", "25%", "50%", "75%", "95%"]
    assert table.statistic.unique().tolist() == labels
    stack = table[(table.account == "stack") & (table.time == "2024-01-01")].set_index("statistic")
    # r / 2 for r = 0 ... 9: mean and median 2.25, 5 % at 0.45 / 2, 95 % at 8.55 / 2
    assert stack.value[["mean", "5%", "50%", "95%"]].tolist() == pytest.approx(
        [2.25, 0.225, 2.25, 4.275]
    )


def test_a_variable_without_statistics_is_said_to_have_none(planned):
    with pytest.raises(ValueError, match="the file has no statistics of 'target_met'"):
        planned.to_pandas("target_met", statistics=True)


def test_units_that_differ_along_an_axis_are_told_row_by_row(two_works):
    table = two_works.to_pandas("activity_by_source")
    units = table.drop_duplicates("source").set_index("source").unit
    assert units.to_dict() == {"lorries": "km/year", "sinter-strand-of-the-works": "kt/year"}


def test_an_axis_without_positions_gives_no_rows(sample):
    table = lantian.open(sample)["baseline"].to_pandas("measure_date")
    assert list(table) == ["scenario", "replication", "measure", "milestone", "value", "unit"]
    assert len(table) == 0


def test_all_scenarios_are_one_table(sample):
    table = lantian.open(sample).to_pandas("NOx")
    assert table.scenario.unique().tolist() == ["baseline", "as-planned"]
    assert isinstance(table.scenario.dtype, pandas.CategoricalDtype)
    assert len(table) == 2 * 60


def test_an_unknown_variable_is_told_with_the_nearest(sample, planned):
    with pytest.raises(ValueError, match="did you mean 'NOx'"):
        planned.to_pandas("NOX")
    with pytest.raises(ValueError, match=r"sample\.h5 has no variable 'NOX'; did you mean"):
        lantian.open(sample).to_pandas("NOX")

"""Emission tables, from the sample (NOx of account a, month t: 3 a + t + r / 2) and two works."""

from pathlib import Path

import numpy as np
import pytest

import lantian
from lantian import frames

TWO_WORKS = Path(__file__).parents[1] / "two_works"


def test_a_year_of_a_replication_is_the_sum_of_its_months_and_direct_accounts(sample):
    table = frames.emissions(lantian.open(sample), "NOx", scenario="as-planned")
    # 0 + 1 + 2 + 3 + 4 + 5 and six times r / 2
    assert table["value"].tolist() == [15 + 3 * r for r in range(10)]
    assert table["replication"].tolist() == list(range(10))
    assert set(table["unit"]) == {"t/year"}
    assert set(table["year"]) == {2024}


def test_an_account_is_given_alone_where_it_is_asked_for(sample):
    table = frames.emissions(lantian.open(sample), "NOx", scenario="baseline", account="fugitive")
    assert table["value"].tolist() == [3 + 4 + 5 + 1.5 * r for r in range(10)]
    assert set(table["account"]) == {"fugitive"}


def test_months_are_rows_with_their_bounds(sample):
    table = frames.emissions(lantian.open(sample), "NOx", scenario="as-planned", by="month")
    second = table[(table["replication"] == 4)].iloc[1]
    # accounts 1 and 4, and twice 4 / 2
    assert second["value"] == 9
    assert second["unit"] == "t/month"
    assert second["start"] == np.datetime64("2024-02-01")
    assert second["end"] == np.datetime64("2024-03-01")


def test_bands_are_quantiles_over_the_replications(sample):
    (band,) = frames.emission_bands(lantian.open(sample), "NOx", scenario="as-planned").itertuples()
    # of 15, 18, ... 42: between order statistics, 0.05 x 9 = 0.45 steps of 3 from the first
    assert band.mean == 28.5
    assert (band.p05, band.p25, band.p50, band.p75, band.p95) == pytest.approx(
        (16.35, 21.75, 28.5, 35.25, 40.65)
    )
    assert band.unit == "t/year"


def test_scenarios_come_in_the_order_asked_for(two_works):
    table = frames.emission_bands(two_works, "NOx", scenario=["filter", "untouched"])
    assert list(dict.fromkeys(table["scenario"])) == ["filter", "untouched"]
    # 181 days at 1 t, 184 at half; the oven 182.5 t
    assert table["mean"].tolist() == pytest.approx([273 + 182.5, 182.5 + 182.5, 547.5, 547.5])


def test_every_unknown_scenario_is_told_with_the_nearest(sample):
    results = lantian.open(sample)
    with pytest.raises(lantian.UsageError) as caught:
        frames.emissions(results, "NOx", scenario=["as-plannd", "zzz"])
    assert str(caught.value) == (
        f"{sample} has no scenario 'as-plannd'; did you mean 'as-planned'? "
        "It has baseline, as-planned\n"
        f"{sample} has no scenario 'zzz'. It has baseline, as-planned"
    )


def test_an_unknown_pollutant_is_told_with_the_nearest(two_works):
    message = "untouched has no pollutant 'NOX'; did you mean 'NOx'\\? It has NOx, SO2"
    with pytest.raises(lantian.UsageError, match=message):
        frames.emissions(two_works, "NOX")


def test_an_unknown_account_or_period_is_told(two_works):
    with pytest.raises(lantian.UsageError, match="no account 'stak'; did you mean 'stack'"):
        frames.emissions(two_works, "NOx", account="stak")
    with pytest.raises(lantian.UsageError, match="no period 'mounth'; did you mean 'month'"):
        frames.emissions(two_works, "NOx", by="mounth")


def test_months_of_yearly_sums_are_refused_with_the_setting_to_change(tmp_path):
    scenario = tmp_path / "yearly.toml"
    scenario.write_text(
        (TWO_WORKS / "untouched.toml").read_text().replace('"month"', '"year"'), encoding="utf-8"
    )
    results = lantian.run(scenario, output=tmp_path / "yearly.h5", replications=1)
    with pytest.raises(lantian.UsageError, match="set 'interval = \"month\"' under \\[output\\]"):
        frames.emissions(results, "NOx", by="month")
    assert frames.emissions(results, "NOx")["value"].tolist() == pytest.approx([547.5, 547.5])


def test_no_scenario_at_all_is_told(sample):
    with pytest.raises(lantian.UsageError, match="give at least one scenario"):
        frames.emissions(lantian.open(sample), "NOx", scenario=[])

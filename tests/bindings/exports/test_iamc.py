"""Yearly totals in the IAMC's format: two works, whose totals two_works.toml tells."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import lantian

pandas = pytest.importorskip("pandas")

SECTORS = {"fairs": "Other"}


@pytest.fixture(scope="module")
def table(works):
    return works.to_iamc(region="Weishan", base="two_works", sectors=SECTORS)


def value(table, variable, *, scenario="two_works", region="Weishan", year=2025):
    row = table[
        (table.scenario == scenario)
        & (table.region == region)
        & (table.variable == variable)
        & (table.year == year)
    ]
    assert len(row) == 1, variable
    return row.value.item(), row.unit.item()


def test_columns_are_those_that_pyam_reads(table):
    assert list(table) == ["model", "scenario", "region", "variable", "unit", "year", "value"]
    assert table.model.unique().tolist() == ["Lantian 0.1.0"]


def test_only_whole_calendar_years_are_reported(table):
    assert sorted(table.year.unique()) == [2025, 2026]


@pytest.mark.parametrize(
    ("variable", "amount", "unit"),
    [
        ("Emissions|Sulfur", 365e-6, "Mt SO2/yr"),
        # 730 t of the sinter strand and 36.5 t of the lorries, accounted in kg
        ("Emissions|NOx", 766.5e-6, "Mt NO2/yr"),
        ("Emissions|NOx|Industrial Processes|Iron and Steel", 730e-6, "Mt NO2/yr"),
        ("Emissions|NOx|Energy|Demand|Transportation", 36.5e-6, "Mt NO2/yr"),
        ("Emissions|NOx|Energy", 36.5e-6, "Mt NO2/yr"),
        ("Emissions|NOx|Other", 0, "Mt NO2/yr"),
        ("Emissions|PM2.5", 3.65e-3, "kt PM2.5/yr"),
        ("Stack Emissions|PM2.5", 0, "kt PM2.5/yr"),
        ("Fugitive Emissions|PM2.5", 3.65e-3, "kt PM2.5/yr"),
        ("Stack Emissions|Sulfur", 365e-6, "Mt SO2/yr"),
        ("Indirect Emissions|Sulfur", 0, "Mt SO2/yr"),
        ("Emissions|CF4", 0, "kt CF4/yr"),
        ("Flow|water", 36_500, "m3/yr"),
        ("Cost|Capital", 0, "million CNY_2024/yr"),
    ],
)
def test_totals_are_those_told_by_hand(table, variable, amount, unit):
    assert value(table, variable) == (pytest.approx(amount, rel=1e-12), unit)


def test_abatement_is_what_the_base_emits_more(table):
    halved = {"scenario": "two_works_halved"}
    assert value(table, "Abatement|Sulfur", **halved) == (
        pytest.approx(182.5e-6, rel=1e-12),
        "Mt SO2/yr",
    )
    assert value(table, "Abatement|NOx", **halved)[0] == 0
    assert not table[table.scenario == "two_works"].variable.str.startswith("Abatement").any()


def test_a_target_has_the_share_of_worlds_in_which_it_is_met_in_the_last_year(table):
    name = "Probability of Target|low-sulphur"
    assert value(table, name, year=2026) == (100, "%")
    assert table[table.variable == name].year.unique().tolist() == [2026]


def test_substances_that_the_lists_have_in_total_only_have_no_sectors(table):
    assert not table.variable.str.startswith("Emissions|CF4|").any()


def test_sectors_add_up_to_their_parents_and_to_the_total(table):
    one = table[(table.scenario == "two_works") & (table.year == 2025)]
    emissions = one[one.variable.str.startswith("Emissions|")].set_index("variable").value
    parents = {name.rpartition("|")[0] for name in emissions.index if name.count("|") > 1}
    assert {"Emissions|NOx", "Emissions|NOx|Energy"} <= parents
    for parent in parents:
        depth = parent.count("|") + 1
        children = [
            name
            for name in emissions.index
            if name.startswith(f"{parent}|") and name.count("|") == depth
        ]
        assert emissions[children].sum() == pytest.approx(emissions[parent], rel=1e-12), parent


def test_zones_are_regions_that_add_up(works):
    table = works.to_iamc(region="Weishan", by="zone", sectors=SECTORS)
    assert value(table, "Emissions|Sulfur", region="Weishan|The city")[0] == pytest.approx(365e-6)
    assert value(table, "Emissions|NOx", region="Weishan|The county")[0] == pytest.approx(36.5e-6)
    parts = [
        value(table, "Emissions|NOx", region=f"Weishan|The {p}")[0] for p in ("city", "county")
    ]
    assert sum(parts) == pytest.approx(value(table, "Emissions|NOx")[0], rel=1e-12)


def test_districts_are_regions_that_add_up(works):
    table = works.to_iamc(region="Weishan", by="district", sectors=SECTORS)
    assert set(table.region) == {"Weishan", "Weishan|Old town", "Weishan|Hills"}
    assert value(table, "Emissions|NOx", region="Weishan|Hills")[0] == pytest.approx(36.5e-6)


def test_quantiles_are_those_of_the_yearly_totals(uncertain):
    table = uncertain.to_iamc(region="Weishan", statistics="quantiles", sectors=SECTORS)
    assert table.model.unique().tolist() == ["Quantiles"]
    results = uncertain["two_works_uncertain"]
    time = results.coordinates["time"].values
    of_2026 = time.astype("datetime64[Y]") == np.datetime64("2026")
    totals = results["SO2"][:, :2, of_2026].sum(axis=(1, 2)) / 1e6
    for quantile in (0.05, 0.5, 0.95):
        scenario = f"two_works_uncertain|{quantile}"
        got, _ = value(table, "Emissions|Sulfur", scenario=scenario, year=2026)
        assert got == pytest.approx(np.quantile(totals, quantile), rel=1e-12)
    assert not table.variable.str.startswith("Probability").any()


def test_the_mean_is_that_of_the_yearly_totals(uncertain):
    table = uncertain.to_iamc(region="Weishan", sectors=SECTORS)
    totals = uncertain["two_works_uncertain"]["SO2_by_source"][:, 1, 0]
    got, _ = value(table, "Emissions|Sulfur", scenario="two_works_uncertain")
    assert got == pytest.approx(totals.mean() / 1e6, rel=1e-12)


def test_unknown_sectors_are_other_with_a_warning(works):
    with pytest.warns(UserWarning, match="fairs"):
        works.to_iamc(region="Weishan")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "province"}, "by: None, 'zone' or 'district', not 'province'"),
        ({"statistics": "median"}, "statistics: 'mean' or 'quantiles', not 'median'"),
        ({"base": "two_work"}, "has no scenario 'two_work'; did you mean 'two_works'"),
        ({"sectors": {"steal": "Other"}}, "has no sector 'steal'; did you mean 'steel'"),
    ],
)
def test_impossible_options_are_refused(works, options, message):
    with pytest.raises(ValueError, match=message):
        works.to_iamc(region="Weishan", **options)


def test_a_horizon_without_a_whole_year_is_refused(tmp_path):
    works = lantian.load(Path(__file__).with_name("two_works.toml"))
    short = works.with_({"horizon.end": date(2025, 12, 1), "targets.low-sulphur.enabled": False})
    results = lantian.run(short, output=tmp_path / "short.h5", replications=1)
    with pytest.raises(ValueError, match="2025-01-01 to 2025-12-01, has no whole calendar year"):
        results.to_iamc(region="Weishan", sectors=SECTORS)

"""Inventories for SMOKE: two works, whose totals two_works.toml tells.

A short ton is 0.90718474 t: 365 t are 402.343634... short tons.
"""

import csv
from pathlib import Path

import pytest

import lantian
from lantian.exports.ff10 import Stack

SHORT_TON = 0.90718474
REGIONS = {"old-town": "150203", "hills": "150222"}
SCC = {"sinter": "30300813", "lorries": "2230070000"}


def options(**others):
    return {"year": 2025, "region_codes": REGIONS, "scc": SCC, **others}


def rows(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="ascii").splitlines() if line[0] != "#"]
    return list(csv.DictReader(lines))


def tons(table, pollutant):
    return sum(float(row["ann_value"]) for row in table if row["poll"] == pollutant)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "works.csv"


@pytest.fixture
def table(two_works, path):
    return rows(two_works.to_ff10(path, **options()))


def test_a_row_is_a_source_and_a_pollutant_that_it_emits(table):
    assert [(row["agy_unit_id"], row["poll"]) for row in table] == [
        ("lorries", "NOX"),
        ("lorries", "PM25-PRI"),
        ("sinter-strand-of-the-works", "NOX"),
        ("sinter-strand-of-the-works", "SO2"),
    ]


def test_emissions_are_the_year_in_short_tons(table):
    assert tons(table, "SO2") == pytest.approx(365 / SHORT_TON, rel=1e-9)
    assert tons(table, "NOX") == pytest.approx(766.5 / SHORT_TON, rel=1e-9)
    assert tons(table, "PM25-PRI") == pytest.approx(3.65 / SHORT_TON, rel=1e-9)


def test_a_source_is_at_its_plant_or_in_its_district(table):
    lorries, sinter = table[0], table[2]
    assert (sinter["latitude"], sinter["longitude"]) == ("40.625", "109.75")
    assert (lorries["latitude"], lorries["longitude"]) == ("41", "111")
    assert (sinter["facility_id"], lorries["facility_id"]) == ("works", "lorries")
    assert (sinter["region_cd"], lorries["region_cd"]) == ("150203", "150222")
    assert (sinter["scc"], lorries["scc"]) == ("30300813", "2230070000")
    assert sinter["facility_name"] == "Wei's 'Works'."
    assert sinter["calc_year"] == "2025"


def test_ids_fit_the_format_and_whole_ones_are_beside_them(table):
    sinter = table[2]
    assert sinter["unit_id"] == sinter["rel_point_id"] == "sinter-s-" + sinter["unit_id"][-6:]
    assert len(sinter["unit_id"]) == 15
    assert sinter["process_id"] == "sinter"
    assert sinter["agy_unit_id"] == "sinter-strand-of-the-works"


def test_what_the_scenario_does_not_know_is_blank(table):
    months = ("jan_value", "dec_value")
    for name in (*months, "stkhgt", "stkdiam", "stktemp", "stkflow", "stkvel", "naics"):
        assert table[0][name] == "", name


def test_the_header_says_what_the_file_is(two_works, path):
    two_works.to_ff10(path, **options(country="CHINA"))
    lines = path.read_text().splitlines()
    assert lines[:5] == [
        "#FORMAT=FF10_POINT",
        "#COUNTRY=CHINA",
        "#YEAR=2025",
        "#DESC Lantian, scenario two_works, mean of 4 replications",
        "#DESC direct emissions, short tons a year; particles are filterable only",
    ]
    assert lines[5].startswith("country_cd,region_cd,tribal_code,facility_id,")


def test_stacks_may_be_given(two_works, path):
    stacks = {"sinter-strand-of-the-works": Stack(height=30.48, temperature=100)}
    lorries, _, sinter, _ = rows(two_works.to_ff10(path, **options(stacks=stacks)))
    assert (sinter["stkhgt"], sinter["stktemp"], sinter["stkdiam"]) == ("100", "212", "")
    assert lorries["stkhgt"] == ""


def test_sources_and_pollutants_may_be_chosen(two_works, path):
    chosen = options(sources=["lorries"], pollutants={"NOx": "NOX"})
    assert [row["agy_unit_id"] for row in rows(two_works.to_ff10(path, **chosen))] == ["lorries"]


def test_an_scc_by_source_goes_before_that_of_its_process(two_works, path):
    scc = {**SCC, "lorries": "2230070000", "sinter-strand-of-the-works": "30300819"}
    table = rows(two_works.to_ff10(path, **options(scc=scc)))
    assert {row["agy_unit_id"]: row["scc"] for row in table} == {
        "lorries": "2230070000",
        "sinter-strand-of-the-works": "30300819",
    }


def test_one_replication_may_be_written(uncertain, path):
    results = uncertain["two_works_uncertain"]
    table = rows(results.to_ff10(path, **options(replication=7)))
    drawn = results["SO2_by_source"][7].sum(axis=0)[0]
    assert tons(table, "SO2") == pytest.approx(drawn / SHORT_TON, rel=1e-9)
    assert "replication 7" in path.read_text().splitlines()[3]


def test_sources_without_codes_are_all_told(two_works, path):
    with pytest.raises(ValueError, match="SMOKE needs a region code") as caught:
        two_works.to_ff10(path, year=2025, region_codes={"hills": "150222"}, scc={})
    assert str(caught.value).splitlines()[1:] == [
        "  lorries (process lorries): no SCC",
        "  sinter-strand-of-the-works (process sinter): no region code, no SCC",
    ]
    assert not path.exists()


def test_sources_without_codes_may_be_left_out_with_a_warning(two_works, path):
    scc = {"lorries": "2230070000"}
    with pytest.warns(UserWarning, match="left out .*402.344 short tons of SO2"):
        two_works.to_ff10(path, **options(scc=scc, incomplete="skip"))
    assert {row["agy_unit_id"] for row in rows(path)} == {"lorries"}


def test_a_source_without_a_place_is_told(tmp_path, path):
    works = lantian.load(Path(__file__).with_name("two_works.toml"))
    text = works.to_toml().replace("latitude = 41\n", "").replace("longitude = 111\n", "")
    assert text.count("latitude") == 2
    nowhere = lantian.Scenario.from_files({"nowhere.toml": text.encode()}, "nowhere.toml")
    results = lantian.run(nowhere, output=tmp_path / "nowhere.h5", replications=1)
    with pytest.raises(ValueError, match=r"  lorries \(process lorries\): no coordinates$"):
        results["nowhere"].to_ff10(path, **options())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"year": 2027}, "2027 is no whole calendar year of the horizon; there are 2025, 2026"),
        ({"scc": {"sintr": "1"}}, "no process or source 'sintr'; did you mean 'sinter'"),
        ({"scc": {"sinter": "3-03-008"}}, "'sinter': '3-03-008': SMOKE reads digits only"),
        ({"region_codes": {"hill": "150222"}}, "no district 'hill'; did you mean 'hills'"),
        ({"region_codes": "1502"}, "SMOKE reads 5 digits, or 6"),
        ({"region_codes": {"hills": "15022", "old-town": "150203"}}, "all must be of one length"),
        ({"sources": ["lorry"]}, "no source 'lorry'; did you mean 'lorries'"),
        ({"stacks": {"lorry": Stack()}}, "no source 'lorry'; did you mean 'lorries'"),
        ({"pollutants": {"NOX": "NOX"}}, "no pollutant by source 'NOX'; did you mean 'NOx'"),
        ({"pollutants": {"water": "H2O"}}, "water is accounted in 'm3', which is no mass"),
        ({"incomplete": "maybe"}, "incomplete: 'error' or 'skip', not 'maybe'"),
    ],
)
def test_what_is_not_there_is_refused(two_works, path, wrong, message):
    with pytest.raises(ValueError, match=message):
        two_works.to_ff10(path, **options(**wrong))
    assert not path.exists()


def test_a_file_is_not_overwritten_unless_asked(two_works, path):
    path.write_text("mine")
    with pytest.raises(lantian.OutputError, match="overwrite=True replaces it"):
        two_works.to_ff10(path, **options())
    assert path.read_text() == "mine"
    two_works.to_ff10(path, **options(overwrite=True))
    assert len(rows(path)) == 4


def test_a_folder_that_is_not_there_is_an_output_error(two_works, tmp_path):
    with pytest.raises(lantian.OutputError, match="No such file or directory") as caught:
        two_works.to_ff10(tmp_path / "none" / "works.csv", **options())
    assert caught.value.errno == 2


def test_nothing_is_left_beside_the_file(two_works, path):
    two_works.to_ff10(path, **options())
    assert [one.name for one in path.parent.iterdir()] == ["works.csv"]


def test_baotou_is_written_with_every_tonne_of_its_sources(tmp_path):
    baotou = Path(__file__).parents[3] / "scenarios" / "baotou"
    results = lantian.run(
        baotou / "as-planned.toml", output=tmp_path / "baotou.h5", replications=2
    )["as-planned"]
    processes = set(results.coordinates["source"].companions["process"])
    table = rows(
        results.to_ff10(
            tmp_path / "baotou.csv",
            year=2027,
            region_codes="150200",
            scc=dict.fromkeys(processes, "30300999"),
        )
    )
    for pollutant, code in {"SO2": "SO2", "NOx": "NOX", "PM25": "PM25-PRI", "VOC": "VOC"}.items():
        emitted = results[f"{pollutant}_by_source"][:, :, 3].sum(axis=1).mean()
        assert tons(table, code) == pytest.approx(emitted / SHORT_TON, rel=1e-8), pollutant
    assert len({(row["facility_id"], row["unit_id"]) for row in table}) == len(
        {row["agy_unit_id"] for row in table}
    )

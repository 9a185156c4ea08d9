"""The export to the IAMC's format passes the checks of pyam and nomenclature."""

import re
from pathlib import Path

import pytest

import lantian
from lantian.exports.definitions import codelists
from lantian.exports.iamc_names import CORE_SPECIES, OWN_SPECIES, SECTORS, with_parents

pyam = pytest.importorskip("pyam")
nomenclature = pytest.importorskip("nomenclature")

SECTOR_OF = {"fairs": "Other"}


@pytest.fixture(scope="module")
def exported(works):
    return works.to_iamc(region="Weishan", by="zone", base="two_works", sectors=SECTOR_OF)


@pytest.fixture(scope="module")
def definition(works, tmp_path_factory):
    folder = tmp_path_factory.mktemp("project") / "definitions"
    works.write_iamc_definitions(folder, region="Weishan", by="zone")
    return nomenclature.DataStructureDefinition(folder, dimensions=["variable", "region"])


def test_pyam_reads_the_table_and_nomenclature_finds_no_fault(exported, definition):
    frame = pyam.IamDataFrame(exported)
    assert frame.year == [2025, 2026]
    definition.validate(frame)


def test_quantiles_pass_too(works, definition):
    table = works.to_iamc(region="Weishan", by="zone", statistics="quantiles", sectors=SECTOR_OF)
    definition.validate(pyam.IamDataFrame(table))


@pytest.mark.parametrize(
    ("column", "right", "wrong"),
    [
        ("unit", "Mt SO2/yr", "kt SO2/yr"),
        ("variable", "Emissions|Sulfur", "Emissions|SO2"),
        ("variable", "Flow|water", "Flow|beer"),
        ("region", "Weishan|The city", "Weishan|The moon"),
    ],
)
def test_a_wrong_name_or_unit_is_refused(exported, definition, column, right, wrong):
    changed = exported.copy()
    changed[column] = changed[column].replace({right: wrong})
    assert (changed[column] == wrong).any()
    with pytest.raises(nomenclature.exceptions.NomenclatureValidationError):
        definition.validate(pyam.IamDataFrame(changed))


def test_sums_over_sectors_and_regions_are_the_totals(exported):
    frame = pyam.IamDataFrame(exported)
    for variable in ("Emissions|NOx", "Emissions|NOx|Energy", "Emissions|PM2.5"):
        assert frame.filter(region="Weishan").check_aggregate(variable) is None, variable
    for variable in ("Emissions|NOx", "Stack Emissions|Sulfur"):
        assert (
            frame.check_aggregate_region(
                variable, region="Weishan", subregions=["Weishan|The city", "Weishan|The county"]
            )
            is None
        )


def test_the_code_lists_that_come_with_lantian_have_all_it_may_name():
    listed = nomenclature.DataStructureDefinition(codelists(), dimensions=["variable"]).variable
    for species in (*CORE_SPECIES.values(), *OWN_SPECIES.values()):
        names = [f"Emissions|{species.name}"]
        if species.has_sectors:
            names += [f"{names[0]}|{name}" for one in SECTORS for name in with_parents(one)]
        for root in ("Stack", "Fugitive", "Indirect", "Avoided"):
            names.append(f"{root} Emissions|{species.name}")
        names.append(f"Abatement|{species.name}")
        for name in names:
            assert listed[name].unit == species.unit, name


def test_every_code_list_of_ours_names_its_source_or_says_that_it_is_our_own():
    for path in codelists().glob("variable/*.yaml"):
        assert re.search(r"Source: IAMconsortium|[Oo]ur own", path.read_text()), path.name


def test_a_folder_is_not_overwritten_unless_asked(works, tmp_path):
    folder = tmp_path / "definitions"
    works.write_iamc_definitions(folder, region="Weishan")
    with pytest.raises(lantian.OutputError, match="definitions exists"):
        works.write_iamc_definitions(folder, region="Weishan")
    works.write_iamc_definitions(folder, region="Baotou", overwrite=True)
    assert "Baotou" in (folder / "region" / "results.yaml").read_text()


def test_baotou_passes_with_all_its_accounts(tmp_path):
    baotou = Path(__file__).parents[3] / "scenarios" / "baotou"
    results = lantian.run(
        [baotou / "baseline.toml", baotou / "as-planned.toml"],
        output=tmp_path / "baotou.h5",
        replications=3,
    )
    results.write_iamc_definitions(tmp_path / "definitions", region="Baotou", by="zone")
    definition = nomenclature.DataStructureDefinition(
        tmp_path / "definitions", dimensions=["variable", "region"]
    )
    frame = pyam.IamDataFrame(results.to_iamc(region="Baotou", by="zone", base="baseline"))
    definition.validate(frame)
    city = frame.filter(region="Baotou")
    for pollutant in ("NOx", "Sulfur", "PM2.5", "CO2"):
        assert city.check_aggregate(f"Emissions|{pollutant}") is None
        assert city.check_aggregate(f"Emissions|{pollutant}|Energy") is None
    assert "Compliance|Hours within Limits" in frame.variable

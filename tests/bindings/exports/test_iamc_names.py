"""Names of substances and sectors in the IAMC's lists."""

import pytest

from lantian.exports.iamc_names import SECTOR_OF, SECTORS, SPECIES, sectors_of, with_parents


def test_substances_have_the_names_and_units_of_the_common_lists():
    named = {key: (SPECIES[key].name, SPECIES[key].unit) for key in ("SO2", "NOx", "N2O")}
    assert named == {
        "SO2": ("Sulfur", "Mt SO2/yr"),
        "NOx": ("NOx", "Mt NO2/yr"),
        "N2O": ("N2O", "kt N2O/yr"),
    }


def test_the_tonnes_in_a_unit_are_those_of_its_prefix():
    tonnes = {"Mt": 1e6, "kt": 1e3}
    for species in SPECIES.values():
        assert species.tonnes == tonnes[species.unit[:2]], species


def test_no_sector_contains_another():
    assert not [(a, b) for a in SECTORS for b in SECTORS if b.startswith(f"{a}|")]


def test_sectors_of_the_scenarios_that_come_with_lantian_are_in_the_lists():
    assert set(SECTOR_OF.values()) <= set(SECTORS)


def test_a_chosen_sector_goes_before_the_known_one():
    chosen = {"steel": "Energy|Demand|Industry", "forge": "Industrial Processes|Iron and Steel"}
    assert sectors_of(["steel", "forge", "traffic"], chosen) == {
        "steel": "Energy|Demand|Industry",
        "forge": "Industrial Processes|Iron and Steel",
        "traffic": "Energy|Demand|Transportation",
    }


def test_an_unknown_sector_is_other_with_a_warning():
    with pytest.warns(UserWarning, match="no sector of the IAMC's lists is known for fairs"):
        assert sectors_of(["steel", "fairs"], None)["fairs"] == "Other"


def test_a_sector_that_is_not_in_the_lists_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match=r"did you mean 'Industrial Processes\|Iron and Steel'"):
        sectors_of(["steel"], {"steel": "Industrial Processes|Iron & Steel"})


def test_parents_of_a_sector_come_from_the_top():
    assert with_parents("Energy|Demand|Industry") == [
        "Energy",
        "Energy|Demand",
        "Energy|Demand|Industry",
    ]

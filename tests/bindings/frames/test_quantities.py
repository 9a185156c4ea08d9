"""Numbers of a scenario file, worked out with the parameters that were drawn."""

import numpy as np
import pytest

from lantian.frames.quantities import Quantities, mass_per_mass, unit_scale


@pytest.mark.parametrize(
    ("unit", "scale"),
    [("", 1.0), ("%", 0.01), ("Mt/year", 1e9), ("kg/t", 1e-3), ("/year", 1.0), ("MW", None)],
)
def test_units_scale_to_kilograms_and_years(unit, scale):
    assert unit_scale(unit) == scale


def test_a_quantity_is_worked_out_in_base_units(works):
    assert Quantities(works["base"]).value("1.5 kt/year", "x").tolist() == [1.5e6]


def test_a_product_with_a_parameter_has_a_value_for_each_replication(works):
    # share is 0.9 in every replication
    permit = Quantities(works["base"]).value("1 Mt/year * @share", "x")
    np.testing.assert_allclose(permit, np.full(20, 0.9e9), rtol=1e-15)


def test_a_quotient_divides(works):
    value = Quantities(works["base"]).value("1 Mt/year / @share * 9", "x")
    np.testing.assert_allclose(value, np.full(20, 1e10), rtol=1e-12)


def test_a_mix_lies_between_its_ends(works):
    mix = {"mix": {"from": "1 t", "to": "3 t", "share": 0.25}, "times": 2}
    assert Quantities(works["base"]).value(mix, "x").tolist() == [3000.0]


@pytest.mark.parametrize("number", ["600 MW", "@nobody", True, None, {"pert": {}}, [1]])
def test_what_is_not_understood_is_left_out(works, number):
    assert Quantities(works["base"]).value(number, "x") is None


@pytest.mark.parametrize(
    ("text", "ratio"), [("3.4 kg/t", 0.0034), ("1000 g/t", 0.001), ("0.5 g/kWh", None), ("3", None)]
)
def test_published_figures_are_ratios_of_masses(text, ratio):
    assert mass_per_mass(text) == (None if ratio is None else pytest.approx(ratio, rel=1e-15))

"""The uncertain inputs of a scenario, and what is said of ids that are none."""

from pathlib import Path

import pytest

import lantian
from lantian.design import uncertain_inputs
from lantian.design.inputs import chosen, in_words

PRODUCT = Path(__file__).parent / "uncertain/product.toml"
LUCK = Path(__file__).parent / "uncertain/luck.toml"


def test_what_is_drawn_is_an_input_and_nothing_else():
    inputs = {one.id: one for one in uncertain_inputs(PRODUCT)}
    assert list(inputs) == ["factor", "idle", "sources.stack.activity"]
    assert [one.is_named for one in inputs.values()] == [True, True, False]


def test_an_input_says_what_it_is_where_it_stands_and_how_well_it_is_known():
    factor, _, activity = uncertain_inputs(PRODUCT)
    assert factor.name == "Dust per tonne"
    assert factor.distribution == "uniform: low 1 kg/t, high 2 kg/t"
    assert factor.written_at.endswith("product.toml:20")
    assert (factor.source, factor.confidence) == ("made up for the test", "assumption")
    assert activity.name == "sources.stack.activity"
    assert activity.written_at.endswith("product.toml:35")


def test_quantiles_are_those_of_the_distribution():
    _, idle, _ = uncertain_inputs(PRODUCT)
    # triangle 1, 2, 4: below the mode lies a third. F(x) = (x-1)^2 / 3 up to 2: 10 % at
    # 1 + sqrt(0.3); from there 1 - F(x) = (4-x)^2 / 6: half at 4 - sqrt(3), 90 % at 4 - sqrt(0.6)
    expected = (1 + 0.3**0.5, 4 - 3**0.5, 4 - 0.6**0.5)
    assert (idle.low, idle.median, idle.high) == pytest.approx(expected, rel=1e-12)


def test_quantiles_have_the_unit_that_is_written():
    factor, idle, activity = uncertain_inputs(PRODUCT)
    assert (factor.low, factor.median, factor.high) == pytest.approx((1.1, 1.5, 1.9), rel=1e-12)
    assert (activity.low, activity.high) == pytest.approx((1.2, 2.8), rel=1e-12)
    assert [one.unit for one in (factor, idle, activity)] == ["kg/t", "", "kt/year"]


def test_a_scenario_of_certain_numbers_has_no_inputs():
    assert uncertain_inputs(LUCK) == ()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (
            '{ pert = { low = "2 month", mode = "3 month", high = "6 month" } }',
            "pert: low 2 month, mode 3 month, high 6 month",
        ),
        ('{ uniform = { low = 1, high = 2 }, times = "@x" }', "uniform: low 1, high 2; times @x"),
        (
            "{ discrete = { values = [1, 2], weights = [3, 1] } }",
            "discrete: values (1, 2), weights (3, 1)",
        ),
        ("{ empirical = { values = [1, 2, 3, 4, 5, 6, 7] } }", "empirical: values 7 values"),
    ],
)
def test_distributions_are_told_in_words(written: str, words: str):
    assert in_words(written) == words


def test_unknown_inputs_are_told_all_at_once_with_the_nearest():
    with pytest.raises(lantian.UsageError) as caught:
        chosen(lantian.load(PRODUCT), ["factr", "fixed", "derived", "chance", "zzz"])
    assert str(caught.value).splitlines() == [
        "'factr' is no uncertain input of product; did you mean 'factor'?",
        "'fixed' is no uncertain input of product: it is fixed, or made of other parameters",
        "'derived' is no uncertain input of product: it is fixed, or made of other parameters",
        "'chance' is no uncertain input of product: chance is always one of the rows",
        "'zzz' is no uncertain input of product; `lantian sensitivity FILE --list` shows them",
    ]

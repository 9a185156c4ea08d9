"""The shipped examples, which have kinds of measures that are not drawn, keep rules too."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from transformed import in_decimal_units, in_other_order, later_by_years
from worlds import assert_same, run
from written import Written

import lantian

EXAMPLES = Path(__file__).parents[2] / "scenarios" / "examples"
EXAMPLE = pytest.mark.parametrize(
    "example",
    [lantian.load(path) for path in sorted(EXAMPLES.glob("*.toml"))],
    ids=lambda scenario: scenario.id,
)


@EXAMPLE
def test_an_example_in_another_age_gives_the_same_bits(example: lantian.Scenario) -> None:
    written = Written(example.to_dict())
    before, after = run(written), run(later_by_years(written, 400))
    after.labels["year"] = before.labels["year"]
    assert_same(before, after, but=["measure_date", "target_margin"])
    reached = before.dates >= 0
    np.testing.assert_array_equal((after.dates - before.dates)[reached], 146_097 * 86400)


@EXAMPLE
def test_an_example_in_other_units_and_order_gives_the_same_bits(example: lantian.Scenario) -> None:
    luck = random.Random(1)
    written = Written(example.to_dict())
    other = Written(in_other_order(in_decimal_units(written, luck).tree, luck))
    assert_same(run(written), run(other), but=["activity_by_source", "parameter_value"])

"""Tornadoes: one input at a time, all others at their medians."""

from pathlib import Path

import numpy as np
import pytest

import lantian
from lantian import design

UNCERTAIN = Path(__file__).parent / "uncertain"
PRODUCT = UNCERTAIN / "product.toml"
LUCK = UNCERTAIN / "luck.toml"
ONE_RETROFIT = Path(__file__).parents[3] / "scenarios/examples/one-retrofit.toml"
DUST = design.emission("PM", name="dust")


def test_swings_are_those_worked_out_by_hand():
    found = design.tornado(PRODUCT, [DUST], chance_draws=1)
    assert [one.id for one in found.inputs] == ["factor", "idle", "sources.stack.activity"]
    # medians 1.5 kg/t and 2 kt; 10 and 90 %: 1.1 and 1.9 kg/t, 1.2 and 2.8 kt
    np.testing.assert_allclose(found.at_median, [3], rtol=1e-12)
    np.testing.assert_allclose(found.low[0], [2.2, 3, 1.8], rtol=1e-12)
    np.testing.assert_allclose(found.high[0], [3.8, 3, 4.2], rtol=1e-12)
    np.testing.assert_allclose(found.swing[0], [1.6, 0, 2.4], rtol=1e-12, atol=0)
    assert np.isnan(found.swing_error).all()
    assert (found.units, found.runs) == (("t",), 7)


def test_an_input_without_effect_has_a_swing_of_exactly_zero_in_any_chance():
    found = design.tornado(ONE_RETROFIT, [design.completion("new-filter")], chance_draws=5)
    assert found.swing.tolist() == [[0.0]]
    assert found.swing_error.tolist() == [[0.0]]


def test_values_are_means_over_the_same_draws_of_chance(tmp_path):
    found = design.tornado(
        ONE_RETROFIT, [design.emission("PM", years=2025)], chance_draws=8, seed=3
    )
    # the median of the triangle 1.1, 1.3, 1.45 is 1.45 - sqrt(0.15 * 0.35 / 2)
    low, mode, high = 1.1, 1.3, 1.45
    median = low + ((high - low) * (mode - low) / 2) ** 0.5
    fixed = lantian.load(ONE_RETROFIT).with_({"parameters.sinter-per-steel.value": median})
    results = lantian.run(fixed, output=tmp_path / "out.h5", replications=8, seed=3)
    dust = design.emission("PM", years=2025)(results[fixed.id])
    np.testing.assert_allclose(found.at_median, [dust.mean()], rtol=1e-9)
    # all of it is proportional to the parameter: so are the paired differences
    one = found.inputs[0]
    differences = dust * (one.high - one.low) / median
    np.testing.assert_allclose(found.swing[0], [differences.mean()], rtol=1e-9)
    np.testing.assert_allclose(found.swing_error[0], [differences.std(ddof=1) / 8**0.5], rtol=1e-9)


def test_some_inputs_are_moved_and_the_others_stay():
    found = design.tornado(PRODUCT, [DUST], chance_draws=1, inputs=["factor"])
    assert found.swing.tolist() == [[pytest.approx(1.6)]]
    assert found.runs == 3


def test_threads_do_not_change_a_bit():
    one, many = (
        design.tornado(ONE_RETROFIT, [design.emission("PM")], chance_draws=4, threads=threads)
        for threads in (1, 3)
    )
    assert one.swing.tobytes() == many.swing.tobytes()
    assert one.low.tobytes() == many.low.tobytes()


def test_the_table_is_tidy_and_the_largest_swing_comes_first():
    pytest.importorskip("pandas")
    table = design.tornado(PRODUCT, [DUST], chance_draws=2).to_pandas()
    assert table["input"].tolist() == ["sources.stack.activity", "factor", "idle"]
    assert table["swing_error"].tolist() == [0, 0, 0]
    assert table["unit"].tolist() == ["t"] * 3
    assert (table["low_input"] < table["high_input"]).all()


def test_without_parameters_there_is_no_tornado():
    with pytest.raises(lantian.UsageError, match="nothing in luck is uncertain but chance"):
        design.tornado(LUCK, [DUST])


def test_wrong_requests_are_refused():
    with pytest.raises(lantian.UsageError, match="did you mean 'factor'"):
        design.tornado(PRODUCT, [DUST], inputs=["factors"])
    with pytest.raises(lantian.UsageError, match="at least 1 chance draw, not 0"):
        design.tornado(PRODUCT, [DUST], chance_draws=0)
    with pytest.raises(lantian.UsageError, match="needs outcomes"):
        design.tornado(PRODUCT, [])

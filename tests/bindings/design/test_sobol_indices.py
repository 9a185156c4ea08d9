"""Sobol indices of functions whose indices are known, by the same code as those of scenarios."""

from pathlib import Path

import numpy as np
import pytest

import lantian
from lantian import design
from lantian.design.salib import SalibProblem
from lantian.design.sobol_indices import saltelli_design

pytest.importorskip("SALib")

UNCERTAIN = Path(__file__).parent / "uncertain"
PRODUCT = UNCERTAIN / "product.toml"
LUCK = UNCERTAIN / "luck.toml"
ONE_RETROFIT = Path(__file__).parents[3] / "scenarios/examples/one-retrofit.toml"
DUST = design.emission("PM", name="dust")


def within(estimate, half_width, truth):
    """Whether the truth lies in the 95 % interval."""
    return np.all(np.abs(estimate - truth) <= half_width)


def row(found, input, outcome=0):
    place = [one.id for one in found.inputs].index(input)
    keys = ("first", "first_half_width", "total", "total_half_width")
    return [getattr(found, key)[outcome, place] for key in keys]


# -------------------------------------------------------------------- known functions
def ishigami(sample):
    """T. Ishigami and T. Homma, 1990, with a = 7 and b = 0.1."""
    x, y, z = sample.T
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


ISHIGAMI = SalibProblem(
    {
        "num_vars": 3,
        "names": ["x", "y", "z"],
        "bounds": [[-np.pi, np.pi]] * 3,
        "outputs": ["ishigami"],
    },
    ishigami,
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_indices_of_ishigamis_function_are_the_analytic_ones(seed):
    found = design.sobol_indices_of(ISHIGAMI, base_sample=1024, seed=seed)
    # V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2; V_x = (1 + b pi^4/5)^2 / 2; V_y = a^2/8;
    # V_xz = b^2 pi^8 (1/18 - 1/50)
    assert within(found.first[0], found.first_half_width[0], [0.3139, 0.4424, 0.0])
    assert within(found.total[0], found.total_half_width[0], [0.5576, 0.4424, 0.2437])
    assert np.all(found.total_half_width < 0.12)
    assert found.deviations[0] ** 2 == pytest.approx(13.8446, rel=0.05)
    assert found.runs == 1024 * 5


# -------------------------------------------------------------------- a product
def test_the_indices_of_a_product_are_those_worked_out_by_hand():
    found = design.sobol_indices(PRODUCT, [DUST], base_sample=256)
    # Y = a f with a in 1..3 kt and f in 1..2 kg/t: means 2 and 1.5, variances 1/3 and 1/12.
    # V = (4 + 1/3)(9/4 + 1/12) - 9 = 10/9; V_a = 9/4 / 3 = 3/4; V_f = 4 / 12 = 1/3
    first, first_half, total, total_half = row(found, "sources.stack.activity")
    assert within(first, first_half, 0.675)
    assert within(total, total_half, 0.7)
    first, first_half, total, total_half = row(found, "factor")
    assert within(first, first_half, 0.3)
    assert within(total, total_half, 0.325)
    assert found.means[0] == pytest.approx(3, rel=0.02)
    assert found.units == ("t",)
    assert found.runs == 256 * (4 + 2)  # factor, idle, activity, chance


def test_an_input_without_effect_and_chance_where_there_is_none_have_indices_of_zero():
    found = design.sobol_indices(PRODUCT, [DUST], base_sample=32)
    assert row(found, "idle") == [0, 0, 0, 0]
    assert row(found, "chance") == [0, 0, 0, 0]


def test_chance_is_all_there_is_where_there_are_no_parameters():
    found = design.sobol_indices(LUCK, [DUST], base_sample=512)
    assert [one.id for one in found.inputs] == ["chance"]
    first, first_half, total, total_half = row(found, "chance")
    assert within(first, first_half, 1)
    assert within(total, total_half, 1)


def test_chance_and_parameters_share_the_variance_of_a_run():
    found = design.sobol_indices(ONE_RETROFIT, [design.emission("PM", years=2025)], base_sample=128)
    assert [one.id for one in found.inputs] == ["sinter-per-steel", "chance"]
    assert row(found, "sinter-per-steel")[2] + row(found, "chance")[2] >= 1 - 0.3
    assert 0 < row(found, "chance")[2] < 1
    # a date depends on no parameter here: permits and works are chance
    dates = design.sobol_indices(ONE_RETROFIT, [design.completion("new-filter")], base_sample=32)
    assert row(dates, "sinter-per-steel") == [0, 0, 0, 0]


def test_several_outcomes_come_from_one_design():
    both = design.sobol_indices(
        ONE_RETROFIT, [design.emission("PM"), design.completion("new-filter")], base_sample=16
    )
    alone = design.sobol_indices(ONE_RETROFIT, [design.completion("new-filter")], base_sample=16)
    assert both.first[1].tolist() == alone.first[0].tolist()
    assert both.units == ("t", "d")


# -------------------------------------------------------------------- the design
@pytest.mark.parametrize("groups", [None, ["x", "rest", "rest"], ["one", "one", "other"]])
def test_the_design_is_that_of_salib_from_the_same_sequence(groups, monkeypatch):
    from SALib.sample import sobol
    from scipy.stats import qmc

    sequence = qmc.Sobol
    monkeypatch.setattr(qmc, "Sobol", lambda d, **_: sequence(d, scramble=False))
    problem = {**ISHIGAMI.problem, "groups": groups}
    theirs = sobol.sample(problem, 16, calc_second_order=False)
    np.testing.assert_allclose(saltelli_design(problem, 16), theirs, rtol=1e-15, atol=1e-15)


def test_what_is_not_looked_at_is_one_group():
    found = design.sobol_indices(PRODUCT, [DUST], base_sample=256, inputs=["factor"])
    assert {one.id for one in found.inputs} == {"factor", "other inputs", "chance"}
    assert found.runs == 256 * (3 + 2)
    first, first_half, _, _ = row(found, "other inputs")
    assert within(first, first_half, 0.675)
    parts = design.sobol_indices(PRODUCT, [DUST], base_sample=16, inputs=[])
    assert row(parts, "other inputs")[2] == pytest.approx(1, abs=0.5)


def test_neither_threads_nor_the_hour_change_a_bit():
    one, many, other = (
        design.sobol_indices(LUCK, [DUST], base_sample=16, threads=threads, seed=seed)
        for threads, seed in ((1, 0), (3, 0), (3, 1))
    )
    for key in ("first", "first_half_width", "total", "total_half_width"):
        assert getattr(one, key).tobytes() == getattr(many, key).tobytes()
    assert one.first.tobytes() != other.first.tobytes()


def test_rows_do_not_depend_on_their_order():
    _, model = design.uncertainty_problem(ONE_RETROFIT, [design.emission("PM")], seed=4)
    sample = np.random.default_rng(1).random((20, 2))
    assert model(sample)[::-1].tobytes() == model(sample[::-1]).tobytes()


def test_more_rows_than_are_taken_at_a_time_report_their_progress():
    told = []
    design.sobol_indices(PRODUCT, [DUST], base_sample=1024, progress=lambda *a: told.append(a))
    assert told[-1] == (6 * 1024, 6 * 1024)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_target_is_judged_beside_its_base_at_the_same_row():
    less = UNCERTAIN / "less.toml"
    _, model = design.uncertainty_problem(less, [design.probability("less")])
    sample = np.random.default_rng(1).random((30, len(design.uncertain_inputs(less)) + 1))
    assert model(sample).tolist() == [1] * 30
    # the base knows nothing of SO2, which is asked for beside the target
    _, both = design.uncertainty_problem(less, [design.probability("less"), design.emission("SO2")])
    assert both(sample)[:, 0].tolist() == [1] * 30


def test_the_table_is_tidy_and_its_largest_index_comes_first():
    pytest.importorskip("pandas")
    table = design.sobol_indices(PRODUCT, [DUST], base_sample=16).to_pandas()
    assert table["outcome"].unique().tolist() == ["dust"]
    assert table["input"].tolist()[0] == "sources.stack.activity"
    assert table["total"].is_monotonic_decreasing
    assert table["distribution"][0] == "uniform: low 1 kt/year, high 3 kt/year"


# -------------------------------------------------------------------- what cannot be
@pytest.mark.parametrize("wrong", [0, 1, 3, 100, -4])
def test_a_base_sample_is_a_power_of_two(wrong):
    with pytest.raises(lantian.UsageError, match=f"power of two .* not {wrong}:"):
        design.sobol_indices(PRODUCT, [DUST], base_sample=wrong)


def test_outcomes_that_nothing_moves_are_named():
    with pytest.raises(lantian.UsageError) as caught:
        design.sobol_indices(PRODUCT, [DUST, design.cost()], base_sample=2)
    assert str(caught.value) == (
        "the outcome 'cost' is 0 in all 12 runs: nothing that is uncertain moves it"
    )


def test_outcomes_without_a_value_in_some_runs_are_named():
    early = lantian.load(ONE_RETROFIT).with_({"horizon.end": "2025-06-01"})
    with pytest.raises(lantian.UsageError, match=r"'works of new-filter' has no value in \d+ of"):
        design.sobol_indices(early, [design.completion("new-filter")], base_sample=4)


def test_an_unknown_input_is_told_with_the_nearest():
    with pytest.raises(lantian.UsageError, match="did you mean 'factor'"):
        design.sobol_indices(PRODUCT, [DUST], inputs=["facto"])
    with pytest.raises(lantian.UsageError, match="needs outcomes"):
        design.sobol_indices(PRODUCT, [])

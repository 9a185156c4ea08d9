"""Designs of experiments: one stack that emits 2 kg/t at 3650 t a year, and one retrofit."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import lantian
from lantian import design

BINDINGS = Path(__file__).parents[1]
ONE_STACK = BINDINGS / "one_stack.toml"
ONE_RETROFIT = Path(__file__).parents[3] / "scenarios/examples/one-retrofit.toml"
ACTIVITY = "sources.stack.activity"
FACTOR = "sources.stack.emits.PM.raw"


def test_a_sweep_takes_every_combination_the_last_path_fastest():
    swept = design.sweep(ONE_STACK, {ACTIVITY: [3650, 7300], FACTOR: [1, 2, 3]})
    assert [tuple(row.values()) for row in swept.experiments] == [
        (3650, 1), (3650, 2), (3650, 3), (7300, 1), (7300, 2), (7300, 3),
    ]  # fmt: skip


def test_outcomes_are_worked_out_by_hand():
    swept = design.sweep(ONE_STACK, {ACTIVITY: [3650, 7300], FACTOR: [1, 2]})
    evaluated = swept.evaluate([design.emission("PM")], replications=3)
    assert evaluated.values.shape == (4, 1, 3)
    # t a year times kg/t
    np.testing.assert_allclose(evaluated.means[:, 0], [3.65, 7.3, 7.3, 14.6], rtol=1e-12)


def test_experiments_are_what_running_their_scenarios_gives(tmp_path):
    swept = design.sweep(
        ONE_RETROFIT, {"resources.crews.capacity": [1, 2], "sources.sinter.emits.PM.limit": [50]}
    )
    outcomes = [
        design.emission("PM", years=2025),
        design.emission("PM", place="plants.works", years=[2025, 2026]),
        design.emission("PM", place="zones.city", accounts=["fugitive"]),
        design.cost(),
        design.completion("new-filter"),
        design.probability("by-end-2025"),
    ]
    evaluated = swept.evaluate(outcomes, replications=40, seed=9)
    results = lantian.run(swept.scenarios(), output=tmp_path / "out.h5", replications=40, seed=9)
    for experiment, scenario in enumerate(results.values()):
        for k, outcome in enumerate(outcomes):
            np.testing.assert_array_equal(evaluated.values[experiment, k], outcome(scenario))


def test_outcomes_agree_with_the_arrays_of_a_result(tmp_path):
    results = lantian.run(ONE_RETROFIT, output=tmp_path / "out.h5", replications=20)
    arrays = results["one-retrofit"]
    direct = arrays["PM"][:, :2, 12:24].sum(axis=(1, 2))
    np.testing.assert_allclose(design.emission("PM", years=2025)(arrays), direct)
    met = design.probability("by-end-2025")(arrays)
    np.testing.assert_array_equal(met, arrays["target_met"][:, 0])
    built = arrays["measure_date"][:, 0, 1]
    days = (built - np.datetime64("1970-01-01")) / np.timedelta64(1, "D")
    np.testing.assert_allclose(design.completion("new-filter")(arrays), days)


def test_threads_do_not_change_a_bit():
    swept = design.sweep(ONE_RETROFIT, {"resources.crews.capacity": [1, 2, 3]})
    one, many = (
        swept.evaluate([design.emission("PM")], replications=30, threads=n) for n in (1, 3)
    )
    assert one.values.tobytes() == many.values.tobytes()


def test_more_experiments_than_are_taken_at_a_time():
    values = list(range(1, 131))
    swept = design.sweep(ONE_STACK, {FACTOR: values})
    evaluated = swept.evaluate([design.emission("PM")], replications=1)
    np.testing.assert_allclose(evaluated.means[:, 0], 3.65 * np.array(values), rtol=1e-12)


def test_a_table_has_overrides_means_and_standard_errors():
    table = design.sweep(ONE_STACK, {FACTOR: [1, 2]}).evaluate(
        [design.emission("PM", name="dust")], replications=2
    ).to_pandas()  # fmt: skip
    assert table.columns.tolist() == [FACTOR, "dust", "dust (se)"]
    assert table[FACTOR].tolist() == [1, 2]
    assert table["dust (se)"].tolist() == [0, 0]  # nothing is uncertain here


def test_a_date_that_is_never_reached_has_no_mean():
    never = design.sweep(ONE_RETROFIT, {"measures.new-filter.cancel_probability": [1.0]})
    evaluated = never.evaluate([design.completion("new-filter")], replications=3)
    assert np.isnan(evaluated.values).all()
    assert np.isnan(evaluated.means).all()


HALVED = """lantian = 1
extends = "one_stack.toml"
[targets.half]
kind = "reduction"
pollutant = "PM"
from = 2025
to = 2025
by = 0.5
base = "one_stack"
[targets.nobody-can-say]
kind = "cap"
pollutant = "PM"
from = 2025
to = 2025
limit = "1 t/year"
not_assessable = "it takes an air-quality model"
"""


def halved(folder):
    """A plan whose target is half of what one_stack emits: 2 kg/t there, so 1 kg/t is enough."""
    shutil.copy(ONE_STACK, folder)
    path = folder / "plan.toml"
    path.write_text(HALVED)
    return path


@pytest.mark.parametrize("number", [3, 130])
def test_a_target_meets_its_base_in_every_lot_of_experiments(tmp_path, number):
    factors = [0.9, 1.1] * (number // 2) + [0.9] * (number % 2)
    told = []
    evaluated = design.Design(
        lantian.load(halved(tmp_path)), tuple({FACTOR: factor} for factor in factors)
    ).evaluate([design.probability("half")], replications=2, progress=lambda *n: told.append(n))
    assert evaluated.means[:, 0].tolist() == [1 if factor < 1 else 0 for factor in factors]
    assert all(done <= every for done, every in told)


def test_a_base_may_lack_what_else_is_asked_for(tmp_path):
    path = halved(tmp_path)
    soot = '[pollutants.soot]\nunit = "t"\n[sources.stack.emits.soot]\nraw = "1 kg/t"\n'
    path.write_text(HALVED + soot)
    outcomes = [design.emission("soot"), design.probability("half"), design.emission("PM")]
    evaluated = design.sweep(path, {FACTOR: [0.9, 1.1]}).evaluate(outcomes, replications=2)
    np.testing.assert_allclose(evaluated.means, [[3.65, 1, 3.285], [3.65, 0, 4.015]])


def test_a_target_whose_base_is_nowhere_is_not_assessable(tmp_path):
    path = halved(tmp_path)
    path.write_text(HALVED.replace('base = "one_stack"', 'base = "elsewhere"'))
    swept = design.sweep(path, {FACTOR: [1]})
    assert np.isnan(swept.evaluate([design.probability("half")], replications=2).values).all()


def test_what_cannot_be_assessed_has_no_probability(tmp_path):
    swept = design.sweep(halved(tmp_path), {FACTOR: [1]})
    evaluated = swept.evaluate([design.probability("nobody-can-say")], replications=2)
    assert np.isnan(evaluated.means).all()


def test_a_latin_hypercube_has_one_point_in_each_slice():
    cube = design.latin_hypercube(
        ONE_STACK, {FACTOR: (0, 10), ACTIVITY: ("1 kt/year", "2 kt/year")}, 10
    )
    factors = np.array([row[FACTOR] for row in cube.experiments])
    assert sorted(np.floor(factors)) == list(range(10))
    assert all(str(row[ACTIVITY]).endswith(" kt/year") for row in cube.experiments)
    again = design.latin_hypercube(
        ONE_STACK, {FACTOR: (0, 10), ACTIVITY: ("1 kt/year", "2 kt/year")}, 10
    )
    assert again.experiments == cube.experiments


def test_a_sobol_sequence_fills_dyadic_slices():
    factors = [row[FACTOR] for row in design.sobol(ONE_STACK, {FACTOR: (0, 8)}, 8).experiments]
    assert sorted(np.floor(factors)) == list(range(8))
    with pytest.raises(lantian.UsageError, match="powers of two, not for 6"):
        design.sobol(ONE_STACK, {FACTOR: (0, 8)}, 6)


def test_a_distribution_of_scipy_is_a_range():
    stats = pytest.importorskip("scipy.stats")
    cube = design.latin_hypercube(ONE_STACK, {FACTOR: stats.uniform(2, 2)}, 4)
    factors = np.array([row[FACTOR] for row in cube.experiments])
    assert sorted(np.floor((factors - 2) * 2)) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "range_", [(2, 1), ("1 kg/t", "2 g/t"), ("1 kg/t", 2), (1, 2, 3), ("low", "high")]
)
def test_what_is_no_range_is_refused(range_):
    with pytest.raises(lantian.UsageError, match=r"sources\.stack\.emits\.PM\.raw"):
        design.latin_hypercube(ONE_STACK, {FACTOR: range_}, 4)


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (lambda: design.emission("PN"), "has no variable 'PN'; did you mean 'PM'?"),
        (lambda: design.emission("PM", years=2031), "not in the horizon, 2025 to 2025"),
        (lambda: design.emission("PM", place="plant.x"), "is no place"),
        (lambda: design.emission("PM", place="zones.nowhere"), "there is no zone 'nowhere'"),
        (lambda: design.probability("x"), "there is no target 'x'"),
        (
            lambda: design.emission("PM", place="plants.x", accounts=["stack"]),
            "direct emissions only",
        ),
    ],
)
def test_a_wrong_outcome_says_what_is_wrong(outcome, message):
    with pytest.raises(lantian.UsageError) as caught:
        design.sweep(ONE_STACK, {FACTOR: [1]}).evaluate([outcome()], replications=1)
    assert message in str(caught.value)


def test_a_wrong_experiment_is_the_engines_error():
    swept = design.sweep(ONE_STACK, {FACTOR: [1, "2 kg/tonn"]})
    with pytest.raises(lantian.ScenarioError, match="unknown unit 'tonn'") as caught:
        swept.evaluate([design.emission("PM")], replications=1)
    assert f"experiment 1 ({FACTOR} = 2 kg/tonn) makes a scenario" in str(caught.value)
    assert caught.value.mistakes[0].key == FACTOR


def test_progress_is_told_and_may_end_it():
    def refuse(done, all):
        raise LookupError("enough")

    with pytest.raises(LookupError):
        design.sweep(ONE_STACK, {FACTOR: [1, 2]}).evaluate(
            [design.emission("PM")], replications=3_000_000, progress=refuse
        )


def test_the_air_of_a_place_and_of_a_person_are_outcomes():
    swept = design.sweep(BINDINGS / "air" / "base.toml", {"sources.stack.activity": ["50 kt/year"]})
    outcomes = [design.concentration("NOx", "town", years=2026), design.exposure("NOx")]
    evaluated = swept.evaluate(outcomes, replications=1)
    np.testing.assert_allclose(evaluated.means[0], [5, 3.875], rtol=1e-12)
    assert [outcome.name for outcome in outcomes] == ["NOx at town 2026", "exposure to NOx"]

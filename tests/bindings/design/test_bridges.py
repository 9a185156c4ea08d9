"""SALib and the EMA workbench drive a stack whose emission is activity times factor."""

from pathlib import Path

import numpy as np
import pytest

import lantian
from lantian import design

ONE_STACK = Path(__file__).parents[1] / "one_stack.toml"
ACTIVITY = "sources.stack.activity"
FACTOR = "sources.stack.emits.PM.raw"
RANGES = {ACTIVITY: ("1 kt/year", "3 kt/year"), FACTOR: (1, 2)}
DUST = design.emission("PM", name="dust of the stack")


def test_salib_finds_the_indices_of_a_product():
    salib = pytest.importorskip("SALib")
    problem, model = design.to_salib_problem(ONE_STACK, RANGES, [DUST], replications=1)
    spec = salib.ProblemSpec(problem)
    spec.sample_sobol(256, seed=1).evaluate(model).analyze_sobol(seed=1)
    # Y = a f with a in 1..3 and f in 1..2: means 2 and 1.5, variances 1/3 and 1/12.
    # V = (4 + 1/3)(9/4 + 1/12) - 9 = 10/9; V_a = 9/4 / 3 = 3/4; V_f = 4 / 12 = 1/3
    np.testing.assert_allclose(spec.analysis["S1"], [0.675, 0.3], atol=0.02)
    np.testing.assert_allclose(spec.analysis["ST"], [0.7, 0.325], atol=0.02)


def test_a_sample_is_evaluated_in_one_call_for_several_outcomes():
    problem, model = design.to_salib_problem(
        ONE_STACK, RANGES, [DUST, design.cost()], replications=2
    )
    assert problem["names"] == [ACTIVITY, FACTOR]
    assert problem["bounds"] == [[1, 3], [1, 2]]
    # kt times kg/t are t
    np.testing.assert_allclose(
        model(np.array([[1.0, 1.0], [3.0, 2.0]])), [[1, 0], [6, 0]], rtol=1e-12
    )


@pytest.fixture
def ema():
    pytest.importorskip("ema_workbench")
    from lantian.design import ema

    return ema


@pytest.fixture
def model(ema):
    return ema.model(
        ONE_STACK,
        uncertainties={ACTIVITY: ("1 kt/year", "3 kt/year")},
        levers={FACTOR: (1, 4)},
        outcomes=[DUST],
        replications=1,
    )


def products(experiments):
    return experiments["sources_stack_activity"] * experiments["sources_stack_emits_PM_raw"]


def test_the_batch_evaluator_runs_all_experiments_in_one_call(ema, model, monkeypatch):
    calls = []
    evaluate = type(model).evaluate
    monkeypatch.setattr(type(model), "evaluate", lambda *a: calls.append(len(a[1])) or evaluate(*a))
    with ema.BatchEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=5, policies=4)
    assert calls == [20]
    np.testing.assert_allclose(outcomes["dust_of_the_stack"], products(experiments), rtol=1e-12)


def test_the_workbench_runs_it_one_by_one_with_the_same_numbers(model):
    workbench = pytest.importorskip("ema_workbench")
    with workbench.SequentialEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=3, policies=2)
    np.testing.assert_allclose(outcomes["dust_of_the_stack"], products(experiments), rtol=1e-12)


def test_a_failed_experiment_leaves_no_outcome_of_the_one_before(model, ema):
    points = pytest.importorskip("ema_workbench.em_framework.points")
    policy = points.Policy("p", sources_stack_emits_PM_raw=2)
    model.run_model(points.Scenario("good", sources_stack_activity=2.0), policy.copy())
    assert model.outcomes_output == {"dust_of_the_stack": pytest.approx(4)}
    util = pytest.importorskip("ema_workbench.util")
    with pytest.raises(util.CaseError):
        model.run_model(points.Scenario("bad", sources_stack_activity=-2.0), policy.copy())
    assert model.outcomes_output == {}


def test_whole_numbers_make_an_integer_parameter(model):
    workbench = pytest.importorskip("ema_workbench")
    (lever,) = model.levers
    assert isinstance(lever, workbench.IntegerParameter)
    assert lever.variable_name == [FACTOR]
    (uncertainty,) = model.uncertainties
    assert isinstance(uncertainty, workbench.RealParameter)


def test_a_model_without_outcomes_is_refused(ema):
    with pytest.raises(lantian.UsageError, match="needs outcomes"):
        ema.model(ONE_STACK, levers={FACTOR: (1, 4)}, outcomes=[])

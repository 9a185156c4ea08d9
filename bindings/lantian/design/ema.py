"""The bridge to the EMA workbench (2.5), which the extra `ema` installs.

    from ema_workbench import Samplers
    from lantian.design import emission, ema

    model = ema.model("plan.toml", levers={"resources.crews.capacity": (1, 4)}, outcomes=[...])
    with ema.BatchEvaluator(model) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(policies=50)

The evaluator hands all experiments to the engine in one call; the workbench's own evaluators work
too, one experiment at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lantian.design.experiments import Design
from lantian.design.outcomes import Outcome
from lantian.design.samples import Range, bounds
from lantian.errors import ScenarioError, UsageError
from lantian.optional import require
from lantian.scenario import Path_, Scenario, load_all

_workbench: Any = require("ema_workbench", "ema")
_models: Any = require("ema_workbench.em_framework.model", "ema")
_points: Any = require("ema_workbench.em_framework.points", "ema")
_evaluators: Any = require("ema_workbench.em_framework.evaluators", "ema")
_util: Any = require("ema_workbench.util", "ema")


class LantianModel(_models.AbstractModel):  # type: ignore[misc]  # the workbench has no types
    """A scenario as a model of the workbench; `model` makes one."""

    def __init__(
        self,
        name: str,
        scenario: Scenario,
        asked: Sequence[Outcome],
        units: Mapping[str, str],
        settings: Mapping[str, Any],
    ) -> None:
        super().__init__(name)
        self._scenario = scenario
        self._asked = tuple(asked)
        self._units = dict(units)
        self._settings = dict(settings)

    def run_model(self, scenario: Any, policy: Any) -> None:
        """Run one experiment; the workbench calls this."""
        self._outcomes_output: dict[
            str, Any
        ] = {}  # the workbench clears another name, and would keep old values
        super().run_model(scenario, policy)
        try:
            (self.outcomes_output,) = self.evaluate([{**scenario, **policy}])
        except ScenarioError as error:
            raise _util.CaseError(str(error), dict(scenario), policy.name) from error

    def evaluate(self, experiments: Sequence[Mapping[str, Any]]) -> list[dict[str, float]]:
        """Run experiments, path to value, in one call; means by name of the outcome."""
        rows = tuple(
            {path: self._with_unit(path, value) for path, value in experiment.items()}
            for experiment in experiments
        )
        means = Design(self._scenario, rows).evaluate(self._asked, **self._settings).means
        names = [outcome.name for outcome in self._asked]
        return [dict(zip(names, row.tolist(), strict=True)) for row in means]

    def _with_unit(self, path: str, value: Any) -> object:
        unit = self._units.get(path, "")
        return f"{float(value)!r} {unit}" if unit else value


class BatchEvaluator(_evaluators.BaseEvaluator):  # type: ignore[misc]
    """Evaluates all experiments of a `LantianModel` in one call of the engine."""

    def initialize(self) -> None:
        """Do nothing: there is no pool to start."""

    def finalize(self) -> None:
        """Do nothing: there is no pool to stop."""

    def evaluate_experiments(
        self,
        scenarios: Any,
        policies: Any,
        callback: Callable[[Any, Mapping[str, Any]], None],
        combine: str = "factorial",
    ) -> None:
        """Run every combination; the workbench calls this."""
        experiments = list(
            _points.experiment_generator(scenarios, self._msis, policies, combine=combine)
        )
        for model in self._msis:
            own = [each for each in experiments if each.model_name == model.name]
            evaluated = model.evaluate([_values_of(model, each) for each in own])
            for experiment, outputs in zip(own, evaluated, strict=True):
                model.outcomes_output = outputs
                callback(experiment, dict(model.outcomes_output))


def model(
    scenario: Scenario | Path_,
    *,
    outcomes: Sequence[Outcome],
    uncertainties: Mapping[str, Range] | None = None,
    levers: Mapping[str, Range] | None = None,
    name: str | None = None,
    replications: int = 20,
    seed: int = 1,
    threads: int = 0,
) -> LantianModel:
    """Describe a scenario to the EMA workbench.

    Parameters
    ----------
    scenario
        What is varied.
    outcomes
        What is asked: the mean over the replications of each.
    uncertainties, levers
        Dotted path to (low, high); two whole numbers make an integer parameter. The workbench's
        names are the paths with `_` for what no identifier may have.
    name
        Letters and digits; made of the scenario's id otherwise.
    replications, seed, threads
        As in `lantian.run`.

    Raises
    ------
    UsageError
        If a range is none.
    """
    (loaded,) = load_all(scenario)
    settings = {"replications": replications, "seed": seed, "threads": threads}
    ranges = {**(uncertainties or {}), **(levers or {})}
    if not ranges or not outcomes:
        raise UsageError("a model needs outcomes, and uncertainties or levers")
    units = {path: bounds(path, range_)[2] for path, range_ in ranges.items()}
    made = LantianModel(
        name or re.sub(r"[^A-Za-z0-9]", "", loaded.id), loaded, outcomes, units, settings
    )
    made.uncertainties = [
        _parameter(path, range_) for path, range_ in (uncertainties or {}).items()
    ]
    made.levers = [_parameter(path, range_) for path, range_ in (levers or {}).items()]
    made.outcomes = [
        _workbench.ScalarOutcome(_identifier(outcome.name), variable_name=outcome.name)
        for outcome in outcomes
    ]
    return made


def _parameter(path: str, range_: Range) -> Any:
    low, high, _ = bounds(path, range_)
    if isinstance(range_, tuple) and all(isinstance(end, int) for end in range_):
        return _workbench.IntegerParameter(
            _identifier(path), int(low), int(high), variable_name=path
        )
    return _workbench.RealParameter(_identifier(path), low, high, variable_name=path)


def _values_of(model: LantianModel, experiment: Any) -> dict[str, Any]:
    """Path to value of one experiment of the workbench."""
    given = {**experiment.scenario, **experiment.policy}
    values = {}
    for parameter in [*model.uncertainties, *model.levers]:
        if parameter.name in given:
            for path in parameter.variable_name:
                values[path] = given[parameter.name]
    return values


def _identifier(text: str) -> str:
    return re.sub(r"\W", "_", text)

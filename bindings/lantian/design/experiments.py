"""A design of experiments, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from lantian import _core
from lantian.design.bases import bases_of
from lantian.design.kept import Kept, variables_of
from lantian.design.outcomes import Outcome
from lantian.errors import ScenarioError, UsageError
from lantian.optional import require
from lantian.options import options_of
from lantian.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

VariantText = tuple[str, str]
_LOT = 64  # experiments that the engine holds at a time: a target sees no others


@dataclass(frozen=True)
class Evaluation:
    """Outcomes of experiments.

    Attributes
    ----------
    overrides
        What each experiment overrode: path to value, one a row.
    outcomes
        Names of the outcomes.
    values : array of float64, shape (experiments, outcomes, replications)
        NaN where a replication has no value, such as a date that is never reached.
    """

    overrides: tuple[Mapping[str, object], ...]
    outcomes: tuple[str, ...]
    values: npt.NDArray[np.float64]

    @property
    def means(self) -> npt.NDArray[np.float64]:
        """Means over the replications that have a value, shape (experiments, outcomes)."""
        known = np.isfinite(self.values)
        number = known.sum(axis=2)
        sums = np.where(known, self.values, 0.0).sum(axis=2)
        means: npt.NDArray[np.float64] = np.full(sums.shape, np.nan)
        np.divide(sums, number, out=means, where=number > 0)
        return means

    def to_pandas(self) -> pd.DataFrame:
        """Give a tidy table: the overrides, then for each outcome mean and standard error."""
        pandas: Any = require("pandas", "plot")
        known = np.isfinite(self.values).sum(axis=2)
        columns: dict[str, Any] = {
            path: [row[path] for row in self.overrides] for path in self.overrides[0]
        }
        for k, name in enumerate(self.outcomes):
            columns[name] = self.means[:, k]
            columns[f"{name} (se)"] = [
                _standard_error(values) if n > 1 else np.nan
                for values, n in zip(self.values[:, k], known[:, k], strict=True)
            ]
        table: pd.DataFrame = pandas.DataFrame(columns)
        return table


@dataclass(frozen=True)
class Design:
    """A scenario and the overrides of each experiment.

    Attributes
    ----------
    scenario
        What all experiments vary.
    experiments
        Path to value, one mapping an experiment, all with the same paths.
    """

    scenario: Scenario
    experiments: tuple[Mapping[str, object], ...]

    def __len__(self) -> int:
        return len(self.experiments)

    def scenarios(self) -> list[Scenario]:
        """Give each experiment as a scenario of its own, `<id>-<number>`, for `lantian.run`."""
        return [
            self.scenario.with_(overrides, id=id)
            for id, overrides in zip(self._ids, self.experiments, strict=True)
        ]

    def evaluate(
        self,
        outcomes: Sequence[Outcome],
        *,
        replications: int = 100,
        chance_draws: int = 1,
        seed: int = 1,
        threads: int = 0,
        progress: Callable[[int, int], object] | None = None,
    ) -> Evaluation:
        """Run all experiments in memory and keep the outcomes.

        The engine reads and runs them on all threads in one call without the GIL. Ctrl-C ends it
        within a fraction of a second.

        Parameters
        ----------
        outcomes
            What is asked of each experiment.
        replications, chance_draws, seed, threads, progress
            As in `lantian.run`. Experiments share their luck, so that differences between them
            have little noise.

        Raises
        ------
        UsageError
            If a path leads nowhere, or a scenario lacks what an outcome needs.
        ScenarioError
            If an experiment makes a scenario that is wrong, with its mistakes.
        """
        if not self.experiments or not outcomes:
            raise UsageError("there is nothing to evaluate: give experiments and outcomes")
        options = options_of(
            {
                "replications": replications,
                "chance_draws": chance_draws,
                "seed": seed,
                "threads": threads,
                "block": 64,
                "overwrite": False,
                "limits": self.scenario.limits,
            }
        )
        try:
            values = self._values(outcomes, options, progress)
        except ScenarioError:
            self._name_the_wrong_one()
            raise
        return Evaluation(self.experiments, tuple(outcome.name for outcome in outcomes), values)

    def _values(
        self,
        outcomes: Sequence[Outcome],
        options: _core.RunOptions,
        progress: Callable[[int, int], object] | None,
    ) -> npt.NDArray[np.float64]:
        """Give the values of all experiments; targets meet the scenarios that they compare with."""
        bases = bases_of(self.scenario, {target for each in outcomes for target in each.targets})
        try:
            return self._read(outcomes, bases, options, progress)
        except UsageError:
            rest = [outcome for outcome in outcomes if not outcome.targets]
            if not bases or not rest:
                raise
        # A base may lack what other outcomes read: then it runs with the targets alone.
        others = self._read(rest, [], options, progress)
        judged = [outcome for outcome in outcomes if outcome.targets]
        found = iter(self._read(judged, bases, options, progress).swapaxes(0, 1))
        unjudged = iter(others.swapaxes(0, 1))
        columns = [next(found if outcome.targets else unjudged) for outcome in outcomes]
        return np.stack(columns, axis=1)

    def _read(
        self,
        outcomes: Sequence[Outcome],
        bases: list[VariantText],
        options: _core.RunOptions,
        progress: Callable[[int, int], object] | None,
    ) -> npt.NDArray[np.float64]:
        """Run the experiments, beside each lot of which the bases run too, and read outcomes."""
        texts = list(zip(self._ids, map(self.scenario.variant_text, self.experiments), strict=True))
        variables = variables_of(outcomes)
        lot = _LOT - len(bases) if bases else len(texts)
        lots = [texts[first : first + lot] for first in range(0, len(texts), lot)]
        kept: list[Any] = []
        for number, some in enumerate(lots):
            told = progress and _Part(progress, number, len(lots))
            rows = _core.evaluate(self.scenario._loaded, bases + some, variables, options, told)
            kept += rows[len(bases) :]
        return np.array([[outcome(Kept(variables, *row)) for outcome in outcomes] for row in kept])

    def _name_the_wrong_one(self) -> None:
        """Say which experiment makes a wrong scenario: its mistakes may stand in other files."""
        for number, overrides in enumerate(self.experiments):
            try:
                self.scenario.with_(overrides)
            except ScenarioError as error:
                where = f"experiment {number} ({_told(overrides)}) makes a scenario that is wrong"
                raise ScenarioError(f"{where}:\n{error}", mistakes=error.mistakes) from None

    @cached_property
    def _ids(self) -> list[str]:
        digits = len(str(len(self.experiments) - 1))
        return [f"{self.scenario.id}-{k:0{digits}}" for k in range(len(self.experiments))]


@dataclass(frozen=True)
class _Part:
    """The progress of one lot of several, as that of the whole."""

    progress: Callable[[int, int], object]
    number: int
    lots: int

    def __call__(self, done: int, every: int) -> object:
        return self.progress(self.number * every + done, self.lots * every)


def _told(overrides: Mapping[str, object]) -> str:
    return ", ".join(f"{path} = {value}" for path, value in overrides.items())


def _standard_error(values: npt.NDArray[np.float64]) -> float:
    known = values[np.isfinite(values)]
    return float(known.std(ddof=1) / np.sqrt(len(known)))

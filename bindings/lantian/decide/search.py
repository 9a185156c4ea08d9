"""Running choices until it is told which meet the targets, and which of these is the cheapest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lantian.decide.levers import Choice
from lantian.decide.requirements import Requirement
from lantian.decide.selection import CheapestOfSeveral, ProbabilityTest, Verdict
from lantian.design.experiments import Design
from lantian.design.outcomes import cost
from lantian.errors import UsageError
from lantian.scenario import Scenario

BATCH = 100  # replications of a choice before one looks again
FIRST = 50  # values of each choice from which variances of simulated costs are estimated

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Worlds:
    """Replications of choices, batch by batch: in each batch all choices meet the same worlds.

    A batch is a run with a seed of its own; the first has the seed of the search, so that its
    worlds are those of `lantian run`.
    """

    scenario: Scenario
    requirements: tuple[Requirement, ...]
    seed: int
    threads: int

    def run(self, choices: Sequence[Choice], batch: int, replications: int) -> Values:
        """Run choices: whether each requirement is met, and the cost [CNY], in each world.

        Returns shape (choices, requirements + 1, replications).
        """
        design = Design(self.scenario, tuple(choice.overrides for choice in choices))
        outcomes = [*(requirement.outcome() for requirement in self.requirements), cost()]
        values = design.evaluate(
            outcomes,
            replications=replications,
            seed=(self.seed + (batch << 32)) % 2**64,
            threads=self.threads,
        ).values
        values[:, -1] += np.array([[choice.price] for choice in choices])
        return values


@dataclass(eq=False)
class Trial:
    """What is known of a choice."""

    choice: Choice
    tests: list[ProbabilityTest]
    replications: int = 0
    tested: int = 0
    met: Values = field(init=False)
    cost: float = float("nan")

    def __post_init__(self) -> None:
        self.met = np.zeros(len(self.tests))

    @property
    def verdict(self) -> Verdict:
        """It misses where it misses one requirement, and meets where it meets all."""
        verdicts = {test.verdict for test in self.tests}
        if "misses" in verdicts:
            return "misses"
        return "undecided" if "undecided" in verdicts else "meets"

    def observe(self, values: Values) -> None:
        """Take a batch, shape (requirements + 1, replications)."""
        for test, met in zip(self.tests, values, strict=False):
            test.observe(met == 1)
        new = values.shape[1]
        known = self.cost * self.tested if self.tested else 0.0
        self.replications += new
        self.tested += new
        self.cost = (known + float(values[-1].sum())) / self.tested
        self.met += values[:-1].sum(axis=1)


@dataclass
class Search:
    """The search through the choices; `most` replications are spent on each in each phase."""

    worlds: Worlds
    trials: list[Trial]
    most: int
    progress: Callable[[int, int], object] | None

    def first_that_meets(self) -> Trial | None:
        """Go through the trials in their order until one meets the requirements."""
        for number, trial in enumerate(self.trials):
            for batch, size in self._batches():
                trial.observe(self.worlds.run([trial.choice], batch, size)[0])
                self._tell(number)
                if trial.verdict != "undecided":
                    break
            if trial.verdict == "meets":
                return trial
        return None

    def all_that_meet(self) -> list[Trial]:
        """Run all trials, side by side, until of each it is known."""
        for batch, size in self._batches():
            unknown = [trial for trial in self.trials if trial.verdict == "undecided"]
            if not unknown:
                break
            values = self.worlds.run([trial.choice for trial in unknown], batch, size)
            for trial, one in zip(unknown, values, strict=True):
                trial.observe(one)
            if batch == 0:
                _require_different(values[:, -1])
            settled = sum(trial.verdict != "undecided" for trial in self.trials)
            self._tell(min(settled, len(self.trials) - 1))
        return [trial for trial in self.trials if trial.verdict == "meets"]

    def cheapest(
        self, trials: Sequence[Trial], *, tolerance: float, false_selection: float
    ) -> tuple[Trial, bool]:
        """Select the least mean cost in worlds that were not used before; and whether it is told.

        The costs of the trials become those of these worlds.
        """
        if len(trials) == 1:
            return trials[0], True
        selection = CheapestOfSeveral(len(trials), FIRST, tolerance, false_selection)
        fresh = -(-self.most // BATCH)  # after the batches of the requirements
        for batch, size in self._batches(FIRST):
            left = selection.left
            values = np.full((len(trials), size), np.nan)
            choices = [trials[k].choice for k in left]
            values[left] = self.worlds.run(choices, fresh + batch, size)[:, -1]
            for k in left:
                trials[k].replications += size
            selection.observe(values)
            self._tell(len(self.trials) - 1)
            if selection.is_decided:
                break
        for trial, mean in zip(trials, selection.means, strict=True):
            trial.cost = float(mean)
        best = min(selection.left, key=lambda k: trials[k].cost)
        return trials[best], selection.is_decided

    def _batches(self, first: int = BATCH) -> Iterator[tuple[int, int]]:
        """Give number and size of batches until the most replications are spent."""
        spent, number = 0, 0
        while spent < self.most:
            size = min(BATCH if number else first, self.most - spent)
            yield number, size
            spent, number = spent + size, number + 1

    def _tell(self, settled: int) -> None:
        if self.progress is not None:
            self.progress(settled, len(self.trials))


def _require_different(costs: Values) -> None:
    """Refuse choices of which none is cheaper than another."""
    if len(costs) > 1 and np.all(costs == costs[0]):
        raise UsageError(
            "nothing tells the choices apart: in all of them the simulated cost is the same, and "
            "there are no prices; say what a lever costs, such as "
            "'resources.crews.capacity=3 MCNY'"
        )

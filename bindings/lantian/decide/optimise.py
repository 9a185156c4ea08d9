"""The least effort that meets a target: the cheapest of many choices, with a guarantee."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from lantian.decide.levers import Price, choices_of, money_of
from lantian.decide.requirements import Requirement, requirements_of
from lantian.decide.search import FIRST, Search, Trial, Worlds
from lantian.decide.selection import ProbabilityTest
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.scenario import Path_, Scenario, load_all

CostOf = Literal["prices", "simulated"]
Verdict = Literal["meets", "misses", "undecided", "not run"]
COST_SHARE = 0.01  # of the cheapest choice: the cost tolerance where none is given


@dataclass(frozen=True)
class Candidate:
    """A choice, and what was found out about it.

    Attributes
    ----------
    values
        Of each lever, as texts, in the order of the levers.
    price
        Sum of the prices [CNY].
    cost
        Price and mean simulated cost [CNY], where that counts, of those that meet the requirements:
        seen in the same worlds, until it was clear that another one is cheaper.
    verdict
        `meets` or `misses` the requirements, with the guarantee; `undecided` after as many
        replications as were allowed; `not run`, as it is dearer than the choice.
    replications
        That were spent on it.
    tested, met
        Replications in which the requirements were judged, and in how many each was met.
    """

    values: tuple[str, ...]
    price: float
    cost: float | None
    verdict: Verdict
    replications: int
    tested: int
    met: tuple[int, ...]


@dataclass(frozen=True)
class Optimum:
    """The cheapest choice that was found to meet the requirements.

    Attributes
    ----------
    scenario
        Its id.
    levers
        Their paths.
    requirements
        What has to be met, and how likely.
    tolerance, confidence
        With this confidence, all together, no choice whose probability is at most `probability -
        tolerance` was found to meet a requirement, and none whose probabilities all are at least
        `probability + tolerance` was found to miss.
    cost_of
        `prices`, or `simulated`: prices and simulated cost.
    cost_tolerance
        Difference in simulated cost that matters [CNY]; None where prices are compared.
    candidates
        In the order of their price; of the same price, in that of the levers.
    choice
        Which of them; None where none was found to meet the requirements.
    is_cheapest_told
        False where simulated costs were too close to be told apart with the most replications.
    replications
        In all.
    seed
        Of the first worlds.
    """

    scenario: str
    levers: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    tolerance: float
    confidence: float
    cost_of: CostOf
    cost_tolerance: float | None
    candidates: tuple[Candidate, ...]
    choice: int | None
    is_cheapest_told: bool
    replications: int
    seed: int

    @property
    def chosen(self) -> Candidate | None:
        """The choice itself."""
        return None if self.choice is None else self.candidates[self.choice]


def optimise(
    scenario: Scenario | Path_,
    *,
    targets: str | Sequence[str] | Mapping[str, float],
    levers: Mapping[str, Sequence[object]],
    probability: float = 0.9,
    jointly: bool = False,
    prices: Mapping[str, Price] | None = None,
    cost: CostOf | None = None,
    tolerance: float = 0.02,
    cost_tolerance: float | str | None = None,
    confidence: float = 0.95,
    most: int = 10_000,
    seed: int = 1,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Optimum:
    """Find the cheapest choice of levers that meets targets often enough.

    Each choice is run, a batch of replications at a time, until Wald's sequential test says on
    which side of the wanted probability it lies; choices meet the same worlds. Where prices are
    compared, choices are tried from the cheapest on, and the first that meets the requirements ends
    the search. Where costs are simulated, all are tried, and the cheapest of those that meet them
    is selected in new worlds by Kim and Nelson's procedure.

    Parameters
    ----------
    scenario
        The plan.
    targets
        Which have to be met, each with `probability`, or with a probability of its own.
    levers
        Dotted path to the values that it may take, as `Scenario.with_` takes them: resource levels,
        dates of starts, `measures.ID.enabled` with True and False. All combinations are choices.
    probability
        How likely they must be met.
    jointly
        All targets in the same world, with `probability`.
    prices
        Path of a lever to its price [CNY, or a text such as `3 MCNY`]: of a unit of a number, of
        True, or a list with one for each value. A lever without one costs nothing.
    cost
        `prices`, or `simulated`: prices, and mean capital and operating cost. Otherwise prices
        where there are any.
    tolerance
        Half of the zone around the probability in which either verdict is right.
    cost_tolerance
        With simulated cost: a difference that does not matter; 1 % of the cheapest choice
        otherwise.
    confidence
        Of the whole statement.
    most
        Replications of a choice, at most, in each of the two steps.
    seed, threads
        As in `lantian.run`.
    progress
        Called after each batch with the number of choices that are settled, and that of all; what
        it raises ends the search.

    Returns
    -------
    Optimum
        The choice, what was found of every candidate, and the runs that were spent.

    Raises
    ------
    UsageError
        If a target, lever, price or number cannot be, or nothing says which choice is cheaper.
    ScenarioError
        If a choice makes a scenario that is wrong.
    """
    (loaded,) = load_all(scenario)
    requirements = requirements_of(loaded, targets, wanted=probability, jointly=jointly)
    cost_of = _cost_of(cost, prices)
    _require_numbers(confidence, most)
    wanted = None if cost_tolerance is None else _positive_money(cost_tolerance)
    choices = sorted(choices_of(loaded, levers, prices or {}), key=lambda choice: choice.price)
    if cost_of == "prices" and len(choices) > 1 and choices[0].price == choices[-1].price:
        raise UsageError("the prices do not tell the choices apart: all cost the same")
    false = (1 - confidence) / (1 if cost_of == "prices" else 2)
    trials = [Trial(one, _tests(requirements, tolerance, false, len(choices))) for one in choices]
    search = Search(Worlds(loaded, requirements, seed, threads), trials, most, progress)
    chosen, told, money = _find(search, cost_of, wanted, false)
    if progress is not None:
        progress(len(trials), len(trials))
    return Optimum(
        loaded.id,
        tuple(levers),
        requirements,
        tolerance,
        confidence,
        cost_of,
        money,
        tuple(_candidate(trial, cost_of) for trial in trials),
        None if chosen is None else trials.index(chosen),
        told,
        sum(trial.replications for trial in trials),
        seed,
    )


def _tests(
    requirements: Sequence[Requirement], tolerance: float, false: float, choices: int
) -> list[ProbabilityTest]:
    """Share the error out: over all choices, and for a false `misses` over the requirements.

    A choice that should miss is found to meet only if the test of one requirement errs; one that
    should meet is found to miss if any does.
    """
    return [
        ProbabilityTest(
            requirement.probability,
            tolerance,
            false_meets=false / choices,
            false_misses=false / choices / len(requirements),
        )
        for requirement in requirements
    ]


def _find(
    search: Search, cost_of: CostOf, wanted: float | None, false: float
) -> tuple[Trial | None, bool, float | None]:
    """Give the choice, whether it is told to be the cheapest, and the cost tolerance."""
    if cost_of == "prices":
        return search.first_that_meets(), True, None
    met = search.all_that_meet()
    if not met:
        return None, True, wanted
    money = wanted or COST_SHARE * abs(min(trial.cost for trial in met)) or 1.0
    chosen, told = search.cheapest(met, tolerance=money, false_selection=false)
    return chosen, told, money


def _candidate(trial: Trial, cost_of: CostOf) -> Candidate:
    is_run = trial.replications > 0
    return Candidate(
        tuple(_text(value) for value in trial.choice.overrides.values()),
        trial.choice.price,
        trial.cost if trial.verdict == "meets" and cost_of == "simulated" else None,
        trial.verdict if is_run else "not run",
        trial.replications,
        trial.tested,
        tuple(int(number) for number in trial.met),
    )


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _cost_of(cost: str | None, prices: Mapping[str, Price] | None) -> CostOf:
    known = get_args(CostOf)
    if cost is not None and cost not in known:
        raise UsageError(
            f"the cost is one of {', '.join(known)}, not '{cost}'{did_you_mean(cost, known)}"
        )
    if cost == "prices" and not prices:
        raise UsageError(
            "nothing says what a choice costs: give prices, such as "
            "'resources.crews.capacity=3 MCNY', or compare simulated cost"
        )
    return "simulated" if cost == "simulated" or not prices else "prices"


def _require_numbers(confidence: float, most: int) -> None:
    if not 0.5 <= confidence < 1:
        raise UsageError(f"a confidence is a share from 0.5 to below 1, not {confidence:g}")
    if most < FIRST:
        raise UsageError(f"a choice needs at least {FIRST} replications, not {most}")


def _positive_money(amount: float | str) -> float:
    money = money_of(amount, what="the cost tolerance")
    if not money > 0:
        raise UsageError(f"the cost tolerance must be above 0, not {amount}")
    return money

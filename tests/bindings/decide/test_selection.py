"""Sequential statistics by hand, and how often they err on a sampler whose truth is known."""

import math

import numpy as np
import pytest

from lantian import UsageError
from lantian.decide.levers import Choice
from lantian.decide.optimise import _tests
from lantian.decide.requirements import Requirement
from lantian.decide.search import Search, Trial
from lantian.decide.selection import CheapestOfSeveral, ProbabilityTest

# ---------------------------------------------------------------- one probability


def between_40_and_60():
    """Each world is a step of log 1.5 = 0.4055, up or down.

    It meets from log 20 = 2.996 on, 8 steps up; it misses from log 100 = 4.605 on, 12 steps down.
    """
    return ProbabilityTest(0.5, 0.1, false_meets=0.05, false_misses=0.01)


def test_the_path_of_the_likelihood_ratio_by_hand():
    test = between_40_and_60()
    assert test.observe(np.array([True] * 7)) == "undecided"
    assert test.observe(np.array([False, True])) == "undecided"  # 8 of 9: 7 steps up
    assert test.observe(np.array([True, False, False])) == "meets"  # and here 8
    assert (test.seen, test.good) == (10, 9)
    assert test.observe(np.array([False] * 50)) == "meets"
    assert test.seen == 10


def test_it_takes_more_to_miss_where_a_false_miss_is_to_be_rarer():
    test = between_40_and_60()
    assert test.observe(np.zeros(11, dtype=bool)) == "undecided"
    assert test.observe(np.zeros(1, dtype=bool)) == "misses"
    assert (test.seen, test.good) == (12, 0)


def test_batches_do_not_matter():
    worlds = np.random.default_rng(5).random(4000) < 0.55
    whole, parts = between_40_and_60(), between_40_and_60()
    whole.observe(worlds)
    for part in np.array_split(worlds, 171):
        parts.observe(part)
    assert whole.verdict == "meets"
    assert (whole.verdict, whole.seen, whole.good) == (parts.verdict, parts.seen, parts.good)


@pytest.mark.parametrize(("wanted", "tolerance"), [(1, 0.02), (0.99, 0.01), (0.02, 0.02), (0.5, 0)])
def test_what_no_number_of_runs_can_tell_is_refused(wanted, tolerance):
    with pytest.raises(UsageError, match="both ends must lie between 0 and 1"):
        ProbabilityTest(wanted, tolerance, 0.05, 0.05)


# ---------------------------------------------------------------- the search, on a sampler


class Coins:
    """Worlds in which choice k is met with the probability that its override `p` says."""

    def __init__(self, seed):
        self.generator = np.random.default_rng(seed)

    def run(self, choices, batch, replications):
        luck = self.generator.random(replications)  # common to all choices
        rows = [[luck < p for p in one.overrides["p"]] + [luck * 0 + one.price] for one in choices]
        return np.array(rows, dtype=float)


def search(chances, *, seed, confidence=0.9, tolerance=0.1, wanted=0.6):
    """Choices of rising price with these chances to meet each requirement; the search in them."""
    chances = [one if isinstance(one, tuple) else (one,) for one in chances]
    requirements = [Requirement((f"target-{k}",), wanted) for k in range(len(chances[0]))]
    trials = [
        Trial(
            Choice({"p": chance}, float(price)),
            _tests(requirements, tolerance, 1 - confidence, len(chances)),
        )
        for price, chance in enumerate(chances)
    ]
    return Search(Coins(seed), trials, most=5000, progress=None)


def errs(chances, seed):
    """Whether the guarantee is broken: a wrong choice, or a cheaper right one passed over."""
    found = search(chances, seed=seed).first_that_meets()
    every = [trial.choice.overrides["p"] for trial in search(chances, seed=seed).trials]
    price = len(every) if found is None else int(found.choice.price)
    is_wrong = found is not None and min(every[price]) <= 0.5 + 1e-12
    return is_wrong or any(min(chance) >= 0.7 - 1e-12 for chance in every[:price])


@pytest.mark.parametrize(
    "chances",
    [
        [0.5] * 8,  # none is good enough: each may be taken falsely
        [0.7] * 8,  # all are: the first may be passed over
        [0.3, 0.5, 0.5, 0.7, 0.9],
        [(0.9, 0.5), (0.5, 0.9), (0.7, 0.7), (0.95, 0.95)],
    ],
)
def test_false_selections_are_as_rare_as_promised(chances):
    """At most 10 % in 2000 trials. Fails without Bonferroni (the first: 40 %)."""
    assert np.mean([errs(chances, seed) for seed in range(2000)]) <= 0.1


def test_the_error_is_shared_among_choices_and_requirements():
    requirements = [Requirement(("a",), 0.9), Requirement(("b",), 0.8)]
    tests = _tests(requirements, 0.02, 0.05, 5)
    # A wrong choice is taken if the one test errs that should stop it; a right one is passed over
    # if either does.
    assert [test.false_meets for test in tests] == pytest.approx([0.01, 0.01])
    assert [test.false_misses for test in tests] == pytest.approx([0.005, 0.005])


def test_dear_choices_are_not_run():
    runs = search([0.1, 0.95, 0.95, 0.95], seed=1)
    found = runs.first_that_meets()
    assert found is runs.trials[1]
    assert [trial.replications > 0 for trial in runs.trials] == [True, True, False, False]


def test_what_cannot_be_told_stays_undecided():
    runs = search([0.6, 0.1], seed=1, tolerance=0.001)
    runs.most = 150
    assert runs.first_that_meets() is None
    assert runs.trials[0].verdict == "undecided"
    assert runs.trials[0].replications == 150


# ---------------------------------------------------------------- the cheapest


def test_the_first_stage_of_kim_and_nelson_by_hand():
    # h^2 = 2 ((2 x 0.25 / 1)^(-2/2) - 1) = 2. Differences -4, -3, -2: variance 1.
    # W(3) = max(0, 1/6 (2 x 1 - 3)) = 0 < 3: the second drops out.
    far = CheapestOfSeveral(2, 3, tolerance=1, false_selection=0.25)
    assert far.h_squared == pytest.approx(2)
    assert far.observe(np.array([[0.0, 1, 2], [4, 4, 4]])) == [0]
    # Differences -2, 3, -4: mean -1, variance 13. W(3) = 1/6 (26 - 3) = 3.83 > 1: both stay.
    near = CheapestOfSeveral(2, 3, tolerance=1, false_selection=0.25)
    assert near.observe(np.array([[0.0, 3, 0], [2, 0, 4]])) == [0, 1]
    # With 10 each time in favour of the second: after 4 worlds the first lies 1.75 above,
    # W(4) = 1/8 (26 - 4) = 2.75; after 5 it lies 3.4 above, W(5) = 2.1: it drops out.
    assert near.observe(np.array([[10.0], [0]])) == [0, 1]
    assert near.observe(np.array([[10.0, 10, 10], [0, 0, 0]])) == [1]
    assert near.seen.tolist() == [5, 5]
    assert near.means == pytest.approx([23 / 5, 6 / 5])


def test_h_squared_of_three_choices():
    # (2 x 0.05 / 2)^(-2/9) = 1.94588, less 1, times 9.
    assert CheapestOfSeveral(3, 10, 1, 0.05).h_squared == pytest.approx(8.5129, abs=1e-3)


def test_it_ends_after_as_many_values_as_the_variance_asks_for():
    """Differences -2, 3, -1: variance 7, so W is 0 from h^2 7 = 14 values on; the means are one."""
    close = CheapestOfSeveral(2, 3, tolerance=1, false_selection=0.25)
    close.observe(np.array([[0.0, 3, 0], [2, 0, 1]]))
    close.observe(np.ones((2, 10)))
    assert not close.is_decided
    close.observe(np.ones((2, 9)))
    assert close.left == [0]
    assert close.seen.tolist() == [14, 14]


def test_of_equal_costs_the_first_is_taken():
    same = CheapestOfSeveral(3, 4, tolerance=1, false_selection=0.05)
    values = np.array([[5.0, 6, 7, 8], [1, 2, 3, 4], [1, 2, 3, 4]])
    assert same.observe(values) == [1]


def test_the_cheapest_is_selected_as_often_as_promised():
    """At least 90 % in 2000 trials of four correlated costs, the cheapest by the tolerance."""
    generator = np.random.default_rng(11)
    means = np.array([[10.0], [9.0], [10.0], [10.0]])
    right = 0
    for _ in range(2000):
        selection = CheapestOfSeveral(4, 10, tolerance=1, false_selection=0.1)
        size = 10
        while not selection.is_decided:
            world = generator.normal(0, 3, size) + generator.normal(0, 2, (4, size))
            selection.observe(means + world)
            size = 20
        right += selection.left == [1]
    assert right / 2000 >= 0.9


def test_means_are_nan_before_the_first_value():
    assert all(math.isnan(mean) for mean in CheapestOfSeveral(2, 5, 1, 0.05).means)

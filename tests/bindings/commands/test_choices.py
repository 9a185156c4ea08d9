"""What is said of a search, and of what it guarantees."""

import dataclasses

import pytest

from lantian.commands import choices
from lantian.decide.optimise import Candidate, Optimum
from lantian.decide.requirements import Requirement

FOUND = Optimum(
    scenario="plan",
    levers=("resources.crews.capacity",),
    requirements=(Requirement(("in-time",), 0.8),),
    tolerance=0.02,
    confidence=0.95,
    cost_of="prices",
    cost_tolerance=None,
    candidates=(
        Candidate(("1",), 1e6, None, "misses", 100, 100, (40,)),
        Candidate(("2",), 2e6, None, "undecided", 5000, 5000, (4010,)),
        Candidate(("3",), 3e6, None, "meets", 300, 300, (290,)),
        Candidate(("4",), 4e6, None, "not run", 0, 0, (0,)),
    ),
    choice=2,
    is_cheapest_told=True,
    replications=5400,
    seed=1,
)


def said(**changes):
    """What is said, in one line; without the table."""
    lines = list(choices.told(dataclasses.replace(FOUND, **changes)))
    return " ".join(lines[len(lines) - lines[::-1].index("") :])


def test_undecided_choices_are_no_part_of_the_guarantee():
    assert said() == (
        "The choice: resources.crews.capacity = 3. 3 of 4 choices were run, 5400 replications in "
        "all. With a confidence of 95 %, the probability of the choice is above 78 %, and none of "
        "those that miss has one of at least 82 %. 1 stayed undecided: too close to call."
    )


def test_without_a_choice_only_what_misses_is_guaranteed():
    assert said(choice=None).startswith(
        "No choice was found to meet it. 3 of 4 choices were run, 5400 replications in all. With a "
        "confidence of 95 %, none of those that miss has a probability of at least 82 %."
    )


@pytest.mark.parametrize(
    ("told", "part"),
    [
        (
            True,
            "the choice is the cheapest of those that meet it if the others cost at least 0.5 M",
        ),
        (False, "which of those that meet it is the cheapest was not told to 0.5 MCNY"),
    ],
)
def test_simulated_cost_has_a_guarantee_of_its_own(told, part):
    text = said(cost_of="simulated", cost_tolerance=5e5, is_cheapest_told=told)
    assert part in text
    assert "above 78 %" in text


def test_several_targets_are_told_by_their_distance_to_what_is_wanted():
    both = (Requirement(("in-time",), 0.8), Requirement(("clean", "cheap"), 0.5))
    candidates = [
        dataclasses.replace(one, met=(*one.met, one.met[0] // 2)) for one in FOUND.candidates
    ]
    lines = list(
        choices.told(dataclasses.replace(FOUND, requirements=both, candidates=tuple(candidates)))
    )
    text = " ".join(lines)
    assert "in-time with a probability of 80 % and clean, cheap (jointly) with a" in text
    assert "above each wanted one less 2 points" in text
    assert "           1    20.0 %      100  misses      1" in lines  # the least of the two


def test_of_many_choices_those_around_the_one_are_shown():
    many = tuple(dataclasses.replace(FOUND.candidates[0], values=(str(k),)) for k in range(60))
    lines = list(choices.told(dataclasses.replace(FOUND, candidates=many, choice=30)))
    assert "            and 40 more choices (-o keeps them)" in lines
    shown = [line for line in lines if "misses " in line]
    assert len(shown) == 20
    assert sum("<- the choice" in line for line in shown) == 1

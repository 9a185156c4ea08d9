"""A scenario that is being drawn: choices, numbers with units, dates, and what it has so far.

The first of all choices is the simplest, so that what Hypothesis shrinks to reads easily.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import strategies as st
from written import Tree

T = TypeVar("T")


@dataclass
class Draft:
    """What has been drawn so far.

    Attributes
    ----------
    draw
        Hypothesis' function.
    luck
        Whether anything may be uncertain, vary or come at random.
    calendar
        Whether anything may depend on the date.
    tree
        The scenario, as nested tables.
    raw, stack
        Pollutants by the way in which all their factors are given.
    unmoved
        Sources whose activity no measure moves yet.
    """

    draw: Any
    luck: bool
    calendar: bool
    tree: Tree = field(default_factory=dict)
    raw: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    unmoved: list[str] = field(default_factory=list)

    def one_of(self, *values: T) -> T:
        return self.draw(st.sampled_from(values))

    def perhaps(self) -> bool:
        return self.draw(st.booleans())

    def count(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def each(self, least: int, most: int, item: Callable[[int], None]) -> None:
        """Draw so many items, each as a part of its own: one that does not matter shrinks away."""
        for k in range(self.count(least, most)):
            self.draw(_part(self, item, k))

    def some(self, values: Sequence[T], least: int = 0) -> list[T]:
        """Choose some of these, in their order."""
        chosen = [value for value in values if self.perhaps()]
        return chosen if len(chosen) >= least else list(values[:least])

    def table(self, name: str) -> Tree:
        return self.tree.setdefault(name, {})

    def sure(self, unit: str, *numbers: float) -> str:
        """Draw a quantity."""
        return f"{self.one_of(*numbers):g} {unit}".rstrip()

    def unknown(self, unit: str, *numbers: float) -> Any:
        """Draw a quantity or, with luck, one that is not known."""
        number = self.one_of(*numbers)
        law = self.one_of("sure", "uniform", "triangular", "pert", "@") if self.luck else "sure"
        if law == "sure":
            return f"{number:g} {unit}".rstrip()
        if law == "@":
            return f"{number:g} {unit} * @{self._parameter()}"
        return _between(law, unit, number)

    def varying(self, unit: str, *numbers: float, bounded: bool = False) -> Any:
        """Draw a quantity or, with luck, one that is different at each use."""
        number = self.one_of(*numbers)
        laws = ["sure", "uniform", "triangular", "pert"]
        laws += [] if bounded else ["exponential", "lognormal", "weibull"]
        law = self.one_of(*laws) if self.luck else "sure"
        if law == "sure":
            return f"{number:g} {unit}".rstrip()
        if law == "exponential":
            return {law: {"mean": f"{number:g} {unit}"}}
        if law == "lognormal":
            return {law: {"mean": f"{number:g} {unit}", "cv": 0.5}}
        if law == "weibull":
            return {law: {"shape": 1.5, "scale": f"{number:g} {unit}"}}
        return _between(law, unit, number)

    def date(self, first: float, last: float) -> datetime.date:
        """Draw a date between two shares of the horizon."""
        start, end = self.tree["horizon"]["start"], self.tree["horizon"]["end"]
        days = (end - start).days
        return start + datetime.timedelta(self.count(int(days * first), int(days * last)))

    def _parameter(self) -> str:
        """Draw a parameter, one that is there or a new one: a factor near 1."""
        rows = self.table("parameters")
        id = self.one_of("coal", "ore", "price")
        if id not in rows:
            law = self.one_of("uniform", "pert")
            rows[id] = {"value": _between(law, "", 1)}
        return id


@st.composite
def _part(draw: Any, draft: Draft, item: Callable[[int], None], k: int) -> None:
    around, draft.draw = draft.draw, draw
    item(k)
    draft.draw = around


def _between(law: str, unit: str, number: float) -> Tree:
    ends = {"low": number * 0.75, "high": number * 1.5}
    if law != "uniform":
        ends["mode"] = number
    return {law: {name: f"{value:g} {unit}" if unit else value for name, value in ends.items()}}

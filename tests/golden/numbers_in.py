"""The numbers of a scenario, by their dotted paths, and each of them a little changed."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

import lantian

_QUANTITY = re.compile(r"(?P<number>[-+]?[0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?)(?P<unit>\s[^:]*)?")
_DISTRIBUTIONS = {
    *("pert", "triangular", "uniform", "lognormal", "exponential", "weibull", "normal"),
    *("discrete", "empirical", "mix"),
}
_WORDS = {"basis", "confidence", "id", "name", "name_zh", "note", "source", "text"}
_NOT_OF_THE_MODEL = re.compile(
    r"lantian|as_of|money\.price_year|published\..*|.*\.(latitude|longitude)"
)


@dataclass(frozen=True)
class Number:
    """A number, a quantity with its unit, or a date, and where in the scenario it stands.

    What is written to change it is `whole`, which stands at `whole_path`, with another value at
    `inside`: mostly the number itself, but a distribution is written as a whole or not at all.
    """

    path: str
    value: Any
    whole_path: str
    whole: Any
    inside: tuple[Any, ...] = ()

    def changed(self, scenario: lantian.Scenario, id: str) -> Change | None:
        """Change it by about a tenth, or else by less or one; None if any change is refused."""
        for value in _others(self.value):
            override = {self.whole_path: _replaced(self.whole, self.inside, value)}
            try:
                return Change(self, value, scenario.with_(override, id=id))
            except lantian.ScenarioError:
                continue
        return None


@dataclass(frozen=True)
class Change:
    """A number, what it was changed to, and the scenario in which it is."""

    number: Number
    value: Any
    scenario: lantian.Scenario


def numbers_in(scenario: lantian.Scenario) -> list[Number]:
    """Find the numbers that the model is to use: not those that are only shown."""
    return [
        number
        for number in _leaves(scenario.to_dict(), "")
        if _is_number(number.path, number.value) and not _NOT_OF_THE_MODEL.fullmatch(number.path)
    ]


def _leaves(tree: Any, path: str) -> Iterator[Number]:
    if isinstance(tree, dict) and not _DISTRIBUTIONS.isdisjoint(tree):
        for leaf in _inner_leaves(tree, path):
            yield Number(leaf.path, leaf.value, path, tree, leaf.inside)
    elif isinstance(tree, dict | list):
        for _, below, value in _parts(tree, path):
            yield from _leaves(value, below)
    else:
        yield Number(path, tree, path, tree)


def _inner_leaves(tree: Any, path: str, inside: tuple[Any, ...] = ()) -> Iterator[Number]:
    if not isinstance(tree, dict | list):
        yield Number(path, tree, path, tree, inside)
        return
    for key, below, value in _parts(tree, path):
        yield from _inner_leaves(value, below, (*inside, key))


def _parts(tree: Any, path: str) -> Iterator[tuple[Any, str, Any]]:
    """Give the key, the path and the value of each part of a table or a list."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield key, f"{path}.{key}" if path else key, value
    else:
        for place, value in enumerate(tree):
            yield place, f"{path}[{place + 1}]", value


def _replaced(tree: Any, keys: tuple[Any, ...], value: Any) -> Any:
    """Copy a tree with another value at the end of some keys."""
    if not keys:
        return value
    changed = tree.copy()
    changed[keys[0]] = _replaced(tree[keys[0]], keys[1:], value)
    return changed


def _is_number(path: str, value: Any) -> bool:
    if isinstance(value, str):
        is_word = path.rpartition(".")[2] in _WORDS
        return not is_word and _QUANTITY.fullmatch(value) is not None
    return not isinstance(value, bool) and isinstance(value, int | float | datetime.date)


def _others(value: Any) -> Iterator[Any]:
    """Give values near by, the one that tells most first."""
    if isinstance(value, datetime.date):
        yield from (value + datetime.timedelta(days=days) for days in (10, -10, 30, -31, 366, -366))
    elif isinstance(value, str):
        found = _QUANTITY.fullmatch(value)
        assert found is not None
        number = float(found["number"].replace("_", ""))
        yield from (f"{other:.12g}{found['unit'] or ''}" for other in _near(number))
    elif isinstance(value, int) and 1900 < value < 2200:
        yield from (value + 1, value - 1)
    else:
        yield from (int(other) if other == int(other) else other for other in _near(value))


def _near(number: float) -> Iterator[float]:
    if number == 0:
        yield from (0.1, 1, 0.001)
    else:
        yield from (number * share for share in (1.1, 0.9, 1.01, 0.99))
        yield from (number + 1, number - 1)


def marks_of(results: lantian.ScenarioResults) -> dict[str, bytes]:
    """Give a digest of each recorded variable, without the parameters that were drawn."""
    marks = {name: _digest(results[name]) for name in results if name != "parameter_value"}
    for axis, coordinate in results.coordinates.items():  # of what a lifetime and interest make
        if "capital_recovery" in coordinate.companions:
            marks[f"{axis}_capital_recovery"] = _digest(coordinate.companions["capital_recovery"])
    return marks


def _digest(values: np.ndarray) -> bytes:
    return hashlib.sha256(f"{values.shape} {values.dtype}".encode() + values.tobytes()).digest()

"""Levers: what may be set, to which values, and what each value costs."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lantian.errors import ScenarioError, UsageError
from lantian.nearest import did_you_mean
from lantian.scenario import Scenario

MOST_CHOICES = 5000
MONEY = {"CNY": 1.0, "kCNY": 1e3, "MCNY": 1e6}

_RANGE = re.compile(r"\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_AMOUNT = re.compile(r"\s*([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*([A-Za-z]*)\s*")

Price = float | str | Sequence[float | str]


@dataclass(frozen=True)
class Choice:
    """A value for each lever, in the order of the levers, and the sum of their prices [CNY]."""

    overrides: Mapping[str, object]
    price: float


def lever_of(text: str) -> tuple[str, list[object]]:
    """Read `resources.crews.capacity=4..8` or `measures.move.start=2024-06-01,2024-09-01`.

    Raises
    ------
    UsageError
        If it is neither.
    """
    path, sign, values = text.partition("=")
    if not sign or not path.strip() or not values.strip():
        raise UsageError(
            f"the lever '{text}' cannot be read: write PATH=VALUE,VALUE or PATH=4..8, such as "
            "resources.crews.capacity=4..8 or measures.ID.enabled=true,false"
        )
    if found := _RANGE.fullmatch(values):
        first, last = int(found[1]), int(found[2])
        if last < first:
            raise UsageError(f"the lever '{text}' cannot be read: {values} ends before it begins")
        if last - first >= MOST_CHOICES:
            raise UsageError(f"the lever '{text}' has {last - first + 1} values; {_narrower()}")
        return path.strip(), list(range(first, last + 1))
    return path.strip(), [_value_of(word.strip()) for word in values.split(",")]


def price_of(text: str) -> tuple[str, list[str]]:
    """Read `resources.crews.capacity=3 MCNY`, or a price for each value after one another."""
    path, sign, prices = text.partition("=")
    if not sign or not path.strip() or not prices.strip():
        raise UsageError(
            f"the price '{text}' cannot be read: write PATH=AMOUNT, such as "
            "'resources.crews.capacity=3 MCNY', or PATH=AMOUNT,AMOUNT, one for each value"
        )
    return path.strip(), prices.split(",")


def money_of(amount: float | str, *, what: str) -> float:
    """Read an amount of money; a plain number is CNY.

    Raises
    ------
    UsageError
        If it is none.
    """
    found = _AMOUNT.fullmatch(str(amount))
    unit = found[2] or "CNY" if found else ""
    if found is None or unit not in MONEY or not math.isfinite(float(found[1])):
        raise UsageError(
            f"{what}: '{amount}' is no amount of money, such as 3 MCNY; units are "
            f"{', '.join(MONEY)}{did_you_mean(unit, MONEY) if unit else ''}"
        )
    return float(found[1]) * MONEY[unit]


def choices_of(
    scenario: Scenario, levers: Mapping[str, Sequence[object]], prices: Mapping[str, Price]
) -> list[Choice]:
    """Give every combination of the levers' values, the last lever fastest.

    Raises
    ------
    UsageError
        If levers or prices cannot be, with all that is wrong.
    ScenarioError
        If a value makes a scenario that is wrong.
    """
    mistakes = [*_wrong_levers(levers), *_wrong_prices(levers, prices)]
    number = math.prod(len(values) for values in levers.values())
    if number > MOST_CHOICES:
        mistakes.append(f"the levers make {number} choices; {_narrower()}")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    _try_each(scenario, levers)
    costs = {path: _costs(path, levers[path], price) for path, price in prices.items()}
    rows = itertools.product(*(range(len(values)) for values in levers.values()))
    return [
        Choice(
            {path: values[k] for (path, values), k in zip(levers.items(), row, strict=True)},
            math.fsum(costs[path][k] for path, k in zip(levers, row, strict=True) if path in costs),
        )
        for row in rows
    ]


def _value_of(word: str) -> object:
    if word in ("true", "false"):
        return word == "true"
    if _NUMBER.fullmatch(word):
        return float(word) if set(word) & set(".eE") else int(word)
    return word


def _narrower() -> str:
    return (
        f"at most {MOST_CHOICES} are tried: give fewer values, such as 4,8,12 for 4..12, or set "
        "some levers in the scenario"
    )


def _wrong_levers(levers: Mapping[str, Sequence[object]]) -> Iterable[str]:
    if not levers:
        yield "there is no lever: name one, such as resources.crews.capacity=4..8"
    for path, values in levers.items():
        if isinstance(values, str) or not len(values):
            yield f"{path}: a lever needs a list of values"
        elif len({str(value) for value in values}) < len(values) or "" in values:
            yield f"{path}: each value must be there once, and none empty"


def _wrong_prices(
    levers: Mapping[str, Sequence[object]], prices: Mapping[str, Price]
) -> Iterable[str]:
    for path, price in prices.items():
        if path not in levers:
            yield f"there is a price of {path}, which is no lever{did_you_mean(path, list(levers))}"
            continue
        try:
            _costs(path, levers[path], price)
        except UsageError as error:
            yield str(error)


def _costs(path: str, values: Sequence[object], price: Price) -> list[float]:
    """Give the cost of each value [CNY]: one for each, or one a unit, or one for `true`."""
    what = f"the price of {path}"
    given = list(price) if isinstance(price, Sequence) and not isinstance(price, str) else [price]
    amounts = [money_of(amount, what=what) for amount in given]
    if len(amounts) == len(values):
        return amounts
    if len(amounts) > 1 or not all(isinstance(value, int | float) for value in values):
        raise UsageError(
            f"{what}: give one for each of its {len(values)} values, not {len(amounts)}; a single "
            "one is the price of a unit, or of true, and needs numbers, or true and false"
        )
    return [amounts[0] * float(value) for value in values if isinstance(value, int | float)]


def _try_each(scenario: Scenario, levers: Mapping[str, Sequence[object]]) -> None:
    """Let the engine check every value by itself, before anything is run."""
    unusable: list[str] = []
    mistakes: list[ScenarioError] = []
    for path, values in levers.items():
        for value in values:
            try:
                scenario.with_({path: value})
            except UsageError as error:
                unusable.append(str(error))
                break
            except ScenarioError as error:
                error.args = (f"{path} = {value} makes a scenario that is wrong:\n{error}",)
                mistakes.append(error)
    if unusable:
        raise UsageError("\n".join(dict.fromkeys(unusable)))
    if mistakes:
        told = "\n".join(str(error) for error in mistakes)
        raise ScenarioError(told, mistakes=[one for e in mistakes for one in e.mistakes])

"""The uncertain inputs of a scenario: every number that a run draws once a parameter draw."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lantian import _core
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.scenario import Path_, Scenario, load_all

#: All that varies by itself (durations, failures, weather), as one input.
CHANCE = "chance"
#: The inputs that are not looked at one by one, as one input.
OTHERS = "other inputs"

_UNIT = re.compile(r"[-+]?[0-9._]+(?:[eE][-+]?[0-9]+)?\s*(\S.*)")
_PLAIN = ("cv", "shape", "weights")  # arguments of distributions without the number's unit
_MANY = 6  # a distribution of more points tells how many there are


@dataclass(frozen=True)
class UncertainInput:
    """An uncertain number of a scenario.

    Attributes
    ----------
    id
        Of `[parameters.ID]`, or the key path where the distribution is written.
    name
        What it means.
    distribution
        In words, with the quantities as they are written.
    low, median, high
        Its 10 %, 50 % and 90 % quantiles [unit], where all others are at their medians.
    unit
        Of these, as the scenario writes it; the base unit where it is a product with others.
    written_at
        File and line.
    is_named
        Whether it is one of `[parameters]`.
    source, confidence
        Where it comes from, and how well it is known; "" where the scenario does not say.
    """

    id: str
    name: str = ""
    distribution: str = ""
    low: float = np.nan
    median: float = np.nan
    high: float = np.nan
    unit: str = ""
    written_at: str = ""
    is_named: bool = False
    source: str = ""
    confidence: str = ""


def uncertain_inputs(scenario: Scenario | Path_) -> tuple[UncertainInput, ...]:
    """List what is uncertain in a scenario, chance apart.

    Constants, and what is made of other numbers alone, are none.

    Examples
    --------
    >>> import pandas                                            # doctest: +SKIP
    >>> pandas.DataFrame(uncertain_inputs("as-planned.toml"))    # doctest: +SKIP
    """
    (loaded,) = load_all(scenario)
    parameters = loaded._loaded.parameters()
    columns = _drawn(parameters)
    rows = [np.full(len(parameters), 0.5)]
    for column in columns:
        for u in (0.1, 0.9):
            rows.append(rows[0].copy())
            rows[-1][column] = u
    values = loaded._loaded.parameter_values(np.array(rows))
    return tuple(
        _described(parameters[column], values[[1 + 2 * k, 0, 2 + 2 * k], column])
        for k, column in enumerate(columns)
    )


def input_ids(scenario: Scenario) -> list[str]:
    """Give the id of each uncertain input."""
    parameters = scenario._loaded.parameters()
    return [parameters[column]["id"] for column in _drawn(parameters)]


def chosen(scenario: Scenario, inputs: Sequence[str] | None) -> list[str]:
    """Check ids of inputs; None is all of them.

    Raises
    ------
    UsageError
        With all that are none, and the nearest right ones.
    """
    known = input_ids(scenario)
    if inputs is None:
        return known
    wrong = [
        f"'{id}' is no uncertain input of {scenario.id}{_why_not(scenario, id, known)}"
        for id in inputs
        if id not in known
    ]
    if wrong:
        raise UsageError("\n".join(wrong))
    return list(dict.fromkeys(inputs))


def in_words(distribution: str) -> str:
    """Say in words what TOML says: `triangular: low 1.1, mode 1.3, high 1.45`."""
    law, arguments, times = _parts(distribution)
    told = ", ".join(f"{key} {_told(value)}" for key, value in arguments.items())
    return f"{law}: {told}" + ("" if times is None else f"; times {times}")


def _described(parameter: Mapping[str, str], quantiles: npt.NDArray[np.float64]) -> UncertainInput:
    unit, size = _unit(parameter)
    low, median, high = (float(value) / size for value in quantiles)
    return UncertainInput(
        id=parameter["id"],
        name=parameter["name"],
        distribution=in_words(parameter["distribution"]),
        low=low,
        median=median,
        high=high,
        unit=unit,
        written_at=parameter["written_at"],
        is_named="." not in parameter["id"],  # a key path has dots, an id has none
        source=parameter["source"],
        confidence=parameter["confidence"],
    )


def _unit(parameter: Mapping[str, str]) -> tuple[str, float]:
    """Give the unit in which the distribution is written, and its size in base units."""
    _, arguments, times = _parts(parameter["distribution"])
    stated = next(value for key, value in arguments.items() if key not in _PLAIN)
    quantity = stated[0] if isinstance(stated, list) else stated
    written = _UNIT.fullmatch(quantity) if isinstance(quantity, str) else None
    if written is None or times is not None:
        return parameter["unit"], 1.0
    return written[1], _core.base_value(f"1 {written[1]}")


def _parts(distribution: str) -> tuple[str, Mapping[str, Any], object]:
    """Give the law, its arguments, and what it is multiplied with, None if with nothing."""
    written = tomllib.loads(f"it = {distribution}")["it"]
    times = written.pop("times", None)
    ((law, arguments),) = written.items()
    return law, arguments, times


def _drawn(parameters: Sequence[Mapping[str, str]]) -> list[int]:
    return [k for k, parameter in enumerate(parameters) if parameter["distribution"]]


def _told(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    if len(value) > _MANY:
        return f"{len(value)} values"
    return "(" + ", ".join(map(str, value)) + ")"


def _why_not(scenario: Scenario, id: str, known: Sequence[str]) -> str:
    if id in scenario.tables["parameters"]:
        return ": it is fixed, or made of other parameters"
    if id == CHANCE:
        return ": chance is always one of the rows"
    return did_you_mean(id, known) or "; `lantian sensitivity FILE --list` shows them"

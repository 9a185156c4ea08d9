"""Numbers of a scenario: units, expressions of parameters, distributions."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

HOUR = 3600.0
DAY = 24 * HOUR
YEAR = 365.2425 * DAY  # of a duration or a rate; dates go by the calendar

UNITS = {
    **{"s": 1.0, "h": HOUR, "d": DAY, "week": 7 * DAY, "month": YEAR / 12, "year": YEAR},
    **{"mg": 1e-6, "g": 1e-3, "kg": 1.0, "t": 1e3, "kt": 1e6, "Mt": 1e9},
    **{"m3": 1.0, "L": 1e-3, "m": 1.0, "km": 1e3, "m2": 1.0, "ha": 1e4},
    **{"J": 1.0, "MJ": 1e6, "GJ": 1e9, "PJ": 1e15, "kWh": 3.6e6, "MWh": 3.6e9, "MW": 1e6},
    **{"CNY": 1.0, "person": 1.0, "household": 1.0, "village": 1.0, "vehicle": 1.0, "item": 1.0},
}

Parameters = dict[str, float]


@cache
def unit(text: str) -> float:
    """Size of a unit such as `kg/(person d)` in kg, s, m3, m, J."""
    product = re.sub(r"(?<=\w) (?=\w)", "*", text)
    return float(eval(f"1*{product}" if product[0] != "/" else f"1{product}", {}, UNITS))


def _constant(text: str) -> float:
    number, _, rest = text.strip().partition(" ")
    return float(number) * (unit(rest.strip()) if rest else 1.0)


@cache
def expression(text: str) -> Callable[[Parameters], float]:
    """Read a product such as `0.5 * @cut / @share` or `300 MW * @load`."""
    constant, over, under = 1.0, [], []
    factors = re.split(r" ([*/]) ", text)
    for sign, factor in zip(["*", *factors[1::2]], factors[::2], strict=True):
        if factor.startswith("@"):
            (over if sign == "*" else under).append(factor[1:])
        else:
            constant *= _constant(factor) ** (1 if sign == "*" else -1)

    def value(parameters: Parameters) -> float:
        result = constant
        for id in over:
            result *= parameters[id]
        for id in under:
            result /= parameters[id]
        return result

    return value


class Distribution:
    """A distribution of the scenario, in base units."""

    def __init__(self, kind: str, given: dict[str, Any]) -> None:
        self.kind = kind
        values = {k: self._base(v) for k, v in given.items()}
        match kind:
            case "pert":
                self.low, self.width = values["low"], values["high"] - values["low"]
                self.alpha = 1 + 4 * (values["mode"] - self.low) / self.width
            case "lognormal":
                variance = math.log1p(values["cv"] ** 2)
                self.mu, self.sigma = math.log(values["mean"]) - variance / 2, variance**0.5
            case "exponential":
                self.mean = values["mean"]
            case "discrete":
                self.values = values["values"]
                self.weights = np.cumsum(values["weights"]) / np.sum(values["weights"])
            case _:
                raise NotImplementedError(kind)

    @classmethod
    def _base(cls, value: Any) -> Any:
        if isinstance(value, list):
            return [cls._base(each) for each in value]
        return _constant(value) if isinstance(value, str) else float(value)

    def draw(self, rng: np.random.Generator) -> float:
        """Draw one value."""
        match self.kind:
            case "pert":
                return self.low + self.width * rng.beta(self.alpha, 6 - self.alpha)
            case "lognormal":
                return rng.lognormal(self.mu, self.sigma)
            case "exponential":
                return rng.exponential(self.mean)
            case _:
                return self.values[int(np.searchsorted(self.weights, rng.random()))]


class Mix:
    """`from` where `share` is 0, `to` where it is 1."""

    def __init__(self, given: dict[str, Any]) -> None:
        mix = given["mix"]
        self.terms = (mix["from"], mix["to"], mix["share"], given.get("times", 1))

    def value(self, parameters: Parameters) -> float:
        """Evaluate under these parameters."""
        first, last, share, times = (evaluate(term, parameters) for term in self.terms)
        return (first + (last - first) * share) * times


def evaluate(number: Any, parameters: Parameters) -> float:
    """Value of what is no distribution."""
    if isinstance(number, str):
        return expression(number)(parameters)
    return number.value(parameters) if isinstance(number, Mix) else float(number)


def compile_numbers(tree: Any) -> Any:
    """Put distributions and mixes in the place of the tables that describe them."""
    if isinstance(tree, list):
        return [compile_numbers(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    if "mix" in tree:
        return Mix(tree)
    if len(tree) == 1:
        ((kind, given),) = tree.items()
        if kind in {"pert", "lognormal", "exponential", "discrete"}:
            return Distribution(kind, given)
    return {key: compile_numbers(each) for key, each in tree.items()}


class ParameterDraw(Parameters):
    """What is not known, drawn once; what is derived from it is worked out when asked for."""

    def __init__(self, rows: dict[str, Any], given: Parameters) -> None:
        super().__init__(given)
        self.rows = rows

    def __missing__(self, id: str) -> float:
        value = self[id] = evaluate(self.rows[id]["value"], self)
        return value


class ParameterTable:
    """The parameters of a scenario; all PERT ones are drawn in one go."""

    def __init__(self, rows: dict[str, Any]) -> None:
        self.rows = rows
        drawn = {k: r["value"] for k, r in rows.items() if isinstance(r["value"], Distribution)}
        self.drawn = list(drawn)
        self.perts = [k for k, each in drawn.items() if each.kind == "pert"]
        self.others = {k: each for k, each in drawn.items() if each.kind != "pert"}
        self.low = np.array([drawn[k].low for k in self.perts])
        self.width = np.array([drawn[k].width for k in self.perts])
        self.alpha = np.array([drawn[k].alpha for k in self.perts])

    def draw(self, rng: np.random.Generator) -> ParameterDraw:
        """Draw all parameters once."""
        values = self.low + self.width * rng.beta(self.alpha, 6 - self.alpha)
        given = dict(zip(self.perts, values.tolist(), strict=True))
        given |= {id: each.draw(rng) for id, each in self.others.items()}
        return ParameterDraw(self.rows, given)

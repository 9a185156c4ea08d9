"""Numbers of a scenario file, worked out with the parameters as they were drawn in a run.

The engine has done so for all that it computes. What it only passes on, such as the permit of a
plant, is worked out here: quantities, products and quotients of them and of parameters, and mixes.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from lantian.results import ScenarioResults

Array = npt.NDArray[np.float64]

# In the base units of the engine, in which parameters are drawn: kilogram, and the year in rates.
MASSES = {"ug": 1e-9, "mg": 1e-6, "g": 1e-3, "kg": 1.0, "t": 1e3, "kt": 1e6, "Mt": 1e9}
KG_PER_T = 1e3
_FACTOR = re.compile(r"@(?P<parameter>[\w-]+)|(?P<number>[-+]?[\d.]+(?:[eE][-+]?\d+)?)")


class Quantities:
    """Works out numbers of one scenario: an array of one value a replication, in base units."""

    def __init__(self, results: ScenarioResults) -> None:
        axis = [str(name) for name in results.coordinates["parameter"].values]
        self._drawn = results.get("parameter_value")
        self._column = {name: column for column, name in enumerate(axis)}

    def value(self, number: Any, path: str) -> Array | None:
        """Work out the number that stands at a key path such as `plants.works.permit`.

        Returns None for what is not made of masses, years, plain numbers and parameters.
        """
        if path in self._column:
            return self._parameter(path)
        if isinstance(number, bool) or number is None:
            return None
        if isinstance(number, int | float):
            return np.array([float(number)])
        if isinstance(number, str):
            return self._expression(number)
        return self._mix(number, path) if isinstance(number, dict) else None

    def _parameter(self, name: str) -> Array | None:
        if self._drawn is None or name not in self._column:
            return None
        return np.asarray(self._drawn[:, self._column[name]], dtype=float)

    def _mix(self, number: dict[str, Any], path: str) -> Array | None:
        mixed = number.get("mix")
        if not isinstance(mixed, dict):
            return None
        parts = [self.value(mixed[key], f"{path}.mix.{key}") for key in ("from", "to", "share")]
        times = self.value(number.get("times", 1), f"{path}.times")
        if any(part is None for part in (*parts, times)):
            return None
        before, after, share = parts
        return (before + (after - before) * share) * times  # type: ignore[operator]

    def _expression(self, text: str) -> Array | None:
        """Multiply out `a * b / c`; a slash within a unit has no space before it."""
        result: Array = np.array([1.0])
        for sign, factor in re.findall(r"(^|\s[*/]\s)(.*?)(?=\s[*/]\s|$)", text.strip()):
            value = self._factor(factor.strip())
            if value is None:
                return None
            result = result / value if sign.strip() == "/" else result * value
        return result

    def _factor(self, text: str) -> Array | None:
        matched = _FACTOR.match(text)
        if matched is None:
            return None
        if matched["parameter"]:
            return self._parameter(matched["parameter"])
        scale = unit_scale(text[matched.end() :].strip())
        return None if scale is None else np.array([float(matched["number"]) * scale])


def unit_scale(unit: str) -> float | None:
    """Size of a unit in base units; None for what is not made of masses, years and per cent."""
    if unit in ("", "%"):
        return 0.01 if unit else 1.0
    above, *below = unit.replace(" ", "").split("/")
    scale = 1.0 if above == "" else MASSES.get(above)
    for part in below:
        divisor = 1.0 if part == "year" else MASSES.get(part)
        if scale is None or divisor is None:
            return None
        scale /= divisor
    return scale


def mass_per_mass(text: str) -> float | None:
    """Read a figure such as `3.4 kg/t`, as a plain ratio of masses; None if it is another."""
    matched = _FACTOR.match(text)
    if matched is None or not matched["number"]:
        return None
    above, slash, below = text[matched.end() :].strip().partition("/")
    if not slash or above not in MASSES or below not in MASSES:
        return None
    return float(matched["number"]) * MASSES[above] / MASSES[below]

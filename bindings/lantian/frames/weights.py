"""What is abated: one pollutant, or several weighted into an equivalent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lantian.errors import UsageError
from lantian.frames._names import check_names

Of = str | Mapping[str, float]

TAX_EQUIVALENTS = "tax-equivalents"

# Kilograms in one pollution equivalent: Environmental Protection Tax Law of the People's Republic
# of China (25 December 2016, amended 26 October 2018), appendix 2, table of air pollutants. Dust is
# soot there (2.18 kg) or general dust (4 kg). ASSUMPTION: all of PM is taken as soot, for most of
# what measures abate leaves by stacks; general dust would count about half as much.
KG_PER_EQUIVALENT: Mapping[str, float] = MappingProxyType({"SO2": 0.95, "NOx": 0.95, "PM": 2.18})
KG_PER_T = 1e3


@dataclass(frozen=True)
class Amount:
    """What a cost is divided by: weights by pollutant, and the unit of the weighted sum.

    Attributes
    ----------
    label : str
        What to call it: the pollutant, `tax-equivalents`, `SO2 + 2 NOx`.
    weights : mapping
        What one unit of each pollutant counts.
    unit : str
        `t`, `equivalent`, `weighted t`.
    """

    label: str
    weights: Mapping[str, float]
    unit: str


def amount_of(of: Of, units: Mapping[str, str], *, scenario: str) -> Amount:
    """Read what is asked for, with the units of the pollutants that a scenario has.

    Raises
    ------
    UsageError
        If a pollutant is unknown, a weight is negative or none is above 0, or units differ.
    """
    if of == TAX_EQUIVALENTS:
        return _tax_equivalents(units, scenario)
    if isinstance(of, str):
        known = [*units, TAX_EQUIVALENTS]
        check_names("pollutant", [of], known, of=scenario)
        return Amount(of, {of: 1.0}, units[of])
    check_names("pollutant", of, list(units), of=scenario)
    weighed = list(of.values())
    if not all(0 <= weight < math.inf for weight in weighed) or not any(weighed):
        raise UsageError(
            f"weights {dict(of)}: give one a pollutant, 0 or more, and at least one above 0"
        )
    different = sorted({units[pollutant] for pollutant in of})
    if len(different) > 1:
        raise UsageError(
            f"weights {dict(of)}: {' and '.join(different)} cannot be added; weigh pollutants of "
            "one unit"
        )
    label = " + ".join(_term(weight, pollutant) for pollutant, weight in of.items())
    weights = {name: float(weight) for name, weight in of.items()}
    return Amount(label, weights, f"weighted {different[0]}")


def _term(weight: float, pollutant: str) -> str:
    return pollutant if weight == 1 else f"{weight:g} {pollutant}"


def _tax_equivalents(units: Mapping[str, str], scenario: str) -> Amount:
    taxed = [name for name in KG_PER_EQUIVALENT if name in units]
    if not taxed or any(units[name] != "t" for name in taxed):
        raise UsageError(
            f"{TAX_EQUIVALENTS} weigh {', '.join(KG_PER_EQUIVALENT)} in t, of which {scenario} "
            f"has {', '.join(f'{name} in {units[name]}' for name in taxed) or 'none'}"
        )
    weights = {name: KG_PER_T / KG_PER_EQUIVALENT[name] for name in taxed}
    return Amount(TAX_EQUIVALENTS, weights, "equivalent")

"""How much of the emissions rests on numbers of which confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

# From the strongest to the weakest.
CONFIDENCES = ("sourced", "textbook", "derived", "assumption", "not stated")
COLUMNS = ["scenario", "pollutant", "confidence", "year", "mean", "share", "sources", "unit"]
EMISSION_KEYS = ["raw", "concentration", "gas_volume", "capture", "fugitive_control"]
EMISSION_KEYS += ["oxygen", "reference_oxygen"]
_REFERENCE = re.compile(r"@([\w-]+)")
_LITERAL = re.compile(r"(?<![\w@.-])\d")


def confidences(
    results: Results, tables: Mapping[str, Any], pollutant: str, *, scenario: str
) -> pd.DataFrame:
    """Mean direct emission of the first calendar year by the weakest number behind it.

    The emission of a source is as sure as the weakest of: the row of the source, every parameter
    that its activity and its emission factor refer to, directly or through other parameters, and
    the controls that it passes. A number written in place has the confidence of its row.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    tables
        The scenario's tables, from `results.scenario(scenario).to_dict()`.
    pollutant, scenario
        Their ids.

    Returns
    -------
    pandas.DataFrame
        One row a confidence, the strongest first: mean (`unit`), its share of all, and the number
        of sources. No rows where the scenario did not keep sources or emits nothing.
    """
    here = results[scenario]
    if f"{pollutant}_by_source" not in here:
        return table_of_rows([], COLUMNS)
    means = here[f"{pollutant}_by_source"][:, :, 0].mean(axis=0)
    total = float(means.sum())
    if total <= 0:
        return table_of_rows([], COLUMNS)
    ids = [str(name) for name in here.coordinates["source"].values]
    weakest = np.array([weakest_of(tables, source, pollutant) for source in ids])
    rows = []
    for confidence in CONFIDENCES:
        these = (weakest == confidence) & (means > 0)
        amount = float(means[these].sum())
        rows.append(
            {
                "scenario": scenario,
                "pollutant": pollutant,
                "confidence": confidence,
                "year": int(here.coordinates["year"].values[0]),
                "mean": amount,
                "share": amount / total,
                "sources": int(these.sum()),
                "unit": f"{here.variable(pollutant).unit}/year",
            }
        )
    return table_of_rows(rows, COLUMNS)


def weakest_of(tables: Mapping[str, Any], source: str, pollutant: str) -> str:
    """Confidence of the weakest number behind the emission of a source."""
    row = tables.get("sources", {}).get(source, {})
    emits = row.get("emits", {}).get(pollutant, {})
    numbers = [row.get("activity"), *(emits[key] for key in EMISSION_KEYS if key in emits)]
    found = set(_behind(tables, numbers, frozenset()))
    own = row.get("confidence")
    if own or any(_has_literal(number) for number in numbers):
        found.add(own or "not stated")
    for control in row.get("controls", []):
        found |= _of_control(tables, control, pollutant)
    return max(found or {"not stated"}, key=CONFIDENCES.index)


def _of_control(tables: Mapping[str, Any], control: str, pollutant: str) -> set[str]:
    row = tables.get("controls", {}).get(control, {})
    if pollutant not in row.get("efficiency", {}):
        return set()
    efficiency = row["efficiency"][pollutant]
    found = set(_behind(tables, [efficiency], frozenset()))
    if row.get("confidence") or _has_literal(efficiency):
        found.add(row.get("confidence") or "not stated")
    return found


def _behind(tables: Mapping[str, Any], numbers: list[Any], seen: frozenset[str]) -> Iterator[str]:
    """Confidences of the parameters that numbers refer to, through all parameters in between."""
    for name in {name for number in numbers for name in _references(number)} - seen:
        parameter = tables.get("parameters", {}).get(name, {})
        value = parameter.get("value")
        if parameter.get("confidence"):
            yield parameter["confidence"]
        elif _has_literal(value):
            yield "not stated"
        yield from _behind(tables, [value], seen | {name})


def _references(number: Any) -> Iterator[str]:
    if isinstance(number, str):
        yield from _REFERENCE.findall(number)
    elif isinstance(number, Mapping):
        for part in number.values():
            yield from _references(part)
    elif isinstance(number, list):
        for part in number:
            yield from _references(part)


def _has_literal(number: Any) -> bool:
    """Whether a number is written in place rather than taken from parameters."""
    if isinstance(number, str):
        return bool(_LITERAL.search(_REFERENCE.sub("", number)))
    if isinstance(number, Mapping):
        return any(_has_literal(part) for part in number.values())
    if isinstance(number, list):
        return any(_has_literal(part) for part in number)
    return isinstance(number, int | float) and not isinstance(number, bool)

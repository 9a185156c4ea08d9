"""Outcomes as one types them in a shell.

NOx    NOx:2026    NOx:2026-2028    NOx@districts.kundulun:2026    cost    cost:2026
NOx@receptors.kundulun:2026 (concentration there)    NOx@receptors:2026 (exposure)
probability(steel-ule)    date(ule-longshun)    date(ule-longshun, published)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import get_args

from lantian.design.outcomes import (
    PLACES,
    Milestone,
    Outcome,
    completion,
    concentration,
    cost,
    emission,
    exposure,
    probability,
)
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.scenario import Scenario

#: What an outcome may look like, for help texts and messages.
GRAMMAR = (
    "POLLUTANT[@PLACE][:YEARS], cost[:YEARS], probability(TARGET) or date(MEASURE[, MILESTONE]), "
    "such as NOx, NOx:2026, NOx@districts.kundulun:2026-2028, cost:2026, probability(by-end-2025)"
)

_SUM = re.compile(r"(?P<what>[\w-]+)(?:@(?P<place>[\w.-]+))?(?::(?P<years>[^:]+))?", re.ASCII)
_CALL = re.compile(r"(?P<verb>[\w-]+)\((?P<arguments>[^()]*)\)", re.ASCII)
_YEARS = re.compile(r"(\d{4})(?:\s*-\s*(\d{4}))?", re.ASCII)
_VERBS = ("probability", "date")
_MILESTONES = get_args(Milestone)


def outcome_of(text: str, scenario: Scenario | None = None) -> Outcome:
    """Read one outcome.

    Parameters
    ----------
    text
        `POLLUTANT[@PLACE][:YEARS]`, `cost[:YEARS]`, `probability(TARGET)` or
        `date(MEASURE[, MILESTONE])`. A place is `zones.ID`, `districts.ID`, `sectors.ID`,
        `plants.ID` or `sources.ID`; at `receptors.ID` it is the concentration that is added there,
        at `receptors` what a person meets. Years are one or a range, `2026-2028`.
    scenario
        Where given, every id and year must be one of it.

    Raises
    ------
    UsageError
        If it is none, with what is allowed and what was probably meant.

    Examples
    --------
    >>> outcome_of("NOx@districts.kundulun:2026-2028").name
    'NOx in districts.kundulun 2026-2028'
    >>> outcome_of("date(ule-longshun, published)").name
    'published of ule-longshun'
    """
    stripped = text.strip()
    try:
        if called := _CALL.fullmatch(stripped):
            words = [word.strip() for word in called["arguments"].split(",")]
            return _called(called["verb"], words, scenario)
        if summed := _SUM.fullmatch(stripped):
            return _summed(summed["what"], summed["place"], summed["years"], scenario)
        raise UsageError(f"it should be {GRAMMAR}")
    except UsageError as error:
        raise UsageError(f"the outcome '{text}' cannot be read: {error}") from None


def outcomes_of(texts: Iterable[str], scenario: Scenario | None = None) -> list[Outcome]:
    """Read several outcomes; one message names all that are wrong."""
    outcomes, mistakes = [], []
    for text in texts:
        try:
            outcomes.append(outcome_of(text, scenario))
        except UsageError as error:
            mistakes.append(str(error))
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return outcomes


def _summed(what: str, place: str | None, years: str | None, scenario: Scenario | None) -> Outcome:
    wanted = None if years is None else _years(years, scenario)
    if what == "cost":
        if place is not None:
            raise UsageError("cost is that of all measures and has no place; write cost[:YEARS]")
        return cost(years=wanted)
    if what in _VERBS:
        raise UsageError(f"write {what}(ID)")
    _check_id("pollutants", what, scenario, ["cost"])
    if place is not None:
        table, _, id = place.partition(".")
        if table == "receptors":
            return _in_the_air(what, id, wanted, scenario)
        if table in PLACES:
            _check_id(table, id, scenario)
    return emission(what, years=wanted, place=place)


def _in_the_air(
    pollutant: str, receptor: str, years: list[int] | None, scenario: Scenario | None
) -> Outcome:
    """Read what is added at a receptor; without one, what a person meets."""
    if not receptor:
        return exposure(pollutant, years=years)
    _check_id("receptors", receptor, scenario)
    return concentration(pollutant, receptor, years=years)


def _called(verb: str, words: Sequence[str], scenario: Scenario | None) -> Outcome:
    if verb not in _VERBS:
        raise UsageError(
            f"'{verb}' is neither probability nor date{did_you_mean(verb, _VERBS)}; {GRAMMAR}"
        )
    if not words[0]:
        raise UsageError(
            f"{verb}() lacks the id of a {'target' if verb == _VERBS[0] else 'measure'}"
        )
    if verb == "probability":
        if len(words) > 1:
            raise UsageError("probability(TARGET) takes one target")
        _check_id("targets", words[0], scenario)
        return probability(words[0])
    if len(words) > 2:
        raise UsageError("date(MEASURE, MILESTONE) takes one measure and one milestone")
    _check_id("measures", words[0], scenario)
    return completion(words[0], milestone=_milestone(words[1]) if len(words) > 1 else "works")


def _milestone(word: str) -> Milestone:
    for milestone in _MILESTONES:
        if word == milestone:
            known: Milestone = milestone
            return known
    raise UsageError(
        f"'{word}' is no milestone; it is one of {', '.join(_MILESTONES)}"
        f"{did_you_mean(word, _MILESTONES)}"
    )


def _years(text: str, scenario: Scenario | None) -> list[int]:
    found = _YEARS.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"'{text}' is neither a year such as 2026 nor a range such as 2026-2028")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise UsageError(f"the range {text} ends before it begins")
    if scenario is not None:
        start = int(str(scenario.start)[:4])
        end = int(str(scenario.end - 1)[:4])
        if first < start or last > end:
            raise UsageError(f"the years {text} are not in the horizon, {start} to {end}")
    return list(range(first, last + 1))


def _check_id(table: str, id: str, scenario: Scenario | None, besides: Sequence[str] = ()) -> None:
    if scenario is None or id in scenario.tables[table]:
        return
    kind = table.removesuffix("s")
    known = [*scenario.tables[table], *besides]
    if not scenario.tables[table]:
        raise UsageError(f"the scenario {scenario.id} has no {table}")
    raise UsageError(f"the scenario {scenario.id} has no {kind} '{id}'{did_you_mean(id, known)}")

"""What a month of slip costs in tonnes, in money and in the odds of the targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lantian.decide.asked import asked_of
from lantian.decide.effects import Change, Effects, Variation, effects_of
from lantian.decide.spans import Span
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.scenario import Path_, Scenario, load_all

ALL = "all"
_NAMES_NONE = "{} names no measures: all that have a start begin later"


def slip(
    scenario: Scenario | Path_,
    *,
    target: str | None = None,
    by: str = "1 month",
    outcomes: Sequence[str] | None = None,
    replications: int = 200,
    seed: int = 1,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Effects:
    """Say what is lost when measures begin later.

    The scenario is run again, in the same paired worlds, with all measures of the target begun
    later, and with each of them alone. A measure in progress needs so much longer for the stage it
    is in. One that waits for others, none of which slips, begins later than it would after them;
    what waits for a measure that slips follows by itself.

    Parameters
    ----------
    scenario
        The plan.
    target
        The deadline, or rate of a measure, whose measures slip; a target that names none, and no
        target, mean all measures that have a start.
    by
        How much later, such as `2 week` or `1 month`.
    outcomes, replications, seed, threads, progress
        As in `lantian.value`.

    Returns
    -------
    Effects
        One change for each measure, by its id; where there are several, `all` of them come first.
        A tonne lost is a positive difference.

    Raises
    ------
    UsageError
        If there is no such target, or a measure cannot begin later.
    ScenarioError
        If the later start makes a scenario that is wrong: after the end of the horizon.
    """
    (loaded,) = load_all(scenario)
    asked = asked_of(loaded, outcomes)
    span = Span.read(by)
    if span is None or span.number <= 0:
        raise UsageError(f"measures slip by a span such as '1 month', not by '{by}'")
    return effects_of(
        loaded,
        variations_of(loaded, target, span),
        asked,
        notes=[] if target is None or _named(loaded, target) else [_NAMES_NONE.format(target)],
        replications=replications,
        seed=seed,
        threads=threads,
        progress=progress,
    )


def variations_of(scenario: Scenario, target: str | None, span: Span) -> list[Variation]:
    """Make all measures begin later, and each alone.

    Raises
    ------
    UsageError
        With all measures that cannot.
    """
    measures = _measures_of(scenario, target)
    groups = {id: [id] for id in measures}
    if len(measures) > 1:
        groups = {ALL: measures, **groups}
    variations: list[Variation] = []
    mistakes: dict[str, None] = {}
    for name, slipping in groups.items():
        overrides: dict[str, object] = {}
        for id in slipping:
            try:
                overrides |= _later(scenario._tables_by_id["measures"], id, slipping, span)
            except UsageError as error:
                mistakes[str(error)] = None
        variations.append(Variation(Change(name, "", str(span)), overrides))
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return variations


def _measures_of(scenario: Scenario, target: str | None) -> list[str]:
    tables = scenario._tables_by_id
    measures, targets = tables.get("measures", {}), tables.get("targets", {})
    if target is not None and target not in targets:
        near = did_you_mean(target, list(targets))
        raise UsageError(f"{scenario.id} has no target '{target}'{near}")
    found = _named(scenario, target) or [id for id, one in measures.items() if "start" in one]
    if not found:
        raise UsageError(f"{scenario.id} has no measure that begins on a date")
    return found


def _named(scenario: Scenario, target: str | None) -> list[str]:
    """Give the measures that a target names: a deadline several, the progress of one that one."""
    asked: Mapping[str, Any] = scenario._tables_by_id.get("targets", {}).get(target, {})
    one = asked.get("measure")
    return list(asked.get("measures") or ([one] if one else []))


def _later(
    measures: Mapping[str, Any], id: str, slipping: Sequence[str], span: Span
) -> dict[str, object]:
    """Override what makes a measure begin later."""
    measure, at = measures[id], f"measures.{id}"
    if "in_progress" in measure:
        key = f"{at}.in_progress.remaining"
        return {key: span.added_to(measure["in_progress"]["remaining"], where=key)}
    after = measure.get("after", [])
    if after and not set(after) & set(slipping):
        key = f"{at}.delay"
        return {key: span.added_to(measure.get("delay", "0 d"), where=key)}
    if "start" not in measure:
        raise UsageError(f"{at}: it has no start that could be later")
    return {f"{at}.start": span.after(measure["start"])}

"""The value of a bottleneck: what one thing more brings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lantian.decide.asked import asked_of
from lantian.decide.effects import Change, Effects, Variation, effects_of
from lantian.decide.spans import Span
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.scenario import Path_, Scenario, load_all

MORE_CREWS, MORE_MONEY, EARLIER = 1, 10.0, Span(-1.0, "month")
LEVERS = "resources.ID.capacity, resources.ID.releases or measures.ID.start"

_LEVER = re.compile(r"(resources|measures)\.([\w-]+|\*)(?:\.(\w+)(?:\[(\d+)\])?)?", re.ASCII)
_COUNT = re.compile(r"[-+]?\d+")
_PERCENT = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*%")
_MONEY = re.compile(r"\s*([-+]?\d[\d.]*(?:[eE][-+]?\d+)?)(.*)")


def value(
    scenario: Scenario | Path_,
    *,
    of: str | Sequence[str] | None = None,
    by: int | str | None = None,
    outcomes: Sequence[str] | None = None,
    replications: int = 200,
    seed: int = 1,
    threads: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Effects:
    """Say what a little more of one thing brings.

    The scenario is run again with each change by itself, in the same paired worlds.

    Parameters
    ----------
    scenario
        The plan.
    of
        `resources.ID.capacity` of crews; `resources.ID.releases` of a budget, all of its releases,
        or `resources.ID.releases[2]`, the second; `measures.ID.start`, or `measures.*.start` for
        all that can begin earlier. One or several, each changed by itself; all resources of the
        scenario otherwise.
    by
        How much more: a number of crews such as `2`, `20%` of a budget, or a span such as
        `-2 month` for a start. Otherwise 1 crew, 10 %, or 1 month earlier.
    outcomes
        What to look at, as the command line names it (`NOx:2026`, `probability(by-end-2025)`); all
        targets, pollutants and the cost otherwise, over the horizon and in the targets' years.
    replications, seed, threads, progress
        As in `lantian.run`, for each change.

    Returns
    -------
    Effects
        One effect a change and outcome, with its paired interval.

    Raises
    ------
    UsageError
        If there is nothing of that name, or it cannot be changed so.
    ScenarioError
        If a change makes a scenario that is wrong.
    """
    (loaded,) = load_all(scenario)
    asked = asked_of(loaded, outcomes)
    variations, notes = variations_of(loaded, _list(of), None if by is None else str(by))
    return effects_of(
        loaded,
        variations,
        asked,
        notes=notes,
        replications=replications,
        seed=seed,
        threads=threads,
        progress=progress,
    )


def variations_of(
    scenario: Scenario, of: Sequence[str] | None, by: str | None
) -> tuple[list[Variation], list[str]]:
    """Read what is to be changed, and by how much; notes say what could not be."""
    paths = of if of is not None else [f"resources.{id}" for id in scenario.tables["resources"]]
    if not paths:
        raise UsageError(
            f"{scenario.id} has no resources; name a start, such as measures.ID.start, with of"
        )
    variations: list[Variation] = []
    notes: list[str] = []
    mistakes: list[str] = []
    for path in dict.fromkeys(paths):
        try:
            variations.append(_variation(scenario, path, by, notes))
        except UsageError as error:
            mistakes.append(str(error))
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return variations, notes


def _variation(scenario: Scenario, path: str, by: str | None, notes: list[str]) -> Variation:
    found = _LEVER.fullmatch(path)
    if found is None:
        raise UsageError(f"'{path}' is nothing that can be changed so: name {LEVERS}")
    table, id, key, item = found.groups()
    rows = scenario._tables_by_id.get(table, {})
    if id != "*" and id not in rows:
        raise UsageError(
            f"{path}: {scenario.id} has no {table[:-1]} '{id}'{did_you_mean(id, list(rows))}"
        )
    if table == "measures":
        _require_key(path, key, "start", item)
        return _earlier(scenario, path, list(rows) if id == "*" else [id], _span(path, by), notes)
    if id == "*":
        raise UsageError(f"{path}: name one resource, or none for each of them")
    row = rows[id]
    if row["kind"] == "crews":
        _require_key(path, key or "capacity", "capacity", item)
        return _more_crews(id, row, _crews(path, by))
    _require_key(path, key or "releases", "releases", None)
    return _more_money(path, id, row, item, _share(path, by))


def _require_key(path: str, key: str | None, wanted: str, item: str | None) -> None:
    if key != wanted or item is not None:
        raise UsageError(f"{path}: what can be changed here is {path.split('.')[0]}.ID.{wanted}")


# ---------------------------------------------------------------- crews
def _crews(path: str, by: str | None) -> int:
    if by is None:
        return MORE_CREWS
    if _COUNT.fullmatch(by.strip()) is None or int(by) == 0:
        raise UsageError(f"{path}: crews change by a whole number such as 2, not by '{by}'")
    return int(by)


def _more_crews(id: str, row: Mapping[str, Any], more: int) -> Variation:
    """More crews from the start on; those that come on a date come on top, as before."""
    lever = f"resources.{id}.capacity"
    before = int(row.get("capacity", 0))
    if before + more < 1:
        raise UsageError(f"{lever}: {before} and {more} more leave less than 1")
    return Variation(Change(lever, str(before), str(before + more)), {lever: before + more})


# ---------------------------------------------------------------- money
def _share(path: str, by: str | None) -> float:
    if by is None:
        return MORE_MONEY
    found = _PERCENT.fullmatch(by.strip())
    if found is None or float(found[1]) == 0 or float(found[1]) <= -100:
        raise UsageError(f"{path}: a budget changes by a percentage such as 20%, not by '{by}'")
    return float(found[1])


def _more_money(
    path: str, id: str, row: Mapping[str, Any], item: str | None, share: float
) -> Variation:
    releases = row.get("releases", [])
    if item is not None and not 1 <= int(item) <= len(releases):
        raise UsageError(f"{path}: it has {len(releases)} releases, counted from 1")
    changed = [
        {**release, "amount": _times(release["amount"], 1 + share / 100, path)}
        if item is None or number == int(item)
        else release
        for number, release in enumerate(releases, start=1)
    ]
    which = "" if item is None else f"[{item}]"
    lever = f"resources.{id}.releases"
    return Variation(
        Change(lever + which, "100 %", f"{100 + share:g} %"),
        {f"resources.{id}.releases": changed},
    )


def _times(amount: object, factor: float, path: str) -> object:
    """Scale an amount of money, an expression or a distribution."""
    if isinstance(amount, Mapping):
        if "times" in amount:
            raise UsageError(f"{path}: an amount with its own 'times' cannot be changed by a share")
        return {**amount, "times": factor}
    found = _MONEY.fullmatch(str(amount))
    if found is None:
        return f"{factor!r} * {amount}"
    return f"{float(found[1]) * factor!r}{found[2]}"


# ---------------------------------------------------------------- starts
def _span(path: str, by: str | None) -> Span:
    if by is None:
        return EARLIER
    span = Span.read(by)
    if span is None or span.number == 0:
        raise UsageError(f"{path}: a start moves by a span such as '-2 month', not by '{by}'")
    return span


def _earlier(
    scenario: Scenario, path: str, measures: Sequence[str], span: Span, notes: list[str]
) -> Variation:
    """Move starts; none to before the horizon, where a measure would be in progress already."""
    table = scenario._tables_by_id["measures"]
    first = scenario.start.astype("M8[D]").astype(object)
    overrides: dict[str, object] = {}
    fixed: list[str] = []
    for id in measures:
        start = table[id].get("start")
        moved = start and max(first, span.after(start))
        if start is None or "in_progress" in table[id] or moved == start:
            fixed.append(id)
        else:
            overrides[f"measures.{id}.start"] = moved
    if not overrides:
        raise UsageError(
            f"{path}: nothing can begin earlier, as it begins with the horizon, is in progress "
            f"then, or has no start: {', '.join(fixed)}"
        )
    if fixed:
        notes.append(
            f"{path}: not moved, as they begin with the horizon, are in progress then, or have no "
            f"start: {', '.join(fixed)}"
        )
    if len(overrides) == 1:
        ((key, moved),) = overrides.items()
        before = table[key.split(".")[1]]["start"]
        return Variation(Change(path, str(before), str(moved)), overrides)
    return Variation(Change(path, "", str(span)), overrides)


def _list(of: str | Sequence[str] | None) -> list[str] | None:
    return None if of is None else [of] if isinstance(of, str) else list(of)

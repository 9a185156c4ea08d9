"""Plans at random: crews, budgets, calendars, measures, and targets."""

from __future__ import annotations

import datetime

from drafts import Draft
from kinds import KINDS, NO_PROJECTS, POSSIBLE
from written import Tree


def draw_plan(draft: Draft) -> None:
    """Draw what is to be done about an inventory."""
    _draw_means(draft)
    draft.each(0, 4, lambda k: _draw_measure(draft, k + 1))
    _draw_targets(draft)


def _draw_measure(draft: Draft, number: int) -> None:
    kinds = [kind for kind, may_be in POSSIBLE.items() if may_be(draft)]
    if not kinds:
        return
    kind = draft.one_of(*kinds)
    measure = {"kind": kind, **KINDS[kind](draft)}
    if kind != "alert_response":
        measure["start"] = draft.date(0, 0.6)
    _draw_predecessor(draft, measure)
    draft.table("measures")[f"{kind.replace('_', '-')}-{number}"] = measure


def _draw_means(draft: Draft) -> None:
    crews: Tree = {"kind": "crews", "capacity": draft.one_of(1, 2)}
    if draft.perhaps():
        crews["additions"] = [{"on": draft.date(0.1, 0.7), "amount": 1}]
    releases = [{"on": draft.date(0, 0.3), "amount": draft.unknown("MCNY", 60, 80)}]
    if draft.perhaps():
        releases.append({"on": draft.date(0.4, 0.7), "amount": "20 MCNY"})
    draft.tree["resources"] = {
        "builders": crews,
        "grant": {"kind": "budget", "releases": releases, "lapses": draft.perhaps()},
    }
    if draft.calendar:
        season: Tree = {"open": [draft.one_of("03-15 to 11-15", "10-01 to 02-28")]}
        if draft.perhaps():
            season["stopped_by_alerts"] = ["orange", "red"]
        draft.tree["calendars"] = {"season": season, "dry-months": {"open": ["04-01 to 10-31"]}}


def _draw_predecessor(draft: Draft, measure: Tree) -> None:
    projects = [
        id for id, row in draft.tree.get("measures", {}).items() if row["kind"] not in NO_PROJECTS
    ]
    if not projects or measure["kind"] == "alert_response" or draft.perhaps():
        return
    measure["after"] = [draft.one_of(*projects)]
    measure["if_absent"] = draft.one_of("ignore", "never")


def _draw_targets(draft: Draft) -> None:
    targets: Tree = {}
    pollutant = draft.one_of(*draft.tree["pollutants"])
    years = _whole_years(draft) if draft.calendar else {}
    projects = [
        id for id, row in draft.tree.get("measures", {}).items() if row["kind"] not in NO_PROJECTS
    ]
    if projects:
        targets["in-time"] = {"kind": "deadline", "measures": projects, "date": draft.date(0.5, 1)}
    if years and draft.perhaps():
        cap = {"kind": "cap", "pollutant": pollutant, "limit": draft.sure("t/year", 200, 50, 1000)}
        targets["cap"] = {**cap, **years}
    if years and draft.perhaps():
        cut = {"kind": "reduction", "pollutant": pollutant, "base_amount": "400 t/year", "by": 0.25}
        targets["cut"] = {**cut, **years}
    if draft.perhaps():
        of = list(draft.tree["sources"])[:1]
        permit = {"kind": "permit", "of": of, "pollutant": pollutant, "window": "30 d"}
        targets["permit"] = {**permit, "limit": draft.sure("t", 20, 5), "allowed": 0.05}
    if targets:
        draft.tree["targets"] = targets


def _whole_years(draft: Draft) -> Tree:
    """Give the calendar years that lie in the horizon, if there are any."""
    horizon = draft.tree["horizon"]
    first = (horizon["start"] - datetime.timedelta(1)).year + 1
    last = horizon["end"].year - 1
    return {"from": first, "to": last} if first <= last else {}

"""What may be left out of a drawn scenario, so that the one in which a rule is broken gets small.

What is left out is drawn first and apart, a choice for each part: without one part, all others are
drawn as before. And nothing stays that nothing refers to.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from transformed import leaves
from written import Tree

_PARTS = (
    *(f"measure {k}" for k in range(1, 5)),
    *(f"source {k}" for k in range(2, 5)),
    *("PM", "NOx", "CO2", "fires"),
    *("plant", "feeds", "profile", "trend", "controls", "energy"),
    *("in-time", "cap", "cut", "permit"),
)
_REFERRED_TO = (
    *("measures", "targets", "arrivals", "sources", "plants", "controls", "profiles"),
    *("calendars", "resources", "standards", "parameters"),
)


@dataclass(frozen=True)
class Kept:
    """Which parts stay."""

    parts: Collection[str]

    def __contains__(self, part: str) -> bool:
        return part in self.parts


def kept_parts() -> st.SearchStrategy[Kept]:
    """Keep most parts; the simplest choice is to keep none."""
    most = st.sampled_from([False, *[True] * 9])
    flags = st.tuples(*[most] * len(_PARTS))
    return flags.map(
        lambda kept: Kept({part for part, stays in zip(_PARTS, kept, strict=True) if stays})
    )


def prune(tree: Tree, kept: Kept) -> None:
    """Leave out what does not stay, and then what nothing refers to."""
    _prune_measures(tree, kept)
    for id in [id for id in tree.get("targets", {}) if id not in kept]:
        del tree["targets"][id]
    if "fires" not in kept and "fires" not in _named(tree):
        tree.pop("arrivals", None)
    for id in [id for id in tree["pollutants"] if id not in kept]:
        if _may_lack(tree, id):
            _prune_pollutant(tree, id)
    for source in tree["sources"].values():
        _prune_keys(source, kept)
    named = _named(tree)
    may_go = {id for id in tree["sources"] if id[-1] in "234" and id not in named}
    for id in [id for id in may_go if f"source {id[-1]}" not in kept]:
        del tree["sources"][id]
    _drop_what_is_not_named(tree)


def _prune_measures(tree: Tree, kept: Kept) -> None:
    measures = tree.get("measures", {})
    for id in [id for id in measures if f"measure {id[-1]}" not in kept]:
        del measures[id]
    for row in measures.values():
        if not set(row.get("after", [])) <= set(measures):
            del row["after"], row["if_absent"]
    deadline = tree.get("targets", {}).get("in-time")
    if deadline:
        deadline["measures"] = [id for id in deadline["measures"] if id in measures]
        if not deadline["measures"]:
            del tree["targets"]["in-time"]


def _prune_keys(source: Tree, kept: Kept) -> None:
    for key in ("feeds", "profile", "trend", "controls", "energy"):
        if key not in kept:
            source.pop(key, None)
    if "plant" not in kept and source.get("plant", "gamma") != "gamma":
        del source["plant"]
        source |= {"district": "east", "sector": "steel"}


def _may_lack(tree: Tree, id: str) -> bool:
    """Whether sources and standards have other pollutants."""
    emits = [row["emits"] for row in tree["sources"].values()]
    limits = [each for row in tree.get("standards", {}).values() for each in row.values()]
    return all(set(pollutants) - {id} for pollutants in emits + limits)


def _prune_pollutant(tree: Tree, id: str) -> None:
    targets = tree.get("targets", {})
    for target in [name for name, row in targets.items() if row.get("pollutant") == id]:
        del targets[target]
    del tree["pollutants"][id]
    _forget_key(tree, id)
    if id == "CO2":
        del tree["carriers"]
        for source in tree["sources"].values():
            source.pop("energy", None)


def _forget_key(tree: Any, key: str) -> None:
    """Take a key out of all tables, and out of a control what is then its empty table."""
    for name, value in list(tree.items()) if isinstance(tree, dict) else enumerate(tree):
        if isinstance(value, dict | list):
            _forget_key(value, key)
        if name == key or (name == "efficiency" and not value):
            del tree[name]


def _drop_what_is_not_named(tree: Tree) -> None:
    """Leave out rows to which nothing refers: by table, those that refer to others first."""
    for table in _REFERRED_TO:
        named = _named(tree)
        rows = tree.get(table, {})
        for id in [id for id in rows if id not in named and _may_go(table, rows[id])]:
            del rows[id]
        if not rows:
            tree.pop(table, None)


def _may_go(table: str, row: Tree) -> bool:
    """Sources that run are there for themselves, as are measures, targets and occurrences."""
    if table == "sources":
        return bool(row.get("idle")) or row["activity"] == "0 t/year" or row.get("plant") == "gamma"
    return table not in ("measures", "targets", "arrivals")


def _named(tree: Tree) -> set[str]:
    """Give every id that something refers to: in a value, in a list, or as a key inside a row."""
    named: set[str] = set()
    for path, value in leaves(tree):
        named |= {key for key in path[2:] if isinstance(key, str)}
        if isinstance(value, str):
            named |= {value, value.rpartition("@")[2]}
    return named

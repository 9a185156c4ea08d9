"""Overrides by dotted path, written as a small TOML file that extends a scenario.

Nothing is edited in place: the engine merges the file, checks it and names it in its messages, like
any file on the disk.
"""

from __future__ import annotations

import contextlib
import copy
import datetime
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lantian.errors import UsageError
from lantian.nearest import did_you_mean

_STEP = re.compile(r"(?P<key>[^.\[\]]+)(?:\[(?P<item>[^\[\]]+)\])?(?:\.|$)")
_QUANTITY = re.compile(r"\s*[-+]?[0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?\s+(?P<unit>[^@]+?)\s*")

# What a number that is a table may be; such a table replaces another whole.
_WITH_MODE = ("pert", "triangular")
_WITH_LAW = ("uniform", "lognormal", "exponential", "weibull", "normal")
FORMS = frozenset((*_WITH_MODE, *_WITH_LAW, "discrete", "empirical", "mix", "times"))


@dataclass(frozen=True)
class Step:
    """One part of a path: a key, and for a list the item of that id or number (from 1)."""

    key: str
    item: str | None = None


def parse_path(path: str) -> tuple[Step, ...]:
    """Split `measures.ule-longshun.stages[works].duration` into its steps."""
    steps = []
    at = 0
    while at < len(path):
        found = _STEP.match(path, at)
        if found is None:
            break
        steps.append(Step(found["key"], found["item"]))
        at = found.end()
    if at < len(path) or not steps or path.endswith("."):
        raise UsageError(
            f"'{path}' is no path; one reads table.id.key, with [id] or [number] for an item of a "
            "list, as in measures.ule-longshun.stages[works].duration"
        )
    return tuple(steps)


def variant_text(
    extends: str,
    resolved: Mapping[str, Any],
    tables: Iterable[str],
    overrides: Mapping[str, object],
) -> str:
    """Write the file that makes a variant.

    Parameters
    ----------
    extends
        The file that it extends, in the same folder.
    resolved
        The whole scenario as nested tables.
    tables
        Names of the tables that are keyed by id: overrides change their rows and never add one.
    overrides
        What is to stand at which path.

    Raises
    ------
    UsageError
        If paths lead nowhere or contradict each other, with all of them.
    """
    changed = dict(resolved)
    written: dict[str, tuple[str, ...]] = {}
    mistakes = _contradictions(overrides)
    for path, value in overrides.items():
        try:
            steps = parse_path(path)
            _own(changed, resolved, steps)
            keys = _apply(changed, steps, path, value, frozenset(tables))
        except UsageError as error:
            mistakes.append(str(error))
            continue
        written[path] = keys
    if mistakes:
        raise UsageError("\n".join(mistakes))
    lines = ["lantian = 1", f"extends = {toml_value(extends)}"]
    lines += [
        f"{'.'.join(map(_toml_key, keys))} = {toml_value(_look_up(changed, keys))}"
        for keys in dict.fromkeys(written.values())
    ]
    return "\n".join(lines) + "\n"


def _own(changed: dict[str, Any], resolved: Mapping[str, Any], steps: tuple[Step, ...]) -> None:
    """Copy what an override is to change, and nothing else: scenarios are large."""
    name, row = steps[0].key, steps[1].key if len(steps) > 1 else None
    if not isinstance(resolved.get(name), dict):
        return
    if changed[name] is resolved[name]:
        changed[name] = dict(resolved[name])
    if row in resolved[name] and changed[name][row] is resolved[name][row]:
        changed[name][row] = copy.deepcopy(resolved[name][row])


def _apply(
    root: dict[str, Any], steps: tuple[Step, ...], path: str, value: object, tables: frozenset[str]
) -> tuple[str, ...]:
    """Put a value into the tree; the keys of what has to be written.

    A list is written whole, and so is a number with its distribution.
    """
    _require_row(root, steps, path, tables)
    table: Any = root
    keys: list[str] = []
    is_whole = False
    for number, step in enumerate(steps):
        is_last = number == len(steps) - 1
        if not isinstance(table, dict):
            raise UsageError(f"{path}: '{steps[number - 1].key}' is no table and has no keys")
        if not is_whole:
            keys.append(step.key)
        if step.item is not None:
            items, place = _find_item(table, step, path)
            is_whole = True
            if is_last:
                items[place] = _like(value, items[place])
            table = items[place]
        elif is_last:
            table[step.key] = _like(value, table.get(step.key))
        else:
            table = table.setdefault(step.key, {})
        if not is_last and _is_distribution(table):
            _require_form(table, step.key, steps[number + 1].key, path)
            is_whole = True
    return tuple(keys)


def _is_distribution(value: object) -> bool:
    return isinstance(value, dict) and len(value) == 1 and not FORMS.isdisjoint(value)


def _require_form(number: Mapping[str, Any], key: str, wanted: str, path: str) -> None:
    """Refuse a member of a distribution that is named without the distribution."""
    ((form, members),) = number.items()
    if wanted not in FORMS and isinstance(members, dict) and wanted in members:
        raise UsageError(
            f"{path}: '{key}' has the form '{form}'; its member is named {key}.{form}.{wanted}"
        )


def _require_row(
    root: Mapping[str, Any], steps: tuple[Step, ...], path: str, tables: frozenset[str]
) -> None:
    """Refuse a row that is not there: an override of it would add one that nobody asked for."""
    name = steps[0].key
    if name not in root and name not in tables:
        if len(steps) == 1 or name in ("output", "horizon"):
            return
        known = sorted({*root, *tables})
        raise UsageError(f"{path}: there is no table '{name}'{did_you_mean(name, known)}")
    if name not in tables:
        return
    rows = root.get(name, {})
    row = steps[1].key if len(steps) > 1 else ""
    if row not in rows:
        wanted = f"no '{row}'" if row else "no id named"
        raise UsageError(
            f"{path}: {wanted} in the table '{name}'{did_you_mean(row, list(rows))}"
            + ("" if rows else "; it has no rows")
        )


def _find_item(table: Mapping[str, Any], step: Step, path: str) -> tuple[list[Any], int]:
    items = table.get(step.key)
    if not isinstance(items, list):
        raise UsageError(f"{path}: '{step.key}' is no list here")
    ids = [item.get("id", "") if isinstance(item, dict) else "" for item in items]
    assert step.item is not None
    if step.item in ids:
        return items, ids.index(step.item)
    if step.item.isdecimal() and 1 <= int(step.item) <= len(items):
        return items, int(step.item) - 1
    near = did_you_mean(step.item, [id for id in ids if id])
    raise UsageError(f"{path}: '{step.key}' has no item '{step.item}'{near}; it has {len(items)}")


def _contradictions(paths: Iterable[str]) -> list[str]:
    return [
        f"{inner}: contradicts the override of {outer}, of which it is a part"
        for inner in paths
        for outer in paths
        if inner.startswith((outer + ".", outer + "["))
    ]


def _look_up(tree: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        tree = tree[key]
    return tree


def _like(value: object, present: object) -> object:
    """Give a plain number the unit of what stands there, where that has just one; read dates."""
    if isinstance(value, str) and isinstance(present, datetime.date):
        return _date_of(value)
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
        return value
    units = set(_units_in(present))
    return f"{value} {units.pop()}" if len(units) == 1 else value


def _date_of(text: str) -> object:
    with contextlib.suppress(ValueError):
        return datetime.date.fromisoformat(text)
    with contextlib.suppress(ValueError):
        return datetime.datetime.fromisoformat(text)
    return text  # the engine says what is wrong with it


def _units_in(value: object) -> Iterable[str]:
    if isinstance(value, str):
        quantity = _QUANTITY.fullmatch(value)
        if quantity is not None:
            yield quantity["unit"]
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _units_in(inner)


def toml_value(value: object) -> str:
    """Write a value as TOML.

    Raises
    ------
    UsageError
        If TOML has no such value.
    """
    if isinstance(value, np.generic):
        value = value.item()
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float() if math.isfinite(value):
            return repr(value)
        case str():
            return _toml_text(value)
        case datetime.datetime() | datetime.date():
            return value.isoformat()
        case Mapping():
            inner = (f"{_toml_key(str(key))} = {toml_value(item)}" for key, item in value.items())
            return "{ " + ", ".join(inner) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(toml_value, value)) + "]"
        case None:
            raise UsageError("there is no empty value; to remove a row set its key 'enabled' False")
    raise UsageError(f"a scenario cannot hold {value!r} of type {type(value).__name__}")


def _toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml_text(key)


def _toml_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\u{ord(c[0]):04X}", escaped) + '"'

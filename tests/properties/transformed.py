"""Scenarios turned into others of which it is known what must come out."""

from __future__ import annotations

import csv
import datetime
import io
import random
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from written import DISTRIBUTIONS, Tree, Written

from lantian.overrides import toml_value

_QUANTITY = re.compile(
    r"(?P<number>[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)(?P<unit> [A-Za-z%/(][^ @]*)?(?P<rest> .*)?"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*|[*/()%]")
_YEARS = {"from", "to", "year", "price_year"}

Leaf = tuple[tuple[Any, ...], Any]


def with_leaves(tree: Any, change: Callable[[tuple[Any, ...], Any], Any], path: Any = ()) -> Any:
    """Copy a tree with each of its leaves changed, which is told its path."""
    if isinstance(tree, dict):
        return {key: with_leaves(value, change, (*path, key)) for key, value in tree.items()}
    if isinstance(tree, list):
        return [with_leaves(value, change, (*path, k)) for k, value in enumerate(tree)]
    return change(path, tree)


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[Leaf]:
    """Give each leaf and its path."""
    if isinstance(tree, dict | list):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*path, key))
    else:
        yield path, tree


def later_by_years(written: Written, years: int) -> Written:
    """Move all dates and calendar years."""

    def later(path: tuple[Any, ...], value: Any) -> Any:
        if isinstance(value, datetime.date):
            return value.replace(year=value.year + years)
        is_year = type(value) is int and path[-1] in _YEARS and value > 1600
        return value + years if is_year else value

    return Written(with_leaves(written.tree, later))


def later_by_days(written: Written, days: int) -> Written:
    """Move all dates; the calendar years that targets name stay."""

    def later(path: tuple[Any, ...], value: Any) -> Any:
        is_date = isinstance(value, datetime.date) and path != ("as_of",)
        return value + datetime.timedelta(days) if is_date else value

    return Written(with_leaves(written.tree, later))


_DECIMAL = (  # families of units that differ by powers of ten
    {"mg": -6, "g": -3, "kg": 0, "t": 3, "kt": 6, "Mt": 9},
    {"L": -3, "m3": 0},
    {"kWh": 0, "MWh": 3, "GWh": 6},
    {"CNY": 0, "kCNY": 3, "MCNY": 6},
)
_TIMES = {"min": 60, "h": 3600, "d": 86400, "week": 604800, "month": 2629746, "year": 31556952}


def in_decimal_units(written: Written, luck: random.Random) -> Written:
    """Write quantities in units that differ by a power of ten, and shares in %."""
    factors = {
        name: [(other, Fraction(10) ** (power - powers)) for other, powers in family.items()]
        for family in _DECIMAL
        for name, power in family.items()
    }
    return Written(with_leaves(written.tree, lambda _, value: _other_unit(value, factors, luck)))


def in_other_units(written: Written, luck: random.Random) -> Written:
    """Write durations and rates in other units of time, whose factors no double holds exactly."""
    factors = {
        name: [(other, Fraction(seconds, length)) for other, length in _TIMES.items()]
        for name, seconds in _TIMES.items()
    }
    return Written(with_leaves(written.tree, lambda _, value: _other_unit(value, factors, luck)))


def _other_unit(
    value: Any, factors: dict[str, list[tuple[str, Fraction]]], luck: random.Random
) -> Any:
    if type(value) is float and 0 < value < 1 and "kg" in factors:
        return f"{Decimal(repr(value)) * 100:f} %" if luck.random() < 0.5 else value
    found = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
    if found is None or not found["unit"]:
        return value
    number = Fraction(found["number"])
    unit, sign, around = "", 1, [1]  # signs of the exponent: of the next word, of the parentheses
    for word in _WORD.findall(found["unit"]):
        if word == "(":
            around.append(sign)
        elif word == ")":
            around.pop()
        elif word in "*/":
            sign = around[-1] if word == "*" else -around[-1]
        elif word in factors:
            word, factor = luck.choice(factors[word])
            number *= factor**sign
        unit += word
    return f"{_digits(number)} {unit}{found['rest'] or ''}"


def _digits(number: Fraction) -> str:
    """Write a number: all its digits where there are few, else those of the nearest double."""
    denominator = number.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator == 1:
        return f"{Decimal(number.numerator) / Decimal(number.denominator):f}"
    return repr(float(number))


def in_other_order(tree: Any, luck: random.Random) -> Any:
    """Copy a tree with the keys of all tables in another order; lists stay as they are."""
    if isinstance(tree, list):
        return [in_other_order(value, luck) for value in tree]
    if not isinstance(tree, dict):
        return tree
    keys = list(tree)
    luck.shuffle(keys)
    return {key: in_other_order(tree[key], luck) for key in keys}


def as_csv(rows: Tree, luck: random.Random) -> str:
    """Write a table keyed by id as a CSV file, its rows and columns in another order."""
    cells = {id: dict(_cells(row)) for id, row in rows.items()}
    columns = sorted({column for row in cells.values() for column in row})
    ids = list(cells)
    luck.shuffle(columns)
    luck.shuffle(ids)
    text = io.StringIO()
    writer = csv.DictWriter(text, ["id", *columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows({"id": id, **cells[id]} for id in ids)
    return text.getvalue()


def _cells(table: Tree, above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict) and DISTRIBUTIONS.isdisjoint(value):
            yield from _cells(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value if isinstance(value, str) else toml_value(value)


def in_two_files(written: Written, luck: random.Random) -> dict[str, str]:
    """Write a scenario as a base and a file that extends it.

    Of each row either stands in one of them, or the base has it with a value that is overridden.
    """
    base: Tree = {"lantian": 1, "name": "What is extended"}
    top: Tree = {"lantian": 1, "extends": "base.toml"}
    for name, table in written.tree.items():
        if not isinstance(table, dict):
            top.setdefault(name, table)
        elif name in ("horizon", "output"):
            luck.choice([base, top])[name] = table
        else:
            _spread(table, base.setdefault(name, {}), top.setdefault(name, {}), luck)
    base["sources"]["given-up"] = {"activity": "1 t/year", "district": "east", "sector": "heat"}
    top["sources"]["given-up"] = {"enabled": False}
    return {"base.toml": Written(base).text, "plan.toml": Written(top).text}


def _spread(table: Tree, base: Tree, top: Tree, luck: random.Random) -> None:
    for id, row in table.items():
        keys = list(row)
        way = luck.choice(["base", "top", "both"])
        mine = keys if way == "base" else [] if way == "top" else luck.sample(keys, len(keys) // 2)
        if mine or way != "top":
            base[id] = {key: row[key] for key in mine}
        rest = {key: row[key] for key in keys if key not in mine}
        if rest or id not in base:
            top[id] = rest
        if way == "both" and "activity" in rest:
            base[id]["activity"] = "7 t/year"


def times_two(quantity: Any) -> Any:
    """Double a quantity, or each number of a distribution."""
    if isinstance(quantity, dict):
        return {key: times_two(value) for key, value in quantity.items()}
    if not isinstance(quantity, str):
        return 2 * quantity
    found = _QUANTITY.fullmatch(quantity)
    assert found is not None
    return f"{2 * Decimal(found['number']):f}{found['unit'] or ''}{found['rest'] or ''}"


def half(quantity: str) -> str:
    """Halve a quantity."""
    found = _QUANTITY.fullmatch(quantity)
    assert found is not None
    return f"{Decimal(found['number']) / 2:f}{found['unit'] or ''}{found['rest'] or ''}"


def renamed(tree: Any, ids: dict[str, str]) -> Any:
    """Give rows other ids, wherever they are named."""
    if isinstance(tree, dict):
        return {ids.get(key, key): renamed(value, ids) for key, value in tree.items()}
    if isinstance(tree, list):
        return [renamed(value, ids) for value in tree]
    return ids.get(tree, tree) if isinstance(tree, str) else tree


def without_targets(written: Written, *kinds: str) -> Written:
    """Leave out the targets of some kinds."""
    kept = {
        id: row for id, row in written.tree.get("targets", {}).items() if row["kind"] not in kinds
    }
    return Written({**written.tree, "targets": kept})


def split_in_two(written: Written, source: str) -> Written | None:
    """Make two sources of one, each with half of its activity and under the same controls.

    None where it cannot be told what the halves do: where something names this one source alone
    (what feeds it, what it is replaced with), or where each would have numbers or luck of its own.
    """
    row = written.tree["sources"][source]
    alone = any(
        value == source and type(path[-1]) is not int for path, value in leaves(written.tree)
    )
    is_uncertain = any(
        source in path and not DISTRIBUTIONS.isdisjoint(path) for path, _ in leaves(written.tree)
    )
    obeys_by_chance = any(value == "chance" for _, value in leaves(written.tree))
    if alone or is_uncertain or obeys_by_chance or "feeds" in row:
        return None
    tree = _with_both(written.copy(), source, (f"{source}-a", f"{source}-b"))
    for part in (f"{source}-a", f"{source}-b"):
        tree["sources"][part]["activity"] = half(row["activity"])
    return Written(tree)


def _with_both(tree: Any, old: str, new: tuple[str, str]) -> Any:
    if isinstance(tree, dict):
        return {
            part: _with_both(value, old, new)
            for key, value in tree.items()
            for part in (new if key == old else (key,))
        }
    if isinstance(tree, list):
        items = (_with_both(value, old, new) for value in tree)
        return [part for value in items for part in (new if value == old else (value,))]
    return tree

"""A scenario as nested tables, and as the text that an analyst would write."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import lantian
from lantian.overrides import toml_value

Tree = dict[str, Any]
DISTRIBUTIONS = {
    *("pert", "triangular", "uniform", "lognormal", "exponential", "weibull", "normal"),
    *("discrete", "empirical", "mix"),
}


class Written:
    """A scenario in memory; what Hypothesis prints of it is its text."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        printer.text(f'"""\n{self.text}"""')

    @property
    def text(self) -> str:
        """Give the TOML file."""
        return "\n".join(_lines(self.tree)) + "\n"

    def copy(self) -> Tree:
        """Give a tree to change."""
        return copy.deepcopy(self.tree)

    def load(self, id: str = "plan") -> lantian.Scenario:
        """Let the engine read it."""
        return lantian.Scenario.from_files({f"{id}.toml": self.text.encode()}, f"{id}.toml")


def _lines(tree: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in tree.items() if isinstance(value, dict)}
    yield from (
        f"{_key(key)} = {toml_value(value)}" for key, value in tree.items() if key not in tables
    )
    for name, table in tables.items():
        if table and all(isinstance(row, dict) for row in table.values()):
            for id, row in table.items():
                yield from _row(f"{name}.{_key(id)}", row)
        else:
            yield from _row(name, table)


def _row(name: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Write a row, and its lists of tables (stages, orders) below it, an item each."""
    lists = {key for key, value in row.items() if value and _is_list_of_tables(value)}
    yield from ("", f"[{name}]")
    yield from _values({key: value for key, value in row.items() if key not in lists})
    for key in row:
        for item in row[key] if key in lists else ():
            yield f"[[{name}.{_key(key)}]]"
            yield from _values(item)


def _values(table: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """Write each value on a line of its own, under a dotted key where tables lie in tables."""
    for key, value in table.items():
        is_table = isinstance(value, dict) and value and DISTRIBUTIONS.isdisjoint(value)
        if is_table:
            yield from _values(value, f"{above}{_key(key)}.")
        else:
            yield f"{above}{_key(key)} = {toml_value(value)}"


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() else toml_value(key)

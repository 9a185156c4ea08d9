"""Scenario files: loaded and checked, but not run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from lantian import _core
from lantian.errors import Mistake, ScenarioError

Path_ = str | os.PathLike[str]


class Scenario:
    """A scenario that was read with all that it extends, and found to be good.

    Attributes
    ----------
    path : Path
        The file it was read from.
    id : str
        The file's stem; the name of its group in result files.
    name, name_zh : str
        What people call it.
    as_of, start, end : numpy.datetime64
        The date of the knowledge in it, and the horizon from `start` until before `end`.
    tables : mapping of str to tuple of str
        The ids in each table: `plants`, `sources`, `measures`, `targets`, ...
    """

    def __init__(self, path: Path_) -> None:
        self.path = Path(path)
        self._loaded = _core.LoadedScenario(self.path)
        facts = self._loaded.facts()
        self.id: str = facts["id"]
        self.name: str = facts["name"]
        self.name_zh: str = facts["name_zh"]
        self.as_of = np.datetime64(facts["as_of_days"], "D")
        self.start = np.datetime64(facts["start_seconds"], "s")
        self.end = np.datetime64(facts["end_seconds"], "s")
        self.tables: Mapping[str, tuple[str, ...]] = MappingProxyType(self._loaded.tables())

    def __repr__(self) -> str:
        return f"<scenario {self.id}: {self.name}>"

    def resolved(self, *, provenance: bool = False) -> str:
        """Give the scenario as one TOML file that loads by itself, as the files stand now.

        With `provenance`, each value has a comment that says which line it came from.
        """
        return self._loaded.resolved(provenance)


def load(path: Path_) -> Scenario:
    """Read a scenario, all that it extends, and its tables.

    Raises
    ------
    ScenarioError
        With every mistake in it, each with its file, line and column.
    """
    return Scenario(path)


def check(scenarios: Path_ | Iterable[Path_]) -> tuple[Mistake, ...]:
    """Find the mistakes of one scenario or several; none means that all are good."""
    mistakes: list[Mistake] = []
    for path in paths_of(scenarios):
        try:
            load(path)
        except ScenarioError as error:
            mistakes.extend(error.mistakes)
    return tuple(mistakes)


def paths_of(scenarios: Path_ | Iterable[Path_]) -> list[Path]:
    """One path or several, as a list."""
    if isinstance(scenarios, str | os.PathLike):
        return [Path(scenarios)]
    return [Path(scenario) for scenario in scenarios]

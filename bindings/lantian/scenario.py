"""Scenarios: loaded and checked, varied, but not run."""

from __future__ import annotations

import copy
import os
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from lantian import _core
from lantian.errors import Mistake, ScenarioError
from lantian.overrides import variant_text

Path_ = str | os.PathLike[str]

_NAMED_OVERRIDES = 3  # a name tells so many of them


class Scenario:
    """A scenario that was read with all that it extends, and found to be good.

    It holds the bytes of its files, never changes, and travels between processes (pickle). `load`
    reads one from the disk, `with_` makes another one out of it.

    Attributes
    ----------
    path : Path or None
        The file it was read from; None for one that was made in memory.
    id : str
        The file's stem; the name of its group in result files.
    name, name_zh : str
        What people call it.
    as_of, start, end : numpy.datetime64
        The date of the knowledge in it, and the horizon from `start` until before `end`.
    tables : mapping of str to tuple of str
        The ids in each table: `plants`, `sources`, `measures`, `targets`, ...
    top : str
        Which of `files` is the scenario's own.
    limits : mapping of str to float
        What it may use up where that is other than the standard, as `load` was told: here and in
        all that is made of it, and in every run.
    """

    def __init__(
        self,
        loaded: _core.LoadedScenario,
        path: Path | None = None,
        limits: Mapping[str, float] | None = None,
    ) -> None:
        self._loaded = loaded
        self.path = path
        self.limits: Mapping[str, float] = MappingProxyType(dict(limits or {}))
        facts = loaded.facts()
        self.id: str = facts["id"]
        self.name: str = facts["name"]
        self.name_zh: str = facts["name_zh"]
        self.as_of = np.datetime64(facts["as_of_days"], "D")
        self.start = np.datetime64(facts["start_seconds"], "s")
        self.end = np.datetime64(facts["end_seconds"], "s")
        self.tables: Mapping[str, tuple[str, ...]] = MappingProxyType(loaded.tables())
        self.top: str = facts["top"]

    @classmethod
    def from_files(
        cls, files: Mapping[str, bytes], top: str, limits: Mapping[str, float] | None = None
    ) -> Scenario:
        """Read a scenario from memory.

        Parameters
        ----------
        files
            Path below the scenario's folder, with forward slashes, to bytes.
        top
            Which of them is the scenario; its stem is the id.
        limits
            As in `load`.

        Raises
        ------
        ScenarioError
            With every mistake in it.
        """
        return cls(_core.LoadedScenario(dict(files), top, dict(limits or {})), limits=limits)

    def __repr__(self) -> str:
        return f"<scenario {self.id}: {self.name}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Scenario.from_files, (self.files, self.top, dict(self.limits))

    @property
    def files(self) -> dict[str, bytes]:
        """Every file that it was read from, byte for byte, by path below the folder of them all."""
        return self._loaded.files()

    def to_toml(self, *, provenance: bool = False) -> str:
        """Give the scenario as one TOML file that loads by itself.

        With `provenance`, each value has a comment that says which line it came from.
        """
        return self._loaded.resolved(provenance)

    def to_dict(self) -> dict[str, Any]:
        """Give the whole scenario as nested tables, as `tomllib` reads `to_toml()`."""
        return copy.deepcopy(self._tables_by_id)

    @cached_property
    def _tables_by_id(self) -> dict[str, Any]:
        """Parsed once: that takes a second where a scenario is large."""
        return tomllib.loads(self.to_toml())

    def with_(
        self, overrides: Mapping[str, object] | None = None, /, *, id: str = "", **more: object
    ) -> Scenario:
        """Make a scenario that differs in some values.

        Parameters
        ----------
        overrides, **more
            Dotted path to value, as in `{"resources.crews.capacity": 6}` or
            `**{"measures.move.enabled": False}`. An item of a list is named by its id or number:
            `measures.move.stages[construction].duration`. Values are what TOML can hold, dates
            and distributions (`{"pert": {"low": "2 month", "mode": "3 month", "high": "6 month"}}`)
            among them; a plain number takes the unit of what stands there, and a text in the place
            of a date is read as one.
        id
            Id of the new scenario; this one's with `-variant` otherwise. Scenarios that run
            together need different ids.

        Returns
        -------
        Scenario
            In memory; it extends this one. Its name says what differs unless `name` is overridden.

        Raises
        ------
        UsageError
            If paths lead nowhere, with the nearest right one.
        ScenarioError
            With every mistake that the overrides make, each with its file, line and key; a path
            and its value stand on one line of the file that `variant_text` gives.
        """
        wanted = {**(overrides or {}), **more}
        variant_id = id or f"{self.id}-variant"
        varied = self._loaded.variant(variant_id, self.variant_text(wanted))
        return Scenario(varied, limits=self.limits)

    def variant_text(self, overrides: Mapping[str, object]) -> str:
        """Give the TOML file that `with_` adds to the files of this scenario."""
        named = {**_names(self, overrides), **overrides}
        return variant_text(Path(self.top).name, self._nested, self._row_tables, named)

    @cached_property
    def _nested(self) -> dict[str, Any]:
        return self.to_dict()

    @cached_property
    def _row_tables(self) -> frozenset[str]:
        """Tables that are keyed by id: those the engine has ids of."""
        return frozenset(self.tables)


def load(
    path: Path_, *, limits: Mapping[str, float] | None = None, root: Path_ | None = None
) -> Scenario:
    """Read a scenario, all that it extends, and its tables.

    Parameters
    ----------
    path
        Its file.
    limits
        What the scenario may use up, where that is other than the standard: when it is read
        (`files`, `toml-size`, `toml-depth`, `file-size`, `rows`, `columns`, `cells`, `values`),
        and in every run of it, as in `run`.
    root
        A folder that holds the scenario; no file outside of it is read. Otherwise the scenario's
        project: the closest folder, from its own upwards, that has a `lantian.schema.json`, as
        `lantian new` writes it; its own folder if none has.

    Raises
    ------
    ScenarioError
        With every mistake in it, each with its file, line and column.
    UsageError
        If there is no such limit, or the root does not hold the scenario.
    """
    folder = None if root is None else Path(root)
    loaded = _core.LoadedScenario(Path(path), dict(limits or {}), folder)
    return Scenario(loaded, Path(path), limits)


def check(
    scenarios: Path_ | Iterable[Path_],
    *,
    limits: Mapping[str, float] | None = None,
    root: Path_ | None = None,
) -> tuple[Mistake, ...]:
    """Find the mistakes of one scenario or several; none means that all are good.

    `limits` and `root` are as in `load`.
    """
    try:
        load_all(scenarios, limits=limits, root=root)
    except ScenarioError as error:
        return error.mistakes
    return ()


def load_all(
    scenarios: Scenario | Path_ | Iterable[Scenario | Path_],
    *,
    limits: Mapping[str, float] | None = None,
    root: Path_ | None = None,
) -> list[Scenario]:
    """Read those that are still files.

    Raises
    ------
    ScenarioError
        With every mistake in all of them.
    UsageError
        As in `load`.
    """
    given = [scenarios] if isinstance(scenarios, Scenario | str | os.PathLike) else list(scenarios)
    loaded: list[Scenario] = []
    errors: list[ScenarioError] = []
    for scenario in given:
        try:
            if isinstance(scenario, Scenario):
                loaded.append(scenario)
            else:
                loaded.append(load(scenario, limits=limits, root=root))
        except ScenarioError as error:
            errors.append(error)
    if errors:
        mistakes = [mistake for error in errors for mistake in error.mistakes]
        raise ScenarioError("\n".join(map(str, errors)), mistakes=mistakes)
    return loaded


def _names(scenario: Scenario, overrides: Mapping[str, object]) -> dict[str, str]:
    """Names that say what differs, so that a legend tells variants apart."""
    changes = [f"{path} = {value}" for path, value in overrides.items()]
    told = ", ".join(changes[:_NAMED_OVERRIDES])
    if len(changes) > _NAMED_OVERRIDES:
        told += f", and {len(changes) - _NAMED_OVERRIDES} more"
    if not changes:
        return {}
    names = {"name": f"{scenario.name}: {told}"}
    if scenario.name_zh:
        names["name_zh"] = f"{scenario.name_zh}:{told}"
    return names

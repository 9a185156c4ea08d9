"""What can go wrong, as exceptions of the same names as in the engine, with the same data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np


class Error(Exception):
    """The root of every error of Lantian. Errors travel between processes with their data."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[Error], args: tuple[Any, ...], data: dict[str, Any]) -> Error:
    error = kind.__new__(kind, *args)
    error.__dict__.update(data)
    return error


class UsageError(Error, ValueError):
    """The library was asked for something impossible: wrong options, not wrong files."""


@dataclass(frozen=True)
class Mistake:
    """One mistake in a scenario file.

    `line` and `column` count from 1; they are 0 where the mistake concerns the whole file.
    """

    file: str
    line: int
    column: int
    key: str
    message: str


class ScenarioError(Error):
    """A scenario cannot be used; the message has one line for each of the `mistakes`."""

    def __init__(self, message: str, *, mistakes: Sequence[Mistake] = ()) -> None:
        super().__init__(message)
        self.mistakes = tuple(mistakes)


class ModelError(Error):
    """The model failed in one replication: `replication` and `seed` are enough to run it again."""

    def __init__(
        self, message: str, *, process: str, seconds: int, replication: int, seed: int
    ) -> None:
        super().__init__(message)
        self.process = process
        self.time = np.datetime64(seconds, "s")
        self.replication = replication
        self.seed = seed


class OutputError(Error):
    """A result file could not be written; `errno` is 0 where the system is not the cause."""

    def __init__(self, message: str, *, path: str, errno: int) -> None:
        super().__init__(message)
        self.path = Path(path)
        self.errno = errno


class ResultFileError(Error):
    """A file is no result of Lantian, one that cannot be read, or damaged."""

    def __init__(self, message: str, *, path: str) -> None:
        super().__init__(message)
        self.path = Path(path)


class Interrupted(Error):
    """A run was stopped before its end; nothing of it was kept."""

"""The options of a run, checked before the engine sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict

from lantian import _core
from lantian.errors import UsageError
from lantian.scenario import Scenario

_MOST = {"seed": 2**64 - 1, "threads": 2**32 - 1}


class Settings(TypedDict):
    """The options of a run, as the engine names them."""

    replications: int
    chance_draws: int
    seed: int
    threads: int
    block: int
    overwrite: bool
    resume: NotRequired[bool]
    statistics_only: NotRequired[bool]
    limits: NotRequired[Mapping[str, float]]


def limits_of(scenarios: Iterable[Scenario]) -> dict[str, float]:
    """Give the limits of scenarios that run together: the widest of each."""
    limits: dict[str, float] = {}
    for scenario in scenarios:
        for name, value in scenario.limits.items():
            limits[name] = max(value, limits.get(name, value))
    return limits


def options_of(settings: Settings) -> _core.RunOptions:
    """Give the engine its options.

    Raises
    ------
    UsageError
        If they are impossible, with what is allowed.
    """
    for name, value in (("seed", settings["seed"]), ("threads", settings["threads"])):
        if not 0 <= value <= _MOST[name]:
            raise UsageError(f"{name} must be from 0 to {_MOST[name]}, not {value}")
    options = _core.RunOptions(**settings)
    options.check()
    return options

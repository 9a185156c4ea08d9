"""Names that an analyst gives, looked up in what a result file has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.results import Results, ScenarioResults

Scenarios = str | Iterable[str] | None


def check_names(
    kind: str, names: Iterable[str], allowed: Sequence[str], *, of: object
) -> tuple[str, ...]:
    """Give the names back if all are allowed.

    Raises
    ------
    UsageError
        With one line for each name that is not, and what was probably meant.
    """
    names = tuple(names)
    unknown = [name for name in names if name not in allowed]
    if unknown:
        raise UsageError("\n".join(_unknown(kind, name, allowed, of) for name in unknown))
    return names


def _unknown(kind: str, name: str, allowed: Sequence[str], of: object) -> str:
    meant = did_you_mean(name, allowed) or "."
    return f"{of} has no {kind} '{name}'{meant} It has {', '.join(allowed) or 'none'}"


def scenario_ids(results: Results, scenario: Scenarios) -> tuple[str, ...]:
    """One scenario, several, or with None all of the file, in the order asked for."""
    if scenario is None:
        return tuple(results)
    wanted = (scenario,) if isinstance(scenario, str) else tuple(scenario)
    if not wanted:
        raise UsageError(f"give at least one scenario of {results.path}: {', '.join(results)}")
    return check_names("scenario", wanted, tuple(results), of=results.path)


def one_scenario(results: Results, scenario: str | None) -> str:
    """Give the scenario of that name; with None the last of the file, mostly the fullest plan."""
    return tuple(results)[-1] if scenario is None else scenario_ids(results, scenario)[0]


def pollutants(results: ScenarioResults) -> tuple[str, ...]:
    """Ids of what is accounted: the variables with the axes account and time."""
    axes = ("replication", "account", "time")
    return tuple(name for name in results if results.variable(name).dims == axes)


def labels(results: ScenarioResults, axis: str) -> dict[str, tuple[str, str]]:
    """Name and Chinese name of every id along an axis; the id where a name is missing."""
    coordinate = results.coordinates[axis]
    ids = [str(label) for label in coordinate.values]
    names = coordinate.companions.get("name", ids)
    names_zh = coordinate.companions.get("name_zh", [""] * len(ids))
    return {
        label: (str(name) or label, str(name_zh) or str(name) or label)
        for label, name, name_zh in zip(ids, names, names_zh, strict=True)
    }


def named(results: ScenarioResults, axis: str, *, column: str = "") -> list[dict[str, str]]:
    """Id, name and Chinese name along an axis, as the columns of a table: `column`, or the axis."""
    return [
        {column or axis: label, "name": name, "name_zh": name_zh}
        for label, (name, name_zh) in labels(results, axis).items()
    ]

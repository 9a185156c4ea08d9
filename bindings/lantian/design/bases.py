"""The scenarios with which targets compare, which have to run in the same worlds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from lantian.scenario import Scenario, load


def bases_of(scenario: Scenario, targets: Iterable[str]) -> list[tuple[str, str]]:
    """Give id and text of every scenario that one of the targets has as its base.

    It is looked for among the files of the scenario, then beside it on the disk; a target whose
    base is in neither place is not assessable.

    Raises
    ------
    ScenarioError
        If such a scenario is wrong.
    """
    table = scenario._tables_by_id.get("targets", {})
    wanted = {str(table.get(target, {}).get("base", "")) for target in targets} - {""}
    found = [(id, _find(scenario, id)) for id in sorted(wanted)]
    return [(id, base.to_toml()) for id, base in found if base is not None]


def _find(scenario: Scenario, id: str) -> Scenario | None:
    path = str(PurePosixPath(scenario.top).with_name(f"{id}.toml"))
    if path in scenario.files:
        return Scenario.from_files(scenario.files, path, scenario.limits)
    beside = scenario.path and scenario.path.with_name(f"{id}.toml")
    return load(beside, limits=scenario.limits) if beside and beside.is_file() else None

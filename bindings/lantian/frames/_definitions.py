"""What a scenario says of its targets and measures, as it stands among the inputs of a result."""

from __future__ import annotations

from typing import Any

from lantian.results import Results


def definition(results: Results, scenario: str) -> dict[str, Any]:
    """Give the resolved scenario, nested tables by id; empty where the file lacks its inputs."""
    top = f"{scenario}.toml"
    if results.inputs.keys().isdisjoint((top, f"{scenario}/{top}")):
        return {}
    return results.scenario(scenario).to_dict()


def deadlines(results: Results, scenario: str) -> dict[str, dict[str, Any]]:
    """Give the deadline targets of a scenario by id: `measures`, `milestone`, `date`, ..."""
    targets = definition(results, scenario).get("targets", {})
    return {name: target for name, target in targets.items() if target["kind"] == "deadline"}

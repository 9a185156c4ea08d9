"""What a scenario says of its targets and measures, as it stands among the inputs of a result."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

from lantian.results import Results
from lantian.scenario import load


def definition(results: Results, scenario: str) -> dict[str, Any]:
    """Give the resolved scenario, nested tables by id; empty where the file lacks its inputs."""
    tops = [path for path in results.inputs if Path(path).stem == scenario]
    if not tops:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        for path, content in results.inputs.items():
            copy = Path(folder) / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        return tomllib.loads(load(Path(folder) / tops[0]).resolved())


def deadlines(results: Results, scenario: str) -> dict[str, dict[str, Any]]:
    """Give the deadline targets of a scenario by id: `measures`, `milestone`, `date`, ..."""
    targets = definition(results, scenario).get("targets", {})
    return {name: target for name, target in targets.items() if target["kind"] == "deadline"}

"""Lantian simulates emission-reduction scenarios as the projects that they are.

    import lantian

    results = lantian.run("scenarios/baotou/as-planned.toml", output="out/planned.h5")
    results["as-planned"]["NOx"].mean(axis=0)

`load` reads a scenario, `check` lists its mistakes, `run` runs scenarios into a result file, and
`open` reads such a file.
"""

from lantian._core import __version__
from lantian.errors import (
    Error,
    Interrupted,
    Mistake,
    ModelError,
    OutputError,
    ResultFileError,
    ScenarioError,
    UsageError,
)
from lantian.results import Coordinate, EventLog, Results, ScenarioResults, Variable, open
from lantian.running import run
from lantian.scenario import Scenario, check, load

__all__ = [
    "Coordinate",
    "Error",
    "EventLog",
    "Interrupted",
    "Mistake",
    "ModelError",
    "OutputError",
    "ResultFileError",
    "Results",
    "Scenario",
    "ScenarioError",
    "ScenarioResults",
    "UsageError",
    "Variable",
    "__version__",
    "check",
    "load",
    "open",
    "run",
]

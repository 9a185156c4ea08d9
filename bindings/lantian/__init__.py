"""Lantian simulates emission-reduction scenarios as the projects that they are.

    import lantian

    results = lantian.run("scenarios/baotou/as-planned.toml", output="out/planned.h5")
    results["as-planned"]["NOx"].mean(axis=0)

`load` reads a scenario, `Scenario.with_` varies it, `check` lists its mistakes, `run` runs
scenarios into a result file, and `open` reads such a file. `compare` and `why` say what is in it,
`ladder` takes a plan apart measure by measure, `attribute` shares its effect and cost out among the
measures, `value` says what one crew more would bring, `slip` what a month of delay loses,
`optimise` which choice is the cheapest that meets a target.
`lantian.design` runs many variants in memory; `lantian.plots`, `lantian.frames` and
`lantian.report` show results.
"""

from lantian._core import __version__
from lantian.attribution import attribute
from lantian.comparing import Comparison, compare
from lantian.decide.optimise import optimise
from lantian.decide.slip import slip
from lantian.decide.value import value
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
from lantian.explaining import Explanation, why
from lantian.ladders import ladder
from lantian.results import Coordinate, EventLog, Results, ScenarioResults, Variable, open
from lantian.running import merge, run
from lantian.scenario import Scenario, check, load
from lantian.shipped import scenarios_path

__all__ = [
    "Comparison",
    "Coordinate",
    "Error",
    "EventLog",
    "Explanation",
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
    "attribute",
    "check",
    "compare",
    "ladder",
    "load",
    "merge",
    "open",
    "optimise",
    "run",
    "scenarios_path",
    "slip",
    "value",
    "why",
]

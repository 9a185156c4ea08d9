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

from importlib import import_module
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from lantian import design, frames, plots, report
    from lantian.attribution import attribute
    from lantian.comparing import Comparison, compare
    from lantian.decide.optimise import optimise
    from lantian.decide.slip import slip
    from lantian.decide.value import value
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
    "design",
    "frames",
    "ladder",
    "load",
    "merge",
    "open",
    "optimise",
    "plots",
    "report",
    "run",
    "scenarios_path",
    "slip",
    "value",
    "why",
]

# Where the names above are that load at their first use: the module, or the package of that name.
_MODULES = {
    "Comparison": "lantian.comparing",
    "Coordinate": "lantian.results",
    "EventLog": "lantian.results",
    "Explanation": "lantian.explaining",
    "Results": "lantian.results",
    "Scenario": "lantian.scenario",
    "ScenarioResults": "lantian.results",
    "Variable": "lantian.results",
    "attribute": "lantian.attribution",
    "check": "lantian.scenario",
    "compare": "lantian.comparing",
    "design": "lantian.design",
    "frames": "lantian.frames",
    "ladder": "lantian.ladders",
    "load": "lantian.scenario",
    "merge": "lantian.running",
    "open": "lantian.results",
    "optimise": "lantian.decide.optimise",
    "plots": "lantian.plots",
    "report": "lantian.report",
    "run": "lantian.running",
    "scenarios_path": "lantian.shipped",
    "slip": "lantian.decide.slip",
    "value": "lantian.decide.value",
    "why": "lantian.explaining",
}

if not TYPE_CHECKING:  # else mypy would take any name for one of ours

    def __getattr__(name: str) -> object:
        """Load a name at its first use (PEP 562)."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module = import_module(_MODULES[name])
        found = module if module.__name__ == f"{__name__}.{name}" else getattr(module, name)
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

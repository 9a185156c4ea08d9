#!/usr/bin/env python3
"""The kernel beside bare loops and beside simulators in Python, on PHOLD and machine repair.

    benchmarks/kernel/compare.py build/bench/benchmarks/lantian_kernel_benchmarks [TURNS]

Every program runs once a turn, in alternation, so that a busy machine slows all of them; what is
told is CPU time. SimPy and salabim are asked for by import, and left out where they are missing.
`measure` and `table` are for other scripts.
"""

from __future__ import annotations

import importlib.util
import json
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PYTHON_MODELS = Path(__file__).with_name("python_models.py")
MODELS = {"phold": "10000", "repair": "1000"}


@dataclass
class Form:
    """One way to run a model, and its rates [events per second of CPU time], one a turn."""

    model: str
    name: str
    command: list[str]
    rates: list[float] = field(default_factory=list)

    @property
    def best(self) -> float:
        """The rate of the turn that was disturbed least."""
        return max(self.rates)

    @property
    def median(self) -> float:
        """The rate of an ordinary turn."""
        return statistics.median(self.rates)

    def run(self) -> None:
        """Take one turn."""
        run = subprocess.run(self.command, check=True, capture_output=True, text=True)
        result = json.loads(run.stdout)
        if "benchmarks" in result:
            (result,) = result["benchmarks"]
        if "error_message" in result:
            raise RuntimeError(f"{self.name}: {result['error_message']}")
        self.rates.append(result.get("items_per_second") or result["events_per_second"])


def forms(program: Path) -> list[Form]:
    """Every form of both models that can be run here."""
    found = []
    for model, size in MODELS.items():
        for generator in ("philox", "splitmix"):
            for name, benchmark in (
                ("kernel", f"{model}/{generator}/{size}"),
                ("bare loop", f"{model}_bare/{generator}/{size}"),
                ("floor", f"floor/{generator}"),
            ):
                options = [f"--benchmark_filter=^{benchmark}$", "--benchmark_format=json"]
                found.append(Form(model, f"{name}, {generator}", [str(program), *options]))
        for simulator in ("simpy", "salabim"):
            if importlib.util.find_spec(simulator) is None:
                continue
            for generator in ("usual", "philox"):
                command = [sys.executable, str(PYTHON_MODELS), model, simulator, generator]
                found.append(Form(model, f"{simulator}, {generator}", command))
    return found


def measure(program: Path, turns: int = 5) -> list[Form]:
    """Run all forms in alternation."""
    found = forms(program)
    for _ in range(turns):
        for form in found:
            form.run()
    return found


def base_of(form: Form, found: list[Form], name: str) -> Form | None:
    """The form of that name that another one of the same model is compared with."""
    same = (each for each in found if each.model == form.model and each.name == name)
    return next(same, None)


def ratio(form: Form, base: Form | None) -> str:
    """How many times as fast, by the medians."""
    return "-" if base is None else f"{form.median / base.median:.2f}"


def table(found: list[Form]) -> str:
    """Median and best rates and their ratios, in Markdown; the spread is that of the turns."""
    lines = [
        "| model | form | million events/s | best | spread | times SimPy | times bare loop |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for form in found:
        spread = 1 - min(form.rates) / form.best
        generator = form.name.split(", ")[1]
        lines.append(
            f"| {form.model} | {form.name} | {form.median / 1e6:.3g} | {form.best / 1e6:.3g} "
            f"| {spread:.0%} | {ratio(form, base_of(form, found, 'simpy, usual'))} "
            f"| {ratio(form, base_of(form, found, f'bare loop, {generator}'))} |"
        )
    return "\n".join(lines)


def main(program: str, turns: str = "5") -> None:
    """Print the table."""
    print(table(measure(Path(program), int(turns))))


if __name__ == "__main__":
    main(*sys.argv[1:])

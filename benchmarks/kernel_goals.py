"""The kernel beside a bare loop, SimPy and salabim; its pending events beside the floor."""

from __future__ import annotations

import json
import statistics
import subprocess
from pathlib import Path

from benchmarks.kernel import compare
from benchmarks.measuring import Row

#: Asked for: times SimPy, and times the bare loop of std::priority_queue.
GOALS = {
    ("phold", "philox"): (35.0, 1.0),
    ("repair", "philox"): (70.0, 1.0),
    ("phold", "splitmix"): (60.0, 1.3),
    ("repair", "splitmix"): (90.0, 1.3),
}
MODELS = {"phold": "PHOLD, 10,000 processes", "repair": "repair of 1,000 machines by 20 crews"}
FLOOR = 18e-9  # [s]: one exponential draw and one unordered append, as the goal was set
PENDING = "hold/tournament/10000"


def rows(found: list[compare.Form]) -> list[Row]:
    """Ratios of the medians, with the goals of both."""
    rate = {(form.model, form.name): form.median for form in found}
    rows = []
    for (model, generator), (times_simpy, times_bare) in GOALS.items():
        kernel = rate[model, f"kernel, {generator}"]
        bare = kernel / rate[model, f"bare loop, {generator}"]
        label = f"kernel, {MODELS[model]}, {generator}"
        if simpy := rate.get((model, "simpy, usual")):
            ratio = kernel / simpy
            figure = f"{kernel / 1e6:.2f} million events/s: {ratio:.1f} times SimPy"
            rows.append(Row(label, figure, f"{times_simpy:g} times", ratio >= times_simpy))
        rows.append(
            Row(
                f"{label}: beside a bare `std::priority_queue`",
                f"{bare:.2f} times",
                f"{times_bare:g} times",
                bare >= times_bare,
            )
        )
    return rows


def pending(program: Path, turns: int) -> Row:
    """Pop and push of the pending set alone, with 10,000 events in it."""

    def seconds(name: str) -> float:
        command = [str(program), f"--benchmark_filter=^{name}$", "--benchmark_format=json"]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        return 1 / float(json.loads(run.stdout)["benchmarks"][0]["items_per_second"])

    taken = statistics.median(seconds(PENDING) for _ in range(turns))
    floor = statistics.median(seconds("floor/philox") for _ in range(turns))
    return Row(
        "set of pending events alone, 10,000 events, one taken and one put back",
        f"{taken * 1e9:.0f} ns: {taken / FLOOR:.1f} times the floor of 18 ns "
        f"(which is {floor * 1e9:.0f} ns here)",
        "3 times",
        taken <= 3 * FLOOR,
    )

#!/usr/bin/env python3
"""How much faster is Lantian than the same plan in SimPy, and do the two agree?

    benchmarks/peers/compare_full_plan.py path/to/lantian            # speed
    benchmarks/peers/compare_full_plan.py path/to/lantian --agree 100  # and agreement

Seconds of CPU time per replication of `scenarios/baotou/full-plan.toml`, whole processes on one
core, without start-up: the difference of two runs of different lengths. Lantian runs with one
thread and writes its result file, SimPy writes none. The two take turns, so that whatever else
the machine does falls on both.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SCENARIO = HERE.parents[1] / "scenarios/baotou/full-plan.toml"
LANTIAN_RUNS = (20, 220)
SIMPY_RUNS = (2, 10)


@dataclass
class Speed:
    """CPU seconds per replication, by turn."""

    lantian: list[float]
    simpy: list[float]

    @property
    def ratios(self) -> list[float]:
        """How many times faster Lantian is, turn by turn."""
        return [b / a for a, b in zip(self.lantian, self.simpy, strict=True)]


def cpu_seconds(command: list[str], core: int) -> float:
    """CPU time of a process and its children, on one core."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(
        [str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    subprocess.run(
        command,
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(lantian: str, turns: int, core: int) -> Speed:
    """Let both take turns."""
    speed = Speed([], [])
    with tempfile.TemporaryDirectory() as folder:
        run = [lantian, "run", str(SCENARIO), "-o", f"{folder}/r.h5", "--overwrite", "--quiet"]
        run += ["--threads", "1", "--replications"]
        peer = [sys.executable, "-m", "full_plan_simpy", str(SCENARIO), "--replications"]
        for _ in range(turns):
            for command, counts, found in (
                (run, LANTIAN_RUNS, speed.lantian),
                (peer, SIMPY_RUNS, speed.simpy),
            ):
                short, long = (cpu_seconds([*command, str(n)], core) for n in counts)
                found.append((long - short) / (counts[1] - counts[0]))
    return speed


def table(speed: Speed) -> str:
    """What was measured, as a table in Markdown."""
    lines = ["| full plan, one replication | CPU time, median (range) |", "|---|---|"]
    for name, values in (("Lantian", speed.lantian), ("SimPy", speed.simpy)):
        low, middle, high = (f(values) * 1e3 for f in (min, statistics.median, max))
        lines.append(f"| {name} | {middle:.1f} ms ({low:.1f} to {high:.1f}) |")
    ratios = speed.ratios
    lines.append(
        f"| times as fast | {statistics.median(ratios):.1f} ({min(ratios):.1f} to "
        f"{max(ratios):.1f}) |"
    )
    return "\n".join(lines)


def report_agreement(replications: int) -> str:
    """Compare so many replications of SimPy with five times as many of Lantian."""
    from agreement import both_samples, compare, detectable, refused

    comparisons = compare(*both_samples(SCENARIO, replications, 4 * replications))
    rejected = refused(comparisons)
    lines = [f"{len(comparisons)} comparisons, {len(rejected)} refused; the most unlikely:"]
    for each in sorted(comparisons, key=lambda each: each.p)[: max(8, len(rejected))]:
        lines.append(
            f"  p = {each.p:.2g}  {each.name} ({each.test}): Lantian {each.lantian:.6g}, "
            f"SimPy {each.simpy:.6g}"
        )
    found = detectable(comparisons, replications)
    lines.append("differences of a mean that are found with a power of 0.9:")
    for name in ("CO2 stack 2027", "NOx stack 2027", "PM25 fugitive 2027", "VOC fugitive 2027"):
        lines.append(f"  {name}: {100 * found[name]:.2f} %")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lantian", help="the command")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--agree", type=int, default=0, metavar="N", help="replications of SimPy")
    arguments = parser.parse_args()
    print(table(measure(arguments.lantian, arguments.turns, arguments.core)))
    if arguments.agree:
        sys.path.insert(0, str(HERE))
        print(report_agreement(arguments.agree))


if __name__ == "__main__":
    main()

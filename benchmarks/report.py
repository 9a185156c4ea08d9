"""Measures everything that docs/performance.md tells, prints the table and writes it there.

    python -m benchmarks.report --lantian PATH --programs FOLDER [--turns 5] [--only scale,memory]

`scripts/benchmarks` builds both and calls this. Takes a quarter of an hour on an idle machine; on
a busy one the ratios hold better than the seconds. With --only nothing is written.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import os
import platform
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import (
    kernel_goals,
    memory,
    patrol,
    results_written,
    scale,
    start_up,
    threads,
)
from benchmarks.kernel import compare
from benchmarks.measuring import Row
from benchmarks.peers import compare_full_plan

PAGE = Path("docs/performance.md")
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Setting:
    """What is measured, and where."""

    lantian: str
    programs: Path
    folder: Path
    turns: int

    @property
    def kernel(self) -> Path:
        """The benchmarks of the kernel."""
        return self.programs / "lantian_kernel_benchmarks"


@dataclass(frozen=True)
class Findings:
    """Rows of the table of goals, and a table of their own where there is more to tell."""

    rows: list[Row]
    table: str = ""


def of_kernel(at: Setting) -> Findings:
    found = compare.measure(at.kernel, at.turns)
    rows = [*kernel_goals.rows(found), kernel_goals.pending(at.kernel, at.turns)]
    return Findings(rows, compare.table(found))


def of_peer(at: Setting) -> Findings:
    speed = compare_full_plan.measure(at.lantian, at.turns, max(os.sched_getaffinity(0)))
    ratios = speed.ratios
    return Findings(
        [
            Row(
                "full plan of Baotou, a replication, beside the same in SimPy",
                f"{min(ratios):.1f} to {max(ratios):.1f} times",
                "200 times",
                min(ratios) >= 200,
            )
        ],
        compare_full_plan.table(speed),
    )


def of(module: Callable[[str, Path, int], list[Row]]) -> Callable[[Setting], Findings]:
    """The usual signature, of a whole process."""
    return lambda at: Findings(module(at.lantian, at.folder, at.turns))


def of_writing(at: Setting) -> Findings:
    writer = str(at.programs / "lantian_results_benchmarks")
    return Findings(
        [
            results_written.share_of_a_run(at.lantian, at.folder, at.turns),
            results_written.rate(writer, at.folder),
            results_written.sizes(at.lantian, at.folder),
        ]
    )


PARTS: dict[str, Callable[[Setting], Findings]] = {
    "kernel": of_kernel,
    "peer": of_peer,
    "patrol": of(patrol.measure),
    "scale": of(scale.measure),
    "threads": of(threads.measure),
    "memory": of(memory.measure),
    "writing": of_writing,
    "start-up": of(start_up.measure),
}


def goal_table(rows: list[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| what | figure | goal | reached |", "|---|---|---|---|"]
    words = {True: "yes", False: "**no**", None: ""}
    lines += [f"| {row.what} | {row.figure} | {row.goal} | {words[row.holds]} |" for row in rows]
    return "\n".join(lines)


def machine() -> str:
    """Processor, memory, system and versions, in a sentence."""
    text = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*: (.*)", text)
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    compiler = subprocess.run(["c++", "--version"], capture_output=True, text=True, check=True)
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True
    )
    peers = [f"{name} {importlib.metadata.version(name)}" for name in ("simpy", "salabim")]
    return (
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, commit {commit.stdout.strip()}; "
        f"{len(os.sched_getaffinity(0))} cores of {model[1] if model else platform.machine()}, "
        f"{gigabytes:.0f} GiB; {platform.freedesktop_os_release()['PRETTY_NAME']}, Linux "
        f"{platform.release()}; {compiler.stdout.splitlines()[0]}; Python "
        f"{platform.python_version()}, {', '.join(peers)}. Load before the first measurement: "
        f"{os.getloadavg()[0]:.1f}."
    )


def write(page: Path, text: str) -> None:
    """Put the text between the page's marks."""
    before, rest = page.read_text().split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lantian", required=True, help="the command")
    parser.add_argument("--programs", type=Path, required=True, help="where the benchmarks lie")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--only", default=",".join(PARTS), help=", ".join(PARTS))
    options = parser.parse_args()
    wanted = options.only.split(",")
    if unknown := [part for part in wanted if part not in PARTS]:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")

    text = machine()
    with tempfile.TemporaryDirectory() as folder:
        at = Setting(options.lantian, options.programs, Path(folder), options.turns)
        findings = [PARTS[part](at) for part in wanted]
    tables = [goal_table([row for each in findings for row in each.rows])]
    tables += [each.table for each in findings if each.table]
    text = "\n\n".join([text, *tables])
    print(text)
    if wanted == list(PARTS):
        write(PAGE, text)


if __name__ == "__main__":
    main()

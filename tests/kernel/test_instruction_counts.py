"""Instructions that an event takes on each path of the kernel, against recorded ones.

Times depend on the machine and on who else uses it; instructions, counted by Valgrind's callgrind,
repeat exactly. A path that takes 2 % more or fewer than recorded fails. Where that is meant,
`pytest tests/kernel --update-counts` writes instruction_counts.toml anew for the compiler at hand.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

RECORDED = Path(__file__).with_name("instruction_counts.toml")
PATHS = ("timer", "draw", "signal", "race", "grant", "spawn", "task")
TOLERANCE = 0.02


@pytest.fixture(scope="session")
def program() -> Path:
    sample = os.environ.get("LANTIAN_WRITE_SAMPLE", "build/ci/tests/lantian_write_sample")
    program = Path(sample).with_name("lantian_kernel_paths")
    if not program.exists():
        pytest.skip(f"there is no {program}: the kernel's paths are not built")
    if shutil.which("valgrind") is None:
        pytest.skip("valgrind, which counts instructions, is not installed")
    return program


def count(program: Path, path: str, folder: Path) -> tuple[str, float]:
    """The compiler of a program, and the instructions of an event on one of its paths."""
    counting = ("--tool=callgrind", f"--callgrind-out-file={folder / path}")
    only = "--toggle-collect=lantian::walk(*"
    run = subprocess.run(
        ["valgrind", *counting, only, program, path], check=True, capture_output=True, text=True
    )
    compiler, events = run.stdout.splitlines()
    collected = re.search(r"Collected : (\d+)", run.stderr)
    assert collected is not None, run.stderr
    return compiler, int(collected[1]) / int(events)


def write(recorded: dict[str, dict[str, float]]) -> None:
    """Write the table of recorded counts."""
    lines = ["# Instructions of an event by compiler and path: see test_instruction_counts.py."]
    for compiler, counts in sorted(recorded.items()):
        lines += ["", f'["{compiler}"]', *(f"{path} = {n:.1f}" for path, n in counts.items())]
    RECORDED.write_text("\n".join(lines) + "\n")


def test_no_path_of_the_kernel_takes_other_instructions_than_recorded(
    program: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    counted = {path: count(program, path, tmp_path) for path in PATHS}
    compiler = counted[PATHS[0]][0]
    recorded = tomllib.loads(RECORDED.read_text())
    if request.config.getoption("--update-counts"):
        write(recorded | {compiler: {path: n for path, (_, n) in counted.items()}})
        return
    if compiler not in recorded:
        pytest.skip(f"no counts are recorded for {compiler}, only for {', '.join(recorded)}")
    changed = [
        f"{path}: {before} -> {n:.1f} instructions an event ({n / before - 1:+.1%})"
        for path, before in recorded[compiler].items()
        if abs((n := counted[path][1]) / before - 1) > TOLERANCE
    ]
    assert not changed, "; ".join(changed)


def test_counts_repeat_exactly(program: Path, tmp_path: Path) -> None:
    assert count(program, "timer", tmp_path) == count(program, "timer", tmp_path)

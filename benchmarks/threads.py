"""What a second core brings to a whole command: on one core, then on two."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.measuring import Row, least

REPLICATIONS = 512


def measure(lantian: str, folder: Path, turns: int) -> list[Row]:
    """Baotou's full plan, as many threads as cores."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    run = [lantian, "run", "scenarios/baotou/full-plan.toml", "-o", folder / "threads.h5"]
    run += ["--replications", str(REPLICATIONS), "--overwrite", "--quiet"]
    one = least([*run, "--threads", "1"], turns, cores[:1]).wall
    two = least([*run, "--threads", "2"], turns, cores).wall
    return [
        Row(
            f"full plan x {REPLICATIONS}, whole command: one core, two cores",
            f"{one:.2f} s, {two:.2f} s: {one / two:.2f} times",
            "1.9 times",
            one / two >= 1.9,
        )
    ]

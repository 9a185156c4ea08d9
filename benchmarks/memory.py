"""Whether memory grows with the number of replications when only statistics are asked for."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measuring import Row, cost_of

FEW, MANY = 1_000, 100_000


def measure(lantian: str, folder: Path, turns: int) -> list[Row]:
    """A small scenario, so that what is kept of a replication would be seen."""
    run = [lantian, "run", "scenarios/examples/one-retrofit.toml", "-o", folder / "memory.h5"]
    run += ["--statistics-only", "--overwrite", "--quiet"]
    few, many = (
        min(cost_of([*run, "--replications", str(count)]).peak for _ in range(turns))
        for count in (FEW, MANY)
    )
    growth = many / few - 1
    return [
        Row(
            f"most memory of {FEW:,} and {MANY:,} replications, statistics only",
            f"{few / 1e6:.1f} MB, {many / 1e6:.1f} MB: {growth:+.1%}",
            "within 5 %",
            growth <= 0.05,
        )
    ]

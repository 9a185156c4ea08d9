"""Leak surveys: site-days a second of processor time, beside what was published of peers."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measuring import Row, least

PROGRAMMES = ("", "-none", "-yearly", "-monthly", "-monitors")
SITES, DAYS = 107, 365

#: Site-days a second of processor time on a machine of the same kind (two cores).
PEERS = {"LDAR-Sim": 6_000, "FEAST": 12_700}


def measure(lantian: str, folder: Path, turns: int) -> list[Row]:
    """107 sites, a year, five programmes: the whole command, 10 and 1,000 replications."""
    scenarios = [f"scenarios/examples/leak-survey{name}.toml" for name in PROGRAMMES]
    rows = []
    for replications in (10, 1000):
        run = [lantian, "run", *scenarios, "-o", folder / "patrol.h5", "--overwrite", "--quiet"]
        cost = least([*run, "--replications", str(replications), "--threads", "1"], turns)
        rate = SITES * DAYS * len(PROGRAMMES) * replications / cost.cpu
        times = {peer: rate / theirs for peer, theirs in PEERS.items()}
        rows.append(
            Row(
                f"leak surveys, {SITES} sites x {DAYS} days x {len(PROGRAMMES)} programmes "
                f"x {replications:,} replications, whole command",
                f"{rate / 1e6:.1f} million site-days/s: "
                + ", ".join(f"{ratio:,.0f} times {peer}" for peer, ratio in times.items()),
                "1,000 times",
                min(times.values()) >= 1000,
            )
        )
    return rows

"""What writing results costs: its share of a run, its rate beside the disk's, the filter."""

from __future__ import annotations

import statistics
import subprocess
from pathlib import Path

from benchmarks.measuring import Row, cost_of, least

REPLICATIONS = 1000


def share_of_a_run(lantian: str, folder: Path, turns: int) -> Row:
    """Processor time of a run with all its results, beside one that keeps statistics only."""
    run = [lantian, "run", "scenarios/baotou/full-plan.toml", "-o", folder / "share.h5"]
    run += ["--replications", str(REPLICATIONS), "--threads", "1", "--overwrite", "--quiet"]
    everything = least(run, turns).cpu
    simulating = min(seconds_to_run(lantian, run, folder / "share.h5") for _ in range(turns))
    share = 1 - simulating / everything
    return Row(
        f"full plan x {REPLICATIONS:,}: share of all processor time that is not simulating",
        f"{share:.0%}",
        "10 %",
        share <= 0.10,
    )


def seconds_to_run(lantian: str, run: list[str | Path], output: Path) -> float:
    """Time [s] of the simulating alone, as the result's own record tells it."""
    import h5py

    cost_of(run)
    with h5py.File(output) as file:
        return float(file["runtime"].attrs["seconds_to_run"][0])


def rate(writer: str, folder: Path) -> Row:
    """The writer's rate beside plain writing, in turns, both until the bytes are on the disk."""
    turns = subprocess.run([writer, folder], check=True, capture_output=True, text=True).stdout
    ours, plain = zip(*(map(float, line.split()) for line in turns.splitlines()), strict=True)
    share = statistics.median(a / b for a, b in zip(ours, plain, strict=True))
    return Row(
        "uncompressed results, with checksums, synchronised and read back: share of plain writing",
        f"{max(ours):.0f} of {max(plain):.0f} MB/s: {share:.0%}",
        "70 %",
        share >= 0.70,
    )


def sizes(lantian: str, folder: Path) -> Row:
    """The file of a plan whose numbers change a few times a year, with and without the filter."""
    sizes = []
    for options in (["--uncompressed"], []):
        output = folder / f"size{'-'.join(options)}.h5"
        run = [lantian, "run", "scenarios/baotou/as-planned.toml", "-o", output, "--quiet"]
        cost_of([*run, "--replications", "200", *options, "--overwrite"])
        sizes.append(output.stat().st_size)
    times = sizes[0] / sizes[1]
    return Row(
        "as-planned x 200: file without a filter, with the default one",
        f"{sizes[0] / 1e6:.1f} MB, {sizes[1] / 1e6:.1f} MB: {times:.1f} times",
        "5 times",
        times >= 5,
    )

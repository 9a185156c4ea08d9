"""What size costs: one replication of a synthetic national inventory, over three decades."""

from __future__ import annotations

import math
from pathlib import Path

import h5py

from benchmarks.measuring import Row, cost_of
from benchmarks.national import Inventory

SCALES = (0.001, 0.01, 0.1, 1.0)


def slope(points: list[tuple[float, float]]) -> float:
    """Slope of the least-squares line through the logarithms of points."""
    xs, ys = zip(*((math.log(x), math.log(y)) for x, y in points), strict=True)
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    covariance = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return covariance / sum((x - x_mean) ** 2 for x in xs)


def measure(lantian: str, folder: Path, turns: int) -> list[Row]:
    """Time and memory of one replication at full scale, and how they grow towards it."""
    by_sources, by_events = [], []
    for scale in SCALES:
        inventory = Inventory(scale, seed=1)
        scenario = inventory.write(folder / f"national-{scale:g}")
        output = folder / "national.h5"
        run = [lantian, "run", scenario, "-o", output, "--replications", "1", "--overwrite"]
        costs = [cost_of([*run, "--threads", "1", "--quiet"]) for _ in range(turns)]
        cpu = min(cost.cpu for cost in costs)
        with h5py.File(output) as file:
            events = int(file["runtime"].attrs["events"][0])
        by_sources.append((len(inventory.sources), cpu))
        by_events.append((events, cpu))
    wall, peak = min(cost.wall for cost in costs), min(cost.peak for cost in costs)
    sources, measures = len(inventory.sources), len(inventory.measures)
    sizes = f"{sources:,} sources, {measures:,} measures, {events:,} events, 3,652 days"
    growth = [slope(by_sources), slope(by_events)]
    return [
        Row(f"national inventory, one replication ({sizes})", f"{wall:.1f} s", "10 s", wall <= 10),
        Row("the same, most memory", f"{peak / 1e9:.2f} GB", "1 GB", peak <= 1e9),
        Row(
            "time ~ sources^a, and ~ events^b, from a thousandth of it on",
            f"a = {growth[0]:.2f}, b = {growth[1]:.2f}",
            "1.1",
            max(growth) <= 1.1,
        ),
    ]

#!/usr/bin/env python3
"""Does an event cost more where there are more sources?

Writes inventories of 100, 1,000 and 10,000 sources, each with a filter that fails and is repaired
at random, runs them with one thread, and prints the time an event, from the file's own record of
the run. Every number in the inventories is made up.

    benchmarks/cost_per_event.py path/to/lantian
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import h5py

EVENTS = 2_000_000  # about as many in every run, so that what is fixed weighs the same

HEAD = """\
lantian = 1
[horizon]
start = 2024-01-01
end   = 2031-01-01
[output]
dimensions = ["total", "district", "plant"]
log_replications = 0
[pollutants.PM]
unit = "t"
[zones.city]
[districts.east]
zone = "city"
[sectors.steel]
"""

SOURCE = """\
[sources.s{i}]
district = "east"
sector   = "steel"
activity = "100 kt/year"
controls = ["c{i}"]
emits.PM = {{ raw = "3 kg/t" }}
[controls.c{i}]
efficiency = {{ PM = 0.98 }}
[controls.c{i}.failures]
time_between = {{ exponential = {{ mean = "50 d" }} }}
repair       = {{ exponential = {{ mean = "12 h" }} }}
on_failure   = "bypass"
"""


def nanoseconds_an_event(lantian: str, sources: int, folder: Path) -> tuple[float, int]:
    """Time [ns] of an event and how many there were, with so many sources."""
    scenario = folder / f"n{sources}.toml"
    scenario.write_text(HEAD + "".join(SOURCE.format(i=i) for i in range(sources)))
    failures = 7 * 365.25 / 50.5
    replications = max(2, round(EVENTS / (2 * failures * sources)))
    output = folder / f"n{sources}.h5"
    run = [lantian, "run", scenario, "-o", output, "--replications", str(replications)]
    subprocess.run([*run, "--threads", "1", "--quiet"], check=True)
    with h5py.File(output) as file:
        run = file["runtime"].attrs
        seconds, events = float(run["seconds_to_run"][0]), int(run["events"][0])
        return seconds / events * 1e9, events


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        base = None
        print("sources   events     ns/event  ratio")
        for sources in (100, 1_000, 10_000):
            cost, events = nanoseconds_an_event(sys.argv[1], sources, Path(folder))
            base = base or cost
            print(f"{sources:7d}  {events:9d}  {cost:8.0f}  {cost / base:5.2f}")


if __name__ == "__main__":
    main()

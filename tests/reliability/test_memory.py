"""Memory of a run that keeps statistics only: the same for few replications and for many.

`scripts/soak` looks at a million replications, and at memory over time.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCENARIO = Path(__file__).parents[2] / "scenarios/examples/one-retrofit.toml"
FEW, MANY = 1_000, 40_000  # replications
MAY_DIFFER = 0.05
RUN = """
import sys, tempfile
from pathlib import Path

import lantian

with tempfile.TemporaryDirectory() as folder:
    results = lantian.run(
        sys.argv[1],
        output=Path(folder) / "out.h5",
        replications=int(sys.argv[2]),
        threads=2,
        statistics_only=sys.argv[3] == "statistics",
    )
    if sys.argv[3] == "values":
        values = [scenario[name] for scenario in results.values() for name in scenario]
status = dict(line.split(":", 1) for line in Path("/proc/self/status").open())
print(status["VmHWM"].split()[0])  # of this program alone, unlike what getrusage says
"""


def most_memory(replications: int, kept: str) -> int:
    """Most memory that a process has in use which runs so many replications [kB]."""
    words = [sys.executable, "-c", RUN, str(SCENARIO), str(replications), kept]
    return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def test_memory_does_not_grow_with_the_replications() -> None:
    few = most_memory(FEW, "statistics")
    assert most_memory(MANY, "statistics") <= few * (1 + MAY_DIFFER)


def test_memory_that_grows_would_be_seen() -> None:
    few = most_memory(FEW, "values")
    assert most_memory(5 * FEW, "values") > few * (1 + MAY_DIFFER)

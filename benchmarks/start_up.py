"""What a command and an import cost before they do anything."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measuring import Row, least


def measure(lantian: str, folder: Path, turns: int) -> list[Row]:
    """Checking Baotou, and importing the package beyond numpy."""
    turns = max(turns, 10)
    check = least([lantian, "check", "scenarios/baotou/as-planned.toml"], turns).wall
    numpy = least([sys.executable, "-c", "import numpy"], turns).wall
    package = least([sys.executable, "-c", "import lantian"], turns).wall
    beyond = package - numpy
    return [
        Row("`lantian check` of as-planned", f"{check * 1e3:.0f} ms", "50 ms", check <= 0.05),
        Row(
            "`import lantian` beyond numpy's own", f"{beyond * 1e3:.0f} ms", "50 ms", beyond <= 0.05
        ),
    ]

"""Check that every floor of sim/ includes only from itself and from the floors below it."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

FLOORS = ["kernel", "hdf5", "scenario", "world", "measures", "ensemble", "results", "cli"]
INCLUDE = re.compile(r'^\s*#\s*include\s*"(?P<floor>[a-z_]+)/')


def upward_includes(root: Path) -> Iterator[str]:
    for height, floor in enumerate(FLOORS):
        for path in sorted((root / floor).rglob("*.[ch]pp")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                included = INCLUDE.match(line)
                if included and included["floor"] not in FLOORS[: height + 1]:
                    yield (
                        f"{path}:{number}: {floor} may include from "
                        f"{', '.join(FLOORS[: height + 1])}; not from {included['floor']}"
                    )


if __name__ == "__main__":
    mistakes = list(upward_includes(Path("sim")))
    print("\n".join(mistakes) or "floors: each includes only from below")
    sys.exit(bool(mistakes))

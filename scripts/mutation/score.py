"""The mutation score of floors of sim/: the share of mutants that the floor's own tests kill.

Where a mutant stands for a mistake that somebody could have made, a test that passes all the same
has not looked. One build holds all mutants (`schemata.py`), of which each run chooses one
(`mutant.hpp`). The rule of this score:

- mutants are those of `operators.py`, in every .cpp and .hpp of the floor, where they compile;
- a mutant is killed if a test of tests/<floor> fails or crashes with it, or takes more than five
  times as long (of the processor's time) and two seconds; tests of other floors do not count;
- a mutant that no such test reaches has survived;
- mutants that behave as the program does, whatever is tested, stand in equivalent.toml with the
  reason; the score is told with and without them.
"""

import argparse
import json
import math
import os
import random
import sys
import tomllib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from building import MutatedBuild
from finding import HERE, Mutant, find
from running import FloorTests, Verdict

ROOT = HERE.parents[1]
FOLDER = ROOT / "build" / "mutation"
FLOORS = ["kernel", "world", "ensemble"]
KILLED = ("killed", "timed out")


def read_equivalent() -> dict[tuple[str, str, str, str], str]:
    """The reasons, by what tells a mutant from others."""
    with open(HERE / "equivalent.toml", "rb") as file:
        rows = tomllib.load(file).get("mutant", [])
    return {
        (row["file"], line, row["was"], row["becomes"]): row["why"]
        for row in rows
        for line in ([row["code"]] if isinstance(row["code"], str) else row["code"])
    }


def interval(killed: int, count: int) -> tuple[float, float]:
    """Wilson's, 95 %."""
    z, share = 1.96, killed / count
    centre = share + z * z / (2 * count)
    width = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return ((centre - width) / (1 + z * z / count), (centre + width) / (1 + z * z / count))


class Report:
    """What became of the mutants of one floor."""

    def __init__(self, floor: str, found: int, tried: list[Mutant], verdicts: list[Verdict]):
        self.floor = floor
        self.found = found
        self.tried = tried
        self.fates = {verdict.number: verdict for verdict in verdicts}
        equivalent = read_equivalent()
        self.equivalent = [m for m in tried if m.key in equivalent and not self.is_killed(m)]
        alive = [m for m in tried if not self.is_killed(m)]
        self.survivors = [m for m in alive if m not in self.equivalent]

    def is_killed(self, mutant: Mutant) -> bool:
        return self.fates[mutant.number].fate in KILLED

    @property
    def score(self) -> float:
        return self.killed / max(1, len(self.tried) - len(self.equivalent))

    @property
    def killed(self) -> int:
        return sum(map(self.is_killed, self.tried))

    def print(self) -> None:
        tried, killed = len(self.tried), self.killed
        fates = Counter(verdict.fate for verdict in self.fates.values())
        print(f"\n{self.floor}: {tried} of {self.found} mutants tried")
        print("  " + ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items())))
        low, high = interval(killed, tried)
        sampled = f", 95 % interval {low:.1%} to {high:.1%}" if tried < self.found else ""
        print(f"  score {killed / tried:.1%}{sampled}")
        if self.equivalent:
            print(f"  score {self.score:.1%} without {len(self.equivalent)} that are equivalent")
        print(f"  {'operator':<10} {'tried':>6} {'killed':>7}")
        for operator, count in sorted(Counter(m.change.operator for m in self.tried).items()):
            dead = sum(self.is_killed(m) for m in self.tried if m.change.operator == operator)
            print(f"  {operator:<10} {count:>6} {dead / count:>7.0%}")

    def write(self) -> Path:
        """The survivors for people, and everything for --again."""
        path = FOLDER / f"{self.floor}-survivors.txt"
        with open(path, "w", encoding="utf-8") as file:
            for mutant in self.survivors:
                reached = "" if self.fates[mutant.number].fate == "survived" else "  [not reached]"
                file.write(f"{mutant}{reached}\n")
        rows = [{"key": mutant.key, **asdict(self.fates[mutant.number])} for mutant in self.tried]
        (FOLDER / f"{self.floor}.json").write_text(json.dumps(rows), encoding="utf-8")
        return path


def chosen(mutants: list[Mutant], floor: str, options: argparse.Namespace) -> list[Mutant]:
    if options.again:
        rows = json.loads((FOLDER / f"{floor}.json").read_text(encoding="utf-8"))
        alive = {tuple(row["key"]) for row in rows if row["fate"] not in KILLED}
        return [mutant for mutant in mutants if mutant.key in alive]
    if options.sample and options.sample < len(mutants):
        sample = random.Random(options.seed).sample(mutants, options.sample)
        return sorted(sample, key=lambda mutant: mutant.number)
    return mutants


def judge(floor: str, mutants: list[Mutant], tests: FloorTests, processes: int) -> list[Verdict]:
    verdicts = []
    with ThreadPoolExecutor(processes) as pool:
        for verdict in pool.map(tests.verdict, [mutant.number for mutant in mutants]):
            verdicts.append(verdict)
            if sys.stderr.isatty():
                print(f"\r{floor}: {len(verdicts)} of {len(mutants)}", end="", file=sys.stderr)
    return verdicts


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="mutation-score", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    add = parser.add_argument
    add("--floor", choices=FLOORS, action="append", help="only this one; may be repeated")
    add("--file", help="only the mutants of sim/FILE")
    add("--sample", type=int, metavar="N", help="so many mutants of a floor, drawn at random")
    add("--seed", type=int, default=1, help="of the sample (standard: 1)")
    add("--again", action="store_true", help="only those that survived the last time")
    add("--at-least", type=float, default=0.8, help="fail below this score (standard: 0.8)")
    return parser.parse_args()


def main() -> int:
    options = parse_options()
    floors = options.floor or FLOORS
    processes = int(os.environ.get("CMAKE_BUILD_PARALLEL_LEVEL", os.cpu_count() or 2))
    build = MutatedBuild(ROOT, FOLDER, find(ROOT / "sim", FLOORS, FOLDER / "found", processes))
    print(f"{len(build.mutants)} mutants that clang accepts; building", flush=True)
    build.make([f"lantian_{floor}_tests" for floor in floors])
    print(f"{len(build.refused)} left out, for GCC does not accept them", flush=True)
    enough = True
    for floor in floors:
        of_floor = [m for m in build.mutants.values() if m.file.startswith(f"{floor}/")]
        wanted = [m for m in of_floor if not options.file or m.file == options.file]
        tried = chosen(wanted, floor, options)
        if not tried:
            print(f"\n{floor}: no mutants")
            continue
        binary = build.binaries / "tests" / f"lantian_{floor}_tests"
        numbers = max(build.mutants)
        tests = FloorTests(binary, FOLDER / "scratch", numbers, processes)
        print(f"{floor}: {len(tests.tests)} tests", flush=True)
        report = Report(floor, len(wanted), tried, judge(floor, tried, tests, processes))
        report.print()
        print(f"  survivors: {report.write().relative_to(ROOT)}", flush=True)
        enough = enough and report.score >= options.at_least
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())

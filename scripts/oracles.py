"""Ask every oracle of tests/oracles with fresh seeds, at a stated rate of false alarms.

A night compares many simulations with theory. Each comparison is a test that rejects a right model
with probability `level`; with `level` = FAMILY_WISE / comparisons the probability that a night
raises any false alarm is at most FAMILY_WISE, however the comparisons depend on each other
(Bonferroni). Holm's procedure begins with the same comparison, so whether a night alarms is the
same by both. The comparisons are counted: a first run, with the seed of CI, writes each down.
"""

import argparse
import csv
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist

FAMILY_WISE = 1e-3  # false alarms a night: one in a thousand nights

ROOT = Path(__file__).parents[1]
BINARY = ROOT / "build/ci/tests/lantian_oracles_tests"
PROGRAMS = {
    "C++": [str(BINARY), "--gtest_brief=1", "--gtest_filter=-*caught*"],
    "Python": [sys.executable, "-m", "pytest", "-q", "tests/oracles", "-k", "not mutant"],
}
COLUMNS = ["test", "what", "seed", "samples", "seen", "expected", "error", "p"]


@dataclass
class Comparison:
    """A line of the log that oracles write."""

    test: str
    what: str
    seed: int
    samples: int
    seen: float
    expected: float
    error: float
    p: float


def read(log: Path) -> list[Comparison]:
    with open(log, encoding="utf-8", newline="") as file:
        return [
            Comparison(test, what, int(seed), int(samples), *map(float, numbers))
            for test, what, seed, samples, *numbers in csv.reader(file)
        ]


def ask(seed: int | None, level: float, log: Path) -> list[str]:
    """Run all oracles with a seed; None is that of CI. Names the programs that fail."""
    environment = {
        **os.environ,
        "LANTIAN_ORACLE_LOG": str(log),
        "LANTIAN_ORACLE_LEVEL": repr(level),
        **({} if seed is None else {"LANTIAN_ORACLE_SEED": str(seed)}),
    }
    return [
        name
        for name, command in PROGRAMS.items()
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0
    ]


def repeat(seed: int, level: float, test: str) -> str:
    """Give the command that asks one oracle again."""
    set_up = f"LANTIAN_ORACLE_SEED={seed} LANTIAN_ORACLE_LEVEL={level:.3g}"
    if "::" in test:
        return f"{set_up} .venv/bin/python -m pytest {test}"
    return f"{set_up} {BINARY.relative_to(ROOT)} --gtest_filter={test}"


def power(comparisons: list[Comparison], level: float) -> Iterator[str]:
    """Tell which error each comparison sees in 95 of 100 nights' seeds."""
    reach = NormalDist().inv_cdf(1 - level / 2) + NormalDist().inv_cdf(0.95)
    yield "| oracle | compared | samples | by theory | sees an error of |"
    yield "|---|---|---|---|---|"
    for each in comparisons:
        size = reach * each.error
        relative = f" ({size / abs(each.expected):.2g})" if each.expected else ""
        yield (
            f"| `{each.test}` | {each.what} | {each.samples} | {each.expected:.5g} "
            f"| {size:.2g}{relative} |"
        )


def study(comparisons: list[Comparison]) -> Iterator[str]:
    """Tell whether the p-values are those of right models: uniform between 0 and 1."""
    from scipy import stats

    ps = [each.p for each in comparisons]
    yield f"{len(ps)} p-values; below x as many as expected if all models are right:"
    for x in (0.5, 0.1, 0.01, 0.001, 0.0001):
        yield f"  {x:<7} {sum(p < x for p in ps):6d} of {x * len(ps):.1f}"
    yield "comparisons whose p-values look least uniform (Kolmogorov-Smirnov), of all:"
    by_name: dict[str, list[float]] = {}
    for each in comparisons:
        by_name.setdefault(f"{each.test}: {each.what}", []).append(each.p)
    tested = sorted((stats.kstest(ps, "uniform").pvalue, name) for name, ps in by_name.items())
    yield from (f"  {p:.2g} {name}" for p, name in tested[:5])
    yield f"  ({len(tested)} comparisons, of {len(comparisons) // len(tested)} seeds each)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="of the night")
    parser.add_argument("--seeds", type=int, default=10, help="fresh seeds a night")
    parser.add_argument("--folder", type=Path, default=ROOT / "build/nightly")
    parser.add_argument("--study", action="store_true", help="are p-values uniform?")
    parser.add_argument("--power", action="store_true", help="which errors are seen?")
    options = parser.parse_args()

    options.folder.mkdir(parents=True, exist_ok=True)
    counting, log = options.folder / "counting.csv", options.folder / "oracles.csv"
    for file in (counting, log):
        file.unlink(missing_ok=True)
    failed = [f"{name}, with the seed of CI" for name in ask(None, 1e-6, counting)]
    counted = read(counting)
    level = FAMILY_WISE / (len(counted) * options.seeds)
    if options.power:
        print("\n".join(power(counted, level)))
    for seed in range(1000 * options.seed, 1000 * options.seed + options.seeds):
        failed += [f"{name}, with seed {seed}" for name in ask(seed, level, log)]

    asked = read(log)
    names = Counter((each.test, each.what) for each in counted)
    if any(
        Counter((e.test, e.what) for e in asked if e.seed == s) != names
        for s in {e.seed for e in asked}
    ):
        failed.append("not every seed made the comparisons that were counted")
    if options.study:
        print("\n".join(study(asked)))
    for each in asked:
        if each.p < level:
            print(f"{each.test}: {each.what}: {each.seen} for {each.expected}, p = {each.p:.2g}")
            print(f"  again: {repeat(each.seed, level, each.test)}")
    print("\n".join(f"failed: {name}" for name in failed))
    print(
        f"oracles: {len(asked)} comparisons with {options.seeds} seeds at a level of {level:.2g}, "
        f"family-wise {level * len(asked):.2g}: {sum(e.p < level for e in asked)} alarms"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

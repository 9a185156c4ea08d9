"""Watches the memory of a long run, or of many in one process. See `scripts/soak`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import lantian

SCENARIO = Path(__file__).parents[1] / "scenarios/examples/winter-alerts.toml"
MAY_GROW = 0.05  # of what is in use after the first hundredth
SAMPLES = 400  # at most, over the whole


def memory() -> float:
    """Give what this process has in memory [MB of 10^6 bytes]."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError("/proc/self/status does not tell the memory in use")


@dataclass
class Watch:
    """Samples memory as work is done, and says whether it has grown."""

    every: int
    log: Callable[[str], None]
    began: float = field(default_factory=time.monotonic)
    seen: list[tuple[int, float]] = field(default_factory=list)  # done, memory

    def note(self, done: int, is_last: bool = False) -> None:
        """Sample, where enough was done since the last sample."""
        last = self.seen[-1][0] if self.seen else -self.every
        if not is_last and done - last < max(1, self.every // SAMPLES):
            return
        self.seen.append((done, memory()))
        seconds = time.monotonic() - self.began
        self.log(f"{done:>10} {seconds:>9.1f} {self.seen[-1][1]:>9.2f}")

    def growth(self) -> tuple[float, float]:
        """Give the memory after the first hundredth, and the most since."""
        settled = [used for done, used in self.seen if done >= self.every / 100]
        return settled[0], max(settled)

    def verdict(self) -> str:
        """Say whether memory is flat."""
        first, most = self.growth()
        grown = most / first - 1
        word = "flat" if grown <= MAY_GROW else "GROWN"
        return (
            f"{word}: {first:.2f} MB after the first hundredth, at most {most:.2f} MB since "
            f"({grown:+.1%}, allowed {MAY_GROW:+.0%})"
        )

    def is_flat(self) -> bool:
        """Whether the verdict is good."""
        first, most = self.growth()
        return most <= first * (1 + MAY_GROW)


def one_run(watch: Watch, scenario: Path, replications: int, folder: Path, *, values: bool) -> None:
    """Run once."""
    lantian.run(
        scenario,
        output=folder / "soak.h5",
        replications=replications,
        overwrite=True,
        statistics_only=not values,
        progress=lambda done, _: watch.note(done),
    ).verify()
    watch.note(replications, is_last=True)  # with what writing and reading the file took


def many_runs(watch: Watch, scenario: Path, runs: int, replications: int, folder: Path) -> None:
    """Run again and again: load, run with every value, open, read, compare."""
    for done in range(1, runs + 1):
        results = lantian.run(
            scenario, output=folder / "soak.h5", replications=replications, overwrite=True
        )
        for name in results[scenario.stem]:
            results[scenario.stem][name].sum()
        results.compare()
        watch.note(done)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--scenario", type=Path, default=SCENARIO)
    parser.add_argument("--replications", type=int, help="1,000,000; with --runs: of each, 100")
    parser.add_argument("--runs", type=int, default=0, help="runs in one process")
    parser.add_argument("--values", action="store_true", help="keep values, not only statistics")
    parser.add_argument("--log", type=Path, help="file for the log")
    wanted = parser.parse_args()
    if wanted.runs < 0 or (wanted.replications is not None and wanted.replications < 1):
        parser.error("--replications and --runs need whole numbers from 1 on")
    return wanted


def main() -> int:
    """Soak."""
    wanted = arguments()
    replications = wanted.replications or (100 if wanted.runs else 1_000_000)
    kept: list[str] = []

    def log(line: str) -> None:
        kept.append(line)
        print(line, flush=True)

    log(f"{'runs' if wanted.runs else 'done':>10} {'seconds':>9} {'MB':>9}")
    watch = Watch(wanted.runs or replications, log)
    with tempfile.TemporaryDirectory(prefix="lantian-soak-") as folder:
        if wanted.runs:
            many_runs(watch, wanted.scenario, wanted.runs, replications, Path(folder))
        else:
            # First a short run to its end: what every run needs, and its file, is in memory then.
            short = max(1, replications // 100)
            for each, count in ((Watch(short, lambda _: None), short), (watch, replications)):
                one_run(each, wanted.scenario, count, Path(folder), values=wanted.values)
    log(watch.verdict())
    if wanted.log:
        wanted.log.parent.mkdir(parents=True, exist_ok=True)
        wanted.log.write_text("\n".join(kept) + "\n")
    return 0 if watch.is_flat() else 1


if __name__ == "__main__":
    sys.exit(main())

"""Which tests reach which mutant, and which mutants they kill."""

import math
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

SLOW_TEST = 0.2  #: [s]; such tests are run alone, after the others


@dataclass
class Test:
    name: str
    seconds: float
    reached: bytes  #: one a mutant


@dataclass
class Verdict:
    """What became of a mutant: "killed", "timed out", "survived" or "not reached"."""

    number: int
    fate: str
    by: str = ""


class FloorTests:
    """The test program of one floor."""

    def __init__(self, binary: Path, scratch: Path, mutants: int, processes: int) -> None:
        self.binary = binary
        self.scratch = scratch
        scratch.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(processes) as pool:
            self.tests = list(pool.map(partial(self._record, mutants), self._names()))
        self.tests.sort(key=lambda test: test.seconds)

    def _names(self) -> list[str]:
        listing = subprocess.run(
            [self.binary, "--gtest_list_tests"], capture_output=True, text=True, check=True
        )
        suite, names = "", []
        for line in listing.stdout.split("\n")[1:]:
            word = line.split("#")[0].strip()
            if word and not line.startswith(" "):
                suite = word
            elif word:
                names.append(suite + word)
        return [name for name in names if "DISABLED_" not in name]

    def _record(self, mutants: int, name: str) -> Test:
        reached = self.scratch / f"{name.replace('/', '-')}.reached"
        reached.write_bytes(bytes(mutants + 1))
        began = time.monotonic()
        status = self._run([name], {"LANTIAN_REACHED": str(reached)}, timeout=600)
        seconds = time.monotonic() - began
        if status != 0:
            raise SystemExit(f"{name} fails without any mutant: {self.binary} {status}")
        test = Test(name, seconds, reached.read_bytes())
        reached.unlink()
        return test

    def _run(self, names: list[str], environment: dict[str, str], timeout: float) -> int | None:
        """The exit code, or None where the time is up."""
        command = [self.binary, f"--gtest_filter={':'.join(names)}", "--gtest_fail_fast"]
        try:
            return subprocess.run(
                command,
                env=os.environ | environment,
                cwd=self.scratch,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=timeout,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return None

    def _groups(self, number: int) -> Iterator[list[Test]]:
        covering = [test for test in self.tests if test.reached[number]]
        quick = [test for test in covering if test.seconds < SLOW_TEST]
        if quick:
            yield quick
        for test in covering[len(quick) :]:
            yield [test]

    def verdict(self, number: int) -> Verdict:
        fate = "not reached"
        for group in self._groups(number):
            fate = "survived"
            seconds = math.ceil(2 + 5 * sum(test.seconds for test in group))
            names = [test.name for test in group]
            chosen = {"LANTIAN_MUTANT": str(number), "LANTIAN_SECONDS": str(seconds)}
            status = self._run(names, chosen, 60 + 10 * seconds)
            by = names[0] if len(names) == 1 else f"{len(names)} quick tests"
            if status in (None, -signal.SIGXCPU, -signal.SIGKILL):
                return Verdict(number, "timed out", by)
            if status != 0:
                return Verdict(number, "killed", by)
        return Verdict(number, fate)

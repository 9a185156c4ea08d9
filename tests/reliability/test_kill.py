"""Runs that are killed at random instants and resumed, compared with one that was left alone.

`--kills 1000 --luck 7` kills a thousand times, at other instants than in CI.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import h5py
import pytest

COMMAND = Path(sys.executable).with_name("lantian")
SCENARIO = Path(__file__).parents[2] / "scenarios/examples/winter-alerts.toml"


@dataclass(frozen=True)
class Batch:
    """A run, and how long it takes when nobody disturbs it."""

    arguments: tuple[str, ...]
    whole: Path
    seconds: float

    @classmethod
    def run(cls, folder: Path, replications: int = 3000, block: int = 50) -> Batch:
        """Run it once to its end."""
        arguments = (
            "run",
            str(SCENARIO),
            *("--replications", str(replications), "--block", str(block), "--quiet"),
        )
        whole = folder / "whole.h5"
        began = time.monotonic()
        subprocess.run([COMMAND, *arguments, "-o", whole], check=True)
        return cls(arguments, whole, time.monotonic() - began)


@dataclass(frozen=True)
class Trial:
    """What was seen: kills that met the process alive, and blocks that were there after each."""

    kills: int
    blocks: tuple[int, ...]


def kill_and_resume(batch: Batch, folder: Path, luck: random.Random) -> Trial:
    """Kill a run again and again, at instants spread over its time, until it is done.

    After each kill every block that was kept before must still be there, and whole; at the end the
    result must be the same to the last bit, and nothing may lie beside it.
    """
    output = folder / "out.h5"
    kills, kept, counts = 0, dict[str, bytes](), []
    while not output.exists():
        process = subprocess.Popen([COMMAND, *batch.arguments, "-o", output, "--resume"])
        try:
            process.wait(luck.choice((0.3, 1.2)) * luck.random() * batch.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
        else:
            assert process.returncode == 0
        if output.exists():
            break
        found = blocks_of(folder / "out.h5.parts")
        for name, content in kept.items():
            assert found.get(name) == content, f"the block {name} was lost or changed"
        kept = found
        counts.append(len(kept))
    if kills and leftovers(folder):  # killed between the rename and the sweeping
        subprocess.run([COMMAND, *batch.arguments, "-o", output, "--overwrite"], check=True)
    assert leftovers(folder) == []
    assert contents(output) == contents(batch.whole)
    output.unlink()
    return Trial(kills, tuple(counts))


def blocks_of(parts: Path) -> dict[str, bytes]:
    """Give the blocks that have their names, which only whole ones have."""
    if not parts.exists():
        return {}
    return {path.name: path.read_bytes() for path in parts.iterdir() if path.name.isdigit()}


def leftovers(folder: Path) -> list[str]:
    """Give what lies beside the result."""
    return sorted(path.name for path in folder.iterdir() if path.name != "out.h5")


def contents(path: Path) -> dict[str, bytes]:
    """Give every array of every scenario, byte for byte, texts as one text."""
    found = {}

    def note(_: str, item: h5py.Group | h5py.Dataset) -> None:
        if isinstance(item, h5py.Dataset):
            values = item[()]
            texts = item.dtype.kind == "O"
            found[item.name] = b"\0".join(values.ravel()) if texts else values.tobytes()

    with h5py.File(path) as file:
        for scenario in file.attrs["scenarios"]:
            file[scenario].visititems(note)
    return found


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    return Batch.run(tmp_path_factory.mktemp("whole"))


def test_a_run_that_is_killed_loses_nothing_and_ends_with_the_same_bits(batch, tmp_path, request):
    wanted = request.config.getoption("--kills")
    luck = random.Random(request.config.getoption("--luck"))
    kills, seen = 0, set()
    while kills < wanted:
        trial = kill_and_resume(batch, tmp_path, luck)
        kills += trial.kills
        seen |= set(trial.blocks)
    if wanted >= 50:
        assert max(seen) > 10, "no kill came late in a run"
        assert 0 in seen, "no kill came before the first block"

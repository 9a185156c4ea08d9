"""Files that were damaged, as people meet them: in Python, in the report, and on the command line.

The engine's own reading is damaged ten thousand times in `tests/results/random_damage_test.cpp`.
Here each damage goes through a whole path: it is refused with one of Lantian's own errors, or what
comes out is what came out of the sound file. `--flips 10000 --luck 7` damages more often, and
otherwise; the paths that start a program for each damage take a part of them.
"""

from __future__ import annotations

import json
import multiprocessing
import pickle
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import lantian
from lantian import findings, report

COMMAND = Path(sys.executable).with_name("lantian")
SCENARIOS = Path(__file__).parents[2] / "scenarios/examples"
PLANS = (SCENARIOS / "one-retrofit.toml", SCENARIOS / "two-filters.toml")
PATIENCE = 60  # seconds, for one file
REFUSALS = (2, 4)  # exit codes: a wrong file, or nothing to write
PARTS = {"report": 50, "command": 15}  # of so many damages, one goes this slow way


def flip_bit(data: bytearray, luck: random.Random) -> None:
    data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)


def cut_off(data: bytearray, luck: random.Random) -> None:
    del data[luck.randrange(len(data)) :]


def insert(data: bytearray, luck: random.Random) -> None:
    at = luck.randrange(len(data))
    data[at:at] = luck.randbytes(luck.randint(1, 64))


def swap_pieces(data: bytearray, luck: random.Random) -> None:
    length = luck.randint(1, min(512, len(data) // 2))
    first = luck.randint(0, len(data) - 2 * length)
    second = luck.randint(first + length, len(data) - length)
    here, there = slice(first, first + length), slice(second, second + length)
    data[here], data[there] = data[there], data[here]


def damaged(sound: bytes, luck: random.Random) -> bytes:
    data = bytearray(sound)
    luck.choice((flip_bit, cut_off, insert, swap_pieces))(data, luck)
    return bytes(data)


def said_by_results(path: Path) -> object:
    """All that Python reads of a result file."""
    results = lantian.open(path)
    results.verify()
    scenarios = []
    for name, scenario in results.items():
        variables = [(scenario.variable(one), scenario[one].tobytes()) for one in scenario]
        axes = [
            (axis.name, axis.values.tolist(), {k: v.tolist() for k, v in axis.companions.items()})
            for axis in scenario.coordinates.values()
        ]
        log = scenario.event_log
        rows = [log.time.tolist(), log.measure.tolist(), log.event.tolist(), log.detail.tolist()]
        scenarios.append((name, scenario.attributes, variables, axes, rows))
    is_attribution = any(one[1].get("content") == "attribution" for one in scenarios)
    compared = None if is_attribution else repr(results.compare())
    return results.attributes, results.inputs, scenarios, compared


def said_by_statistics(path: Path) -> object:
    results = lantian.open(path)
    results.verify()
    return [
        (one, scenario.array(one)[1].tobytes())
        for scenario in results.values()
        for name in scenario
        for one in scenario.statistics(name)
    ]


def said_by_finding(path: Path) -> object:
    return replace(findings.read(path), path=Path())


def said_by_report(path: Path) -> object:
    page = path.with_suffix(".html")
    report.write(path, page, ladder=0, overwrite=True)
    return page.read_text()


Says = Callable[[Path], object]


@dataclass
class Seen:
    """What was seen: how many were refused, and what was wrong."""

    refused: int = 0
    wrong: str = ""


def survey(path: Path, says: Says, times: int, luck: int, answers: multiprocessing.Queue) -> None:
    """Damage a file again and again; runs in a process of its own."""
    sound, chance = path.read_bytes(), random.Random(luck)
    said = pickle.dumps(says(path))
    seen = Seen()
    for number in range(times):
        answers.put(number)
        path.write_bytes(damaged(sound, chance))
        try:
            if pickle.dumps(says(path)) != said:
                seen.wrong = f"damage {number} was read, and says something else"
                break
        except lantian.Error:
            seen.refused += 1
        except BaseException as error:
            seen.wrong = f"damage {number} gives {type(error).__name__}: {error}"
            break
    path.write_bytes(sound)
    answers.put(seen)


def seen_of(path: Path, says: Says, times: int, luck: int) -> Seen:
    """Survey, and say which damage a process that died or hangs was at."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=survey, args=(path, says, times, luck, answers))
    process.start()
    last: object = "none"
    try:
        while not isinstance(last, Seen):
            last = answers.get(timeout=PATIENCE)
    except Exception:
        return Seen(wrong=f"a crash or a hang at damage {last}")
    finally:
        process.kill()
        process.join()
    return last


@dataclass(frozen=True)
class Files:
    """Sound files of all kinds, and how often each is damaged."""

    folder: Path
    times: int
    luck: int

    def copy(self, name: str, to: Path) -> Path:
        return Path(shutil.copy(self.folder / name, to))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Files:
    folder = tmp_path_factory.mktemp("sound")
    lantian.run(PLANS[0], output=folder / "result.h5", replications=8)
    lantian.run(PLANS[0], output=folder / "statistics.h5", replications=8, statistics_only=True)
    lantian.attribute(PLANS[1], output=folder / "attribution.h5", replications=4)
    effects = lantian.value(PLANS[0], replications=4)
    about = {"scenario": "one-retrofit", "replications": 4, "seed": 1}
    findings.write(folder / "value.json", "value", effects, **about)
    option = request.config.getoption
    return Files(folder, option("--flips"), option("--luck"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("result.h5", said_by_results),
        ("attribution.h5", said_by_results),
        ("statistics.h5", said_by_statistics),
        ("value.json", said_by_finding),
    ],
)
def test_a_damaged_file_is_refused_or_says_what_it_said(
    name: str, says: Says, files: Files, tmp_path: Path
) -> None:
    seen = seen_of(files.copy(name, tmp_path), says, files.times, files.luck)
    assert seen.wrong == ""
    assert seen.refused > files.times / 2


def test_a_report_of_a_damaged_file_is_refused_or_the_same(files: Files, tmp_path: Path) -> None:
    times = max(3, files.times // PARTS["report"])
    seen = seen_of(files.copy("result.h5", tmp_path), said_by_report, times, files.luck)
    assert seen.wrong == ""
    assert seen.refused > 0


def call(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *map(str, words)],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=PATIENCE,
    )


RUN = ("--replications", "24", "--block", "8", "--quiet")


class Compare:
    """`lantian compare` of a damaged result."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "out.h5"
        assert call("run", PLANS[0], "-o", self.file, *RUN).returncode == 0

    def ask(self) -> tuple[int, object, str]:
        ran = call("compare", self.file)
        return ran.returncode, ran.stdout, ran.stderr


class Merge:
    """`lantian merge` where one shard is damaged."""

    def __init__(self, folder: Path) -> None:
        self.parts = [folder / "1", folder / "2"]
        self.file, self.output = self.parts[1], folder / "out.h5"
        for number, part in enumerate(self.parts, start=1):
            done = call("run", PLANS[0], "-o", part, *RUN, "--shard", f"{number}/2")
            assert done.returncode == 0

    def ask(self) -> tuple[int, object, str]:
        ran = call("merge", *self.parts, "-o", self.output, "--overwrite", "--quiet")
        return ran.returncode, values_of(self.output) if ran.returncode == 0 else None, ran.stderr


class Resume:
    """`lantian run --resume` where a block that was kept is damaged."""

    def __init__(self, folder: Path) -> None:
        self.output = folder / "out.h5"
        self.parts = folder / "out.h5.parts"
        self.kept = folder / "kept"
        self.file = self.kept / "000000000008"
        words = ("run", PLANS[0], "-o", self.output, "--block", "8", "--replications", "40000")
        process = subprocess.Popen([COMMAND, *words])
        while not (self.parts / self.file.name).exists():
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
        process.wait()
        shutil.copytree(self.parts, self.kept, ignore=shutil.ignore_patterns("*.tmp"))
        for path in self.kept.iterdir():
            if path.name not in ("run", "000000000000", "000000000008"):
                path.unlink()
        shutil.rmtree(self.parts)

    def ask(self) -> tuple[int, object, str]:
        self.output.unlink(missing_ok=True)
        shutil.rmtree(self.parts, ignore_errors=True)
        shutil.copytree(self.kept, self.parts)
        ran = call("run", PLANS[0], "-o", self.output, *RUN, "--resume")
        return ran.returncode, values_of(self.output) if ran.returncode == 0 else None, ran.stderr


def values_of(path: Path) -> dict[str, bytes]:
    results = lantian.open(path)["one-retrofit"]
    return {name: results[name].tobytes() for name in results}


@pytest.mark.parametrize("way", [Compare, Merge, Resume])
def test_the_command_refuses_in_one_line_or_says_what_it_said(
    way: type[Compare | Merge | Resume], files: Files, tmp_path: Path
) -> None:
    asked = way(tmp_path)
    sound, luck = asked.file.read_bytes(), random.Random(files.luck)
    code, said, _ = asked.ask()
    assert code == 0
    for number in range(max(8, files.times // PARTS["command"])):
        asked.file.write_bytes(damaged(sound, luck))
        code, found, complaint = asked.ask()
        if code == 0:
            assert found == said, f"damage {number}"
        else:
            assert code in REFUSALS, f"damage {number}: exit code {code}\n{complaint}"
            assert len(complaint.splitlines()) == 1, f"damage {number}: {complaint}"


def test_a_number_that_is_edited_by_hand_is_found(files: Files, tmp_path: Path) -> None:
    path = files.copy("value.json", tmp_path)
    text = path.read_text()
    edited = re.sub(r'"replications": 4\b', '"replications": 400', text)
    assert edited != text
    path.write_text(edited)
    with pytest.raises(lantian.UsageError, match="was damaged or changed"):
        findings.read(path)
    path.write_text(json.dumps(json.loads(text)))
    assert findings.read(path).replications == 4

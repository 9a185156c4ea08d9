"""Disks and memory that fail in the middle of a run, of a shard and of a merge.

Whatever fails, the command says so in one line with its exit code, nothing but a whole result has
the result's name, and the same command, resumed, ends with the values of an undisturbed run.
`--every-call` lets each call on files fail once; otherwise, and of the tens of thousands that ask
for memory, some are taken, evenly spread.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import h5py
import pytest

COMMAND = Path(sys.executable).with_name("lantian")
ONE_STACK = Path(__file__).parents[1] / "bindings" / "one_stack.toml"
OPTIONS = ("--replications", "24", "--block", "4", "--threads", "1", "--quiet")
OLD = b"an older result"
SAMPLE = 16
OUTPUT_FAILED, MODEL_FAILED = 4, 3
ERRNO = {"open": 13, "mkdir": 13, "write": 28, "ftruncate": 27, "fsync": 5, "rename": 5}
SMALL_DISK = """
folder=$1 kept=$2 size=$3; shift 3
mount -t tmpfs -o size=$size faults "$folder" || exit 77
"$@"; status=$?
ls "$folder" > "$kept/left"
mount -o remount,size=10m "$folder" || exit 77
"$@" --resume && cp "$folder/out.h5" "$kept"
exit $status
"""


@dataclass(frozen=True)
class Job:
    """A command that writes `out` into the folder in which it is begun."""

    words: tuple[str, ...]
    again: tuple[str, ...]
    read: Callable[[Path], object]
    whole: object
    old: bytes | None = None

    def start(self, folder: Path, *more: str, **settings: object) -> subprocess.CompletedProcess:
        environment = os.environ | {name: str(value) for name, value in settings.items()}
        words = [COMMAND, *self.words, "-o", folder / "out", *more]
        return subprocess.run(
            words, env=environment, capture_output=True, text=True, errors="replace", check=False
        )


@dataclass(frozen=True)
class Faults:
    """Lets calls of a command fail."""

    library: Path
    counts: Path
    at_most: int

    def count(self, job: Job, folder: Path, **settings: object) -> int:
        """Tell how many calls an undisturbed command makes."""
        ran = job.start(fresh(folder, job), **self._settings(folder, settings))
        assert ran.returncode == 0, ran.stderr
        return int(self.counts.read_text())

    def each(self, job: Job, folder: Path, **settings: object):
        """Let one call fail after the other, each in a folder that is as it was."""
        calls = self.count(job, folder, **settings)
        assert calls > 0
        at_most = SAMPLE if settings["FAULT_CALL"] == "malloc" else self.at_most
        for call in range(1, calls + 1, max(1, -(-calls // at_most))):
            yield (
                job.start(fresh(folder, job), FAULT_AT=call, **self._settings(folder, settings)),
                call,
            )

    def _settings(self, folder: Path, settings: dict[str, object]) -> dict[str, object]:
        return {
            "LD_PRELOAD": self.library,
            "FAULT_COUNT": self.counts,
            "FAULT_BELOW": "" if settings["FAULT_CALL"] == "malloc" else folder,
            "FAULT_HURRY": 100_000,  # blocks are put on the disk after each, not every ten seconds
            **settings,
        }


def fresh(folder: Path, job: Job) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if job.old is not None:
        (folder / "out").write_bytes(job.old)
    return folder


def values(path: Path) -> dict[str, bytes]:
    """Give every array of every scenario."""
    found = {}

    def note(_: str, item: h5py.Group | h5py.Dataset) -> None:
        if isinstance(item, h5py.Dataset):
            array = item[()]
            found[item.name] = str(array).encode() if array.dtype.kind == "O" else array.tobytes()

    with h5py.File(path) as file:
        for scenario in file.attrs["scenarios"]:
            file[scenario].visititems(note)
    return found


def require_nothing_partial(job: Job, folder: Path) -> bool:
    """Tell whether the whole result is in place; what else is there must be the older one."""
    output = folder / "out"
    if not output.exists():
        assert job.old is None, "the older result is gone"
        return False
    if output.read_bytes() == job.old:
        return False
    assert job.read(output) == job.whole
    return True


def require_end_with_same_values(job: Job, folder: Path) -> None:
    ran = job.start(folder, *job.again)
    assert ran.returncode == 0, ran.stderr
    assert job.read(folder / "out") == job.whole
    assert [path.name for path in folder.iterdir()] == ["out"]


@pytest.fixture(scope="module")
def faults(tmp_path_factory, request):
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler to build the library that lets calls fail")
    folder = tmp_path_factory.mktemp("faults")
    source = Path(__file__).with_name("failing_calls.c")
    library = folder / "failing_calls.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", source, "-o", library], check=True)
    at_most = 10**9 if request.config.getoption("--every-call") else SAMPLE
    return Faults(library, folder / "count", at_most)


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    run = ("run", str(ONE_STACK), *OPTIONS)
    parts = [folder / f"part-{k}" for k in (1, 2)]
    for k, part in enumerate(parts, 1):
        subprocess.run([COMMAND, *run, "--shard", f"{k}/2", "-o", part], check=True)
    subprocess.run([COMMAND, *run, "-o", folder / "whole.h5"], check=True)
    whole = values(folder / "whole.h5")
    merge = ("merge", *map(str, parts), "--threads", "1", "--quiet")
    return {
        "run": Job((*run, "--overwrite"), ("--resume",), values, whole, OLD),
        "shard": Job(
            (*run, "--shard", "2/2"), ("--resume",), Path.read_bytes, parts[1].read_bytes()
        ),
        "merge": Job(merge, (), values, whole),
    }


@pytest.mark.parametrize("call", ERRNO)
@pytest.mark.parametrize("job", ["run", "shard", "merge"])
def test_a_call_that_fails_is_one_clear_line_and_loses_nothing(job, call, faults, jobs, tmp_path):
    job, folder = jobs[job], tmp_path / "disk"
    if call == "mkdir" and job is jobs["merge"]:
        return  # it makes no folder
    failures = 0
    for ran, at in faults.each(job, folder, FAULT_CALL=call, FAULT_ERRNO=ERRNO[call]):
        where = f"{call} {at}: {ran.stderr}"
        assert ran.returncode in (0, OUTPUT_FAILED), where
        in_place = require_nothing_partial(job, folder)
        if ran.returncode == 0:
            assert in_place, where
            continue
        failures += 1
        assert ran.stderr.startswith(str(folder)), where
        assert ran.stderr.count("\n") == 1, where
        assert f"(errno {ERRNO[call]})" in ran.stderr, where
        if not in_place:
            require_end_with_same_values(job, folder)
    assert failures > 0


@pytest.mark.parametrize("on", ["once", "on"])
@pytest.mark.parametrize("job", ["run", "merge"])
def test_memory_that_lacks_is_one_clear_line_and_loses_nothing(job, on, faults, jobs, tmp_path):
    job, folder = jobs[job], tmp_path / "disk"
    settings = {"FAULT_CALL": "malloc", "FAULT_ERRNO": 12, "FAULT_ON": on}
    for ran, at in faults.each(job, folder, FAULT_BY="libstdc++", **settings):
        where = f"malloc {at}: {ran.stderr}"
        assert ran.returncode in (0, MODEL_FAILED, OUTPUT_FAILED), where
        assert ran.stderr.count("\n") == (ran.returncode != 0), where
        if not require_nothing_partial(job, folder):
            assert ran.returncode != 0, where
            require_end_with_same_values(job, folder)


# libhdf5 1.10 and libcrypto may crash where their own memory lacks: then it is as after a kill.
def test_a_crash_of_a_library_without_memory_loses_nothing(faults, jobs, tmp_path):
    job, folder = jobs["run"], tmp_path / "disk"
    for ran, at in faults.each(job, folder, FAULT_CALL="malloc", FAULT_ERRNO=12):
        if not require_nothing_partial(job, folder):
            assert ran.returncode != 0, f"malloc {at}: {ran.stderr}"
            require_end_with_same_values(job, folder)


@pytest.mark.parametrize("limit", [0, 1000, 5000, 50_000, 100_000])  # the result has 118 kB
def test_a_limit_on_the_size_of_files_is_a_clear_error(limit, jobs, tmp_path):
    job = jobs["run"]
    words = [COMMAND, *job.words, "-o", tmp_path / "out"]
    (tmp_path / "out").write_bytes(OLD)
    ran = subprocess.run(
        words,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == OUTPUT_FAILED
    assert "raise the limit on the size of files (ulimit -f)" in ran.stderr
    assert not require_nothing_partial(job, tmp_path)
    require_end_with_same_values(job, tmp_path)


def run_on_small_disk(folder: Path, kept: Path, size: str) -> subprocess.CompletedProcess[str]:
    """Run where a file system of that size is mounted on the folder, then with 10 MB."""
    folder.mkdir()
    kept.mkdir()
    words = [COMMAND, "run", ONE_STACK, *OPTIONS, "-o", folder / "out.h5"]
    script = ["unshare", "--map-root-user", "--mount", "sh", "-c", SMALL_DISK, "sh"]
    ran = subprocess.run(
        [*script, folder, kept, size, *words], capture_output=True, text=True, check=False
    )
    if ran.returncode in (1, 77) and "lantian" not in ran.stderr.partition("\n")[0]:
        pytest.skip(f"no right to mount a small file system: {ran.stderr}")
    return ran


@pytest.mark.parametrize("size", ["32k", "40k", "100k", "130k"])
def test_a_full_disk_is_a_clear_error_and_loses_nothing(size, jobs, tmp_path):
    ran = run_on_small_disk(tmp_path / "disk", tmp_path / "kept", size)
    assert ran.returncode == OUTPUT_FAILED, ran.stderr
    assert "No space left on device (errno 28); free some space there" in ran.stderr
    assert "out.h5\n" not in (tmp_path / "kept/left").read_text()
    assert values(tmp_path / "kept/out.h5") == jobs["run"].whole


def test_a_folder_that_is_read_only_is_a_clear_error(jobs, tmp_path):
    ran = run_on_small_disk(tmp_path / "disk", tmp_path / "kept", "1m,ro")
    assert ran.returncode == OUTPUT_FAILED, ran.stderr
    assert ran.stderr.startswith(
        f"{tmp_path}/disk/out.h5: cannot create: Read-only file system (errno 30); "
        "write to a folder that you may write to\n"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_a_clear_error(jobs, tmp_path):
    tmp_path.chmod(0o555)
    ran = jobs["merge"].start(tmp_path)
    assert ran.returncode == OUTPUT_FAILED
    assert "write to a folder that you may write to" in ran.stderr


def test_a_folder_that_vanishes_is_a_clear_error_and_its_blocks_can_be_resumed(tmp_path):
    folder, moved = tmp_path / "disk", tmp_path / "moved"
    folder.mkdir()
    more = ("--replications", "20000", "--block", "50", "--quiet")
    words = [COMMAND, "run", ONE_STACK, *more]
    with subprocess.Popen(
        [*words, "-o", folder / "out.h5"], stderr=subprocess.PIPE, text=True
    ) as process:
        while not (folder / "out.h5.parts/000000000050").exists():
            assert process.poll() is None
            time.sleep(0.001)
        folder.rename(moved)
        said = process.communicate()[1]
    assert process.returncode == OUTPUT_FAILED
    assert said.startswith(f"{folder}/out.h5: cannot keep a block beside it: No such file")
    assert said.count("\n") == 1
    assert not (moved / "out.h5").exists()
    subprocess.run([*words, "-o", moved / "out.h5", "--resume"], check=True)
    subprocess.run([*words, "-o", tmp_path / "whole.h5"], check=True)
    assert values(moved / "out.h5") == values(tmp_path / "whole.h5")
    assert [path.name for path in moved.iterdir()] == ["out.h5"]

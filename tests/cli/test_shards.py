"""Runs that are stopped and resumed, split and merged, from the shell."""

import subprocess
import sys
from pathlib import Path

import pytest

import lantian

COMMAND = Path(sys.executable).with_name("lantian")
ONE_STACK = Path(__file__).parents[1] / "bindings" / "one_stack.toml"


def call(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *map(str, words)], capture_output=True, text=True, check=False)


def shard(folder: Path, number: str, *more: object) -> Path:
    part = folder / number.replace("/", "-of-")
    ran = call("run", ONE_STACK, "-o", part, "--replications", 40, "--block", 8, "--shard", number)
    assert ran.returncode == 0, ran.stderr
    return part


def test_shards_merge_to_the_result_of_one_run(tmp_path):
    parts = [shard(tmp_path, f"{k}/3") for k in (3, 1, 2)]
    merged = call("merge", *parts, "-o", tmp_path / "merged.h5")
    assert merged.returncode == 0, merged.stderr
    assert merged.stdout.startswith(f"{tmp_path}/merged.h5: 1 scenario x 40 replications, ")
    call("run", ONE_STACK, "-o", tmp_path / "whole.h5", "--replications", 40, "--block", 8)
    one, other = lantian.open(tmp_path / "merged.h5"), lantian.open(tmp_path / "whole.h5")
    (name,) = one
    for variable in one[name]:
        assert one[name][variable].tobytes() == other[name][variable].tobytes(), variable


def test_python_merges_too(tmp_path):
    parts = [shard(tmp_path, f"{k}/2") for k in (1, 2)]
    assert lantian.merge(parts, tmp_path / "merged.h5").replications == 40
    with pytest.raises(lantian.OutputError, match="exists already"):
        lantian.merge(parts, tmp_path / "merged.h5")


def test_a_missing_shard_is_wrong_usage(tmp_path):
    merged = call("merge", shard(tmp_path, "1/2"), "-o", tmp_path / "merged.h5")
    assert merged.returncode == 2
    assert merged.stderr == "replications 16 to 39 are in no shard\n"
    assert not (tmp_path / "merged.h5").exists()


@pytest.mark.parametrize("number", ["2", "a/b", "2/", "/2", "1/2/3", "3/2", "0/2", "-1/2"])
def test_a_shard_that_cannot_be_is_wrong_usage(tmp_path, number):
    ran = call("run", ONE_STACK, "-o", tmp_path / "part", f"--shard={number}")
    assert ran.returncode == 2
    assert "such as 2/4" in ran.stderr or "as in 2/4" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_was_stopped_is_not_overlooked(tmp_path):
    output = tmp_path / "out.h5"
    (tmp_path / "out.h5.parts").mkdir()
    (tmp_path / "out.h5.parts/run").write_text("seed: 2\n")
    ran = call("run", ONE_STACK, "-o", output)
    assert ran.returncode == 4
    assert ran.stderr.endswith("to begin anew (--resume, --overwrite)\n")
    resumed = call("run", ONE_STACK, "-o", output, "--resume")
    assert resumed.returncode == 2
    assert "out.h5 cannot be resumed, what is left is of another run: " in resumed.stderr
    assert "seed 2 instead of 1" in resumed.stderr
    assert call("run", ONE_STACK, "-o", output, "--overwrite").returncode == 0
    assert list(tmp_path.iterdir()) == [output]

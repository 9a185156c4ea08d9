"""`lantian new` writes a scenario family that runs at once, or nothing."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

LANTIAN = Path(sys.executable).with_name("lantian")
TEMPLATE = Path(__file__).parents[2] / "scenarios" / "template"


def lantian(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LANTIAN, *words], capture_output=True, text=True, cwd=cwd, check=False)


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("name", ["plans", "第一个 情景", "it's (mine) $HOME"])
def test_what_is_printed_can_be_typed_and_works(name: str, tmp_path: Path) -> None:
    written = lantian("new", name, cwd=tmp_path)
    assert written.returncode == 0, written.stderr
    commands = re.findall(r"^  (.+)$", written.stdout, re.MULTILINE)
    assert [shlex.split(command)[:2] for command in commands] == [
        ["cd", name],
        ["lantian", "check"],
        ["lantian", "run"],
        ["lantian", "compare"],
        ["lantian", "why"],
    ]
    path = f"{LANTIAN.parent}{os.pathsep}{os.environ['PATH']}"
    typed = subprocess.run(
        ["sh", "-e", "-c", "\n".join(commands)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        check=False,
    )
    assert typed.returncode == 0, typed.stderr
    assert "target both-by-2027" in typed.stdout
    assert "The foundry moves to the hillside" in typed.stdout


def test_the_files_are_those_of_the_template_and_the_schema(tmp_path: Path) -> None:
    lantian("new", "plans", cwd=tmp_path)
    written = files_below(tmp_path / "plans")
    schema = written.pop("lantian.schema.json").decode()
    assert schema == lantian("schema", cwd=tmp_path).stdout
    assert written == files_below(TEMPLATE)
    for name in ("baseline.toml", "plan.toml"):
        assert written[name].startswith(b"#:schema lantian.schema.json\n")


def test_a_last_slash_does_not_matter(tmp_path: Path) -> None:
    assert lantian("new", "plans/", cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["plans"]


def test_what_is_there_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "broken-link").symlink_to("nowhere")
    for name in ("empty", "file", "broken-link", "."):
        refused = lantian("new", name, cwd=tmp_path)
        assert refused.returncode == 4
        assert refused.stderr == f"{name}: exists already; name a folder that is yet to be made\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken-link", "empty", "file"]
    assert list((tmp_path / "empty").iterdir()) == []
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    refused = lantian("new", "nowhere/plans", cwd=tmp_path)
    assert refused.returncode == 4
    assert refused.stderr == (
        "nowhere/plans: cannot create: No such file or directory (errno 2); "
        "create its folder first\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    # A limit of 4 KB a file, which the schema passes: the write fails after other files stand.
    command = f"trap '' XFSZ; ulimit -f 8; exec '{LANTIAN}' new plans"
    failed = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert failed.returncode == 4
    assert "cannot write: File too large" in failed.stderr
    assert list(tmp_path.iterdir()) == []

"""Verbs of other programs: `lantian greet` starts `lantian-greet`, as git and cargo do."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

LANTIAN = Path(sys.executable).with_name("lantian")


def write_script(folder: Path, name: str, *lines: str) -> Path:
    """A small shell script that may be run."""
    folder.mkdir(exist_ok=True)
    script = folder / name
    script.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    script.chmod(0o755)
    return script


def lantian(
    *words: str, command: Path = LANTIAN, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command with one folder before all others of the PATH."""
    folders = os.pathsep.join(filter(None, [str(path or ""), os.environ["PATH"]]))
    return subprocess.run(
        [command, *words],
        capture_output=True,
        text=True,
        env=os.environ | {"PATH": folders},
        check=False,
    )


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The command in a folder of its own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return Path(shutil.copy(LANTIAN, folder))


def test_an_unknown_verb_is_a_program_on_the_path_and_gets_every_word(tmp_path: Path) -> None:
    script = write_script(tmp_path, "lantian-greet", 'printf "%s|" "$0" "$@"', "exit 7")
    ran = lantian("greet", "--help", "-x", "two words", "", "蓝天", path=tmp_path)
    assert ran.stdout == f"{script}|--help|-x|two words||蓝天|"
    assert ran.returncode == 7


def test_a_program_beside_the_command_comes_before_the_path(beside: Path, tmp_path: Path) -> None:
    write_script(beside.parent, "lantian-greet", "echo beside")
    write_script(tmp_path / "other", "lantian-greet", "echo path")
    assert lantian("greet", command=beside, path=tmp_path / "other").stdout == "beside\n"


def test_a_link_elsewhere_finds_what_is_beside_the_link_and_beside_the_command(
    beside: Path, tmp_path: Path
) -> None:
    write_script(beside.parent, "lantian-greet", "echo real")
    write_script(tmp_path / "links", "lantian-part", "echo link")
    link = tmp_path / "links" / "lantian"
    link.symlink_to(beside)
    assert lantian("greet", command=link).stdout == "real\n"
    assert lantian("part", command=link).stdout == "link\n"


def test_verbs_of_our_own_cannot_be_replaced(beside: Path, tmp_path: Path) -> None:
    for folder in (beside.parent, tmp_path):
        write_script(folder, "lantian-check", "echo replaced")
    checked = lantian("check", "no-such.toml", command=beside, path=tmp_path)
    assert checked.returncode == 2
    assert "no-such.toml" in checked.stderr


def test_options_and_paths_are_not_looked_up(tmp_path: Path) -> None:
    write_script(tmp_path, "lantian---verbose", "echo started")
    write_script(tmp_path / "lantian-x", "y", "echo started")
    write_script(tmp_path, "greet", "echo started")
    for word in ("--verbose", "x/y", "x/../greet", str(tmp_path / "greet"), ""):
        ran = lantian(word, path=tmp_path)
        assert (ran.returncode, ran.stdout) == (2, ""), word


def test_a_file_that_cannot_be_run_is_passed_over(tmp_path: Path) -> None:
    write_script(tmp_path, "lantian-greet").chmod(0o644)
    (tmp_path / "lantian-folder").mkdir()
    for verb in ("greet", "folder"):
        assert f"no verb '{verb}'" in lantian(verb, path=tmp_path).stderr


def test_a_program_that_the_system_refuses_is_an_error_with_its_name(tmp_path: Path) -> None:
    broken = tmp_path / "lantian-greet"
    broken.write_text("neither a script nor a program", encoding="utf-8")
    broken.chmod(0o755)
    ran = lantian("greet", path=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr == f"{broken}: cannot be started: Exec format error\n"


def test_the_nearest_verb_counts_those_beside_the_command(beside: Path, tmp_path: Path) -> None:
    write_script(beside.parent, "lantian-greet")
    assert "did you mean 'greet'?" in lantian("gret", command=beside).stderr
    write_script(tmp_path / "other", "lantian-salute")
    unknown = lantian("salut", command=beside, path=tmp_path / "other")
    assert unknown.stderr == "lantian: no verb 'salut'\nSee lantian --help.\n"


def test_the_help_lists_the_programs_beside_the_command(beside: Path) -> None:
    assert "Other programs" not in lantian("--help", command=beside).stdout
    for verb in ("salute", "greet"):
        write_script(beside.parent, f"lantian-{verb}")
    assert "Other programs: greet, salute\n" in lantian("--help", command=beside).stdout


def test_the_program_replaces_the_command_and_its_signals_are_its_own(tmp_path: Path) -> None:
    write_script(tmp_path, "lantian-wait", "echo $$", "exec sleep 60")
    process = subprocess.Popen(
        [LANTIAN, "wait"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
    )
    assert process.stdout is not None
    with process.stdout:
        assert int(process.stdout.readline()) == process.pid
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == -signal.SIGINT


def test_the_program_starts_without_blocked_signals(tmp_path: Path) -> None:
    write_script(tmp_path, "lantian-mask", "grep SigBlk /proc/self/status")
    assert int(lantian("mask", path=tmp_path).stdout.split()[1], 16) == 0

"""The stubs of the raw module say what is in it."""

import subprocess
import sys

import pytest

pytest.importorskip("mypy.stubtest")

# Classes of pybind11 have a metaclass of its own, to which no module gives a name for stubs.
OF_PYBIND11 = "is inconsistent, metaclass differs"

# Only the stubs are read, not all that the package imports: a second instead of a minute.
SETTINGS = "[mypy]\nfollow_imports = skip\nfollow_imports_for_stubs = true\n"


def test_the_stubs_agree_with_the_module(tmp_path):
    settings = tmp_path / "mypy.ini"
    settings.write_text(SETTINGS)
    arguments = ["lantian._core", "--concise", "--mypy-config-file", settings]
    done = subprocess.run(
        [sys.executable, "-m", "mypy.stubtest", *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    faults = [line for line in done.stdout.splitlines() if not line.endswith(OF_PYBIND11)]
    assert not faults, done.stdout
    assert done.returncode == 0 or OF_PYBIND11 in done.stdout, done.stderr

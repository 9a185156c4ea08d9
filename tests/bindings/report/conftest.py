"""What the tests of the report share: its catalogue, and a context of small results."""

import shutil
import subprocess

import pytest

from lantian.messages import LOCALE
from lantian.report.context import Context
from lantian.report.ladders import run_ladders


def pytest_configure():
    """Compile the catalogues of a source tree, which the build does for an installed package."""
    for source in LOCALE.glob("*/LC_MESSAGES/lantian.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        if (msgfmt := shutil.which("msgfmt")) is None:
            pytest.exit("the catalogues need msgfmt: apt-get install gettext")
        subprocess.run([msgfmt, "-o", compiled, source], check=True)


@pytest.fixture(scope="session")
def ladders(works, tmp_path_factory):
    return run_ladders(works, tmp_path_factory.mktemp("ladders"), replications=5)


@pytest.fixture(scope="session")
def context(works, ladders):
    """Make the context of the small results, in a language."""
    from lantian.messages import Messages

    return lambda language="en": Context(works, "base", Messages(language), ladders)

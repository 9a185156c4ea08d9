"""The sample result file, written by the program that tests/results/sample.hpp describes."""

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = os.environ.get("LANTIAN_WRITE_SAMPLE")
    if program is None:
        pytest.skip("LANTIAN_WRITE_SAMPLE does not name the program that writes the sample")
    path = tmp_path_factory.mktemp("sample") / "sample.h5"
    subprocess.run([program, path], check=True)
    return path

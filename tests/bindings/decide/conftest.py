"""Scenarios whose bottleneck is worked out by hand."""

from pathlib import Path

import pytest

import lantian

TWO_JOBS = Path(__file__).parent / "two_jobs.toml"


@pytest.fixture(scope="session")
def two_jobs() -> lantian.Scenario:
    return lantian.load(TWO_JOBS)


@pytest.fixture
def extended(tmp_path):
    """Makes a scenario of two_jobs.toml and what is written."""

    def make(text: str) -> lantian.Scenario:
        (tmp_path / TWO_JOBS.name).write_bytes(TWO_JOBS.read_bytes())
        path = tmp_path / "extended.toml"
        path.write_text(f'lantian = 1\nextends = "{TWO_JOBS.name}"\n{text}')
        return lantian.load(path)

    return make

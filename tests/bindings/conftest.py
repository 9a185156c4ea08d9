"""Result files: the sample that tests/results/sample.hpp describes, and a run of two works."""

import os
import subprocess
from pathlib import Path

import pytest

import lantian

TWO_WORKS = Path(__file__).parent / "two_works"
WORKS = Path(__file__).parent / "works"
TWO_FILTERS = Path(__file__).parent / "two_filters.toml"
AIR = Path(__file__).parent / "air"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = os.environ.get("LANTIAN_WRITE_SAMPLE")
    if program is None:
        pytest.skip("LANTIAN_WRITE_SAMPLE does not name the program that writes the sample")
    path = tmp_path_factory.mktemp("sample") / "sample.h5"
    subprocess.run([program, path], check=True)
    return path


@pytest.fixture(scope="session")
def two_works(tmp_path_factory: pytest.TempPathFactory) -> lantian.Results:
    """Three scenarios of two_works/, each with one measure more; nothing in them is uncertain."""
    names = ("untouched", "filter", "filter-and-hood")
    output = tmp_path_factory.mktemp("two_works") / "two-works.h5"
    return lantian.run(
        [TWO_WORKS / f"{name}.toml" for name in names], output=output, replications=4
    )


@pytest.fixture(scope="session")
def works(tmp_path_factory: pytest.TempPathFactory) -> lantian.Results:
    """Twenty worlds of works/base.toml and works/plan.toml."""
    return lantian.run(
        [WORKS / "base.toml", WORKS / "plan.toml"],
        output=tmp_path_factory.mktemp("works") / "works.h5",
        replications=20,
    )


@pytest.fixture(scope="session")
def two_filters() -> lantian.Scenario:
    """Two filters on one stack; nothing is uncertain."""
    return lantian.load(TWO_FILTERS)


@pytest.fixture(scope="session")
def air(tmp_path_factory: pytest.TempPathFactory) -> lantian.Results:
    """A stack, three places where people live, and a plan that halves what is emitted."""
    return lantian.run(
        [AIR / "base.toml", AIR / "plan.toml"],
        output=tmp_path_factory.mktemp("air") / "air.h5",
        replications=2,
    )

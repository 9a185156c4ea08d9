"""Runs of two works, whose yearly totals two_works.toml tells."""

from pathlib import Path

import pytest

import lantian

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def works(tmp_path_factory):
    """Two works, and with half the sulphur: four replications that are all alike."""
    return lantian.run(
        [HERE / "two_works.toml", HERE / "two_works_halved.toml"],
        output=tmp_path_factory.mktemp("works") / "works.h5",
        replications=4,
    )


@pytest.fixture(scope="session")
def uncertain(tmp_path_factory):
    """Two works with an unknown factor of sulphur, in 20 replications."""
    return lantian.run(
        HERE / "two_works_uncertain.toml",
        output=tmp_path_factory.mktemp("uncertain") / "uncertain.h5",
        replications=20,
    )


@pytest.fixture(scope="session")
def two_works(works):
    return works["two_works"]


@pytest.fixture
def planned(sample):
    """The scenario with measures of the sample: 100 v + p + r / 2 at position p of variable v."""
    return lantian.open(sample)["as-planned"]

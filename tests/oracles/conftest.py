"""Oracles in Python: the same seed, level and log as those in C++ (oracle.hpp)."""

import csv
import os
from dataclasses import dataclass

import pytest
from scipy.stats import binomtest


@dataclass
class Oracle:
    """Compares counts with theory, for the test of this name."""

    test: str
    seed: int
    level: float

    def agrees(self, what: str, successes: int, trials: int, probability: float) -> bool:
        """Tell whether the share of independent trials that succeed is what theory says."""
        p = binomtest(successes, trials, probability).pvalue
        error = (probability * (1 - probability) / trials) ** 0.5
        if log := os.environ.get("LANTIAN_ORACLE_LOG"):
            with open(log, "a", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerow(
                    [self.test, what, self.seed, trials, successes / trials, probability, error, p]
                )
        return p >= self.level


@pytest.fixture
def oracle(request: pytest.FixtureRequest) -> Oracle:
    return Oracle(
        request.node.nodeid,
        int(os.environ.get("LANTIAN_ORACLE_SEED", "20240331")),
        float(os.environ.get("LANTIAN_ORACLE_LEVEL", "1e-6")),
    )

"""What the engine keeps of a run in memory, as outcomes read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from lantian.design.outcomes import Outcome
from lantian.results import Coordinate, coordinate_of


@dataclass(frozen=True)
class Kept:
    """Some variables of one run; `dims` are the axes of each after the replication."""

    variables: Sequence[str]
    arrays: Sequence[npt.NDArray[np.float64]]
    dims: Sequence[Sequence[str]]
    described: Mapping[str, dict[str, Any]]
    units: Sequence[str]

    def __getitem__(self, variable: str) -> npt.NDArray[np.float64]:
        return self.arrays[self.variables.index(variable)]

    def axes(self, variable: str) -> tuple[str, ...]:
        """Name the axes of a variable, the replication first."""
        return ("replication", *self.dims[self.variables.index(variable)])

    @cached_property
    def coordinates(self) -> Mapping[str, Coordinate]:
        """The axes by name."""
        return {name: coordinate_of(name, axis) for name, axis in self.described.items()}

    def unit(self, outcome: Outcome) -> str:
        """Give the unit of an outcome's values."""
        if outcome.unit is not None:
            return outcome.unit
        return self.units[self.variables.index(outcome.variables[0])]


def variables_of(outcomes: Sequence[Outcome]) -> list[str]:
    """Name the variables that some outcomes are computed from."""
    return sorted({variable for outcome in outcomes for variable in outcome.variables})

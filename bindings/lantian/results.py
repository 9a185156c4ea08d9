"""Result files, read as NumPy arrays."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from lantian import _core
from lantian.comparing import compare, events
from lantian.dates import dates_of_days, dates_of_seconds
from lantian.errors import UsageError
from lantian.explaining import why
from lantian.exports.datasets import all_to_xarray, to_xarray
from lantian.exports.definitions import write_iamc_definitions
from lantian.exports.ff10 import to_ff10
from lantian.exports.iamc import to_iamc
from lantian.exports.tables import all_to_pandas, to_pandas
from lantian.scenario import Scenario

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Variable:
    """What an array of the results is.

    `dims` names its axes, the replication first. `flags` maps the whole numbers that it holds to
    what they mean; it is empty for quantities. `is_date` says that it holds dates.
    """

    name: str
    dims: tuple[str, ...]
    unit: str
    long_name: str
    cell_methods: str
    flags: Mapping[int, str]
    is_date: bool = False


@dataclass(frozen=True)
class Coordinate:
    """An axis of the results.

    `values` are ids, calendar years, or the starts of time intervals (datetime64[s]); for intervals
    `bounds` has one more entry: interval i lasts from bounds[i] to bounds[i + 1]. `companions` are
    further arrays along the axis, such as names and places; `companion_attributes` has what they
    are (`long_name`) and their unit (`units`), where they have any.
    """

    name: str
    values: Array
    bounds: Array | None = None
    companions: Mapping[str, Array] = field(default_factory=dict)
    long_name: str = ""
    companion_attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class EventLog:
    """What happened in the replications that keep a log: one array a column, one row an event."""

    replication: Array
    time: Array
    measure: Array
    event: Array
    detail: Array

    def __len__(self) -> int:
        return len(self.replication)


class ScenarioResults(Mapping[str, Array]):
    """The results of one scenario: a mapping of variable names to arrays, read when asked for.

    Dates are datetime64[s], NaT where something never happened. Missing numbers are NaN. Of a run
    that kept statistics only, `statistics` says which there are of a variable, and `array` reads
    them.
    """

    def __init__(self, file: _core.ResultFile, name: str) -> None:
        self._file = file
        self._described = file.variables(name)
        self.name = name

    def __getitem__(self, variable: str) -> Array:
        return self.read(variable)

    def __iter__(self) -> Iterator[str]:
        return iter(self._described)

    def __len__(self) -> int:
        return len(self._described)

    def __contains__(self, variable: object) -> bool:
        return variable in self._described

    def __repr__(self) -> str:
        return f"<results of {self.name}: {len(self)} variables>"

    def read(self, variable: str, *, first: int = 0, count: int | None = None) -> Array:
        """Read some consecutive replications of a variable: all from `first` on, or `count`.

        Returns an array of shape (replications, ...), with the axes that `variable()` names.
        Raises UsageError if the run kept statistics only.
        """
        described = self._described[variable]
        available = self._file.replications - first
        wanted = available if count is None else count
        if first < 0 or not 0 <= wanted <= available:
            raise UsageError(
                f"replications {first} to {first + wanted - 1} are not all there: "
                f"the file has 0 to {self._file.replications - 1}"
            )
        values = self._file.read(self.name, variable, first, wanted)
        if described["is_date"]:
            return dates_of_days(values)
        return values.astype(np.int8) if described["is_whole"] else values

    def axes(self, variable: str) -> tuple[str, ...]:
        """Name the axes of a variable, the replication first."""
        return ("replication", *self._described[variable]["dims"])

    def variable(self, name: str) -> Variable:
        """Say what an array is: its axes, unit and meaning."""
        described = self._described[name]
        return Variable(
            name=name,
            dims=self.axes(name),
            unit=described["unit"],
            long_name=described["long_name"],
            cell_methods=described["cell_methods"],
            flags=described["flags"],
            is_date=described["is_date"],
        )

    def has_values(self, variable: str) -> bool:
        """Whether the file has a variable's values in each replication, not only statistics."""
        return bool(self._described[variable]["with_values"])

    def has_statistics(self, variable: str) -> bool:
        """Whether the file has the mean, standard error and quantiles of a variable."""
        return bool(self._described[variable]["with_statistics"])

    def statistics(self, variable: str) -> tuple[str, ...]:
        """Name what there is of a variable over the replications: `NOx_mean`, ...

        Where the run kept statistics only: also `_quantile_error`, the most by which a quantile may
        be wrong, and `_number`, the replications that have a value. Of flags there is only
        `_number`, with the flags' meanings as its first axis.
        """
        if self.has_statistics(variable):
            of_columns = ("mean", "se", "quantile")
            further = () if self.has_values(variable) else ("quantile_error", "number")
            return tuple(f"{variable}_{one}" for one in (*of_columns, *further))
        return () if self.has_values(variable) else (f"{variable}_number",)

    def array(self, name: str) -> tuple[tuple[str, ...], Array]:
        """Read any numeric dataset of the scenario, such as `NOx_mean`: its axes and values."""
        dims, values = self._file.read_array(self.name, name)
        return tuple(dims), values

    @property
    def replications(self) -> int:
        """Number of replications."""
        return self._file.replications

    @property
    def chance_draws(self) -> int:
        """Number of consecutive replications that share one draw of the parameters."""
        return self._file.chance_draws

    @property
    def coordinates(self) -> dict[str, Coordinate]:
        """The axes by name."""
        return dict(self._coordinates)

    @cached_property
    def _coordinates(self) -> dict[str, Coordinate]:
        """Read once: nearly every table asks for them, and a file does not change."""
        return {
            name: coordinate_of(name, described)
            for name, described in self._file.coordinates(self.name).items()
        }

    @property
    def attributes(self) -> dict[str, Any]:
        """Facts about the scenario."""
        return self._file.scenario_attributes(self.name)

    @property
    def event_log(self) -> EventLog:
        """What happened in the first replications, in order of replication and time."""
        log = self._file.event_log(self.name)
        return EventLog(
            replication=np.asarray(log["replication"], dtype=np.int32),
            time=dates_of_seconds(log["time"]),
            measure=np.asarray(log["measure"], dtype=object),
            event=np.asarray(log["event"], dtype=object),
            detail=np.asarray(log["detail"], dtype=object),
        )

    def scenario(self) -> Scenario:
        """Read the scenario again from the inputs that the file holds.

        Raises
        ------
        ScenarioError
            If this version of Lantian reads the format otherwise than the one that ran it.
        """
        return self._scenario

    @cached_property
    def _scenario(self) -> Scenario:
        inputs = self._file.inputs()
        own = {  # those whose names clashed with another scenario's stand in a folder of the id
            path.removeprefix(f"{self.name}/"): content
            for path, content in inputs.items()
            if path.startswith(f"{self.name}/")
        }
        top = str(self.attributes.get("scenario_file", f"{self.name}.toml"))
        files = own if top in own else inputs
        return Scenario.from_files(files, top, _core.widest_read_limits())

    # The forms of other tools; lantian.exports has them, and what they need.
    to_xarray = to_xarray
    to_pandas = to_pandas
    to_ff10 = to_ff10


class Results(Mapping[str, ScenarioResults]):
    """A result file: a mapping of scenario ids to their results, in the order of the run.

    Raises ResultFileError, here or on first use, if the file is not a result or is damaged. With
    `is_temporary` its folder is removed when this object is gone.
    """

    def __init__(self, path: str | os.PathLike[str], *, is_temporary: bool = False) -> None:
        self.path = Path(path)
        self._file = _core.ResultFile(self.path)
        if is_temporary:
            weakref.finalize(self, shutil.rmtree, self.path.parent, ignore_errors=True)
        self._opened: dict[str, ScenarioResults] = {}

    def __getitem__(self, scenario: str) -> ScenarioResults:
        if scenario not in self._file.scenarios:
            raise KeyError(scenario)
        if scenario not in self._opened:
            self._opened[scenario] = ScenarioResults(self._file, scenario)
        return self._opened[scenario]

    def __iter__(self) -> Iterator[str]:
        return iter(self._file.scenarios)

    def __len__(self) -> int:
        return len(self._file.scenarios)

    def __repr__(self) -> str:
        return f"<{self.path}: {', '.join(self)}; {self.replications} replications>"

    @property
    def replications(self) -> int:
        """Number of replications of each scenario."""
        return self._file.replications

    @property
    def attributes(self) -> dict[str, Any]:
        """Facts about the run: program, seed, date, ..."""
        return self._file.attributes()

    @property
    def runtime(self) -> dict[str, Any]:
        """What differs from run to run: phase timings, event counts."""
        return self._file.runtime()

    @property
    def inputs(self) -> dict[str, bytes]:
        """Every file that the run read, byte for byte."""
        return self._file.inputs()

    def scenario(self, id: str) -> Scenario:
        """Read a scenario again from the inputs that the file holds.

        Raises
        ------
        KeyError
            If the file has no such scenario.
        """
        return self[id].scenario()

    def verify(self) -> None:
        """Read everything; raises ResultFileError if anything is damaged."""
        self._file.verify()

    compare = compare
    why = why
    events = events

    to_xarray = all_to_xarray
    to_pandas = all_to_pandas
    to_iamc = to_iamc
    write_iamc_definitions = write_iamc_definitions


@contextlib.contextmanager
def result_file(path: str | os.PathLike[str] | None) -> Iterator[Path]:
    """Give the file to write: the one named, or one in a new folder that goes if this fails."""
    if path is not None:
        yield Path(path)
        return
    folder = Path(tempfile.mkdtemp(prefix="lantian-"))
    try:
        yield folder / "results.h5"
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def open(path: str | os.PathLike[str]) -> Results:
    """Open a result file.

    Parameters
    ----------
    path
        A file written by `lantian run` or `lantian.run`.

    Returns
    -------
    Results
        A mapping of scenario ids to results; `lantian.open(path)["as-planned"]["NOx"]` is an array.

    Raises
    ------
    ResultFileError
        If the file is not a result of Lantian, of another format, cut short or damaged.
    """
    return Results(path)


def coordinate_of(name: str, described: dict[str, Any]) -> Coordinate:
    """Make a coordinate of what the engine says of it."""
    attributes = described.get("companion_attributes", {})
    companions = {
        companion: _companion(values, unit=attributes.get(companion, {}).get("units", ""))
        for companion, values in described["companions"].items()
    }
    long_name = described.get("long_name", "")
    if described["is_intervals"]:
        bounds = dates_of_seconds(described["values"])
        return Coordinate(name, bounds[:-1], bounds, companions, long_name, attributes)
    values = described["values"]
    labelled = not values or isinstance(values[0], str)
    labels = np.asarray(values, dtype=object if labelled else np.int32)
    return Coordinate(name, labels, None, companions, long_name, attributes)


def _companion(values: list[Any], *, unit: str) -> Array:
    """Make an array of texts, or of numbers: only these have a unit."""
    is_number = not isinstance(values[0], str) if values else bool(unit)
    return np.asarray(values, dtype=float if is_number else object)

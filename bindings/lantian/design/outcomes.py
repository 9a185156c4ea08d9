"""Outcomes: one number a replication, read out of a run, whether from a file or from memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.results import Coordinate

Values = npt.NDArray[np.float64]
Account = Literal["stack", "fugitive", "indirect", "avoided"]
Milestone = Literal["begun", "works", "assessed", "published"]
DIRECT: tuple[Account, ...] = ("stack", "fugitive")
NOT_ASSESSABLE = 2  # in target_met, beside 0 (missed) and 1 (met)
PLACES = {
    "zones": ("zone", True),
    "districts": ("district", False),
    "sectors": ("sector", False),
    "plants": ("plant", False),
    "sources": ("source", False),
}  # table: axis, and whether its variable has the accounts


class Arrays(Protocol):
    """Results of one scenario: `ScenarioResults`, or what `Design.evaluate` has kept."""

    def __getitem__(self, variable: str) -> npt.NDArray[np.generic]: ...
    @property
    def coordinates(self) -> Mapping[str, Coordinate]:
        """The axes by name."""

    def axes(self, variable: str) -> tuple[str, ...]:
        """Name the axes of a variable, the replication first."""


@dataclass(frozen=True)
class Outcome:
    """A number a replication.

    Attributes
    ----------
    name
        What tables call it.
    variables
        The result variables that it is computed from; those of one outcome and no others are kept.
    read
        From arrays to values of shape (replications,); NaN where a replication has none.
    unit
        Of the values, or of the difference of two; None where it is that of the first variable.
    targets
        Those that it looks at: the scenarios with which they compare run along in
        `Design.evaluate`.
    """

    name: str
    variables: tuple[str, ...]
    read: Callable[[Arrays], Values]
    unit: str | None = None
    targets: tuple[str, ...] = ()

    def __call__(self, arrays: Arrays) -> Values:
        """Read the values out of the results of one scenario."""
        return self.read(arrays)


def emission(
    pollutant: str,
    *,
    years: int | Sequence[int] | None = None,
    place: str | None = None,
    accounts: Sequence[Account] = DIRECT,
    name: str | None = None,
) -> Outcome:
    """Sum of a pollutant's emissions [unit of the pollutant].

    Parameters
    ----------
    pollutant
        Its id.
    years
        A calendar year or several; the whole horizon otherwise.
    place
        `zones.ID`, `districts.ID`, `sectors.ID`, `plants.ID` or `sources.ID`; the whole inventory
        otherwise. All but zones are recorded as direct emissions only.
    accounts
        What is added up. Never add `avoided` to others unawares.
    name
        What tables call it.
    """
    table, _, id = (place or "").partition(".")
    if place is not None and table not in PLACES:
        raise UsageError(
            f"'{place}' is no place; one reads {', '.join(f'{t}.ID' for t in PLACES)}"
            f"{did_you_mean(table, list(PLACES))}"
        )
    axis, has_accounts = PLACES.get(table, ("", True))
    if not has_accounts and tuple(accounts) != DIRECT:
        raise UsageError(f"emissions by {axis} are recorded as direct emissions only")
    variable = f"{pollutant}_by_{axis}" if axis else pollutant

    def read(arrays: Arrays) -> Values:
        select: dict[str, Sequence[object]] = {axis: [id]} if axis else {}
        if has_accounts:
            select["account"] = accounts
        return _sum(arrays, variable, select, years)

    shown = f"{pollutant} in {place}" if place else pollutant
    return Outcome(name or shown + _in_years(years), (variable,), read)


def cost(*, years: int | Sequence[int] | None = None, name: str | None = None) -> Outcome:
    """Capital and operating cost of all measures [CNY of the scenario's price year]."""
    variables = ("capital_by_measure", "operating_by_measure")

    def read(arrays: Arrays) -> Values:
        return sum((_sum(arrays, v, {}, years) for v in variables), start=np.zeros(1))

    return Outcome(name or "cost" + _in_years(years), variables, read)


def completion(
    measure: str,
    *,
    milestone: Milestone = "works",
    name: str | None = None,
) -> Outcome:
    """Date of a measure's milestone [days since 1970-01-01], NaN where never within the horizon."""

    def read(arrays: Arrays) -> Values:
        dates = np.asarray(arrays["measure_date"])
        place = _place(arrays, "measure", measure), _place(arrays, "milestone", milestone)
        return _days(dates[:, place[0], place[1]])

    return Outcome(name or f"{milestone} of {measure}", ("measure_date",), read, unit="d")


def probability(target: str, *, name: str | None = None) -> Outcome:
    """Whether a target is met: 1 or 0, NaN where not assessable. Its mean is the probability."""

    def read(arrays: Arrays) -> Values:
        met = np.asarray(arrays["target_met"], dtype=np.float64)
        values = met[:, _place(arrays, "target", target)]
        return np.where(values == NOT_ASSESSABLE, np.nan, values)

    return Outcome(
        name or f"probability of {target}", ("target_met",), read, unit="1", targets=(target,)
    )


def concentration(
    pollutant: str,
    receptor: str,
    *,
    years: int | Sequence[int] | None = None,
    name: str | None = None,
) -> Outcome:
    """Concentration that the sources add at a receptor [ug m-3], mean over the years.

    NaN where no source is known there.
    """
    variable = f"concentration_{pollutant}"

    def read(arrays: Arrays) -> Values:
        here = np.asarray(arrays[variable], dtype=np.float64)
        return _mean_of_years(arrays, here[:, _place(arrays, "receptor", receptor)], years)

    return Outcome(name or f"{pollutant} at {receptor}" + _in_years(years), (variable,), read)


def exposure(
    pollutant: str, *, years: int | Sequence[int] | None = None, name: str | None = None
) -> Outcome:
    """Concentration that a person of the receptors meets [ug m-3], mean over the years."""
    variable = f"exposure_{pollutant}"

    def read(arrays: Arrays) -> Values:
        return _mean_of_years(arrays, np.asarray(arrays[variable], dtype=np.float64), years)

    return Outcome(name or f"exposure to {pollutant}" + _in_years(years), (variable,), read)


def _mean_of_years(arrays: Arrays, values: Values, years: int | Sequence[int] | None) -> Values:
    if years is not None:
        values = values[:, _places_of_years(arrays, "year", years)]
    means: Values = values.mean(axis=1)
    return means


def _sum(
    arrays: Arrays,
    variable: str,
    select: Mapping[str, Sequence[object]],
    years: int | Sequence[int] | None,
) -> Values:
    """Sum over all axes but the replications, of the labels and years that are wanted."""
    values = np.asarray(arrays[variable], dtype=np.float64)
    for axis, dim in enumerate(arrays.axes(variable)[1:], start=1):
        if dim in select:
            places = [_place(arrays, dim, label) for label in select[dim]]
            values = values.take(places, axis=axis)
        elif dim in ("time", "year") and years is not None:
            values = values.take(_places_of_years(arrays, dim, years), axis=axis)
    sums: Values = values.reshape(len(values), -1).sum(axis=1)
    return sums


def _places_of_years(arrays: Arrays, dim: str, years: int | Sequence[int]) -> list[int]:
    wanted = [years] if isinstance(years, int) else list(years)
    values = arrays.coordinates[dim].values
    if values.dtype.kind == "M":
        values = values.astype("datetime64[Y]").astype(int) + 1970
    missing = sorted(set(wanted) - set(values.tolist()))
    if missing:
        raise UsageError(
            f"the years {missing} are not in the horizon, {values.min()} to {values.max()}"
        )
    return np.flatnonzero(np.isin(values, wanted)).tolist()


def _place(arrays: Arrays, dim: str, label: object) -> int:
    labels = arrays.coordinates[dim].values.tolist()
    if label not in labels:
        raise UsageError(f"there is no {dim} '{label}'{did_you_mean(str(label), labels)}")
    place: int = labels.index(label)
    return place


def _days(dates: npt.NDArray[np.generic]) -> Values:
    if dates.dtype.kind != "M":
        return dates.astype(np.float64)
    seconds = dates.astype("datetime64[s]")
    return np.where(np.isnat(seconds), np.nan, seconds.astype(np.int64) / 86_400)


def _in_years(years: int | Sequence[int] | None) -> str:
    if years is None:
        return ""
    wanted = [years] if isinstance(years, int) else list(years)
    return f" {wanted[0]}" if len(wanted) == 1 else f" {wanted[0]}-{wanted[-1]}"

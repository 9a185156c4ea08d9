"""One scenario and year as a point-source inventory for SMOKE, in its format FF10_POINT."""

from __future__ import annotations

import errno
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, get_args

from lantian.errors import OutputError, UsageError
from lantian.exports import ff10_format
from lantian.exports.ff10_points import Point, Stack, points_of
from lantian.exports.iamc_names import TONNES
from lantian.exports.names import require_known
from lantian.exports.years import whole_years

if TYPE_CHECKING:
    from lantian.results import Array, ScenarioResults

Incomplete = Literal["error", "skip"]

# Pollutant codes of the EPA's inventories, which SMOKE's inventory table (INVTABLE) maps to the
# species of the chemical mechanism. Particles are filterable ones only: condensable matter, which
# the codes -PRI include, is not in Lantian's scenarios.
POLLUTANTS: Mapping[str, str] = MappingProxyType(
    {
        "CO": "CO",
        "NH3": "NH3",
        "NOx": "NOX",
        "PM10": "PM10-PRI",
        "PM25": "PM25-PRI",
        "SO2": "SO2",
        "VOC": "VOC",
    }
)


def to_ff10(
    results: ScenarioResults,
    path: str | os.PathLike[str],
    *,
    year: int,
    region_codes: str | Mapping[str, str],
    scc: Mapping[str, str],
    country: str = "CN",
    pollutants: Mapping[str, str] | None = None,
    sources: Iterable[str] | None = None,
    stacks: Mapping[str, Stack] | None = None,
    replication: int | None = None,
    incomplete: Incomplete = "error",
    overwrite: bool = False,
) -> Path:
    """Write a year's direct emissions as a point-source inventory for SMOKE (FF10_POINT).

    One row a source and pollutant that emits: annual emissions in short tons, the plant (or,
    without one, the source) as facility, coordinates of the plant or else the district. Ids
    longer than the 15 characters of the format are shortened, distinctly; the columns
    `agy_facility_id` and `agy_unit_id` have them whole. Months are left blank: results by
    source are yearly. docs/exports.md says what of this was checked against SMOKE.

    Parameters
    ----------
    path
        The file to write; it is whole or not there.
    year
        A whole calendar year of the horizon.
    region_codes
        SMOKE's code of each district by its id, or one for all: 5 digits, or 6 (as China's
        GB/T 2260 has them) with SMOKE's expanded geographic codes.
    scc
        The EPA's source classification code by process, or by source, which goes before. It
        chooses SMOKE's speciation and temporal profiles, so none is assumed.
    country
        As SMOKE's COSTCY file has it.
    pollutants
        SMOKE's code by pollutant; by default those of CO, NH3, NOx, PM10, PM25, SO2 and VOC,
        as far as they are there.
    sources
        Ids of the sources to write; all by default. Those that are no points (stoves, traffic)
        are better left to another file.
    stacks
        Stacks by source, for plume rise; the scenario has none, so that without them these
        columns are blank and SMOKE takes its defaults.
    replication
        One replication; by default the mean over all.
    incomplete
        What to do about sources that emit but lack a region code, an SCC or coordinates:
        `"error"` lists them; `"skip"` leaves them out, with a warning of what is lost.
    overwrite
        Whether to replace an existing file.

    Raises
    ------
    UsageError
        If the year, a source, a process, a district or a pollutant is not there, a code is
        malformed, or sources are incomplete; with all of them.
    OutputError
        If the file exists and is not to be overwritten, or could not be written.
    """
    target = Path(path)
    _require_free(target, overwrite)
    if incomplete not in get_args(Incomplete):
        raise UsageError(f"incomplete: 'error' or 'skip', not {incomplete!r}")
    emitted = _emissions(results, year, pollutants, replication)
    points = points_of(
        results, results.scenario().to_dict(), sources=sources, region_codes=region_codes, scc=scc
    )
    ids = results.coordinates["source"].values.tolist()
    require_known(stacks or (), ids, what="source", where=results.name)
    complete = _complete(points, emitted, results.name, incomplete)
    text = ff10_format.header(country, year, _descriptions(results, replication)) + "".join(
        _rows(complete, emitted, country, year, stacks or {})
    )
    _replace(target, text)
    return target


def _emissions(
    results: ScenarioResults,
    year: int,
    pollutants: Mapping[str, str] | None,
    replication: int | None,
) -> dict[str, dict[str, float]]:
    """Direct emissions of the year by code of the pollutant and id of the source [short ton]."""
    years = results.coordinates["year"].values.tolist()
    whole = list(whole_years(results.coordinates["time"]))
    if year not in whole:
        raise UsageError(
            f"{results.name}: {year} is no whole calendar year of the horizon; "
            f"there {'is' if len(whole) == 1 else 'are'} {', '.join(map(str, whole)) or 'none'}"
        )
    codes = _codes(results, pollutants)
    ids = results.coordinates["source"].values
    emitted: dict[str, dict[str, float]] = {}
    for pollutant, code in codes.items():
        tons = _of_year(results, pollutant, years.index(year), replication)
        emitted[code] = dict(zip(ids, tons.tolist(), strict=True))
    return emitted


def _codes(results: ScenarioResults, pollutants: Mapping[str, str] | None) -> dict[str, str]:
    known = {name.removesuffix("_by_source") for name in results if name.endswith("_by_source")}
    known -= {"activity"}
    if pollutants is not None:
        require_known(pollutants, known, what="pollutant by source", where=results.name)
        return dict(pollutants)
    codes = {pollutant: code for pollutant, code in POLLUTANTS.items() if pollutant in known}
    if not codes:
        raise UsageError(
            f"{results.name} has no pollutant that SMOKE knows by source: it has "
            f"{', '.join(sorted(known)) or 'none'}; see dimensions in the scenario's [output]"
        )
    return codes


def _of_year(
    results: ScenarioResults, pollutant: str, position: int, replication: int | None
) -> Array:
    variable = f"{pollutant}_by_source"
    unit = results.variable(variable).unit
    if unit not in TONNES:
        raise UsageError(f"{results.name}: {pollutant} is accounted in {unit!r}, which is no mass")
    some = (
        results[variable]
        if replication is None
        else results.read(variable, first=replication, count=1)
    )
    tonnes: Array = some[:, :, position].mean(axis=0) * TONNES[unit]
    return tonnes / ff10_format.TONNES_IN_SHORT_TON


def _complete(
    points: list[Point],
    emitted: Mapping[str, Mapping[str, float]],
    scenario: str,
    incomplete: Incomplete,
) -> list[Point]:
    """Give the points that emit; those that lack what SMOKE needs are an error, or left out."""
    emitting = [point for point in points if any(tons[point.source] for tons in emitted.values())]
    wanting = [point for point in emitting if point.lacks()]
    if not wanting:
        return emitting
    listed = "\n".join(
        f"  {point.source} (process {point.process or 'not named'}): no {', no '.join(lacks)}"
        for point in wanting
        if (lacks := point.lacks())
    )
    if incomplete == "error":
        raise UsageError(
            f"{scenario}: SMOKE needs a region code, an SCC and coordinates for every source; give "
            "region_codes={district: code}, scc={process: code}, coordinates in the scenario, or "
            f"incomplete='skip' to leave out:\n{listed}"
        )
    lost = ", ".join(
        f"{sum(tons[point.source] for point in wanting):.6g} short tons of {code}"
        for code, tons in emitted.items()
    )
    warnings.warn(f"{scenario}: left out of the inventory ({lost}):\n{listed}", stacklevel=4)
    return [point for point in emitting if not point.lacks()]


def _rows(
    points: list[Point],
    emitted: Mapping[str, Mapping[str, float]],
    country: str,
    year: int,
    stacks: Mapping[str, Stack],
) -> Iterator[str]:
    for point in points:
        fields = _fields(point, country, year)
        if point.source in stacks:
            fields |= stacks[point.source].fields()
        for code, tons in sorted(emitted.items()):
            if tons[point.source]:
                yield ff10_format.row({**fields, "poll": code, "ann_value": tons[point.source]})


def _fields(point: Point, country: str, year: int) -> dict[str, str | float]:
    unit = ff10_format.short_id(point.source)
    return {
        "country_cd": country,
        "region_cd": point.region or "",
        "facility_id": ff10_format.short_id(point.facility),
        "unit_id": unit,
        "rel_point_id": unit,
        "process_id": ff10_format.short_id(point.process or point.source),
        "agy_facility_id": point.facility,
        "agy_unit_id": point.source,
        "scc": point.scc or "",
        "facility_name": ff10_format.facility_name(point.name, point.facility),
        "longitude": "" if point.longitude is None else point.longitude,
        "latitude": "" if point.latitude is None else point.latitude,
        "calc_year": year,
    }


def _descriptions(results: ScenarioResults, replication: int | None) -> list[str]:
    which = (
        f"mean of {results.replications} replications"
        if replication is None
        else f"replication {replication}"
    )
    return [
        f"Lantian, scenario {results.name}, {which}",
        "direct emissions, short tons a year; particles are filterable only",
    ]


def _require_free(target: Path, overwrite: bool) -> None:
    if target.exists() and not overwrite:
        raise OutputError(
            f"{target} exists; overwrite=True replaces it", path=str(target), errno=errno.EEXIST
        )


def _replace(target: Path, text: str) -> None:
    """Write beside the target, see it on the disk, and rename: the target is old or whole."""
    temporary = target.with_name(f"{target.name}.tmp-{os.getpid()}")
    try:
        with temporary.open("w", encoding="ascii", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        raise OutputError(
            f"{target}: {error.strerror}", path=str(target), errno=error.errno or 0
        ) from error
    finally:
        temporary.unlink(missing_ok=True)

"""Sources of a scenario as the points of an emission inventory: place, names and codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.errors import UsageError
from lantian.exports import ff10_format
from lantian.exports.names import require_known

if TYPE_CHECKING:
    from lantian.results import ScenarioResults

_REGION_DIGITS = (5, 6)
Place = tuple[str, str | None]  # an axis, "plant" or "district", and an id of it
_NOWHERE: tuple[float | None, float | None] = (None, None)


@dataclass(frozen=True)
class Stack:
    """A stack, for SMOKE's plume rise; what is None is left to SMOKE's own defaults (PSTK).

    Attributes
    ----------
    height, diameter : float
        [m]
    temperature : float
        Of the gas at the exit [degrees Celsius].
    flow : float
        Of the gas at the exit [m3/s].
    velocity : float
        Of the gas at the exit [m/s].
    """

    height: float | None = None
    diameter: float | None = None
    temperature: float | None = None
    flow: float | None = None
    velocity: float | None = None

    def fields(self) -> dict[str, float]:
        """Give the columns of the format, in its units."""
        foot = ff10_format.METRES_IN_FOOT
        fields = {
            "stkhgt": None if self.height is None else self.height / foot,
            "stkdiam": None if self.diameter is None else self.diameter / foot,
            "stktemp": None if self.temperature is None else self.temperature * 9 / 5 + 32,
            "stkflow": None if self.flow is None else self.flow / foot**3,
            "stkvel": None if self.velocity is None else self.velocity / foot,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True)
class Point:
    """A source as a point: where it is, and how it is called in the file."""

    source: str
    facility: str
    name: str
    process: str
    region: str | None
    scc: str | None
    latitude: float | None
    longitude: float | None

    def lacks(self) -> list[str]:
        """Name what SMOKE needs and the source has not."""
        wanted = {
            "region code": self.region,
            "SCC": self.scc,
            "coordinates": None if None in (self.latitude, self.longitude) else "",
        }
        return [name for name, value in wanted.items() if value is None]


def points_of(
    results: ScenarioResults,
    scenario: Mapping[str, Any],
    *,
    sources: Iterable[str] | None,
    region_codes: str | Mapping[str, str],
    scc: Mapping[str, str],
) -> list[Point]:
    """Describe sources as points.

    Parameters
    ----------
    results
        The results, which name the sources and their processes.
    scenario
        The tables of the scenario, as `Scenario.to_dict` gives them: the plant and the district of
        each source.
    sources
        Ids of the sources; all by default.
    region_codes
        Code of each district by its id, or one for all.
    scc
        Source classification code by process or, before that, by source.

    Raises
    ------
    UsageError
        If a source, district or process is not there, or a code is no whole number.
    """
    axis = results.coordinates["source"]
    ids = axis.values.tolist()
    chosen = ids if sources is None else list(dict.fromkeys(sources))
    require_known(chosen, ids, what="source", where=results.name)
    if not isinstance(region_codes, str):
        known = list(scenario.get("districts", {}))
        require_known(region_codes, known, what="district", where=results.name)
    processes = list(dict.fromkeys(axis.companions["process"]))
    require_known(scc, [*processes, *ids], what="process or source", where=results.name)
    _require_codes(region_codes, scc)
    places = _places(results)
    return [_point(scenario, places, one, region_codes, scc) for one in chosen]


def _require_codes(region_codes: str | Mapping[str, str], scc: Mapping[str, str]) -> None:
    regions = [region_codes] if isinstance(region_codes, str) else list(region_codes.values())
    lengths = {len(code) for code in regions}
    if not all(code.isdecimal() for code in regions) or lengths - set(_REGION_DIGITS):
        raise UsageError(
            f"region_codes: {', '.join(regions)}: SMOKE reads 5 digits, or 6 with its expanded "
            "geographic codes (USE_EXP_GEO_CODES_YN)"
        )
    if len(lengths) > 1:
        raise UsageError(f"region_codes: {', '.join(regions)}: all must be of one length")
    wrong = [f"{name!r}: {code!r}" for name, code in scc.items() if not code.isdecimal()]
    if wrong:
        raise UsageError(f"scc: {', '.join(wrong)}: SMOKE reads digits only")


def _point(
    scenario: Mapping[str, Any],
    places: Mapping[Place, tuple[float | None, float | None]],
    source: str,
    region_codes: str | Mapping[str, str],
    scc: Mapping[str, str],
) -> Point:
    described = scenario["sources"][source]
    plant = described.get("plant")
    works = scenario.get("plants", {}).get(plant, {})
    district = described.get("district", works.get("district"))
    latitude, longitude = places.get(("plant", plant)) or places.get(
        ("district", district), _NOWHERE
    )
    process = described.get("process", "")
    return Point(
        source=source,
        facility=plant or source,
        name=(works or described).get("name", plant or source),
        process=process,
        region=region_codes if isinstance(region_codes, str) else region_codes.get(district),
        scc=scc.get(source, scc.get(process)),
        latitude=latitude,
        longitude=longitude,
    )


def _places(results: ScenarioResults) -> dict[Place, tuple[float | None, float | None]]:
    """Latitude and longitude of the plants and districts that have them, by axis and id."""
    places: dict[Place, tuple[float | None, float | None]] = {}
    for name in ("plant", "district"):
        axis = results.coordinates[name]
        latitudes, longitudes = (axis.companions[one] for one in ("latitude", "longitude"))
        for label, latitude, longitude in zip(axis.values, latitudes, longitudes, strict=True):
            if np.isfinite([latitude, longitude]).all():
                places[name, label] = (float(latitude), float(longitude))
    return places

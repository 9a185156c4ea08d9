"""Names beside the circles of a map, placed so that none covers another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Point = npt.NDArray[np.float64]
DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
SIZE = 8.0  # of the letters [points]
STEPS = (4.0, 16.0, 30.0, 46.0, 64.0)  # from the circle's edge [points]


@dataclass(frozen=True)
class Place:
    """A circle on the map: where it is [degrees], its radius [points], and its name."""

    longitude: float
    latitude: float
    radius: float
    name: str


@dataclass(frozen=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)

    def overlap(self, other: _Box) -> float:
        """Area shared with another box [square points]."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(width, 0.0) * max(height, 0.0)


@dataclass(frozen=True)
class _Spot:
    """Where a name may stand: its middle from the circle's [points], and whether right beside."""

    east: float
    north: float
    is_beside: bool


def write_names(axes: Axes, places: list[Place]) -> None:
    """Write every name at the first spot around its circle that is free, the largest circle first.

    The layout of the figure is settled before, for it says how far places lie from each other. A
    name that is not right beside its circle has a line to it.
    """
    figure = axes.figure.canvas.figure
    figure.draw_without_rendering()
    points = 72 / figure.dpi
    map_box = _Box(*(np.asarray(axes.get_window_extent().extents) * points))
    centres = [
        axes.transData.transform((place.longitude, place.latitude)) * points for place in places
    ]
    taken = [_around(centre, place.radius) for centre, place in zip(centres, places, strict=True)]
    for k in sorted(range(len(places)), key=lambda k: -places[k].radius):
        spot = _best_spot(centres[k], places[k], taken, map_box)
        taken.append(_box_of(centres[k], places[k], spot))
        _write(axes, places[k], spot)


def _around(centre: Point, radius: float) -> _Box:
    return _Box(centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)


def _size_of(name: str) -> tuple[float, float]:
    """Give about the width and height of a name [points]."""
    letters = sum(1.6 if east_asian_width(letter) in "WF" else 1.0 for letter in name)
    return SIZE * 0.62 * letters, SIZE * 1.3


def _box_of(centre: Point, place: Place, spot: _Spot) -> _Box:
    width, height = _size_of(place.name)
    x, y = centre[0] + spot.east, centre[1] + spot.north
    return _Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _best_spot(centre: Point, place: Place, taken: list[_Box], map_box: _Box) -> _Spot:
    """Give the first spot where the name covers nothing, or the one where it covers least."""

    def cover(spot: _Spot) -> float:
        box = _box_of(centre, place, spot)
        outside = box.area - box.overlap(map_box)
        return outside + sum(box.overlap(other) for other in taken)

    return min(_spots(place), key=cover)


def _spots(place: Place) -> Iterator[_Spot]:
    width, height = _size_of(place.name)
    for step, (east, north) in itertools.product(STEPS, DIRECTIONS):
        reach = (place.radius + step) / np.hypot(east, north)
        is_beside = step == STEPS[0]
        yield _Spot(east * (reach + width / 2), north * (reach + height / 2), is_beside)


def _write(axes: Axes, place: Place, spot: _Spot) -> None:
    line = {"arrowstyle": "-", "linewidth": 0.5, "shrinkA": 0, "shrinkB": place.radius}
    text = axes.annotate(
        place.name,
        (place.longitude, place.latitude),
        (spot.east, spot.north),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=SIZE,
        arrowprops=None if spot.is_beside else line,
    )
    text.set_in_layout(False)

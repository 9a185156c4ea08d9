"""Names beside the circles of a map, placed so that none covers another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

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

    def overlap(self, other: _Box) -> float:
        """Area shared with another box [square points]."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return max(width, 0.0) * max(height, 0.0)


def write_names(axes: Axes, places: list[Place]) -> None:
    """Write every name at the first spot around its circle that is free, the largest circle first.

    The layout of the figure is settled before, for it says how far places lie from each other.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    points = 72 / figure.dpi
    centres = [
        np.asarray(axes.transData.transform((place.longitude, place.latitude))) * points
        for place in places
    ]
    taken = [_around(centre, place.radius) for centre, place in zip(centres, places, strict=True)]
    order = sorted(range(len(places)), key=lambda k: -places[k].radius)
    for k in order:
        offset, box = _free_spot(centres[k], places[k], taken)
        taken.append(box)
        _write(axes, places[k], offset)


def _around(centre: np.ndarray, radius: float) -> _Box:
    return _Box(centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)


def _free_spot(
    centre: np.ndarray, place: Place, taken: list[_Box]
) -> tuple[tuple[float, float], _Box]:
    """Give the offset of the text's middle from the centre with the least cover [points]."""
    width = SIZE * 0.62 * sum(1.6 if east_asian_width(c) in "WF" else 1.0 for c in place.name)
    height = SIZE * 1.3
    best: tuple[float, tuple[float, float], _Box] | None = None
    for offset in _spots(place.radius, width, height):
        x, y = centre[0] + offset[0], centre[1] + offset[1]
        box = _Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        cover = sum(box.overlap(other) for other in taken)
        if best is None or cover < best[0]:
            best = (cover, offset, box)
        if cover == 0:
            break
    assert best is not None
    return best[1], best[2]


def _spots(radius: float, width: float, height: float) -> Iterator[tuple[float, float]]:
    directions = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)]
    for step, (east, north) in itertools.product(STEPS, directions):
        reach = (radius + step) / np.hypot(east, north)
        yield east * (reach + width / 2), north * (reach + height / 2)


def _write(axes: Axes, place: Place, offset: tuple[float, float]) -> None:
    is_near = abs(offset[0]) < 1e-9 or abs(offset[1]) < 1e-9
    lead = {"arrowstyle": "-", "linewidth": 0.5, "shrinkA": 0, "shrinkB": place.radius}
    text = axes.annotate(
        place.name,
        (place.longitude, place.latitude),
        offset,
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=SIZE,
        arrowprops=None if is_near else lead,
    )
    text.set_in_layout(False)

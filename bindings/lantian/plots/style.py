"""What all figures share: colours, hatches, fonts, units, and what a figure returns.

Colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), which remain distinct with
every common kind of colour blindness. No figure relies on colour alone: lines differ in their
dashes and areas in their hatches, so that a print in black and white can be read.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast
from unicodedata import east_asian_width

from lantian.optional import require

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

# A Chinese character with its brackets and the mark after it, or a word; both with the spaces that
# follow.
_CJK = r"\u2e80-\u9fff\uff00-\uffef"
_CLOSING = r"[\u3001\u3002\u300b\uff09\uff0c\uff1a\uff1b]*"
_OPENING = r"[\u300a\uff08]*"
_PIECES = re.compile(rf"{_OPENING}[{_CJK}]{_CLOSING}\s*|[^\s{_CJK}]+\s*|\s+")

Language = Literal["en", "zh"]

BLACK, ORANGE, SKY_BLUE, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY = "#999999"

COLOURS = (BLUE, VERMILLION, GREEN, ORANGE, SKY_BLUE, PURPLE, YELLOW)
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (8, 3)))
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "++", "oo")

# Families with simplified Chinese, the best first. A file of several families is known to
# matplotlib by its first one, which for Noto's is the Japanese.
CJK_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Heiti SC",
    "SimHei",
    "Noto Sans CJK JP",
    "Noto Serif CJK SC",
    "Noto Serif CJK JP",
    "AR PL UMing CN",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
HINT = (
    "no font with Chinese characters was found: names will show as boxes. On Debian and Ubuntu: "
    "sudo apt-get install fonts-noto-cjk; then delete matplotlib's font cache ({cache})"
)


class Figure(NamedTuple):
    """A figure, and the table that was drawn."""

    axes: Axes
    data: pd.DataFrame


def axes_or_new(ax: Axes | None, *, width: float = 9.5, height: float = 4.8) -> Axes:
    """Give the axes, or those of a new figure of that size in inches."""
    if ax is not None:
        return ax
    pyplot = require("matplotlib.pyplot", "plot")
    return cast("Axes", pyplot.subplots(figsize=(width, height), layout="constrained")[1])


def colour(number: int) -> str:
    """Give the colour of the n-th thing, counted from 0."""
    return COLOURS[number % len(COLOURS)]


def dashes(number: int) -> str | tuple[int, tuple[int, ...]]:
    """Give the dashes of the n-th line."""
    return DASHES[number % len(DASHES)]


def hatch(number: int) -> str:
    """Give the hatch of the n-th area: it changes with each round of the colours too."""
    return HATCHES[(number + number // len(COLOURS)) % len(HATCHES)]


@contextmanager
def style(language: Language) -> Iterator[None]:
    """Draw in the house style, with a font for Chinese where names are in Chinese."""
    matplotlib = require("matplotlib", "plot")
    settings = {
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "axes.titlelocation": "left",
        "axes.titlesize": "medium",
        "grid.color": "#DDDDDD",
        "hatch.linewidth": 0.5,
        "legend.fontsize": "small",
        "legend.frameon": False,
    }
    if language == "zh":
        settings["font.family"] = ["DejaVu Sans", *_warned_families()]
    with matplotlib.rc_context(settings):
        yield


@functools.cache
def cjk_family() -> str | None:
    """Find an installed font family with simplified Chinese characters."""
    manager = require("matplotlib.font_manager", "plot")
    installed = set(manager.get_font_names())
    return next((family for family in CJK_FAMILIES if family in installed), None)


@functools.cache
def _warned_families() -> tuple[str, ...]:
    """Give the family for Chinese; warns once where there is none."""
    family = cjk_family()
    if family is None:
        cache = require("matplotlib", "plot").get_cachedir()
        warnings.warn(HINT.format(cache=cache), stacklevel=6)
        return ()
    return (family,)


def names_column(language: Language) -> str:
    """Give the column of a table that holds names in this language."""
    return "name_zh" if language == "zh" else "name"


def wrapped(text: str, width: int) -> str:
    """Break a label into lines of at most so many letters; a Chinese character counts as two.

    Lines break at spaces, and after any Chinese character.
    """
    lines, line, size = [], "", 0
    for piece in _PIECES.findall(text):
        more = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in piece.rstrip())
        if line and size + more > width:
            lines.append(line.rstrip())
            line, size = "", 0
        line += piece
        size += more + len(piece) - len(piece.rstrip())
    return "\n".join([*lines, line.rstrip()])


def note(axes: Axes, lines: Sequence[str]) -> None:
    """Say below the axes what the picture leaves out."""
    if not lines:
        return
    axes.annotate(
        "\n".join(wrapped(line, 130) for line in lines),
        (0, 0),
        (0, -42),
        xycoords="axes fraction",
        textcoords="offset points",
        annotation_clip=False,
        fontsize="x-small",
        va="top",
    )


def legend_beside(axes: Axes, handles: Sequence[Any], *, spread: float = 0.5) -> None:
    """Explain the drawing to the right of it, where it covers nothing."""
    legend = axes.legend(
        handles=list(handles), loc="upper left", bbox_to_anchor=(1.01, 1.0), labelspacing=spread
    )
    for text in legend.get_texts():
        text.set_text(wrapped(text.get_text(), 34))

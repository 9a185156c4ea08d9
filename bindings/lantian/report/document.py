"""What a report says, apart from how it looks: sections of texts, facts, tables and charts.

Sections make these; the template and the script draw them. What concerns one scenario or one
pollutant says so, and is shown when the reader picks it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "number", "date"]
ChartKind = Literal[
    "fan",
    "wedges",
    "macc",
    "waterfall",
    "completion",
    "gantt",
    "map",
    "target-odds",
    "lateness",
    "shares",
    "tornado",
    "gains",
]


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    `text` is shown; `value` is what sorts, and what the downloaded table holds: None where there is
    nothing to say.
    """

    text: str
    value: float | int | str | None


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, with the unit, and how it is aligned and sorted."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Row:
    """A row of a table; shown with the scenario and the pollutant that it concerns."""

    cells: tuple[Cell, ...]
    scenario: str | None = None
    pollutant: str | None = None


@dataclass(frozen=True)
class Table:
    """A table that can be sorted and downloaded; `notes` stand below it."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"table {self.id}: a row has {len(row.cells)} cells")


@dataclass(frozen=True)
class Choice:
    """One entry of a picker."""

    value: str
    label: str


@dataclass(frozen=True)
class Picker:
    """A choice that belongs to one chart, such as which replication."""

    id: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Chart:
    """A chart: `data` is JSON, read by the function of the script that draws this `kind`.

    `notes` say what is drawn; screen readers get them as the description.
    """

    id: str
    kind: ChartKind
    title: str
    data: dict[str, Any]
    notes: tuple[str, ...] = ()
    pickers: tuple[Picker, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A number to see first: what it is, the number, and how sure it is."""

    label: str
    value: str
    detail: str = ""


@dataclass(frozen=True)
class Text:
    """A heading, facts, a lead and sentences below it, of one scenario or of all."""

    sentences: tuple[str, ...]
    title: str = ""
    lead: str = ""
    facts: tuple[Fact, ...] = ()
    scenario: str | None = None


Block = Text | Table | Chart


@dataclass(frozen=True)
class Section:
    """A chapter of the report."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    intro: str = ""

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Its charts, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))


@dataclass(frozen=True)
class Document:
    """A whole report, ready to be drawn."""

    language: str
    title: str
    subtitle: str
    scenarios: tuple[Choice, ...]
    pollutants: tuple[Choice, ...]
    chosen_scenario: str
    chosen_pollutant: str
    base: str
    sections: Sequence[Section] = field(default_factory=tuple)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """All charts, in order."""
        return tuple(chart for section in self.sections for chart in section.charts)

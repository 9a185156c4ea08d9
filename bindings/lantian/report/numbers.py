"""Numbers, shares, money and dates as people read them: few digits, thousands apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lantian.messages import Messages
from lantian.report import vocabulary
from lantian.report.document import Cell

NOTHING = "–"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Numbers:
    """Writes numbers for readers of one language."""

    messages: Messages

    def number(self, value: float | None, *, signed: bool = False) -> str:
        """Write three significant digits, four from a thousand on: `12.3`, `1,235`, `123,500`."""
        if value is None or not math.isfinite(value):
            return NOTHING
        sign = "+" if signed and value > 0 else MINUS if value < 0 else ""
        size = abs(value)
        if size == 0:
            return "0"
        if size < 1e-3:
            return sign + f"{size:.1e}"
        rounded = _significant(size, 4 if size >= 1000 else 3)
        decimals = max(0, 2 - math.floor(math.log10(rounded)))
        return sign + f"{rounded:,.{decimals}f}"

    def count(self, value: float) -> str:
        """Write a whole number."""
        return f"{round(value):,}"

    def unit(self, unit: str) -> str:
        """Write a unit as it is printed: `m3` as `m³`, in Chinese in words."""
        return "/".join(self._units.get(part, part) for part in unit.split("/"))

    @cached_property
    def _units(self) -> dict[str, str]:
        return vocabulary.units(self.messages)

    def quantity(self, value: float | None, unit: str, *, signed: bool = False) -> str:
        """Write a number with its unit."""
        text = self.number(value, signed=signed)
        return text if text == NOTHING or unit in ("", "1") else f"{text} {self.unit(unit)}"

    def share(self, value: float | None, *, signed: bool = False) -> str:
        """Write a share as a percentage: `0.123` as `12.3 %`."""
        if value is None or not math.isfinite(value):
            return NOTHING
        space = "" if self.messages.language == "zh" else "\N{NO-BREAK SPACE}"
        percent = value * 100
        digits = 1 if 0 < abs(percent) < 99.95 else 0
        sign = "+" if signed and percent > 0 else MINUS if percent < 0 else ""
        return f"{sign}{abs(percent):,.{digits}f}{space}%"

    def interval(self, low: float | None, high: float | None) -> str:
        """Write the two ends of an interval."""
        _ = self.messages
        return _("{low} to {high}", low=self.number(low), high=self.number(high))

    def money(self, yuan: float | None, *, signed: bool = False) -> str:
        """Write an amount of money, in the unit that people would use."""
        if yuan is None or not math.isfinite(yuan):
            return NOTHING
        _ = self.messages
        size = abs(yuan)
        large = 1e8 if self.messages.language == "zh" else 1e9
        if size >= large:
            return _("{amount} billion CNY", amount=self.number(yuan / large, signed=signed))
        return _("{amount} million CNY", amount=self.number(self.millions(yuan), signed=signed))

    @property
    def money_unit(self) -> str:
        """The unit of `millions`."""
        return self.messages("million CNY")

    def millions(self, yuan: float) -> float:
        """Scale yuan to the unit of tables: a million, or ten thousand in Chinese."""
        return yuan / (1e4 if self.messages.language == "zh" else 1e6)

    def date(self, day: np.datetime64 | None) -> str:
        """Write a date."""
        if day is None or np.isnat(day):
            return NOTHING
        year, month, day_of_month = str(day.astype("datetime64[D]")).split("-")
        if self.messages.language == "zh":
            return f"{year}年{int(month)}月{int(day_of_month)}日"
        return f"{int(day_of_month)} {_MONTHS[int(month) - 1]} {year}"

    # ---------------------------------------------------------------- cells of tables
    def number_cell(self, value: float | None, *, signed: bool = False) -> Cell:
        """Make a cell of a number."""
        return Cell(self.number(value, signed=signed), _finite(value))

    def count_cell(self, value: float) -> Cell:
        """Make a cell of a whole number."""
        return Cell(self.count(value), round(value))

    def unit_cell(self, unit: str) -> Cell:
        """Make a cell of a unit; the downloaded table has it in plain letters."""
        return Cell(self.unit(unit), unit)

    def share_cell(self, value: float | None, *, signed: bool = False) -> Cell:
        """Make a cell of a share; the downloaded table has percent."""
        known = _finite(value)
        return Cell(self.share(value, signed=signed), None if known is None else known * 100)

    def date_cell(self, day: np.datetime64 | None) -> Cell:
        """Make a cell of a date, which sorts by time."""
        if day is None or np.isnat(day):
            return Cell(NOTHING, None)
        return Cell(self.date(day), str(day.astype("datetime64[D]")))

    def year_cell(self, year: int | None) -> Cell:
        """Make a cell of a calendar year."""
        return Cell(NOTHING if year is None else str(year), year)

    def money_cell(self, yuan: float | None) -> Cell:
        """Make a cell of money in `money_unit`."""
        known = _finite(yuan)
        return self.number_cell(None if known is None else self.millions(known))


def text_cell(text: str) -> Cell:
    """Make a cell of text."""
    return Cell(text or NOTHING, text or None)


def _significant(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

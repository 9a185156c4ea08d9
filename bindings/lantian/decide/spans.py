"""Spans of time such as `1 month`, by which dates and durations are moved."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lantian.errors import UsageError

DAYS = {"h": 1 / 24, "d": 1.0, "day": 1.0, "week": 7.0, "month": 30.436875, "year": 365.2425}
UNITS = ("d", "day", "week", "month", "year")  # in which dates move
_SPAN = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*([a-z]+?)s?\s*")
_QUANTITY = re.compile(r"\s*([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*([a-z]+)\s*")

#: Arguments of a distribution that move with it; of the others none can be moved.
_PLACES = {
    "pert": ("low", "mode", "high"),
    "triangular": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "normal": ("mean", "low", "high"),
    "discrete": ("values",),
    "empirical": ("values",),
}


@dataclass(frozen=True)
class Span:
    """So many of a unit of time; below 0 it is earlier."""

    number: float
    unit: str

    @classmethod
    def read(cls, text: str) -> Span | None:
        """Read `1 month`, `-2month` or `10 days`; None where it is nothing of the kind."""
        found = _SPAN.fullmatch(text)
        if found is None or found[2] not in UNITS:
            return None
        return cls(float(found[1]), "d" if found[2] == "day" else found[2])

    def __str__(self) -> str:
        return f"{self.number:+g} {self.unit}"

    @property
    def days(self) -> float:
        """Its length as a duration [d]."""
        return self.number * DAYS[self.unit]

    def after(self, date: datetime.date) -> datetime.date:
        """Give the date so much later: months and years by the calendar.

        Raises
        ------
        UsageError
            If that is no whole number of days or months.
        """
        if not self.number.is_integer():
            raise UsageError(f"a date moves by whole days, weeks, months or years, not by {self}")
        number = int(self.number)
        if self.unit in ("d", "week"):
            return date + datetime.timedelta(days=number * int(DAYS[self.unit]))
        month = date.year * 12 + date.month - 1 + number * (12 if self.unit == "year" else 1)
        year, month = divmod(month, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date.replace(year=year, month=month + 1, day=min(date.day, last))

    def added_to(self, duration: object, *, where: str) -> object:
        """Give a duration of the scenario made longer, world by world, whatever it is drawn from.

        Raises
        ------
        UsageError
            If it is drawn from a distribution that cannot be moved.
        """
        if not isinstance(duration, Mapping):
            return self._plus(duration)
        shape = next((name for name in duration if name in _PLACES), None)
        if shape is None or "times" in duration or "file" in duration[shape]:
            raise UsageError(
                f"{where}: a duration drawn from {', '.join(duration)} cannot be made longer by a "
                f"fixed span; those that can are {', '.join(_PLACES)}"
            )
        arguments = duration[shape]
        moved = {name: self._moved(arguments[name]) for name in _PLACES[shape] if name in arguments}
        return {shape: {**arguments, **moved}}

    def _moved(self, argument: Any) -> Any:
        return (
            [self._plus(one) for one in argument]
            if isinstance(argument, list)
            else self._plus(argument)
        )

    def _plus(self, duration: Any) -> object:
        """Add to a quantity; to an expression with parameters as twice their mean."""
        quantity = _QUANTITY.fullmatch(str(duration))
        if quantity is None or quantity[2] not in DAYS:
            return {
                "mix": {"from": duration, "to": str(self).lstrip("+"), "share": 0.5},
                "times": 2,
            }
        number = float(quantity[1]) + self.days / DAYS[quantity[2]]
        return f"{number!r} {quantity[2]}"

"""A cost curve as a table of text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from lantian.commands.cells import cut, number

MILLION = 1e6
CRUMB = 1.0  # [CNY/year]; what is below is the rounding of a difference of sums


def printed(rows: Sequence[dict[str, Any]], label: str, plan: str, replications: int) -> str:
    """Give the rows of `lantian.frames.marginal_costs` as they are printed, within 80 columns.

    Parameters
    ----------
    rows
        One a group of measures.
    label
        What is abated.
    plan, replications
        What was run, and how often.
    """
    first = rows[0]
    years = str(first["first_year"])
    if first["first_year"] != first["last_year"]:
        years += f" to {first['last_year']}"
    head = [
        f"{plan}: what it costs to abate {label}, {years}",
        f"({first['method']}, {replications} replications; capital over the life of what it builds",
        f"at {100 * first['discount_rate']:g} % a year, money of {first['price_year']}).",
        "",
        _columns("", "abated", "cost", "per unit", "95 % interval"),
        _columns("", first["abatement_unit"], "MCNY/year", first["unit"], ""),
    ]
    ordered = sorted(rows, key=lambda row: (math.isnan(row["place"]), row["place"]))
    return "\n".join([*head, *map(_line, ordered), _line(_all_of(ordered))])


def _columns(name: str, abated: str, cost: str, per_unit: str, interval: str) -> str:
    return f"  {cut(name, 22):<22}{abated:>16}{cost:>10}{per_unit:>15} {interval:>14}".rstrip()


def _line(row: dict[str, Any]) -> str:
    abated = number(row["abatement"])
    if abs(row["cost"]) < CRUMB:  # the scenario gives none: it is not free
        return _columns(row["group"], abated, "-", "-", "-")
    ends = (row["cost_per_unit_low"], row["cost_per_unit_high"])
    interval = "-" if math.isnan(ends[0]) else " to ".join(map(number, ends))
    cost, per_unit = number(row["cost"] / MILLION), number(row["cost_per_unit"])
    return _columns(row["group"], abated, cost, per_unit, interval)


def _all_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Add up: an average cost, which is no marginal one."""
    abated, cost = (sum(row[of] for row in rows) for of in ("abatement", "cost"))
    return {
        "group": "in all",
        "abatement": abated,
        "cost": cost,
        "cost_per_unit": cost / abated if abated > 0 else math.nan,
        "cost_per_unit_low": math.nan,
        "cost_per_unit_high": math.nan,
    }

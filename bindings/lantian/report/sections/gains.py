"""What one thing more brings, and what a delay costs: findings of `lantian value` and `slip`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from lantian.findings import Finding
from lantian.messages import Messages
from lantian.report.context import Context
from lantian.report.document import Block, Cell, Chart, Column, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import columns

KEYS = ("scenario", "lever", "target", "difference", "low", "high")


def value(context: Context) -> Section | None:
    """Tell what a little more of one thing brings; nothing where nobody looked."""
    _ = context.messages
    return _section(
        context,
        "value",
        _("What one thing more brings"),
        _(
            "A crew more, more money, an earlier start: each change by itself, with everything "
            "else as it is, in the same worlds. Less emission and an earlier date are negative."
        ),
    )


def slip(context: Context) -> Section | None:
    """Tell what a delay costs; nothing where nobody looked."""
    _ = context.messages
    return _section(
        context,
        "slip",
        _("What a delay costs"),
        _(
            "The measures begin later, all together and each alone, with everything else as it is, "
            "in the same worlds. A positive tonne is one that is emitted on top."
        ),
    )


def _section(context: Context, kind: str, title: str, intro: str) -> Section | None:
    found = context.found.of_kind(kind)
    if not found:
        return None
    blocks = (_chart(context, kind, found), _table(context, kind, found))
    return Section(kind, title, tuple(block for block in blocks if block is not None), intro)


def _chart(context: Context, kind: str, found: tuple[Finding, ...]) -> Block | None:
    _ = context.messages
    rows = [
        {**effect, "scenario": finding.scenario, "lever": name, "target": _id(effect)}
        for finding in found
        for name, effect in _effects(context, finding)
        if effect["kind"] == "probability"
    ]
    moved = {row["target"] for row in rows if row["difference"]}
    rows = [row for row in rows if row["target"] in moved]
    if not rows:
        return None
    return Chart(
        f"{kind}-odds",
        "gains",
        _("How much likelier each target becomes"),
        {"frame": columns(rows, KEYS)},
        notes=(_("Whiskers are 95 % intervals. Targets that nothing moves are left out."),),
    )


def _table(context: Context, kind: str, found: tuple[Finding, ...]) -> Table:
    _ = context.messages
    titles = (
        Column(_("What is changed")),
        Column(_("Outcome")),
        Column(_("Now"), "number"),
        Column(_("Change"), "number"),
        Column(_("95 % low"), "number"),
        Column(_("95 % high"), "number"),
        Column(_("Unit")),
        Column(_("p-value (McNemar)"), "number"),
    )
    rows = [
        _row(context, finding.scenario, name, effect)
        for finding in found
        for name, effect in _effects(context, finding)
    ]
    return Table(
        f"{kind}-table",
        _("Targets, dates, emissions and cost"),
        titles,
        tuple(rows),
        notes=(
            _(
                "The date of a target is that by which half of the worlds have reached it. "
                "Intervals say what {n} replications can tell; they are paired.",
                n=context.numbers.count(max(finding.replications for finding in found)),
            ),
        ),
    )


def _effects(context: Context, finding: Finding) -> list[tuple[str, Mapping[str, Any]]]:
    """Give the effects that are known, each with the name of its change."""
    tables = context.tables(finding.scenario)
    names = {
        change["lever"]: _change(context.messages, tables, change)
        for change in finding.content["changes"]
    }
    return [
        (names[effect["lever"]], effect)
        for effect in finding.content["effects"]
        if effect["low"] is not None or effect["high"] is not None
    ]


def _change(_: Messages, tables: Mapping[str, Any], change: Mapping[str, str]) -> str:
    """Say what is changed, and to what."""
    table, _dot, rest = change["lever"].partition(".")
    id = rest.partition(".")[0]
    if not rest:  # of a slip: a measure, or all
        table, id = "measures", change["lever"]
    row = tables.get(table, {}).get(id, {})
    name = _("all measures") if id in ("*", "all") else _.name(row, id)
    if change["before"]:
        return _(
            "{name}: {before} to {after}",
            name=name,
            before=change["before"],
            after=change["after"],
        )
    number, unit = change["after"].lstrip("+-").split()
    span = {
        "d": _("{n} d"),
        "week": _("{n} week"),
        "month": _("{n} month"),
        "year": _("{n} year"),
    }[unit].format(n=number)
    if change["after"].startswith("-"):
        return _("{name}: {span} earlier", name=name, span=span)
    return _("{name}: {span} later", name=name, span=span)


def _id(effect: Mapping[str, Any]) -> str:
    """Give the target of `probability(ID)` or `date(ID)`, or the pollutant of `NOx:2026`."""
    outcome = str(effect["outcome"])
    inside = outcome.partition("(")[2].rstrip(")")
    return inside or outcome.partition(":")[0].partition("@")[0]


def _row(context: Context, scenario: str, name: str, effect: Mapping[str, Any]) -> Row:
    numbers = context.numbers
    change, low, high = (effect[key] for key in ("difference", "low", "high"))
    if effect["kind"] == "probability":
        cells = (
            numbers.share_cell(effect["before"]),
            *(_points_cell(context, size) for size in (change, low, high)),
            text_cell(context.messages("percentage points")),
        )
    elif effect["unit"] == "CNY":
        scaled = [None if size is None else numbers.millions(size) for size in (change, low, high)]
        cells = (
            numbers.money_cell(effect["before"]),
            *(numbers.number_cell(size, signed=True) for size in scaled),
            text_cell(numbers.money_unit),
        )
    else:
        cells = (
            _now(context, effect),
            *(numbers.number_cell(size, signed=True) for size in (change, low, high)),
            numbers.unit_cell(effect["unit"]),
        )
    p_value = numbers.number_cell(effect["p_value"])
    pollutant = _id(effect) if effect["kind"] == "amount" and effect["unit"] != "CNY" else None
    named = (text_cell(name), text_cell(_outcome(context, effect)))
    return Row((*named, *cells, p_value), scenario=scenario, pollutant=pollutant)


def _points_cell(context: Context, share: float | None) -> Cell:
    points = None if share is None else 100 * share
    return context.numbers.number_cell(points, signed=True)


def _now(context: Context, effect: Mapping[str, Any]) -> Cell:
    if effect["kind"] != "date":
        return context.numbers.number_cell(effect["before"])
    return context.numbers.date_cell(effect["before"] and np.datetime64(effect["before"]))


def _outcome(context: Context, effect: Mapping[str, Any]) -> str:
    _, id = context.messages, _id(effect)
    if effect["kind"] == "probability":
        return _("Probability: {target}", target=context.name("target", id))
    if effect["kind"] == "date":
        return _("Median date: {target}", target=context.name("target", id))
    if effect["unit"] == "CNY":
        return str(effect["outcome"]).replace("cost", _("Cost"))
    return str(effect["outcome"]).replace(id, context.name("pollutant", id), 1)

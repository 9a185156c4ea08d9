"""The least effort that meets a target: findings of `lantian optimise`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lantian.findings import Finding
from lantian.report.context import Context
from lantian.report.document import Block, Cell, Column, Row, Section, Table, Text
from lantian.report.numbers import text_cell


def section(context: Context) -> Section | None:
    """Tell which choice was found, and what is guaranteed; nothing where nobody looked."""
    _ = context.messages
    found = context.found.of_kind("optimise")
    if not found:
        return None
    blocks: list[Block] = []
    for number, finding in enumerate(found):
        blocks += [_text(context, finding), _table(context, finding, number)]
    return Section("optimise", _("The least that meets the target"), tuple(blocks))


def _text(context: Context, finding: Finding) -> Text:
    _, content = context.messages, finding.content
    wanted = _("; ").join(_wanted(context, one) for one in content["requirements"])
    run = sum(candidate["replications"] > 0 for candidate in content["candidates"])
    spent = _(
        "{run} of {every} choices were run, {n} replications in all.",
        run=run,
        every=len(content["candidates"]),
        n=context.numbers.count(content["replications"]),
    )
    return Text(
        (spent, *_guarantee(context, content)),
        title=wanted,
        lead=_chosen(context, finding),
        scenario=finding.scenario,
    )


def _wanted(context: Context, requirement: Mapping[str, Any]) -> str:
    _ = context.messages
    names = _(" and ").join(context.name("target", target) for target in requirement["targets"])
    likely = context.numbers.share(requirement["probability"])
    return _("{targets}: with a probability of {p}", targets=names, p=likely)


def _chosen(context: Context, finding: Finding) -> str:
    _, content = context.messages, finding.content
    if content["choice"] is None:
        return _("No choice was found to meet it.")
    values = content["candidates"][content["choice"]]["values"]
    pairs = zip(content["levers"], values, strict=True)
    levers = _("; ").join(f"{_lever(context, finding, path)} = {v}" for path, v in pairs)
    return _("The cheapest choice that meets it: {levers}.", levers=levers)


def _guarantee(context: Context, content: Mapping[str, Any]) -> list[str]:
    _ = context.messages
    points = context.numbers.share(content["tolerance"])
    sure = context.numbers.share(content["confidence"])
    told = [
        _(
            "With a confidence of {sure} for all of this together: what meets it does so with "
            "more than the wanted probability less {points}, and what misses it with less than "
            "the wanted probability plus {points}. Between the two either is right.",
            sure=sure,
            points=points,
        )
    ]
    if undecided := sum(one["verdict"] == "undecided" for one in content["candidates"]):
        told.append(_("{n} choices are too close to call and stayed undecided.", n=undecided))
    if content["cost_tolerance"] is not None and content["choice"] is not None:
        money = context.numbers.money(content["cost_tolerance"])
        if content["is_cheapest_told"]:
            told.append(
                _(
                    "Of those that meet it the choice is the cheapest if the others cost at least "
                    "{money} more; this takes simulated costs that are about normal.",
                    money=money,
                )
            )
        else:
            told.append(
                _("Which is the cheapest was not told to {money}: it is so far.", money=money)
            )
    return told


def _table(context: Context, finding: Finding, number: int) -> Table:
    _, content = context.messages, finding.content
    titles = (
        *(Column(_lever(context, finding, path)) for path in content["levers"]),
        Column(f"{_('Cost')} [{context.numbers.money_unit}]", "number"),
        Column(_("Verdict")),
        Column(_("Met in [% of worlds]"), "number"),
        Column(_("Replications"), "number"),
    )
    rows = (_row(context, finding, candidate) for candidate in content["candidates"])
    return Table(
        f"optimise-{number}",
        _("All choices, by their price"),
        titles,
        tuple(rows),
        notes=(
            _(
                "The share of the worlds in which it was met is that at which the test stopped, "
                "and no estimate without bias. Choices dearer than the first that meets it are "
                "not run."
            ),
        ),
    )


def _row(context: Context, finding: Finding, candidate: Mapping[str, Any]) -> Row:
    _, numbers = context.messages, context.numbers
    verdicts = {
        "meets": _("meets it"),
        "misses": _("misses it"),
        "undecided": _("undecided"),
        "not run": _("not run"),
    }
    is_priced = finding.content["cost_of"] == "prices"
    met = min(candidate["met"]) / candidate["tested"] if candidate["tested"] else None
    cells: tuple[Cell, ...] = (
        *(_value_cell(value) for value in candidate["values"]),
        numbers.money_cell(candidate["price"] if is_priced else candidate["cost"]),
        text_cell(verdicts[candidate["verdict"]]),
        numbers.share_cell(met),
        numbers.count_cell(candidate["replications"]),
    )
    return Row(cells, scenario=finding.scenario)


def _value_cell(value: str) -> Cell:
    return Cell(value, int(value) if value.isdecimal() else value)


def _lever(context: Context, finding: Finding, path: str) -> str:
    """Name what a lever sets: the row, and its key."""
    table, _, rest = path.partition(".")
    id, _, key = rest.partition(".")
    row = context.tables(finding.scenario).get(table, {}).get(id, {})
    keys = {
        "capacity": context.messages("number of crews"),
        "start": context.messages("start"),
        "enabled": context.messages("is carried out"),
    }
    return f"{context.messages.name(row, id)}: {keys.get(key, key)}"

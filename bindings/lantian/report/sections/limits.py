"""What cannot be concluded from the result."""

from __future__ import annotations

from collections.abc import Iterator

from lantian.frames import target_chances
from lantian.report.context import Context
from lantian.report.document import Column, Row, Section, Table, Text
from lantian.report.numbers import text_cell
from lantian.report.sections.data import confidence_rows
from lantian.report.sections.rows import records


def section(context: Context) -> Section:
    """Say what the numbers do not carry."""
    _ = context.messages
    blocks: list[Text | Table] = []
    caveats = tuple(_caveats(context))
    if caveats:
        blocks.append(Text(caveats, title=_("In the words of the scenario's authors")))
    silent = _not_assessable(context)
    if silent.rows:
        blocks.append(silent)
    blocks.append(Text(tuple(_limits(context)), title=_("Because of how it was computed")))
    return Section("limits", _("What cannot be concluded"), tuple(blocks))


def _caveats(context: Context) -> Iterator[str]:
    """Caveats of all scenarios, each text once."""
    chinese = context.messages.language == "zh"
    seen = set()
    for scenario in context.scenarios:
        for caveat in context.tables(scenario).get("caveats", {}).values():
            text = (chinese and caveat.get("text_zh")) or caveat["text"]
            if text not in seen:
                seen.add(text)
                yield text


def _not_assessable(context: Context) -> Table:
    _ = context.messages
    rows = []
    for row in records(target_chances(context.results)):
        if row["assessable"] == context.results.replications:
            continue
        table = context.tables(row["scenario"]).get("targets", {}).get(row["target"], {})
        chinese = context.messages.language == "zh"
        stated = (chinese and table.get("not_assessable_zh")) or table.get("not_assessable", "")
        reason = stated or _(
            "in {n} of the worlds there was nothing to judge",
            n=context.results.replications - row["assessable"],
        )
        cells = (text_cell(context.called(row)), text_cell(reason))
        rows.append(Row(cells, scenario=row["scenario"]))
    columns = (Column(_("Target")), Column(_("Reason")))
    return Table("not-assessable", _("Targets that cannot be judged"), columns, tuple(rows))


def _limits(context: Context) -> Iterator[str]:
    _, numbers = context.messages, context.numbers
    yield _(
        "Concentrations in the air and days of good air are not simulated: emissions are. What "
        "the air makes of them takes an air-quality model."
    )
    yield from _assumed(context)
    n = context.results.replications
    yield _(
        "With {n} replications a probability near one half is known to about {points} percentage "
        "points either way (95 %), and what happens in fewer than one world in {n} is not seen "
        "at all.",
        n=numbers.count(n),
        points=numbers.count(98 / n**0.5),
    )
    yield from _chance(context)
    if context.ladders:
        yield _(
            "What a single measure brings depends on the order in which measures are added; "
            "overlaps are booked to the earlier one. Only the sum does not depend on it."
        )
    yield _(
        "Ranges come from the distributions in the scenario. What nobody thought of, and what is "
        "written as a fixed number, adds no spread."
    )


def _assumed(context: Context) -> Iterator[str]:
    """Tell the share of assumptions, for each pollutant of the base scenario."""
    _, numbers = context.messages, context.numbers
    shares: dict[str, float] = {}
    for row in confidence_rows(context):
        if row["scenario"] == context.base and row["confidence"] in ("assumption", "not stated"):
            shares[row["pollutant"]] = shares.get(row["pollutant"], 0.0) + row["share"]
    if shares:
        yield _(
            "So much of the emissions of the first year rests on at least one assumption or "
            "number without a stated confidence: {shares}.",
            shares="; ".join(
                f"{context.name('pollutant', name)} {numbers.share(share)}"
                for name, share in shares.items()
            ),
        )


def _chance(context: Context) -> Iterator[str]:
    _ = context.messages
    if int(context.results.attributes["chance_draws"]) == 1:
        yield _(
            "Each draw of what is not known was run with one draw of chance, so the spread cannot "
            "be split into the two; --chance-draws of lantian run does that."
        )

"""A result file as a document: which sections, in which order, and what is chosen first."""

from __future__ import annotations

from collections.abc import Callable

from lantian.report.context import Context
from lantian.report.document import Choice, Document, Section
from lantian.report.sections import (
    alerts,
    attribution,
    data,
    emissions,
    enterprises,
    gains,
    least,
    limits,
    measures,
    provenance,
    receptors,
    sensitivity,
    summary,
    targets,
    timing,
    validation,
    zones,
)

SECTIONS: tuple[Callable[[Context], Section | None], ...] = (
    summary.section,
    emissions.section,
    measures.section,
    attribution.section,
    timing.section,
    targets.section,
    gains.value,
    gains.slip,
    least.section,
    enterprises.section,
    alerts.section,
    zones.section,
    sensitivity.section,
    receptors.section,
    data.section,
    limits.section,
    validation.section,
    provenance.section,
)

NAMED = 3  # scenarios that the title names


def compose(context: Context) -> Document:
    """Put the sections together that have something to say."""
    _ = context.messages
    sections = (section(context) for section in SECTIONS)
    pollutants = context.pollutants
    first, last = context.years
    return Document(
        language="zh-Hans" if context.messages.language == "zh" else "en",
        title=_title(context),
        subtitle=_(
            "Emission-reduction scenarios, {first} to {last}; {n} replications",
            first=first,
            last=last,
            n=context.numbers.count(context.results.replications),
        ),
        scenarios=tuple(Choice(name, context.name("scenario", name)) for name in context.scenarios),
        pollutants=tuple(Choice(name, context.name("pollutant", name)) for name in pollutants),
        chosen_scenario=context.plans[0],
        chosen_pollutant=pollutants[0] if pollutants else "",
        base=context.base,
        sections=tuple(section for section in sections if section is not None),
    )


def _title(context: Context) -> str:
    """Give the names of the plans, the first few of them."""
    _ = context.messages
    names = [context.name("scenario", name) for name in context.plans]
    if len(names) > NAMED:
        names = [*names[:NAMED], _("{n} more", n=len(names) - NAMED)]
    return " · ".join(names)

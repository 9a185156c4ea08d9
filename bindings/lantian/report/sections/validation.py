"""What was checked: balances, standard errors, published figures, and the engine itself."""

from __future__ import annotations

from collections import Counter

from lantian.frames._intervals import mean_interval
from lantian.frames.balances import balances
from lantian.frames.changes import annual_mean
from lantian.report.context import Context
from lantian.report.document import Block, Column, Row, Section, Table, Text
from lantian.report.numbers import text_cell
from lantian.report.sections.enterprises import intensity_rows


def section(context: Context) -> Section:
    """Say what was checked, and only that."""
    _ = context.messages
    blocks: tuple[Block, ...] = (
        Text(_this_result(context), title=_("This result")),
        *([_errors(context)] if context.pollutants else []),
        Text(_engine(context), title=_("The program")),
    )
    return Section("validation", _("Validation: what was checked"), blocks)


def _this_result(context: Context) -> tuple[str, ...]:
    _, numbers = context.messages, context.numbers
    attributes = context.results.attributes
    sentences = [
        _(
            "Each of the {n} replications of each scenario closed its books: at its end the engine "
            "checks that what was produced is what was emitted or removed, and stops with an error "
            "if not.",
            n=numbers.count(context.results.replications),
        ),
        _("The checksums of the whole result file were verified when this report was written."),
        _(
            "Replications: {n}, of {parameters} draws of what is not known, each with {chance} "
            "draws of what varies by chance.",
            n=numbers.count(context.results.replications),
            parameters=numbers.count(attributes["parameter_draws"]),
            chance=numbers.count(attributes["chance_draws"]),
        ),
    ]
    added = balances(context.results)
    if not added.empty:
        sentences.append(
            _(
                "The breakdowns by {by} were added up and compared with the totals, for every "
                "scenario, pollutant, year and replication: the largest relative difference is "
                "{largest}.",
                by=", ".join(_breakdowns(context, set(added["by"]))),
                largest=f"{added['largest_difference'].max():.1e}",
            )
        )
    return (*sentences, *_published(context))


def _breakdowns(context: Context, kept: set[str]) -> list[str]:
    _ = context.messages
    names = {
        "zone": _("zone"),
        "district": _("district"),
        "sector": _("sector"),
        "source": _("source"),
    }
    return [name for key, name in names.items() if key in kept]


def _published(context: Context) -> list[str]:
    """Verdicts on published figures in the base scenario."""
    _ = context.messages
    verdicts = Counter(
        row["verdict"]
        for row in intensity_rows(context)
        if row["scenario"] == context.base and row["published"] is not None
    )
    if not verdicts:
        return [_("The scenario names no published figures of whole plants to compare with.")]
    return [
        _(
            "In the first year of “{base}”, {all} emissions per tonne of product were compared "
            "with published figures: {within} lie within the published range, {below} below, "
            "{above} above; {bare} of the figures have no range.",
            base=context.name("scenario", context.base),
            all=sum(verdicts.values()),
            within=verdicts["within"],
            below=verdicts["below"],
            above=verdicts["above"],
            bare=verdicts[""],
        )
    ]


def _errors(context: Context) -> Table:
    _, numbers = context.messages, context.numbers
    year = context.years[1]
    draws = int(context.results.attributes["chance_draws"])
    rows = []
    for scenario in context.scenarios:
        for pollutant in context.of_scenario(scenario):
            values = annual_mean(context.results, scenario, pollutant, year)
            mean, error, low, high = mean_interval(values, chance_draws=draws)
            cells = (
                text_cell(context.name("pollutant", pollutant)),
                *(numbers.number_cell(value) for value in (mean, error)),
                numbers.share_cell(error / mean if mean else None),
                *(numbers.number_cell(value) for value in (low, high)),
                numbers.unit_cell(f"{context.results[scenario].variable(pollutant).unit}/year"),
            )
            rows.append(Row(cells, scenario=scenario))
    columns = (
        Column(_("Pollutant")),
        Column(_("Mean, {year}", year=year), "number"),
        Column(_("Standard error"), "number"),
        Column(_("Standard error [% of the mean]"), "number"),
        Column(_("95 % low"), "number"),
        Column(_("95 % high"), "number"),
        Column(_("Unit")),
    )
    notes = (
        _(
            "How well the mean of the model is known with so many replications, not how well the "
            "model fits the world. Differences between scenarios are known better than this, "
            "because they are taken in the same worlds."
        ),
    )
    return Table("standard-errors", _("Standard errors of the means"), columns, tuple(rows), notes)


def _engine(context: Context) -> tuple[str, ...]:
    _ = context.messages
    return (
        _(
            "The program's tests compare its engine with theory where theory has an answer: waits "
            "in queues with Pollaczek-Khinchine and Erlang, breakdown and repair with birth-death "
            "and renewal-reward theory, the length of a small project network with its known "
            "mean, random occurrences and the share of time under alert with the M/G/∞ queue. "
            "The tests stand in tests/oracles of the program."
        ),
        _(
            "One plant is worked out by hand, number by number, in "
            "tests/measures/hand_worked_example_test.cpp; docs/methods.md states the equations."
        ),
        _(
            "These tests belong to the program and run whenever it is changed; they were not run "
            "again for this report."
        ),
    )

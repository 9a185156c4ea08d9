"""When measures are done and what holds them back: S-curves, a Gantt chart, and dates."""

from __future__ import annotations

from typing import Any

from lantian.frames import completion, measure_causes, measure_dates, stages, target_chances
from lantian.frames.completion import Milestone
from lantian.report import vocabulary
from lantian.report.context import Context
from lantian.report.document import Chart, Choice, Column, Picker, Row, Section, Table
from lantian.report.numbers import text_cell
from lantian.report.sections.rows import columns, day_of, records

MILESTONES: tuple[Milestone, ...] = ("works", "assessed", "published")
CAUSES = ("permits", "crews", "money", "season", "alerts", "predecessors", "work")
DEADLINES = ("scenario", "milestone", "target", "date", "probability")


def section(context: Context) -> Section | None:
    """Tell when the measures are done; nothing where no scenario has measures."""
    _ = context.messages
    scenarios = [name for name in context.scenarios if _measures(context, name)]
    if not scenarios:
        return None
    blocks = (_completion(context, scenarios), _gantt(context, scenarios), _dates(context))
    return Section(
        "timing",
        _("When it is done, and what holds it back"),
        tuple(block for block in blocks if block is not None),
    )


def _measures(context: Context, scenario: str) -> list[str]:
    return [str(name) for name in context.results[scenario].coordinates["measure"].values]


# -------------------------------------------------------------------- S-curves
def _completion(context: Context, scenarios: list[str]) -> Chart:
    _ = context.messages
    rows = [
        {**row, "measure": row["subject"]}
        for scenario in scenarios
        for measure in _measures(context, scenario)
        for milestone in MILESTONES
        for row in records(
            completion(context.results, measure=measure, scenario=scenario, milestone=milestone)
        )
    ]
    names = context.names["milestone"]
    keys = ("scenario", "milestone", "measure", "date", "share")
    return Chart(
        "completion",
        "completion",
        _("S-curves: share of the worlds in which a measure is done by a date"),
        {
            "frame": columns(rows, keys),
            "deadlines": columns(_deadlines(context, scenarios), DEADLINES),
        },
        notes=(
            _(
                "The dashed vertical lines are the deadlines of targets that ask for this "
                "milestone. A curve that ends below 100 % is a measure that is cancelled, or not "
                "done within the horizon, in the rest of the worlds."
            ),
        ),
        pickers=(
            Picker("milestone", _("Done means"), tuple(Choice(m, names[m]) for m in MILESTONES)),
        ),
    )


def _deadlines(context: Context, scenarios: list[str]) -> list[dict[str, Any]]:
    odds = target_chances(context.results).set_index(["scenario", "target"])["probability"]
    return [
        {
            "scenario": scenario,
            "milestone": table.get("milestone", "works"),
            "target": target,
            "date": table["date"],
            "probability": odds[scenario, target],
        }
        for scenario in scenarios
        for target, table in context.tables(scenario).get("targets", {}).items()
        if table.get("kind") == "deadline"
    ]


# -------------------------------------------------------------------- Gantt
def _gantt(context: Context, scenarios: list[str]) -> Chart | None:
    _ = context.messages
    rows = [
        row
        for scenario in scenarios
        for replication in _logged(context, scenario)
        for row in records(stages(context.results, scenario=scenario, replication=replication))
    ]
    if not rows:
        return None
    keys = ("scenario", "replication", "measure", "stage", "cause", "start", "end", "value")
    replications = sorted({row["replication"] for row in rows})
    return Chart(
        "gantt",
        "gantt",
        _("One world in detail: the stages of each measure, and what they wait for"),
        {"frame": columns(rows, keys)},
        notes=(
            _(
                "One replication out of all: an example of what may happen, not a forecast. Each "
                "bar is a stage, cut where it begins to wait."
            ),
        ),
        pickers=(
            Picker(
                "replication",
                _("World (replication)"),
                tuple(Choice(str(number), str(number)) for number in replications),
            ),
        ),
    )


def _logged(context: Context, scenario: str) -> list[int]:
    return sorted({int(number) for number in context.results[scenario].event_log.replication})


# -------------------------------------------------------------------- dates
def _dates(context: Context) -> Table:
    _ = context.messages
    waits, days = vocabulary.short_causes(_), context.numbers.unit("d")
    titles = [
        Column(_("Measure")),
        Column(_("Done in [% of worlds]"), "number"),
        Column(_("Built, median"), "date"),
        Column(_("Built, P90"), "date"),
        Column(_("Published, median"), "date"),
        Column(_("Published, P90"), "date"),
        *(Column(f"{waits[cause]} [{days}]", "number") for cause in CAUSES),
    ]
    return Table(
        "dates-and-waiting",
        _("Dates of the measures, and what their time goes into"),
        tuple(titles),
        tuple(_date_rows(context)),
        notes=(
            _(
                "Dates are those of the worlds in which the milestone is reached: half and nine "
                "tenths of them. Days are means over all worlds, along the critical path: waiting "
                "for each cause, and work."
            ),
        ),
    )


def _date_rows(context: Context) -> list[Row]:
    dates = _indexed(measure_dates(context.results), "milestone")
    causes = _indexed(measure_causes(context.results), "cause")
    rows = []
    for scenario in context.scenarios:
        for measure in _measures(context, scenario):
            built = dates[scenario, measure, "works"]
            published = dates[scenario, measure, "published"]
            days = [causes[scenario, measure, cause]["mean"] for cause in CAUSES]
            cells = (
                text_cell(context.called(built)),
                context.numbers.share_cell(built["reached"]),
                *(
                    context.numbers.date_cell(day_of(row[key]))
                    for row in (built, published)
                    for key in ("p50", "p90")
                ),
                *(context.numbers.number_cell(value) for value in days),
            )
            rows.append(Row(cells, scenario=scenario))
    return rows


def _indexed(frame: Any, key: str) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(row["scenario"], row["measure"], row[key]): row for row in records(frame)}

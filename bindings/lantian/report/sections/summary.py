"""The summary: what a plan achieves, when, how surely, at what cost, and what holds it back."""

from __future__ import annotations

from typing import Any

import numpy as np

from lantian.frames import measure_causes, measure_dates, target_chances
from lantian.frames._amounts import yearly
from lantian.frames.changes import changes
from lantian.report.context import Context
from lantian.report.document import Fact, Section, Text
from lantian.report.sections.rows import records

FACTS = 3
FEW = 30  # replications below which quantiles and probabilities are called rough
NAMED = 3  # causes, measures and the like that a sentence names


def section(context: Context) -> Section:
    """Write the summary of every plan."""
    _ = context.messages
    blocks = [block for scenario in context.plans for block in _of_scenario(context, scenario)]
    if context.is_compared:
        blocks.append(Text((), lead=_base(context), scenario=context.base))
    return Section("summary", _("Summary"), tuple(blocks), intro=_introduction(context))


def _base(context: Context) -> str:
    _ = context.messages
    return _(
        "“{base}” is the base scenario: choose another one at the top of the page to read what it "
        "changes.",
        base=context.name("scenario", context.base),
    )


def _introduction(context: Context) -> str:
    _ = context.messages
    values = {
        "n": context.numbers.count(context.results.replications),
        "first": context.years[0],
        "last": context.years[1],
    }
    if context.is_compared:
        return _(
            "Every scenario was run in the same {n} worlds (replications), {first} to {last}, and "
            "is compared world by world with the base scenario “{base}”.",
            base=context.name("scenario", context.base),
            **values,
        )
    return _(
        "The scenario was run in {n} worlds (replications), {first} to {last}. There is no other "
        "scenario in the file to compare it with; what its measures bring is seen against the "
        "same scenario without them.",
        **values,
    )


def _of_scenario(context: Context, scenario: str) -> list[Text]:
    _ = context.messages
    parts = [
        (_("What it achieves"), _achieved(context, scenario)),
        (_("When"), _when(context, scenario)),
        (_("How surely"), _how_surely(context, scenario)),
        (_("At what cost"), _cost(context, scenario)),
        (_("What holds it back"), _held_back(context, scenario)),
    ]
    head = Text((), scenario=scenario, facts=_facts(context, scenario))
    texts = [
        Text(tuple(sentences[1:]), title=title, lead=sentences[0], scenario=scenario)
        for title, sentences in parts
        if sentences
    ]
    return [head, *texts]


# -------------------------------------------------------------------- what it achieves
def changed(context: Context, scenario: str) -> list[dict[str, Any]]:
    """Give the changes of the last year against the base, or against the foot of the ladder."""
    last = context.years[1]
    if scenario != context.base:
        frame = changes(context.results, base=context.base, scenario=scenario, years=last)
    elif scenario in context.ladders:
        ladder = context.ladders[scenario]
        steps = tuple(ladder)
        frame = changes(ladder, base=steps[0], scenario=steps[-1], years=last)
    else:
        return []
    rows = {row["pollutant"]: row for row in records(frame)}
    return [rows[name] for name in context.pollutants if name in rows]


def _against(context: Context, scenario: str) -> str:
    _ = context.messages
    if scenario == context.base:
        return _("the same scenario without its measures")
    return _("“{name}”", name=context.name("scenario", context.base))


def _is_clear(row: dict[str, Any]) -> bool:
    """Whether the mean change can be told from none."""
    return bool(row["low"] > 0 or row["high"] < 0)


def _achieved(context: Context, scenario: str) -> list[str]:
    _ = context.messages
    rows = [row for row in changed(context, scenario) if row["base_mean"] or row["mean"]]
    if not rows:
        return []
    sentences = [
        _(
            "In {year}, the last whole year, against {base}:",
            year=context.years[1],
            base=_against(context, scenario),
        )
    ]
    unclear = []
    for row in rows:
        if _is_clear(row):
            sentences.append(_change(context, row))
        else:
            unclear.append(context.name("pollutant", row["pollutant"]))
    if unclear:
        sentences.append(
            _(
                "No difference can be told apart from none with {n} replications: {names}.",
                n=context.results.replications,
                names=_listed(context, unclear),
            )
        )
    return sentences


def _change(context: Context, row: dict[str, Any]) -> str:
    _, numbers = context.messages, context.numbers
    ends = sorted((abs(row["low"]), abs(row["high"])))
    values = {
        "pollutant": context.name("pollutant", row["pollutant"]),
        "amount": numbers.quantity(abs(row["change"]), _mass(row["unit"])),
        "share": numbers.share(abs(row["share"])),
        "low": numbers.number(ends[0]),
        "high": numbers.number(ends[1]),
        "before": numbers.quantity(row["base_mean"], _mass(row["unit"])),
        "after": numbers.quantity(row["mean"], _mass(row["unit"])),
    }
    if row["change"] < 0:
        return _(
            "{pollutant} falls by {amount} or {share} (95 % interval of the mean {low} to {high}), "
            "from {before} to {after}.",
            **values,
        )
    return _(
        "{pollutant} rises by {amount} or {share} (95 % interval of the mean {low} to {high}), "
        "from {before} to {after}.",
        **values,
    )


def _mass(unit: str) -> str:
    return unit.removesuffix("/year")


def _facts(context: Context, scenario: str) -> tuple[Fact, ...]:
    return (
        *_reduction_facts(context, scenario),
        *_odds_fact(context, scenario),
        *_cost_fact(context, scenario),
    )


def _reduction_facts(context: Context, scenario: str) -> list[Fact]:
    """Show the first changes that are clear; of nested ones such as PM and PM2.5 only one."""
    _, numbers = context.messages, context.numbers
    shown: list[dict[str, Any]] = []
    for row in changed(context, scenario):
        nested = any(context.is_within(row["pollutant"], other["pollutant"]) for other in shown)
        if _is_clear(row) and not nested and len(shown) < FACTS:
            shown.append(row)
    return [
        Fact(
            _(
                "{pollutant} in {year}",
                pollutant=context.name("pollutant", row["pollutant"]),
                year=context.years[1],
            ),
            numbers.share(row["share"], signed=True),
            numbers.quantity(row["change"], row["unit"], signed=True),
        )
        for row in shown
    ]


# -------------------------------------------------------------------- when
def _when(context: Context, scenario: str) -> list[str]:
    _, numbers = context.messages, context.numbers
    frame = measure_dates(context.results, scenario=scenario)
    works = records(frame[frame["milestone"] == "works"])
    built = [row for row in works if not _is_standing(context, scenario, row)]
    if not built:
        return []
    likely = [row for row in built if row["reached"] >= 0.5]
    sentences = [
        _(
            "{likely} of {all} measures are built by the end of {year} in at least half of the "
            "worlds.",
            likely=len(likely),
            all=len(built),
            year=context.years[1],
        )
    ]
    for row in sorted(likely, key=lambda row: row["p50"])[::-1][:NAMED][::-1]:
        sentences.append(
            _(
                "{measure}: built by {median} in half of the worlds in which it is built "
                "({reached} of all), and by {late} in nine of ten of them.",
                measure=context.called(row),
                median=numbers.date(np.datetime64(row["p50"], "D")),
                late=numbers.date(np.datetime64(row["p90"], "D")),
                reached=numbers.share(row["reached"]),
            )
        )
    never = [context.called(row) for row in built if row["reached"] < 0.5]
    if never:
        sentences.append(
            _(
                "Not built within the horizon in most of the worlds: {names}.",
                names=_listed(context, never),
            )
        )
    return sentences


def _is_standing(context: Context, scenario: str, row: dict[str, Any]) -> bool:
    """Whether a measure is there from the start, such as the rules of alerts: nothing is built."""
    bounds = context.results[scenario].coordinates["time"].bounds
    assert bounds is not None
    return bool(row["reached"] == 1.0 and np.datetime64(row["p90"], "s") <= bounds[0])


# -------------------------------------------------------------------- how surely
def _how_surely(context: Context, scenario: str) -> list[str]:
    _, numbers = context.messages, context.numbers
    rows = records(target_chances(context.results, scenario=scenario))
    judged = [
        _(
            "{target}: {share} (95 % interval {low} to {high}).",
            target=context.called(row),
            share=numbers.share(row["probability"]),
            low=numbers.share(row["low"]),
            high=numbers.share(row["high"]),
        )
        for row in rows
        if row["assessable"]
    ]
    silent = len(rows) - len(judged)
    sentences = [_("Targets are met in this share of the worlds:"), *judged] if judged else []
    if silent:
        sentences.append(
            _(
                "{n} of {all} targets cannot be judged with this inventory; the reasons stand "
                "under “What cannot be concluded”.",
                n=silent,
                all=len(rows),
            )
        )
    if judged and context.results.replications < FEW:
        sentences.append(
            _(
                "With {n} replications these shares are rough: run more before you rely on them.",
                n=context.results.replications,
            )
        )
    return sentences


def _odds_fact(context: Context, scenario: str) -> list[Fact]:
    _, numbers = context.messages, context.numbers
    rows = target_chances(context.results, scenario=scenario)
    judged = records(rows[rows["assessable"] > 0].sort_values("probability"))
    if not judged:
        return []
    row = judged[0]
    return [
        Fact(
            _("Least likely target"),
            numbers.share(row["probability"]),
            context.called(row),
        )
    ]


# -------------------------------------------------------------------- at what cost
def costs(context: Context, scenario: str) -> dict[str, Any] | None:
    """Capital over the horizon and operating cost of the last year, by replication."""
    here = context.results[scenario]
    if "capital_by_measure" not in here or not len(here.coordinates["measure"].values):
        return None
    capital = here["capital_by_measure"].sum(axis=(1, 2))
    yearly_cost = yearly(
        here["operating_by_measure"].sum(axis=1), context.results, scenario, context.years[1]
    )[:, 0]
    if not capital.any() and not yearly_cost.any():
        return None
    return {"capital": capital, "operating": yearly_cost}


def _cost(context: Context, scenario: str) -> list[str]:
    _, numbers = context.messages, context.numbers
    spent = costs(context, scenario)
    if spent is None:
        return []
    low, high = np.quantile(spent["capital"], (0.05, 0.95))
    return [
        _(
            "Capital of {capital} over the horizon on average (nine worlds of ten: {low} to "
            "{high}), and {operating} a year to operate in {year}, in prices of {prices}. "
            "Measures whose cost is not in the scenario count as nothing.",
            capital=numbers.money(float(spent["capital"].mean())),
            low=numbers.money(low),
            high=numbers.money(high),
            operating=numbers.money(float(spent["operating"].mean())),
            year=context.years[1],
            prices=context.results[scenario].attributes.get("price_year", ""),
        )
    ]


def _cost_fact(context: Context, scenario: str) -> list[Fact]:
    _, numbers = context.messages, context.numbers
    spent = costs(context, scenario)
    if spent is None:
        return []
    operating = float(spent["operating"].mean())
    return [
        Fact(
            _("Capital over the horizon"),
            numbers.money(float(spent["capital"].mean())),
            _("and {operating} a year to operate", operating=numbers.money(operating))
            if operating
            else "",
        )
    ]


# -------------------------------------------------------------------- what holds it back
def _held_back(context: Context, scenario: str) -> list[str]:
    _, numbers = context.messages, context.numbers
    frame = measure_causes(context.results, scenario=scenario)
    waits = frame[frame["cause"] != "work"]
    total = float(waits["mean"].sum())
    if total <= 0:
        return []
    by_cause = waits.groupby("cause")["mean"].sum().sort_values(ascending=False)
    by_cause = by_cause[by_cause > 0.005 * total]
    listed = [
        _(
            "{cause} ({share})",
            cause=context.name("cause", str(cause)),
            share=numbers.share(float(days) / total),
        )
        for cause, days in by_cause.head(NAMED).items()
    ]
    worst = waits.groupby("measure")["mean"].sum().sort_values(ascending=False)
    measure = str(worst.index[0])
    own = waits[waits["measure"] == measure].sort_values("mean", ascending=False).iloc[0]
    # The largest part of its waiting, most often nearly all of it.
    return [
        _(
            "Of all the time that measures wait on their critical paths, most goes into: {causes}.",
            causes=_listed(context, listed),
        ),
        _(
            "{measure} waits longest: {days} days on average, mostly {cause} ({own} days).",
            measure=context.name("measure", measure),
            days=numbers.number(float(worst.iloc[0])),
            own=numbers.number(float(own["mean"])),
            cause=context.name("cause", str(own["cause"])),
        ),
    ]


def _listed(context: Context, items: list[str]) -> str:
    return ("、" if context.messages.language == "zh" else "; ").join(items)

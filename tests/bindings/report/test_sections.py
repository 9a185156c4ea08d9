"""What the sections say of a works whose numbers can be checked by head."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas
import pytest

import lantian
from lantian.messages import Messages
from lantian.report import composing
from lantian.report.context import Context
from lantian.report.document import Table, Text
from lantian.report.sections import (
    alerts,
    data,
    emissions,
    enterprises,
    limits,
    measures,
    provenance,
    receptors,
    summary,
    targets,
    timing,
    validation,
    zones,
)
from lantian.report.sections.rows import day_of, plain

AIR = Path(__file__).parents[1] / "air"
SCREENED = b"""
lantian = 1
extends = "base.toml"
receptors.town = { latitude = 40.6, longitude = 110.0 }
receptors.village = { latitude = 40.6, longitude = 110.0 }
receptors.hills = { latitude = 40.6, longitude = 110.0 }
[dispersion]
method = "screening"
surroundings = "rural"
wind_rose.w = { direction = "W", stability = "D", speed = "3 m/s", frequency = 1 }
"""


def table(section, name):
    return next(block for block in section.blocks if isinstance(block, Table) and block.id == name)


def texts(section, scenario=None):
    return [
        sentence
        for block in section.blocks
        if isinstance(block, Text) and block.scenario in (scenario, None)
        for sentence in (block.lead, *block.sentences)
        if sentence
    ]


def values(row):
    return [cell.value for cell in row.cells]


def chart(section, name):
    return next(chart for chart in section.charts if chart.id == name).data


# -------------------------------------------------------------------- context
def test_the_last_year_is_the_last_whole_one(context):
    assert context().years == (2024, 2026)


def test_pollutants_that_a_target_asks_for_come_first(context):
    assert context().pollutants == ("PM", "PM25")
    assert context().is_within("PM", "PM25")


def test_the_others_come_by_how_much_the_plan_changes_them(works):
    told = Context(works, "base", Messages("en"))
    told.__dict__["_asked_for"] = set()
    # all of PM25 comes from the works, whose emission is halved; of PM four fifths do
    assert told.pollutants == ("PM25", "PM")


def test_an_unknown_base_is_refused_with_what_was_meant(works):
    with pytest.raises(lantian.UsageError, match="did you mean 'base'"):
        Context(works, "bas", Messages("en"))


# -------------------------------------------------------------------- summary
def test_the_summary_says_what_when_how_surely_at_what_cost_and_what_holds_it_back(context):
    said = "\n".join(texts(summary.section(context()), "plan"))
    assert "In 2026, the last whole year, against “Nothing is done”:" in said
    assert "Fine dust falls by 45" in said
    assert "from 900 t to 44" in said
    # begins on 1 January 2025, 10 and 30 days of work
    assert "New filter: built by 10 Feb 2025 in half of the worlds" in said
    assert "Filter by the end of 2025: 100\N{NO-BREAK SPACE}%" in said
    assert "1 of 3 targets cannot be judged" in said
    assert "Capital of 9.00 million CNY over the horizon on average" in said
    assert "2.00 million CNY a year to operate in 2026" in said
    assert "New filter waits longest: 10.0 days on average, mostly waiting for permits" in said
    assert "With 20 replications these shares are rough" in said


def test_the_summary_is_in_chinese_where_asked_for(context):
    said = "\n".join(texts(summary.section(context("zh")), "plan"))
    assert "颗粒物减少90" in said
    assert "新除尘器：在能够建成的模拟（占100%）中，一半在2025年2月10日前建成" in said
    assert "模拟期内投资平均为900万元" in said


def test_what_cannot_be_told_from_nothing_is_said_to_be_so(works):
    unchanged = Context(works, "plan", Messages("en"))
    row = {"low": -1.0, "high": 2.0, "change": 0.5, "pollutant": "PM", "base_mean": 5, "mean": 5.5}
    assert not summary._is_clear(row)
    assert summary._is_clear({**row, "low": 0.1})
    said = summary._achieved(unchanged, "plan")  # against itself
    assert said == []


def test_nested_pollutants_have_one_fact(context):
    facts = summary._facts(context(), "plan")
    assert [fact.label for fact in facts] == [
        "Dust in 2026",
        "Least likely target",
        "Capital over the horizon",
    ]


# -------------------------------------------------------------------- charts
def test_the_waterfall_adds_up(context):
    frame = chart(emissions.section(context()), "waterfall")["frame"]
    rows = [dict(zip(frame, row, strict=True)) for row in zip(*frame.values(), strict=True)]
    of = [row for row in rows if row["pollutant"] == "PM" and row["split"] == "plant"]
    roles = [row["role"] for row in of]
    assert roles == ["start", "change", "end"]
    assert of[0]["value"] + of[1]["value"] == pytest.approx(of[2]["value"], rel=1e-6)
    assert of[1]["item"] == "works"


def test_the_map_has_districts_before_and_after(context):
    frame = chart(emissions.section(context()), "map")["frame"]
    index = [i for i, name in enumerate(frame["scenario"]) if name == "plan"]
    east = next(
        i for i in index if frame["district"][i] == "east" and frame["pollutant"][i] == "PM"
    )
    assert frame["before"][east] == pytest.approx(1800, rel=0.1)
    assert frame["after"][east] == pytest.approx(900, rel=0.1)
    assert (frame["year_before"][east], frame["year_after"][east]) == (2024, 2026)


def test_the_ladder_s_cuts_are_the_distances_between_its_levels(context):
    frame = chart(measures.section(context()), "wedges")["frame"]
    rows = [dict(zip(frame, row, strict=True)) for row in zip(*frame.values(), strict=True)]
    levels = {(row["pollutant"], row["step"], row["year"]): row["level"] for row in rows}
    steps = [row for row in rows if row["step"]]
    assert {row["measure"] for row in steps} == {"alerts", "new-filter"}
    for row in steps:
        above = levels[row["pollutant"], row["step"] - 1, row["year"]]
        assert above - row["level"] == pytest.approx(row["cut"], abs=1e-3)


def test_projects_have_their_cut_and_their_cost(context):
    rows = table(measures.section(context()), "reductions-by-project").rows
    of = {row.cells[0].text: values(row) for row in rows if row.pollutant == "PM25"}
    cut, low, high = of["New filter"][1:4]
    assert low <= cut <= high
    assert 400 < cut <= 450
    # 9 million CNY over 15 years at 8 % are 1.0515 million a year, and 2 million to operate
    assert of["New filter"][6] == pytest.approx(3.0515, abs=1e-4)
    assert of["Alerts"][6] is None


@pytest.mark.parametrize("nothing", [float("nan"), np.datetime64("NaT"), pandas.NaT])
def test_a_date_that_never_comes_is_nothing_however_it_is_written(nothing):
    assert np.isnat(day_of(nothing))
    assert plain(nothing) is None


def test_without_a_ladder_there_is_no_section_on_measures(works):
    assert measures.section(Context(works, "base", Messages("en"))) is None


def test_the_s_curve_steps_up_on_the_day_when_it_is_built(context):
    data = chart(timing.section(context()), "completion")
    frame = data["frame"]
    steps = [
        (date, share)
        for measure, milestone, date, share in zip(
            frame["measure"], frame["milestone"], frame["date"], frame["share"], strict=True
        )
        if (measure, milestone) == ("new-filter", "works")
    ]
    assert steps == [("2024-01-01", 0), ("2025-02-10", 1), ("2027-01-01", 1)]
    assert sorted(data["deadlines"]["date"]) == ["2025-01-31", "2025-12-31"]


# -------------------------------------------------------------------- tables
def test_targets_have_their_odds_or_say_that_they_cannot_be_judged(context):
    rows = {
        row.cells[0].text: row for row in table(targets.section(context()), "targets-table").rows
    }
    assert values(rows["Filter by the end of 2025"])[1] == 100
    assert rows["Clean air"].cells[1].text == "not assessable"
    assert values(rows["Clean air"])[2:4] == [None, None]


def test_deadlines_have_their_dates_and_lateness(context):
    # built on 10 February, nine days after the end of January
    rows = {row.cells[0].text: row for row in table(targets.section(context()), "deadlines").rows}
    late = values(rows["Filter by the end of January"])
    assert late[1:] == ["2025-01-31", *["2025-02-10"] * 3, 9, 9, 9, 0]
    assert values(rows["Filter by the end of 2025"])[5] == 0


def test_lateness_is_shared_out_by_cause(context):
    # ten days of permit and thirty of work make nine days late
    frame = chart(targets.section(context()), "lateness")["frame"]
    late = {
        cause: mean
        for target, cause, mean in zip(frame["target"], frame["cause"], frame["mean"], strict=True)
        if target == "very-soon" and mean
    }
    assert late == {"permits": 2.25, "work": 6.75}


def test_enterprises_have_their_change_and_its_interval(context):
    rows = table(enterprises.section(context()), "reductions-by-enterprise").rows
    (row,) = [values(row) for row in rows if row.pollutant == "PM25"]
    name, base, after, change, low, high, unit, percent = row
    assert (name, unit) == ("Works", "t/year")
    assert base == pytest.approx(900, rel=1e-12)
    assert change == pytest.approx(after - base, rel=1e-12)
    assert low < change < high
    assert percent == pytest.approx(100 * change / base, rel=1e-12)


def test_permit_and_capacity_stand_beside_production(context):
    rows = table(enterprises.section(context()), "permits-and-production").rows
    row = next(values(row) for row in rows if row.scenario == "base")
    assert row[0:2] == ["Works", "crude steel"]
    assert row[2:7] == pytest.approx([900_000, 1_200_000, 1_000_000, 900_000, 900_000], rel=1e-12)
    assert row[9:12] == ["permit", 0, "t/year"]


def test_published_figures_are_compared_in_the_same_unit(context):
    row = {"mean": 2.0, "unit": "kg/t"}
    figure = {"value": "2500 g/t", "low": "1 kg/t", "high": "0.0019 t/t", "year": 2017}
    compared = enterprises._compared(row, figure)
    assert compared["published"] == pytest.approx(2.5)
    assert compared["high"] == pytest.approx(1.9)
    assert compared["verdict"] == "above"
    assert enterprises._compared(row, {"value": "3 g/kWh"})["published"] is None


def test_the_alert_list_is_there_where_there_are_alerts(context):
    section = alerts.section(context())
    (row,) = table(section, "alert-list").rows
    assert values(row) == ["Kiln", "Works", "C", "lines", 20, 40, None]
    cuts = [values(row) for row in table(section, "alert-cuts").rows if row.pollutant == "PM25"]
    assert cuts[0][2] == pytest.approx(100 / 9, rel=1e-9)


def test_zones_show_all_accounts(context):
    rows = table(zones.section(context()), "zones-by-account").rows
    row = next(r for r in rows if (r.scenario, r.pollutant) == ("base", "PM"))
    assert values(row)[0:2] == ["City", 2024]
    assert values(row)[2:7] == pytest.approx([1800, 900, 900, 0, 0], rel=1e-12)


def test_shares_by_confidence_add_up(context):
    rows = table(data.section(context()), "confidence").rows
    shares = [values(r)[3] for r in rows if (r.scenario, r.pollutant) == ("base", "PM")]
    assert sum(shares) == pytest.approx(100, rel=1e-12)


def test_what_cannot_be_judged_is_told_with_its_reason(context):
    section = limits.section(context())
    (row,) = table(section, "not-assessable").rows
    assert values(row) == ["Clean air", "it takes an air-quality model"]
    said = "\n".join(texts(section))
    # 98 / sqrt(20) = 21.9
    assert "With 20 replications a probability near one half is known to about 22" in said
    assert "overlaps are booked to the earlier one" in said


def test_caveats_are_in_the_language_of_the_reader_and_said_once(context):
    german = {"caveats": {"a": {"text": "Rough.", "text_zh": "粗略。"}, "b": {"text": "Rough."}}}
    told = dataclasses.replace(context("zh"))
    told.__dict__["_tables"] = {"base": german, "plan": german}
    assert list(limits._caveats(told)) == ["粗略。", "Rough."]


def test_validation_says_what_was_compared(context):
    said = "\n".join(texts(validation.section(context())))
    assert "Each of the 20 replications of each scenario closed its books" in said
    assert "breakdowns by zone, district, sector, source" in said
    assert "names no published figures" in said


def test_provenance_has_the_inputs_and_the_command(context, works):
    section = provenance.section(context())
    files = {values(row)[0]: values(row) for row in table(section, "inputs").rows}
    assert files.keys() == works.inputs.keys()
    assert files["base.toml"][1] == len(works.inputs["base.toml"])
    assert len(files["base.toml"][2]) == 64
    run = dict(values(row) for row in table(section, "run").rows)
    assert run["To run it again"] == (
        "lantian run base.toml plan.toml -o works.h5 --replications 20 --chance-draws 1 --seed 1"
    )
    assert run["Seed"] == "1"


# -------------------------------------------------------------------- any result file
def test_a_result_without_measures_totals_or_targets_still_has_a_report(tmp_path):
    scenario = tmp_path / "bare.toml"
    scenario.write_text(
        'lantian = 1\nas_of = 2025-01-01\noutput.dimensions = ["plant"]\n'
        "[horizon]\nstart = 2025-03-01\nend = 2025-06-01\n"
        '[pollutants.PM]\nunit = "t"\n[zones.z]\n[districts.d]\nzone = "z"\n[sectors.s]\n'
        '[sources.a]\ndistrict = "d"\nsector = "s"\nactivity = "1 t/year"\n'
        'emits.PM.raw = "1 kg/t"\n'
    )
    results = lantian.run(scenario, output=tmp_path / "bare.h5", replications=1)
    document = composing.compose(Context(results, "bare", Messages("en")))
    assert [section.id for section in document.sections] == [
        "summary",
        "limits",
        "validation",
        "provenance",
    ]


def test_receptors_say_who_breathes_it_and_what_is_not_known(air):
    context = Context(air, "base", Messages("en"), {})
    rows = [
        values(row)
        for row in table(receptors.section(context), "receptors").rows
        if row.scenario == "plan" and values(row)[1] == 2026
    ]
    assert [row[:4] for row in rows] == [
        ["A person, on average", 2026, 4000, pytest.approx(3.875)],
        ["Hills", 2026, 500, None],
        ["Town", 2026, 3000, pytest.approx(5)],
        ["Village", 2026, 1000, pytest.approx(0.5)],
    ]
    assert [row[5] for row in rows] == [pytest.approx(-3.875), None, pytest.approx(-5), -0.5]
    assert [row[6] for row in rows] == [100, 0, 100, 100]


def test_receptors_by_a_plume_are_marked_as_screening(air, tmp_path):
    assert receptors.section(Context(air, "base", Messages("en"), {})).title == "Who breathes it"
    files = {"base.toml": (AIR / "base.toml").read_bytes(), "screened.toml": SCREENED}
    screened = lantian.Scenario.from_files(files, "screened.toml")
    results = lantian.run(screened, output=tmp_path / "screened.h5", replications=1)
    section = receptors.section(Context(results, "screened", Messages("en"), {}))
    assert section.title == "Who breathes it (screening)"
    assert section.intro.startswith("Screening:")


def test_a_report_without_receptors_has_no_such_section(works):
    assert receptors.section(Context(works, "base", Messages("en"), {})) is None

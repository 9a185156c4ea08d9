"""Outcomes as one types them, and what is said of those that are none."""

from pathlib import Path

import pytest

import lantian
from lantian.design import Outcome, outcome_of, outcomes_of

ONE_RETROFIT = Path(__file__).parents[3] / "scenarios/examples/one-retrofit.toml"


@pytest.fixture(scope="module")
def retrofit() -> lantian.Scenario:
    return lantian.load(ONE_RETROFIT)


@pytest.mark.parametrize(
    ("text", "name", "variables"),
    [
        ("PM", "PM", ("PM",)),
        (" PM:2025 ", "PM 2025", ("PM",)),
        ("PM:2024-2025", "PM 2024-2025", ("PM",)),
        ("PM@plants.works:2025", "PM in plants.works 2025", ("PM_by_plant",)),
        ("cost", "cost", ("capital_by_measure", "operating_by_measure")),
        ("cost:2025", "cost 2025", ("capital_by_measure", "operating_by_measure")),
        ("probability(by-end-2025)", "probability of by-end-2025", ("target_met",)),
        ("date(new-filter)", "works of new-filter", ("measure_date",)),
        ("date(new-filter, published)", "published of new-filter", ("measure_date",)),
    ],
)
def test_a_text_is_an_outcome(retrofit, text: str, name: str, variables: tuple[str, ...]):
    for outcome in (outcome_of(text), outcome_of(text, retrofit)):
        assert (outcome.name, outcome.variables) == (name, variables)


def test_what_is_added_to_the_air_is_an_outcome():
    air = lantian.load(Path(__file__).parents[1] / "air" / "base.toml")
    assert outcome_of("NOx@receptors.town:2026", air).name == "NOx at town 2026"
    assert outcome_of("NOx@receptors", air).variables == ("exposure_NOx",)
    with pytest.raises(lantian.UsageError, match="no receptor 'twon'; did you mean 'town'"):
        outcome_of("NOx@receptors.twon", air)


def test_a_typed_outcome_reads_what_the_written_one_reads(retrofit, tmp_path):
    results = lantian.run(retrofit, output=tmp_path / "out.h5", replications=5)["one-retrofit"]
    typed = outcome_of("PM@plants.works:2024-2025", retrofit)(results)
    written = lantian.design.emission("PM", place="plants.works", years=[2024, 2025])(results)
    assert typed.tolist() == written.tolist()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("NOx in 2026", "the outcome 'NOx in 2026' cannot be read: it should be POLLUTANT"),
        ("", "the outcome '' cannot be read: it should be POLLUTANT"),
        ("PM:last", "'last' is neither a year such as 2026 nor a range such as 2026-2028"),
        ("PM:2026-2024", "the range 2026-2024 ends before it begins"),
        ("PM@plant.works", "'plant.works' is no place; .* did you mean 'plants'?"),
        ("cost@plants.works", "cost is that of all measures and has no place"),
        ("probabilty(x)", "'probabilty' is neither probability nor date; did you mean 'probab"),
        ("probability", r"write probability\(ID\)"),
        ("probability()", r"probability\(\) lacks the id of a target"),
        ("date()", r"date\(\) lacks the id of a measure"),
        ("probability(a, b)", "takes one target"),
        ("date(a, works, b)", "takes one measure and one milestone"),
        ("date(a, publish)", "'publish' is no milestone; .* did you mean 'published'?"),
    ],
)
def test_what_is_no_outcome_is_told_with_what_is_allowed(text: str, said: str):
    with pytest.raises(lantian.UsageError, match=said):
        outcome_of(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pm", "the scenario one-retrofit has no pollutant 'pm'; did you mean 'PM'?"),
        ("PM@plants.work", "has no plant 'work'; did you mean 'works'?"),
        ("PM:2030", "the years 2030 are not in the horizon, 2024 to 2026"),
        ("PM:2023-2025", "the years 2023-2025 are not in the horizon, 2024 to 2026"),
        ("probability(by-end-2026)", "has no target 'by-end-2026'; did you mean 'by-end-2025'?"),
        ("date(filter)", "has no measure 'filter'; did you mean 'new-filter'?"),
    ],
)
def test_names_are_checked_against_the_scenario(retrofit, text: str, said: str):
    outcome_of(text)
    with pytest.raises(lantian.UsageError, match=said):
        outcome_of(text, retrofit)


def test_all_mistakes_are_told_at_once(retrofit):
    with pytest.raises(lantian.UsageError) as caught:
        outcomes_of(["pm", "PM", "date(x)"], retrofit)
    assert len(str(caught.value).splitlines()) == 2
    assert all(isinstance(one, Outcome) for one in outcomes_of(["PM", "cost"], retrofit))

"""The table of columns in the docstring of lantian.frames is what the functions give."""

import re

import lantian
from lantian import frames


def documented() -> dict[str, list[str]]:
    assert frames.__doc__ is not None
    table = frames.__doc__.split("=====\n", 2)[2].split("\n=====")[0]
    columns: dict[str, list[str]] = {}
    current = ""
    for line in table.splitlines():
        name, text = line[:22].strip(" `"), line[22:]
        current = name or current
        columns.setdefault(current, []).extend(re.findall(r"\w+", text))
    return columns


def test_every_function_is_documented_with_its_columns(
    two_works, works, two_filters, air, tmp_path
):
    attribution = lantian.attribute(two_filters, output=tmp_path / "shares.h5", replications=2)
    tables = works.scenario("plan").to_dict()
    ends = {"base": "untouched", "scenario": "filter"}
    made = {
        "emissions": frames.emissions(two_works, "NOx"),
        "emission_bands": frames.emission_bands(two_works, "NOx"),
        "wedges": frames.wedges(two_works, "NOx"),
        "ladder_levels": frames.ladder_levels(two_works, "NOx"),
        "marginal_costs": frames.marginal_costs(two_works, "NOx"),
        "control_strategy": frames.control_strategy(two_works, "NOx"),
        "shares": frames.shares(attribution),
        "contributions": frames.contributions(two_works, "NOx", **ends),
        "district_loads": frames.district_loads(
            two_works, "NOx", before="untouched", after="filter"
        ),
        "completion": frames.completion(two_works),
        "stages": frames.stages(two_works),
        "target_chances": frames.target_chances(two_works),
        "worst_windows": frames.worst_windows(two_works),
        "target_dates": frames.target_dates(two_works),
        "target_lateness": frames.target_lateness(two_works),
        "measure_dates": frames.measure_dates(two_works),
        "measure_causes": frames.measure_causes(two_works),
        "changes": frames.changes(works, base="base", scenario="plan"),
        "zone_accounts": frames.zone_accounts(works),
        "productions": frames.productions(works, tables, scenario="plan"),
        "intensities": frames.intensities(works, "PM", scenario="plan", year=2026),
        "confidences": frames.confidences(works, tables, "PM", scenario="plan"),
        "alert_orders": frames.alert_orders(works, tables, scenario="plan"),
        "alert_list": frames.alert_list(works, tables, scenario="plan"),
        "alert_cuts": frames.alert_cuts(works, scenario="plan"),
        "concentrations": frames.concentrations(air),
        "exposures": frames.exposures(air),
        "balances": frames.balances(works),
    }
    assert {name: list(table.columns) for name, table in made.items()} == documented()
    assert sorted(made) == sorted(frames.__all__)
    assert all("unit" in table.columns for table in made.values())

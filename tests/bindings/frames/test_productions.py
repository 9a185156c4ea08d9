"""Permit, capacity and production, and what a tonne of product emits."""

import pytest

from lantian.frames.productions import intensities, productions

TABLES = {
    "plants": {
        "works": {
            "permit": "1 Mt/year * @share",
            "capacity": "1200 kt/year",
            "production": "1 Mt/year",
            "product": "crude steel",
        }
    }
}


def test_permit_capacity_and_production_are_told_apart(works):
    row = productions(works, TABLES, scenario="base").set_index("year").loc[2024]
    assert row["permit"] == pytest.approx(900_000, rel=1e-12)
    assert row["capacity"] == 1_200_000
    assert row["production"] == 1_000_000
    assert row["mean"] == pytest.approx(900_000, rel=1e-12)
    assert (row["bound_kind"], row["share_above"], row["unit"]) == ("permit", 0, "t/year")


def test_the_capacity_is_the_bound_where_there_is_no_permit(works):
    tables = {"plants": {"works": {"capacity": "800 kt/year"}}}
    row = productions(works, tables, scenario="base").iloc[0]
    assert (row["bound"], row["bound_kind"], row["share_above"]) == (800_000, "capacity", 1)


def test_a_plant_of_which_nothing_is_said_has_no_bound(works):
    row = productions(works, {}, scenario="base").iloc[0]
    assert row["bound_kind"] == ""
    assert row[["permit", "capacity", "bound", "share_above"]].isna().all()


def test_a_tonne_of_steel_emits_what_the_kiln_does(works):
    (row,) = intensities(works, "PM", scenario="base", year=2024).to_dict("records")
    # 1800 t over 0.9 Mt
    assert row["mean"] == pytest.approx(2.0, rel=1e-12)
    assert (row["plant"], row["unit"], row["share_making"]) == ("works", "kg/t", 1)

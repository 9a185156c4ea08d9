"""The family of scenarios: one inventory, one plan, and variants that change one thing each."""

import datetime
import re
import tomllib

import pytest
from baotou_inventory import FOLDER, parameters, plants, sources

VARIANTS = ["relocation-slips", "crews-doubled", "early-dry-quenching", "status-2026"]
CITY = ["city", "city-planned", "air-works", "air-alerts", "air-streets"]
CITY += ["air-carbon", "water", "water-reuse", "waste", "full-plan", "full-plan-2026"]
BREATHING = ["receptors", "who-breathes"]
FAMILY = ["baseline", "as-planned", *VARIANTS, *CITY, *BREATHING]
HEAD = {"lantian", "name", "name_zh", "extends", "as_of"}


def toml(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def changes(name):
    """What a scenario says besides its head."""
    return {key: value for key, value in toml(name).items() if key not in HEAD}


def tables(value):
    """All tables in a tree, the tree itself first."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from tables(inner)


def stages(measure):
    for table in tables(measure):
        yield from table.get("stages", [])


def measures():
    for name in FAMILY:
        for id, measure in toml(name).get("measures", {}).items():
            yield name, id, measure


def test_the_folder_holds_the_family_and_nothing_else():
    assert sorted(file.stem for file in FOLDER.glob("*.toml")) == sorted(FAMILY)


def test_every_scenario_has_names_and_the_date_of_its_knowledge():
    for name in FAMILY:
        head = toml(name)
        assert head["lantian"] == 1
        assert head["name"]
        assert head["name_zh"]
        assert isinstance(head["as_of"], datetime.date)


def test_all_stand_on_one_inventory():
    assert "extends" not in toml("baseline")
    assert toml("as-planned")["extends"] == "baseline.toml"
    for name in VARIANTS:
        assert toml(name)["extends"] == "as-planned.toml"
        assert not {"tables", "horizon", "pollutants", "standards"} & set(toml(name))


@pytest.mark.parametrize("name", ["baseline", "city"])
def test_an_inventory_has_no_measures(name):
    assert not {"measures", "targets", "resources"} & set(toml(name))


def test_the_city_adds_to_the_baseline_and_changes_nothing_in_it():
    base, city = toml("baseline"), changes("city")
    assert toml("city")["extends"] == "baseline.toml"
    for key in city.keys() - {"tables", "caveats"}:
        assert not base.get(key, {}).keys() & city[key].keys(), key


def test_the_inventory_marks_its_background():
    marks = [row.get("background") for row in sources().values()]
    assert set(marks) == {None, "true"}
    assert marks.count("true") > 25


def test_only_the_later_state_knows_more_than_march_2024():
    for name in FAMILY:
        later = toml(name)["as_of"] > datetime.date(2024, 3, 31)
        assert later == (name in {"status-2026", "full-plan-2026"})


def test_relocation_slips_changes_only_what_jiyu_still_needs():
    (measure,) = changes("relocation-slips")["measures"].items()
    assert measure[0] == "relocate-jiyu"
    assert set(measure[1]) == {"in_progress"}
    assert "stage" not in measure[1]["in_progress"]


def test_crews_doubled_doubles_the_crews_and_nothing_else():
    planned = toml("as-planned")["resources"]
    doubled = {id: {"capacity": 2 * row["capacity"]} for id, row in planned.items()}
    assert changes("crews-doubled") == {"resources": doubled}


def test_early_dry_quenching_changes_only_that_project():
    assert list(changes("early-dry-quenching")) == ["measures"]
    (measure,) = changes("early-dry-quenching")["measures"].items()
    assert measure[0] == "dry-quenching-jingwei"
    assert set(measure[1]) == {"delay", "stages"}
    planned = toml("as-planned")["measures"]["dry-quenching-jingwei"]
    assert [s["id"] for s in measure[1]["stages"]] == [s["id"] for s in planned["stages"]]


def test_the_later_state_changes_only_what_became_known():
    known = changes("status-2026")["measures"]
    assert set(known) == {"relocate-daan", "relocate-jiyu", "close-jiyu-old", "ule-baogang"}
    assert known["relocate-daan"] == {"enabled": False}


def test_measures_refer_to_what_exists():
    def everywhere(key):
        return {id for name in FAMILY for id in toml(name).get(key, {})}

    known = {
        "sources": set(sources()),
        "units_down": set(sources()),
        "plants": set(plants()),
        "capacity_from": set(plants()),
        "after": everywhere("measures"),
        "standard": everywhere("standards"),
        "calendar": everywhere("calendars"),
        "crews": everywhere("resources"),
        "arrivals": everywhere("arrivals"),
        "plants_down": set(plants()),
        "taken_by": set(plants()),
        "wet": set(sources()),
        "dry": set(sources()),
        "changes": set(sources()),
    }
    checked = 0
    for scenario, id, measure in measures():
        for table in tables(measure):
            for key in known.keys() & table.keys():
                value = table[key]
                for name in [value] if isinstance(value, str) else value:
                    assert name in known[key], (scenario, id, key, name)
                    checked += 1
            for key in {"from", "to"} & table.keys() if "mode" not in table else ():
                if not isinstance(table[key], str):
                    continue
                assert table[key] in plants() or table[key] in sources(), (scenario, id, key)
    assert checked > 50


def test_what_a_measure_starts_stands_still_before():
    for _, id, measure in measures():
        for table in tables(measure):
            started = table.get("dry") or (table.get("to") if "from" in table else None)
            if started:
                row = plants().get(started) or sources()[started]
                assert row.get("idle") == "true", (id, started)


def test_every_stage_and_measure_says_where_it_comes_from():
    for scenario, id, measure in measures():
        if measure.get("kind"):
            assert measure["source"], id
            assert measure["confidence"], id
        for stage in stages(measure):
            assert stage["source"], (scenario, id, stage["id"])
            assert stage["confidence"], (scenario, id, stage["id"])


@pytest.mark.parametrize("id", ["ule-baogang", "ule-longshun", "ule-jingwei"])
def test_ultra_low_emission_covers_every_stack_of_the_works(id):
    plant = id.removeprefix("ule-")
    covered = set(toml("as-planned")["measures"][id]["organised"]["sources"])
    stacks = {
        row["id"]
        for row in sources().values()
        if row.get("plant") == plant and "emits.PM.concentration" in row and "idle" not in row
    }
    assert covered == stacks


def test_nothing_is_planned_at_works_that_stand_idle_but_their_move():
    idle = {id for id, row in plants().items() if row.get("idle") == "true"}
    for _, id, measure in measures():
        if not id.startswith("relocate-"):
            touched = {
                sources()[s].get("plant") for t in tables(measure) for s in t.get("sources", [])
            }
            assert not touched & idle, id


def test_the_capacity_given_up_for_jiyu_is_what_the_swap_demands():
    # 1.25 Mt at a ratio of 1.1 need 1.375 Mt; Jiyu's old 0.9 and Deshun's 0.5 are 1.4 Mt.
    move = toml("as-planned")["measures"]["relocate-jiyu"]
    assert parameters()["jiyu-new-capacity"]["value"] == "1.25 Mt/year"
    assert parameters()["jiyu-old-capacity"]["value"] == "0.9 Mt/year"
    assert plants()["deshun-old"]["capacity"] == "0.5 Mt/year"
    assert move["capacity_from"] == ["deshun-old"]
    assert 1.25 * move["swap_ratio"] <= 0.9 + 0.5


PARTS = ("rounds", "detections", "backslide", "inspections", "breakdowns", "rebound", "episodes")
PARTS += ("orders", "delisting", "retuning", "yearly_repair", "feeds")


def test_every_part_of_a_measure_that_has_numbers_says_where_they_come_from():
    for name in FAMILY:
        for table in tables(toml(name)):
            for key in table.keys() & set(PARTS):
                for part in table[key] if isinstance(table[key], list) else [table[key]]:
                    if not isinstance(part, dict):
                        continue
                    assert part["source"], (name, key, part)
                    assert part["confidence"], (name, key, part)


def test_what_comes_at_random_is_an_assumption_with_a_range():
    for id, row in toml("city")["arrivals"].items():
        assert row["confidence"] == "assumption", id
        assert "range" in row["basis"], id


def test_crews_and_budgets_say_how_far_they_can_be_trusted():
    for name in FAMILY:
        for id, row in toml(name).get("resources", {}).items():
            if "kind" in row:
                assert row["confidence"] == "assumption", id
                assert "range" in row["basis"], id


# ---------------------------------------------------------------- the full plan

# Rows of the source table of measures that can be counted, fully or partly.
COUNTED = [f"A{n:02d}" for n in (*range(1, 14), 15, 17)]
COUNTED += [f"W{n:02d}" for n in (1, 2, 3, 4, 6, 8, 9, 10, 11)]
COUNTED += ["S02", "S04", "S05", "S06", "R01", "R02", "R03", "R04", "R05", "R07"]
NOT_COUNTED = ["A14", "A16", "W05", "W07", "S01", "S03", "R06", "R08"]
TABLES = {"m": "measures", "s": "sources", "a": "arrivals", "t": "targets", "r": "resources"}


def resolved(name, found=None):
    """Ids by table of a scenario and of all that it extends, and the kinds of its measures."""
    found = {key: {} for key in TABLES.values()} if found is None else found
    scenario = toml(name)
    above = scenario.get("extends", [])
    for file in [above] if isinstance(above, str) else above:
        resolved(file.removesuffix(".toml"), found)
    for key in found:
        for id, row in scenario.get(key, {}).items():
            found[key].setdefault(id, {}).update(row)
    for id, row in sources().items():
        found["sources"].setdefault(id, dict(row))
    return found


def readme_rows():
    """The table of measures in the README: what stands for each row of the source table."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([AWSR]\d\d) \|[^|]*\|([^|]*)\|$", text, re.MULTILINE))


def test_every_row_that_can_be_counted_is_in_the_full_plan():
    rows, plan = readme_rows(), resolved("full-plan")
    assert set(COUNTED) <= set(rows)
    for id in COUNTED:
        named = re.findall(r"\b([msatr]) ([A-Za-z0-9_-]+)", rows[id])
        assert named, id
        for letter, name in named:
            row = plan[TABLES[letter]].get(name)
            assert row is not None, (id, letter, name)
            assert row.get("enabled", True), (id, name)


def test_the_readme_names_the_kind_of_each_measure():
    plan = resolved("full-plan")["measures"]
    for id, text in readme_rows().items():
        for names, kind in re.findall(r"((?:m [A-Za-z0-9-]+(?:, )?)+) \((\w+)\)", text):
            for name in re.findall(r"m ([A-Za-z0-9-]+)", names):
                assert plan[name]["kind"] == kind, (id, name)


def test_every_measure_of_the_full_plan_stands_for_a_row():
    named = set(re.findall(r"\bm ([A-Za-z0-9-]+)", " ".join(readme_rows().values())))
    assert named == set(resolved("full-plan")["measures"])


def test_the_readme_says_why_the_other_rows_are_left_out():
    rows = readme_rows()
    for id in NOT_COUNTED:
        assert len(rows[id]) > 10, id

"""What people read of Baotou: names in both languages, caveats, and published figures."""

import re
import tomllib

import pytest
from baotou_inventory import FOLDER, factors, plants, rows

FAMILY = sorted(file.stem for file in FOLDER.glob("*.toml"))
SHOWN = ["pollutants", "carriers", "zones", "districts", "sectors", "profiles", "plants", "sources"]
SHOWN += ["controls", "arrivals", "standards", "resources", "calendars", "measures", "targets"]
SHOWN += ["published", "receptors"]
CHINESE = re.compile("[\u4e00-\u9fff]")


def files_of(name, found=None):
    """A scenario and all that it extends, each once, in the order in which they are applied."""
    found = [] if found is None else found
    above = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")).get("extends", [])
    for file in [above] if isinstance(above, str) else above:
        files_of(file.removesuffix(".toml"), found)
    if name not in found:
        found.append(name)
    return found


def table(name, key):
    """The rows of a table of a scenario as merged from all its files."""
    merged = {}
    for file in files_of(name):
        scenario = tomllib.loads((FOLDER / f"{file}.toml").read_text("utf-8"))
        data = scenario.get("tables", {}).get(key)
        for row in rows(data.removeprefix("data/")) if data else []:
            merged.setdefault(row["id"], {}).update(row)
        for id, row in scenario.get(key, {}).items():
            merged.setdefault(id, {}).update(row)
    return {id: row for id, row in merged.items() if row.get("enabled", True)}


def lists(value, key):
    """All items of the lists of this name in a tree."""
    if isinstance(value, dict):
        yield from value.get(key, []) if isinstance(value.get(key), list) else []
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from lists(inner, key)


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("name", FAMILY)
def test_every_row_that_is_shown_has_a_name_in_english_and_in_chinese(name):
    checked = 0
    for key in SHOWN:
        for id, row in table(name, key).items():
            assert row.get("name"), (key, id)
            assert not CHINESE.search(row["name"]), (key, id)
            assert CHINESE.search(row.get("name_zh", "")), (key, id)
            checked += 1
    assert checked > 100


@pytest.mark.parametrize("name", FAMILY)
def test_every_stage_and_order_has_a_name_in_english_and_in_chinese(name):
    for id, measure in table(name, "measures").items():
        for part in [*lists(measure, "stages"), *lists(measure, "orders")]:
            assert part.get("name"), (id, part["id"])
            assert CHINESE.search(part.get("name_zh", "")), (id, part["id"])


@pytest.mark.parametrize("name", FAMILY)
def test_what_cannot_be_assessed_says_why_in_both_languages(name):
    for id, target in table(name, "targets").items():
        if "not_assessable" in target:
            assert CHINESE.search(target["not_assessable_zh"]), id


def test_names_tell_rows_apart():
    for key in SHOWN:
        for language in ("name", "name_zh"):
            names = [row[language] for row in table("full-plan", key).values()]
            assert len(names) == len(set(names)), (key, language)


# ---------------------------------------------------------------- caveats


@pytest.mark.parametrize("name", FAMILY)
def test_every_scenario_says_in_both_languages_what_may_not_be_concluded(name):
    caveats = table(name, "caveats")
    assert len(caveats) >= 5
    for id, row in caveats.items():
        assert row["text"].endswith("."), id
        assert CHINESE.search(row["text_zh"]), id


def test_the_city_says_of_itself_that_it_is_rough():
    assert "measured" in table("full-plan", "caveats")["no-city-total"]["text"]
    assert "one coking works" in table("as-planned", "caveats")["no-city-total"]["text"]


def test_the_later_state_does_not_claim_to_know_march_2024_only():
    planned, later = (
        table(name, "caveats")["no-forecast"]["text"] for name in ("full-plan", "full-plan-2026")
    )
    assert "what was known in March 2024" in planned
    assert later == table("status-2026", "caveats")["no-forecast"]["text"] != planned


def test_the_readme_says_each_caveat_word_for_word():
    readme = (FOLDER / "README.md").read_text("utf-8")
    section = readme[readme.index("## What may not") :]
    bullets = re.findall(
        r"^- `([\w-]+)` \(([\w-]+)\): ((?:.+\n)(?:  .+\n)*)", section, re.MULTILINE
    )
    said = {(id, file): " ".join(text.split()) for id, file, text in bullets}
    written = {
        (id, name): row["text"]
        for name in FAMILY
        for id, row in tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
        .get("caveats", {})
        .items()
    }
    assert said == written


# ---------------------------------------------------------------- published figures


def published():
    return {row["id"]: row for row in rows("published.csv")}


def test_published_figures_are_those_of_the_source_table():
    carried = {id: row for id, row in published().items() if re.match(r"F\d{3}: ", row["source"])}
    assert len(carried) >= 6
    for id, row in carried.items():
        factor = factors()[row["source"][:4]]
        for key in ("value", "low", "high"):
            amount, unit = row[key].split(" ")
            assert float(amount) == float(factor[key]), (id, key)
            assert factor["unit"].startswith(unit + " ") or factor["unit"].startswith(unit), id
        assert row["confidence"] == factor["confidence"], id


def test_published_figures_are_compared_with_steelworks():
    for id, row in published().items():
        for plant in row["plants"].split(";"):
            assert plants()[plant]["product"] == "crude steel", (id, plant)


def test_the_readme_shows_the_published_means_of_2017():
    readme = (FOLDER / "README.md").read_text("utf-8")
    (line,) = re.findall(r"^\| \*national mean 2017\* \|[^|]*\|(.*)\|$", readme, re.MULTILINE)
    shown = dict(zip(("PM", "PM25", "SO2", "NOx"), map(str.strip, line.split("|")), strict=False))
    for pollutant in ("PM", "SO2", "NOx"):
        row = published()[f"steel-2017-{pollutant}"]
        value, low, high = (row[key].removesuffix(" kg/t") for key in ("value", "low", "high"))
        assert shown[pollutant] == f"{value} ({low}-{high})"


def test_no_number_of_the_inventory_is_carried_from_a_published_figure():
    cited = {row["source"][:4] for row in published().values() if row["source"].startswith("F")}
    for file in ("parameters.csv", "city-parameters.csv", "sources.csv", "city-sources.csv"):
        for row in rows(file):
            assert row["source"].split(":")[0] not in cited, (file, row["id"])

"""The shipped data of Baotou: every number has a source, carried numbers are as in the source
table, the units of a plant add up, nothing dangles, and no limit is taken for an emission."""

import csv
import re
import tomllib

import baotou_inventory as inventory
import pytest
from baotou_inventory import (
    DATA,
    FOLDER,
    activity,
    factors,
    mean,
    num,
    parameters,
    parse,
    plants,
    sources,
)

STEELWORKS = ["baogang", "longshun", "jiyu-old", "jiyu-new", "daan-old", "daan-new"]
COKEWORKS = ["baogang", "jingwei"]
STATES = {"before": 0, "2024-01-01": None, "after": 1}
SHOWN = ("PM", "PM25", "SO2", "NOx", "VOC", "CO2")
FILES = [f"{of}{name}.csv" for of in ("", "city-") for name in ("parameters", "plants", "sources")]
FILES += ["city-controls.csv", "published.csv", "receptors.csv", "wind-rose.csv"]
CONFIDENCES = {"sourced", "textbook", "derived", "assumption"}


def toml(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def is_distribution(value):
    return isinstance(value, dict) and "mix" not in value


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("name", FILES)
def test_ids_are_unique_and_every_row_is_complete(name):
    with open(DATA / name, encoding="utf-8", newline="") as file:
        header, *body = list(csv.reader(file, strict=True))
    assert all(len(row) == len(header) for row in body)
    ids = [row[0] for row in body]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id) for id in ids)


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_a_source_and_a_confidence(name):
    for row in inventory.rows(name):
        assert row.get("source"), row["id"]
        assert row.get("confidence") in CONFIDENCES, row["id"]


def test_every_assumption_has_a_range():
    for row in parameters().values():
        if row["confidence"] == "assumption":
            ranged = is_distribution(parse(row["value"])) or "range" in row["basis"]
            assert ranged, row["id"]


# ---------------------------------------------------------------- carried numbers


def test_cited_factors_exist():
    for row in [*parameters().values(), *plants().values(), *sources().values()]:
        for id in re.findall(r"\bF\d{3}[a-z]?\b", row["source"] + row.get("basis", "")):
            assert id in factors(), (row["id"], id)


def carried():
    """Parameters that say 'F035: …': that number as it stands in the source table."""
    for row in parameters().values():
        match = re.match(r"(F\d{3}[a-z]?): ", row["source"])
        if match:
            yield row, factors()[match[1]]


def test_carried_values_are_those_of_the_source_table():
    checked = 0
    for row, factor in carried():
        value = parse(row["value"])
        if isinstance(value, dict) and "pert" in value:
            given = {k: float(str(v).split()[0]) for k, v in value["pert"].items()}
            assert given["mode"] == float(factor["value"]), row["id"]
            if factor.get("low"):
                assert given["low"] == float(factor["low"]), row["id"]
                assert given["high"] == float(factor["high"]), row["id"]
        elif isinstance(value, str) and re.match(r"\d", value):
            assert float(value.split()[0]) == float(factor["value"]), row["id"]
        else:
            continue
        checked += 1
    assert checked > 60


def test_carried_confidence_is_not_better_than_that_of_the_source_table():
    order = ["sourced", "textbook", "derived", "assumption"]
    for row, factor in carried():
        if row["confidence"] == "derived":
            continue
        assert order.index(row["confidence"]) >= order.index(factor["confidence"]), row["id"]


# ---------------------------------------------------------------- references


def test_every_parameter_that_is_named_exists_and_every_one_is_used():
    named = set()
    tables = (parameters(), plants(), sources(), inventory.controls())
    texts = [
        v
        for row in (row for table in tables for row in table.values())
        for k, v in row.items()
        if k not in {"source", "basis", "note"}
    ]
    texts += [file.read_text(encoding="utf-8") for file in FOLDER.glob("*.toml")]
    for text in texts:
        named.update(inventory.references(text))
    assert named - set(parameters()) == set()
    assert set(parameters()) - named == set()


def test_parameters_do_not_refer_to_themselves():
    def depth(id, path=()):
        assert id not in path, path
        for other in inventory.references(parameters()[id]["value"]):
            depth(other, (*path, id))

    for id in parameters():
        depth(id)


def test_no_row_of_the_city_replaces_one_of_the_baseline():
    for name in ("parameters", "plants", "sources"):
        base, city = (
            {row["id"] for row in inventory.rows(f"{of}{name}.csv")} for of in ("", "city-")
        )
        assert not base & city


def test_plants_and_sources_stand_in_known_places():
    base, city = toml("baseline.toml"), toml("city.toml")
    for key in ("districts", "sectors", "pollutants"):
        assert not base[key].keys() & city[key].keys()
        base[key] |= city[key]
    for row in plants().values():
        assert row["district"] in base["districts"], row["id"]
        assert row["sector"] in base["sectors"], row["id"]
    for row in sources().values():
        assert ("plant" in row) != ("district" in row), row["id"]
        assert row.get("plant", "baogang") in plants(), row["id"]
        assert row.get("district", "kundulun") in base["districts"], row["id"]
        assert row.get("sector", "steel") in base["sectors"], row["id"]
        assert row.get("profile", "heating") in city["profiles"], row["id"]
        for key in row:
            if key.startswith("emits."):
                assert key.split(".")[1] in base["pollutants"], (row["id"], key)
    for district in base["districts"].values():
        assert district["zone"] in base["zones"]


# ---------------------------------------------------------------- physics of the inventory


@pytest.mark.parametrize("plant", STEELWORKS)
def test_units_of_a_steelworks_add_up(plant):
    own = f"{plant}-hot-metal-per-steel"
    steel = mean(f"{plant}-steel")
    hot_metal = steel * mean(own if own in parameters() else "hot-metal-per-steel")
    assert activity(f"{plant}-converter") == activity(f"{plant}-reheating") == pytest.approx(steel)
    assert activity(f"{plant}-hot-stove") == pytest.approx(hot_metal)
    assert activity(f"{plant}-casthouse") == pytest.approx(hot_metal)
    assert activity(f"{plant}-sinter") == pytest.approx(hot_metal * mean("sinter-per-hot-metal"))
    assert activity(f"{plant}-sinter-tail") == activity(f"{plant}-sinter")
    made = mean(f"{plant}-pellets-made")
    assert activity(f"{plant}-pellet") == pytest.approx(
        hot_metal * mean("pellet-per-hot-metal") * made
    )


def test_coke_of_the_integrated_works_follows_its_hot_metal():
    coke = mean("baogang-hot-metal") * mean("coke-per-hot-metal") * mean("baogang-coke-made")
    assert activity("baogang-coke-chimney") == pytest.approx(coke)


def test_coke_is_quenched_once():
    wet, dry = activity("baogang-wet-quench"), activity("baogang-dry-quench")
    assert wet + dry == pytest.approx(activity("baogang-coke-chimney"))


@pytest.mark.parametrize("plant", COKEWORKS)
def test_units_of_a_cokeworks_add_up(plant):
    coke = mean(f"{plant}-coke")
    for unit in ("coke-chimney", "coke-charging", "coke-pushing", "coke-fugitive"):
        assert activity(f"{plant}-{unit}") == coke
    both = mean("charging-gas") + mean("pushing-gas")
    assert both == pytest.approx(mean("coke-machine-gas"))


@pytest.mark.parametrize("plant", [p for p in plants() if inventory.sources_of(p)])
def test_production_never_exceeds_capacity(plant):
    low, high = inventory.support(plants()[plant]["production"])
    assert 0 <= low <= high <= inventory.support(plants()[plant]["capacity"])[1]


def test_finer_dust_is_part_of_coarser_dust():
    for id in parameters():
        if id.startswith(("PM10-in-PM-", "PM25-in-PM10-")):
            low, high = inventory.support(parameters()[id]["value"])
            assert 0 < low <= high <= 1, id
    for id in sources():
        emitted = [inventory.factor(id, pollutant) for pollutant in ("PM25", "PM10", "PM")]
        assert emitted == sorted(emitted), id
        assert all(emitted) or not any(emitted), id


def test_a_factor_is_stated_in_one_mode_only():
    for id, row in sources().items():
        for pollutant in inventory.POLLUTANTS:
            keys = {k.split(".")[2] for k in row if k.startswith(f"emits.{pollutant}.")}
            assert not ("raw" in keys and "concentration" in keys), (id, pollutant)
            assert ("concentration" in keys) == ("gas_volume" in keys), (id, pollutant)


def test_carbon_is_charged_once():
    rows = inventory.steel_and_coking().values()
    charged = {row["process"] for row in rows if "emits.CO2.raw" in row}
    assert charged == {
        "sinter",
        "pellet",
        "converter",
        "coke-chimney",
        "dry-quench",
        "freight",
        "clean-freight",
    }


def test_no_limit_is_taken_for_an_emission():
    for id, row in sources().items():
        for key, cell in row.items():
            if key.endswith((".concentration", ".raw")):
                for text in re.findall(r"@[A-Za-z-]*limit-[^,}]*", cell):
                    assert "-ratio" in text, (id, key)


def test_means_keep_their_limit():
    for id, row in sources().items():
        for key, cell in row.items():
            if key.endswith(".limit"):
                concentration = num(parse(row[key.replace(".limit", ".concentration")]))
                assert concentration < num(parse(cell)), (id, key)


# ---------------------------------------------------------------- standards


def mg_per_m3(parameter):
    return f"{mean(parameter) * 1e6:g} mg/m3"


def test_standards_are_those_of_the_source_table():
    steel, coking = (toml("baseline.toml")["standards"][k] for k in ("steel-ule", "coking-ule"))
    limits = {
        (process, pollutant): law
        for process, table in steel.items()
        if isinstance(table, dict)
        for pollutant, law in table.items()
    }
    carried = {id.removeprefix("ule-limit-") for id in parameters() if id.startswith("ule-limit-")}
    assert {f"{a}-{b}" for a, b in limits} == carried - {"coking-chimney-NOx"}
    for (process, pollutant), law in limits.items():
        assert law == mg_per_m3(f"ule-limit-{process}-{pollutant}")
    assert coking["coke-chimney"]["NOx"] == mg_per_m3("ule-limit-coking-chimney-NOx")
    assert coking["coke-chimney"]["VOC"] == f"{factors()['F017']['value']} mg/m3"


def test_new_works_are_held_to_the_ultra_low_limits():
    for row in inventory.steel_and_coking().values():
        is_new = row["plant"] in ("jiyu-new", "daan-new") or row["id"] == "jingwei-dry-quench"
        for key, cell in row.items():
            if key.endswith(".limit"):
                assert cell.startswith("@ule-limit-" if is_new else "@old-limit-"), row["id"]


# ---------------------------------------------------------------- whole-plant check


def works_units(plant, done):
    """The units that count: no freight outside the works, one way of quenching at Jingwei."""
    left_out = {"freight", "clean-freight"}
    if plant == "jingwei":
        left_out.add("wet-quench" if done == 1 else "dry-quench")
    return [id for id in inventory.sources_of(plant) if sources()[id]["process"] not in left_out]


def per_tonne(plant, pollutant, done=None):
    """kg per t of product; `done` sets the control state of every unit."""
    product = "coke" if plant == "jingwei" else "steel"
    states = {id: row for id, row in parameters().items() if id.endswith("-done")}
    kept = {id: row["value"] for id, row in states.items()}
    try:
        for row in states.values():
            row["value"] = row["value"] if done is None else str(done)
        mean.cache_clear()
        emitted = sum(
            activity(id) * inventory.factor(id, pollutant) for id in works_units(plant, done)
        )
        return 1000 * emitted / mean(f"{plant}-{product}")
    finally:
        for id, row in states.items():
            row["value"] = kept[id]
        mean.cache_clear()


@pytest.mark.parametrize(
    ("pollutant", "published"), [("SO2", "F101"), ("NOx", "F102"), ("PM", "F103")]
)
@pytest.mark.parametrize("plant", ["baogang", "longshun", "jiyu-old", "daan-old"])
def test_works_without_ultra_low_emission_lie_in_the_published_range(plant, pollutant, published):
    row = factors()[published]
    assert float(row["low"]) <= per_tonne(plant, pollutant, done=0) <= float(row["value"])
    assert per_tonne(plant, pollutant, done=1) < 0.5 * per_tonne(plant, pollutant, done=0)


@pytest.mark.parametrize("plant", STEELWORKS)
def test_works_at_ultra_low_emission_lie_in_the_european_ranges(plant):
    published = {row["id"]: row for row in inventory.rows("published.csv")}
    for pollutant in ("PM", "PM25", "VOC"):
        row = published[f"steel-EMEP-{pollutant}"]
        assert plant in row["plants"].split(";")
        low, high = (1000 * num(row[key]) for key in ("low", "high"))
        assert low <= per_tonne(plant, pollutant, done=1) <= high


def test_carbon_of_the_works_with_ovens_is_what_steelmakers_report():
    (row,) = (r for r in inventory.rows("published.csv") if r["pollutant"] == "CO2")
    assert row["plants"] == "baogang"
    low, high = (1000 * num(row[key]) for key in ("low", "high"))
    assert low <= per_tonne("baogang", "CO2") <= high


def readme_table():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 8 and cells[0] in plants() and cells[1] in STATES:
            yield cells


def test_readme_shows_what_the_data_say():
    shown = list(readme_table())
    assert len(shown) >= 12
    for plant, state, *values in shown:
        for pollutant, value in zip(SHOWN, values, strict=True):
            expected = per_tonne(plant, pollutant, STATES[state])
            assert value == (f"{expected:.0f}" if pollutant == "CO2" else f"{expected:.2f}")


# ---------------------------------------------------------------- shares of the city

GROUPS = {
    "steel and coking, with its freight": {"steel", "coking", "transport"},
    "power and heat plants": {"power"},
    "aluminium": {"aluminium"},
    "cement, coal chemicals": {"cement", "chemicals"},
    "heating and households": {"heating", "households"},
    "solvents": {"solvents"},
    "traffic, its dust, building, yards": {"traffic", "dust"},
}


def emitted_by_sector(pollutant):
    """Mean emission in a year by sector, of all that runs on 2024-01-01."""
    sums = dict.fromkeys([*toml("baseline.toml")["sectors"], *toml("city.toml")["sectors"]], 0.0)
    for id, row in sources().items():
        plant = plants().get(row.get("plant"), {})
        if "idle" not in row and "idle" not in plant:
            sector = row.get("sector") or plant["sector"]
            sums[sector] += activity(id) * inventory.factor(id, pollutant)
    return sums


def test_readme_shows_the_shares_of_the_city():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## Shares of the city") :]
    for group, sectors in GROUPS.items():
        (row,) = re.findall(rf"^\| {group} \|(.*)\|$", table, re.MULTILINE)
        for pollutant, shown in zip(
            ("PM25", "SO2", "NOx", "VOC", "CO2"), row.split("|"), strict=True
        ):
            sums = emitted_by_sector(pollutant)
            share = sum(sums[sector] for sector in sectors) / sum(sums.values())
            assert int(shown) == round(100 * share), (group, pollutant)


# ---------------------------------------------------------------- who breathes it


def readme_list(*, after):
    """Rows of the first table after a text of the README."""
    lines = iter((FOLDER / "README.md").read_text("utf-8").split(after, 1)[1].splitlines())
    body = []
    for line in lines:
        if line.startswith("|"):
            body.append([cell.strip() for cell in line.strip("|").split("|")])
        elif body:
            return body[2:]
    return body[2:]


def test_people_come_to_the_census_of_the_city():
    people = {
        row["id"]: float(row["population"].split()[0]) for row in inventory.rows("receptors.csv")
    }
    assert sum(people.values()) == pytest.approx(2_709_378, abs=500)
    plain = ["kundulun", "qingshan", "donghe", "jiuyuan", "high-tech-zone", "shiguai"]
    assert sum(people[id] for id in plain) == pytest.approx(2_261_089, abs=500)


def test_a_source_is_released_as_high_as_the_readme_says_of_its_process():
    heights = {row[0]: row[1] for row in readme_list(after="### Heights of release")}
    given = {row["id"]: row["release_height"] for row in inventory.rows("release-heights.csv")}
    steel_and_coke = {row["id"]: row for row in inventory.rows("sources.csv")}
    for id, row in steel_and_coke.items():
        expected = heights.get(row["process"])
        assert given.get(id) == (f"{expected} m" if expected else None), id
    assert {row["process"] for row in steel_and_coke.values()} - set(heights) == {
        "freight",
        "clean-freight",
    }
    assert set(given) <= set(steel_and_coke)


def test_the_wind_rose_is_the_product_of_the_lists_of_the_readme():
    directions = {row[0]: float(row[1]) for row in readme_list(after="**Directions**")}
    classes = {(row[0], row[1]): float(row[2]) for row in readme_list(after="**Classes**")}
    calms = {row[0]: float(row[1]) for row in readme_list(after="**Calms**")}
    windy = 100 - sum(calms.values())
    assert sum(directions.values()) == sum(classes.values()) == 100
    rose = inventory.rows("wind-rose.csv")
    assert len(rose) == len(directions) * len(classes) + len(calms)
    for row in rose:
        speed, frequency = row["speed"].split()[0], float(row["frequency"].split()[0])
        if row["direction"] == "calm":
            assert frequency == calms[row["stability"]]
            continue
        share = directions[row["direction"]] * classes[row["stability"], speed] / 1e4
        assert frequency == pytest.approx(windy * share), row["id"]
    shares = [(float(r["frequency"].split()[0]), float(r["speed"].split()[0])) for r in rose]
    assert sum(share for share, _ in shares) == pytest.approx(100)
    assert sum(share * speed for share, speed in shares) / 100 == pytest.approx(1.8, abs=0.01)

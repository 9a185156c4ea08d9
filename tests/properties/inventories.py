"""Inventories at random: places, profiles, plants, sources, their controls, and occurrences."""

from __future__ import annotations

import datetime

from drafts import Draft
from written import Tree

PROCESSES = ("sinter", "coke", "boiler")


def draw_inventory(draft: Draft) -> None:
    """Draw all that emits when no measure is taken."""
    _draw_head(draft)
    _draw_places(draft)
    draft.each(0, 2, lambda k: _draw_control(draft, ["filter", "scrubber"][k]))
    draft.each(1, 4, lambda k: _draw_unit(draft, k + 1))
    _draw_feed(draft)
    _draw_occurrences(draft)


def _draw_head(draft: Draft) -> None:
    first_year = draft.one_of(2025, 2023, 2024) if draft.calendar else 2021
    start = datetime.date(first_year, 1, 1)
    if draft.perhaps():
        start += datetime.timedelta(draft.count(0, 200))
    days = draft.one_of(366, 500, 800 if draft.calendar else 600)
    draft.tree |= {
        "lantian": 1,
        "name": "Drawn at random",
        "as_of": datetime.date(2025, 1, 1),
        "horizon": {"start": start, "end": start + datetime.timedelta(days)},
        "output": {"interval": draft.one_of("month", "year")},
    }
    pollutants = ["PM", "NOx", "CO2"][: draft.count(1, 3)]
    draft.tree["pollutants"] = {pollutant: {"unit": "t"} for pollutant in pollutants}
    draft.stack = [each for each in pollutants if each != "CO2" and draft.perhaps()]
    draft.raw = [each for each in pollutants if each not in draft.stack]
    if "CO2" in pollutants:
        factors = {"CO2": [{"from": 2020, "value": "0.6 kg/kWh"}]}
        if draft.calendar and draft.perhaps():
            factors["CO2"].append({"from": first_year + 1, "value": "0.5 kg/kWh"})
        draft.tree["carriers"] = {"grid": {"factors": factors}}


def _draw_places(draft: Draft) -> None:
    zones = ["key-area", "rest"][: draft.count(1, 2)]
    draft.tree["zones"] = {zone: {} for zone in zones}
    draft.tree["districts"] = {
        district: {"zone": draft.one_of(*zones)} for district in ["east", "west"]
    }
    draft.tree["sectors"] = {"steel": {}, "heat": {}}
    if draft.calendar:
        profiles = {
            "winter": {"months": [4, 3, 2, 1, 0, 0, 0, 0, 0.5, 1, 2, 4]},
            "week": {"weekdays": [1, 1, 1, 1, 1, 0.5, 0.25]},
            "heating": {"season": {"from": "10-15", "to": "04-15", "outside": 0.25}},
        }
        draft.tree["profiles"] = {id: profiles[id] for id in draft.some(list(profiles))}
    draft.each(0, 2, lambda k: _draw_plant(draft, ["alpha", "beta"][k]))


def _draw_plant(draft: Draft, id: str) -> None:
    plant = {"district": draft.one_of("east", "west"), "sector": "steel"}
    plant["capacity"] = draft.sure("kt/year", 1000, 1500)
    plant["production"] = draft.sure("kt/year", 800, 1000)
    if draft.perhaps():
        plant["permit"] = draft.sure("kt/year", 1200, 750)
    if draft.perhaps():
        plant["grade"] = draft.one_of("C", "A", "B", "D")
    draft.table("plants")[id] = plant


def _draw_control(draft: Draft, id: str) -> None:
    efficiency = {each: draft.one_of(0.9, 0.5) for each in draft.some(draft.raw)}
    control: Tree = {"efficiency": efficiency} if efficiency else {}
    if draft.perhaps():
        control["failures"] = {
            "time_between": draft.varying("d", 60, 20),
            "repair": draft.varying("h", 48, 200),
            "on_failure": draft.one_of("stop", "bypass"),
        }
        if control["failures"]["on_failure"] == "stop" and draft.perhaps():
            control["failures"]["grace"] = draft.sure("h", 6, 24)
    if efficiency and draft.perhaps():
        control["ageing"] = [{"hours": 0, "loss": 0}, {"hours": 4000, "loss": 0.2}]
        if draft.perhaps():
            control["renewal"] = draft.sure("h", 5000, 3000)
            control["age"] = draft.sure("h", 0, 1000)
    draft.table("controls")[id] = control


def draw_source(
    draft: Draft, id: str, process: str, *, idle: bool = False, plant: str = ""
) -> None:
    """Draw a process unit; one that is idle does what it does only by a measure."""
    source: Tree = {"process": process, "activity": draft.unknown("kt/year", 100, 80, 250)}
    plants = [each for each, row in draft.tree.get("plants", {}).items() if "idle" not in row]
    if plant:
        source["plant"] = plant
    elif plants and not idle and draft.perhaps():
        source["plant"] = draft.one_of(*plants)
    else:
        source["district"] = draft.one_of("east", "west")
        source["sector"] = draft.one_of("heat", "steel")
    if draft.tree.get("profiles") and draft.perhaps():
        source["profile"] = draft.one_of(*draft.tree["profiles"])
    if draft.calendar and draft.perhaps():
        source["trend"] = [1, draft.one_of(0.9, 1.2)]
    if idle:
        source["idle"] = True
    if "carriers" in draft.tree and draft.perhaps():
        source["energy"] = {"grid": {"uses": draft.unknown("kWh/t", 40, 100)}}
    if draft.tree.get("controls") and draft.perhaps():
        source["controls"] = draft.some(list(draft.tree["controls"]), least=1)
    source["emits"] = {each: _draw_raw(draft) for each in draft.raw}
    source["emits"] |= {each: _draw_stack(draft) for each in draft.stack}
    draft.table("sources")[id] = source
    if not idle and not plant:
        draft.unmoved.append(id)


def _draw_unit(draft: Draft, number: int) -> None:
    process = draft.one_of(*PROCESSES)
    draw_source(draft, f"{process}-{number}", process)


def _draw_raw(draft: Draft) -> Tree:
    outlet = {"raw": draft.unknown("kg/t", 2, 0.5, 30)}
    if draft.perhaps():
        outlet["capture"] = draft.one_of(0.9, 0.5)
        outlet["fugitive_control"] = draft.one_of(0, 0.5)
    return outlet


def _draw_stack(draft: Draft) -> Tree:
    outlet = {
        "concentration": draft.unknown("mg/m3", 30, 50),
        "gas_volume": draft.unknown("m3/t", 2000, 3500),
        "bypass": draft.sure("mg/m3", 400),
    }
    if draft.perhaps():
        outlet["limit"] = draft.sure("mg/m3", 50, 80)
    if draft.perhaps():
        outlet["oxygen"] = 0.18
        outlet["reference_oxygen"] = 0.16
    return outlet


def _draw_feed(draft: Draft) -> None:
    if len(draft.unmoved) >= 2 and draft.perhaps():
        first, second = draft.unmoved[:2]
        feeds = {"unit": second, "stock": draft.sure("d", 5, 0, 1)}
        draft.tree["sources"][first]["feeds"] = feeds


def _draw_occurrences(draft: Draft) -> None:
    if not draft.luck or not draft.raw or not draft.perhaps():
        return
    emits = {each: {"raw": "5 kg/t"} for each in draft.raw}
    place = {"district": "west", "sector": "heat"}
    draft.tree["sources"]["fields"] = {**place, "activity": "0 t/year", "emits": emits}
    fires = {
        "source": "fields",
        "per_year": draft.unknown("/year", 20, 5),
        "amount": draft.varying("t", 10, 3, bounded=True),
        "lasts": draft.varying("h", 12, 400),
    }
    if draft.tree.get("profiles") and draft.perhaps():
        fires["profile"] = draft.one_of(*draft.tree["profiles"])
    draft.tree["arrivals"] = {"fires": fires}

"""Measures at random, of eleven kinds, and what a scenario must have for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drafts import Draft
from inventories import draw_source
from written import Tree


def _draw_project(draft: Draft, *, sources: list[str] | None = None) -> Tree:
    """Draw what all projects have: stages, delay, costs, and the chance of being given up."""
    project: Tree = {}
    if draft.perhaps():
        project["delay"] = draft.varying("d", 20, 60)
    if draft.perhaps():
        project["operating_cost"] = draft.unknown("MCNY/year", 2, 0.5)
    if draft.luck and draft.one_of(False, False, True):
        project["cancel_probability"] = 0.3
    project["stages"] = [
        _draw_stage(draft, id, sources or []) for id in ["permit", "works"][-draft.count(1, 2) :]
    ]
    if any("units_down" in stage for stage in project["stages"]):
        project["lost_output"] = {"fate": draft.one_of("lost", "made_up")}
        if project["lost_output"]["fate"] == "made_up":
            project["lost_output"]["made_up_at"] = 0.1
    return project


def _draw_stage(draft: Draft, id: str, sources: list[str]) -> Tree:
    stage: Tree = {"id": id, "duration": draft.varying("d", 40, 10, 120)}
    if id == "permit":
        return {**stage, "cause": "permits"}
    if draft.perhaps():
        stage["crews"] = {"builders": 1}
    if draft.perhaps():
        stage["cost"] = draft.varying("MCNY", 10, 25, bounded=True)
        if draft.perhaps():
            stage["fund"] = "grant"
    if draft.calendar and draft.perhaps():
        stage["calendar"] = "season"
    if sources and draft.perhaps():
        stage["units_down"] = sources
    return stage


def _draw_retrofit(draft: Draft) -> Tree:
    sources = draft.some(draft.unmoved, least=1)
    project = _draw_project(draft, sources=sources)
    if draft.perhaps():
        project["stages"][-1]["effect"] = "ramp"
    changes = {}
    for source in sources:
        emits = {each: {"raw": draft.unknown("kg/t", 0.25, 1)} for each in draft.raw}
        emits |= {each: {"concentration": draft.unknown("mg/m3", 10, 20)} for each in draft.stack}
        changes[source] = {"emits": emits}
    return {**project, "changes": changes}


def _draw_ultra_low(draft: Draft) -> Tree:
    sources = draft.some(draft.unmoved, least=1)
    processes = {draft.tree["sources"][source]["process"] for source in sources}
    limits = dict.fromkeys(draft.stack, "20 mg/m3")
    draft.table("standards")["ultra-low"] = dict.fromkeys(sorted(processes), limits)
    project = _draw_project(draft)
    organised = {"sources": sources, "standard": "ultra-low", "ratio": draft.unknown("", 0.6, 0.9)}
    organised["stages"] = project.pop("stages")
    measure = {**project, "organised": organised, "stable_running": draft.varying("d", 30)}
    measure["retuning"] = {"duration": draft.varying("d", 20), "factor": 0.7}
    if draft.perhaps():
        measure["publication"] = draft.varying("d", 15)
        if draft.calendar:
            measure["delisting"] = {"months": 2}
    return measure


def _draw_closure(draft: Draft) -> Tree:
    source = draft.one_of(*draft.unmoved)
    project = {**_draw_project(draft), "sources": [source], "lost_output": {"fate": "lost"}}
    if draft.perhaps():
        project["wind_down"] = draft.varying("d", 30)
    return project


def _draw_relocation(draft: Draft) -> Tree:
    old = "alpha"
    draft.tree["plants"]["gamma"] = {**draft.tree["plants"][old], "idle": True}
    draft.tree["plants"]["gamma"].pop("permit", None)
    draw_source(draft, "sinter-new", "sinter", plant="gamma")
    project = {**_draw_project(draft), "from": old, "to": "gamma", "lost_output": {"fate": "lost"}}
    project["order"] = draft.one_of("close_first", "start_first")
    for phase in draft.some(["wind_down", "gap", "commissioning", "ramp_up"]):
        project[phase] = draft.varying("d", 30, 60)
    project["starting_share"] = draft.one_of(1, 0.5)
    return project


def _draw_substitution(draft: Draft) -> Tree:
    old, new = _draw_twin(draft)
    project = {**_draw_project(draft), "from": old, "to": new, "share": draft.one_of(0.5, 1)}
    if draft.perhaps():
        project["breakdowns"] = {
            "time_between": draft.varying("d", 40),
            "repair": draft.varying("h", 36, 100),
        }
    if draft.perhaps():
        project["backslide"] = {"high": 0.25, "fades_over": "200 d"}
        if draft.perhaps():
            project["backslide"]["inspections"] = {"every": draft.varying("d", 90)}
    return project


def _draw_dry_quenching(draft: Draft) -> Tree:
    old, new = _draw_twin(draft)
    project = {**_draw_project(draft), "wet": old, "dry": new, "share": draft.one_of(1, 0.75)}
    if draft.calendar and draft.perhaps():
        project["yearly_repair"] = {"on": "05-10", "duration": draft.varying("d", 20)}
    if draft.perhaps():
        project["breakdowns"] = {
            "time_between": draft.varying("d", 50),
            "repair": draft.varying("h", 30),
        }
    return project


def _draw_programme(draft: Draft) -> Tree:
    old, new = _draw_twin(draft)
    programme: Tree = {
        "from": old,
        "to": new,
        "items": draft.one_of(3, 1, 6),
        "size": draft.varying("t/h", 10, 20),
        "work": draft.varying("d", 20, 40),
        "cost": draft.varying("MCNY", 1, 3, bounded=True),
        "order": draft.one_of("given", "largest_first", *(["random"] if draft.luck else [])),
    }
    programme |= {"crews": {"builders": 1}} if draft.perhaps() else {"at_once": 2}
    if draft.perhaps():
        programme["fund"] = "grant"
    if draft.calendar and draft.perhaps():
        programme["calendar"] = "season"
        programme["relapse"] = {"calendar": "dry-months", "share": 0.25}
    if draft.perhaps():
        programme |= {"stops": True, "lost_output": {"fate": "lost"}}
    return programme


def _draw_twin(draft: Draft) -> tuple[str, str]:
    """Give a source that is moved away from, and a new one that does the same otherwise."""
    old = draft.one_of(*draft.unmoved)
    draft.unmoved.remove(old)
    new = f"{old}-instead"
    draw_source(draft, new, draft.tree["sources"][old]["process"], idle=True)
    rows = draft.tree["sources"]
    for key in ("activity", "profile", "trend"):
        rows[new].pop(key, None)
        if key in rows[old]:
            rows[new][key] = rows[old][key]
    return old, new


def _draw_alert_response(draft: Draft) -> Tree:
    episodes: Tree = {
        "per_year": draft.unknown("/year", 8, 3),
        "peak": draft.varying("", 250, 180, bounded=True),
        "lasts": draft.varying("h", 72, 120),
    }
    if "winter" in draft.tree.get("profiles", {}):
        episodes["profile"] = "winter"
    if draft.perhaps():
        episodes["floor"] = 100
    order: Tree = {"id": "all", "sectors": ["steel", "heat"]}
    order["cuts"] = {
        "A": {"orange": 0, "red": 0.25},
        "any": {"yellow": 0.25, "orange": 0.5, "red": draft.one_of(0.75, 1)},
    }
    if draft.perhaps():
        order |= {"ramp": draft.sure("h", 8), "least": 0.25}
    if draft.perhaps():
        order |= {"obeyed": 0.75, "obedience": draft.one_of("share", "chance")}
    measure: Tree = {
        "episodes": episodes,
        "rules": [
            {"level": "yellow", "above": 150, "lasting": "24 h"},
            {"level": "orange", "above": 200, "lasting": "24 h"},
            {"level": "red", "above": 240, "lasting": "48 h"},
        ],
        "orders": [order],
        "notice": draft.sure("h", 0, 24),
        "lifted_after": draft.sure("h", 0, 36),
    }
    if draft.perhaps():
        measure["rebound"] = {"share": 0.5, "at": 0.05}
    return measure


def _draw_grading(draft: Draft) -> Tree:
    return {
        "plant": "alpha",
        "every": draft.varying("d", 150, 90),
        "pass": {"A": 0.25, "B": 0.5, "C": 0.75},
    }


def _draw_patrol(draft: Draft) -> Tree:
    measure: Tree = {"arrivals": ["fires"], "deterrence": draft.one_of(0, 0.5)}
    rounds = {"every": draft.sure("d", 7, 2), "probability": 0.5, "cost": "200 CNY"}
    if draft.calendar and draft.perhaps():
        rounds["calendar"] = "dry-months"
    cameras = {"id": "cameras", "probability": 0.5, "delay": draft.varying("h", 2, 12)}
    return {**measure, "rounds": rounds, "detections": [cameras]}


def _draw_stockpile(draft: Draft) -> Tree:
    place = {"district": "west", "sector": "steel", "process": "slag"}
    emits = {each: {"raw": "0.1 kg/t"} for each in draft.raw}
    for id, activity in {"slag-line": "20 kt/year", "slag-dust": "1 t/year"}.items():
        draft.tree["sources"][id] = {**place, "activity": activity, "emits": emits}
        draft.tree["sources"][id]["idle"] = True
    source = draft.one_of(*draft.unmoved)
    measure = {
        "generation": [{"source": source, "ratio": draft.unknown("t/t", 0.25, 0.1)}],
        "initial": draft.sure("kt", 0, 10, 50),
        "line": "slag-line",
        "dust": "slag-dust",
        "wind_loss": "0.001 /year",
    }
    return {**_draw_project(draft), **measure}


KINDS: dict[str, Callable[[Draft], Tree]] = {
    "retrofit": _draw_retrofit,
    "closure": _draw_closure,
    "substitution": _draw_substitution,
    "dry_quenching": _draw_dry_quenching,
    "programme": _draw_programme,
    "relocation": _draw_relocation,
    "alert_response": _draw_alert_response,
    "ultra_low_emission": _draw_ultra_low,
    "grading": _draw_grading,
    "patrol": _draw_patrol,
    "stockpile": _draw_stockpile,
}
NO_PROJECTS = {"alert_response", "grading"}


def _once(kind: str) -> Callable[[Draft], bool]:
    def is_new(draft: Draft) -> bool:
        return all(row["kind"] != kind for row in draft.tree.get("measures", {}).values())

    return is_new


def _has_unmoved(draft: Draft) -> bool:
    return bool(draft.unmoved)


def _both(*conditions: Callable[[Draft], Any]) -> Callable[[Draft], bool]:
    return lambda draft: all(condition(draft) for condition in conditions)


def _has_alpha(draft: Draft) -> bool:
    return "alpha" in draft.tree.get("plants", {})


POSSIBLE: dict[str, Callable[[Draft], bool]] = {
    "retrofit": _has_unmoved,
    "closure": _has_unmoved,
    "substitution": _has_unmoved,
    "dry_quenching": _has_unmoved,
    "programme": _has_unmoved,
    "relocation": _both(_has_alpha, _once("relocation")),
    "alert_response": _both(lambda draft: draft.luck, _once("alert_response")),
    "ultra_low_emission": _both(
        _has_unmoved, lambda draft: draft.stack, _once("ultra_low_emission")
    ),
    "grading": _both(lambda draft: draft.luck, _has_alpha, _once("grading")),
    "patrol": _both(lambda draft: "arrivals" in draft.tree, _once("patrol")),
    "stockpile": _both(_has_unmoved, lambda draft: draft.raw, _once("stockpile")),
}

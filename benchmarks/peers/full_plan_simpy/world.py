"""One replication of the full plan, and all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from full_plan_simpy import alerts, arrivals, measures, stocks, ultra_low
from full_plan_simpy.carbon import install_beds
from full_plan_simpy.clocks import Clock, Horizon, Season
from full_plan_simpy.project import Crews, Project
from full_plan_simpy.quantities import (
    YEAR,
    Distribution,
    Parameters,
    ParameterTable,
    compile_numbers,
    evaluate,
)
from full_plan_simpy.sources import Outlet, Plant, Ramp, Source, constant

KINDS = {
    "retrofit": measures.retrofit,
    "substitution": measures.substitution,
    "dry_quenching": measures.dry_quenching,
    "relocation": measures.relocation,
    "programme": measures.programme,
    "grading": measures.grading,
    "regeneration_centre": measures.regeneration_centre,
    "stockpile": measures.stockpile,
    "ultra_low_emission": ultra_low.ultra_low_emission,
    "patrol": arrivals.patrol,
    "alert_response": alerts.alert_response,
}
PARTS = {"PM10": ("PM",), "PM25": ("PM10", "PM")}  # within which wholes, the nearest first


class Plan:
    """What all replications share: the scenario, its calendar and its clocks."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.scenario = compile_numbers(scenario)
        self.horizon = Horizon(**self.scenario["horizon"])
        self.parameters = ParameterTable(self.scenario["parameters"])
        self.pollutants = list(self.scenario["pollutants"])
        self.seasons = {
            id: Season(self.horizon, row) for id, row in self.scenario["calendars"].items()
        }
        self.clocks: dict[tuple[str | None, tuple[float, ...]], Clock] = {}

    def clock(self, profile: str | None, trend: tuple[float, ...]) -> Clock:
        """The clock of a profile and a trend, made once."""
        key = (profile, trend)
        if key not in self.clocks:
            row = self.scenario["profiles"][profile] if profile else {}
            self.clocks[key] = Clock(self.horizon, row, list(trend))
        return self.clocks[key]

    def replicate(
        self, seed: int, replication: int, parameters: Parameters | None = None
    ) -> Outcome:
        """Run once; with given parameters, only chance is drawn."""
        rng = np.random.default_rng([seed, replication])
        drawn = self.parameters.draw(rng)
        if parameters is not None:
            drawn.clear()
            drawn.update(parameters)
        world = World(self, drawn, rng)
        world.env.run(until=self.horizon.end + 1)  # what is due at the end still happens
        return world.outcome()


@dataclass
class Outcome:
    """What is kept of a replication."""

    emitted: np.ndarray  # stack and fugitive, by source, month and pollutant [kg, m3, J]
    activity: np.ndarray  # by source and month
    charged: np.ndarray  # indirect and avoided, by pollutant and year
    alert: dict[str, np.ndarray]  # under alert, by orders, level and year
    exceedance: dict[str, np.ndarray]  # share of valid hours by outlet and month
    dates: dict[str, dict[str, float]]  # of milestones, by measure [s]
    counts: Counter[str]


class World:
    """The state of one replication."""

    def __init__(self, plan: Plan, parameters: Parameters, rng: np.random.Generator) -> None:
        self.scenario, self.horizon, self.pollutants = plan.scenario, plan.horizon, plan.pollutants
        self.seasons, self.clock = plan.seasons, plan.clock
        self.parameters, self.rng = parameters, rng
        self.env = simpy.Environment()
        self.counts: Counter[str] = Counter()
        self.level: str | None = None
        self.alert_changed = self.env.event()
        views = ("in_force", "without_exemptions", "none")
        shape = (self.horizon.years, 2 * len(self.pollutants))
        self.alert_books = {v: {a: np.zeros(shape) for a in alerts.LEVELS} for v in views}
        self.outages: dict[tuple[str, str], Any] = {}
        self.beds: dict[str, Source] = {}
        self.bed_lives: dict[str, simpy.Process] = {}
        self.crews = {id: self.hire(row) for id, row in self.scenario["resources"].items()}
        self.plants = {id: Plant(self, row) for id, row in self.scenario["plants"].items()}
        self.sources = {id: self.source(id, row) for id, row in self.scenario["sources"].items()}
        install_beds(self)
        self.link()
        rows = self.scenario["arrivals"].items()
        self.arrivals = {id: arrivals.Row(self, id, row) for id, row in rows}
        plans = sorted(self.scenario["measures"].items())  # at tied times ids come first
        self.projects = {id: Project(self, id, row) for id, row in plans}
        for project in self.projects.values():
            self.env.process(KINDS[project.plan["kind"]](project))

    # ------------------------------------------------------------ setting up
    def hire(self, row: dict[str, Any]) -> Crews:
        """Crews, and those who come later."""
        crews = Crews(self.env, init=row["capacity"])
        for more in row.get("additions", ()):
            self.env.process(self.come_later(crews, more))
        return crews

    def come_later(self, crews: Crews, more: dict[str, Any]) -> Generator:
        """More crews from a day on."""
        yield self.env.timeout(self.horizon.seconds(more["on"]))
        yield crews.put(more["amount"])

    def source(self, id: str, row: dict[str, Any]) -> Source:
        """Make a source, on the plant where it stands."""
        source = Source(self, id, row, self.clock(row.get("profile"), tuple(row.get("trend", ()))))
        if source.plant is not None:
            self.plants[source.plant].sources.append(source)
        return source

    def link(self) -> None:
        """Start the stocks between units."""
        for source in self.sources.values():
            if "feeds" in source.row:
                feeds = source.row["feeds"]
                user, stock = self.sources[feeds["unit"]], self.number(feeds["stock"])
                self.env.process(stocks.feed(self, source, user, stock))

    # ------------------------------------------------------------ numbers
    def number(self, value: Any) -> float:
        """Draw a distribution, or work an expression out."""
        if isinstance(value, Distribution):
            return value.draw(self.rng)
        return evaluate(value, self.parameters)

    def per_year(self, value: Any) -> float:
        """A rate per calendar year."""
        return self.number(value) * YEAR

    def count(self, event: str) -> None:
        """Count what happened, by year."""
        self.counts[event] += 1

    # ------------------------------------------------------------ what acts
    def act(self, id: str, part: str, who: object, value: float | Ramp | None) -> None:
        """Let `who` act on a source from now on, or no longer."""
        source = self.sources[id]
        source.change()
        terms = getattr(source, part)
        if value is None:
            terms.pop(who, None)
        else:
            terms[who] = value if isinstance(value, Ramp) else constant(value)

    def hold(self, source: Source, who: object, ceiling: Ramp | None) -> None:
        """Hold a source below a ceiling, if that is new."""
        if source.ceilings.get(who) != ceiling:
            self.act(source.id, "ceilings", who, ceiling)

    def change_outlets(
        self, id: str, wanted: dict[str, dict[str, Any]], over: float, apart: Any = None
    ) -> None:
        """Change outlets in a straight line; parts of a pollutant follow it in proportion."""
        source = self.sources[id]
        apart = wanted if apart is None else apart
        source.change()
        ratios = {}
        for p, changes in wanted.items():
            outlet = source.outlets[p]
            for key, value in changes.items():
                if key == "concentration":
                    goal = self.number(value)
                    ratios[p] = goal / outlet.factor if outlet.factor > 0 else 1.0
                    outlet.factor = goal
                else:
                    self.change_with_parts(source, p, key, self.number(value), apart)
        for part, wholes in PARTS.items():
            nearest = next((whole for whole in wholes if whole in ratios), None)
            if part in source.outlets and part not in apart and nearest is not None:
                source.outlets[part].factor *= ratios[nearest]
        source.emissions_change(over)

    def change_with_parts(
        self, source: Source, whole: str, key: str, value: float, apart: Any
    ) -> None:
        """Set a property of an outlet, and of the parts of its pollutant."""
        parts = [p for p, wholes in PARTS.items() if whole in wholes and p not in apart]
        for p in (whole, *parts):
            outlet: Outlet | None = source.outlets.get(p)
            if outlet is not None:
                setattr(outlet, key, value)

    def commission(self, ids: list[str], over: float) -> None:
        """Hours do not count for compliance for so long."""
        if over > 0:
            self.env.process(self.commissioning([self.sources[id] for id in ids], over))

    def commissioning(self, sources: list[Source], over: float) -> Generator:
        """From now on, until it is over."""
        for source in sources:
            source.change()
            source.commissionings += 1
        yield self.env.timeout(over)
        for source in sources:
            source.change()
            source.commissionings -= 1

    def set_alert(self, level: str | None) -> None:
        """Another level is in force; what was emitted until now belongs to the one before."""
        if level == self.level:
            return
        for source in self.sources.values():
            source.book()
        self.level = level
        event, self.alert_changed = self.alert_changed, self.env.event()
        event.succeed()

    def next_month(self) -> Generator:
        """Wait for the start of the next month."""
        yield self.env.timeout(self.horizon.next_month(self.env.now) - self.env.now)

    def is_limited(self, source: Source, pollutant: str) -> bool:
        """Whether hours of an outlet are followed: it has a limit, or a standard has one for it."""
        outlet = source.outlets[pollutant]
        standards = self.scenario["standards"].values()
        by_law = any(pollutant in s.get(source.process, {}) for s in standards)
        return not outlet.is_raw and (outlet.limit > 0 or by_law)

    # ------------------------------------------------------------ the end
    def outcome(self) -> Outcome:
        """Close the books."""
        for source in self.sources.values():
            source.book()
        sources = self.sources.values()
        shares = {}
        for source in sources:
            valid = np.array(source.valid)[:, None]
            share = np.divide(
                source.above, valid, out=np.full_like(source.above, np.nan), where=valid > 0
            )
            shares |= {f"{source.id}.{p}": share[:, i] for i, p in enumerate(source.limited)}
        return Outcome(
            emitted=np.stack([source.emitted for source in sources]),
            activity=np.array([source.activity for source in sources]),
            charged=self.charge(),
            alert={
                orders: np.stack([books[a] for a in alerts.LEVELS])
                for orders, books in self.alert_books.items()
            },
            exceedance=shares,
            dates={id: project.dates for id, project in self.projects.items()},
            counts=self.counts,
        )

    def charge(self) -> np.ndarray:
        """What carriers that are used or recovered cause elsewhere, by the factors of the year."""
        charged = np.zeros((2, len(self.pollutants), self.horizon.years))
        years = range(self.horizon.start.year, self.horizon.start.year + self.horizon.years)
        for source in self.sources.values():
            done = np.array(source.activity).reshape(-1, 12).sum(axis=1)
            for id, flows in source.row.get("energy", {}).items():
                carrier = self.scenario["carriers"][id]
                for account, key in enumerate(("uses", "recovers")):
                    if key not in flows:
                        continue
                    amount = done * self.number(flows[key])
                    if "pollutant" in carrier:
                        charged[account, self.pollutants.index(carrier["pollutant"])] += amount
                    for p, steps in carrier["factors"].items():
                        factor = [
                            self.number([s for s in steps if s["from"] <= year][-1]["value"])
                            for year in years
                        ]
                        charged[account, self.pollutants.index(p)] += amount * np.array(factor)
        return charged

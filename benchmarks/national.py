"""A synthetic national inventory: steel, coking and boilers of 31 provinces over ten years.

    python benchmarks/national.py FOLDER [--scale 1] [--seed 1]

writes national.toml and its tables. At scale 1 these are 1,000 steel plants of 12 process units,
300 coking plants of 3 and 100,000 boilers, with filters that fail and are repaired, a retrofit of
each plant, for which the crews of its province queue, and boilers that close in waves. Every number
is made up: the inventory shows what a size costs, and nothing about any place.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path
from typing import Any

PROVINCES = 31
STEEL_PLANTS, COKING_PLANTS, BOILERS = 1_000, 300, 100_000
WAVES = 10  # of closing boilers, one a year in each province
POLLUTANTS = ("PM", "SO2", "NOx")

# Emission factors before control [kg per t of product], by process unit; the made-up middle of a
# plant's own ones.
STEEL_UNITS = {
    "sinter": (12.0, 1.6, 0.9),
    "sinter-tail": (8.0, 0.0, 0.0),
    "pellet": (2.0, 0.4, 0.3),
    "hot-stove": (0.1, 0.2, 0.2),
    "blast-furnace": (9.0, 0.0, 0.0),
    "cast-house": (6.0, 0.1, 0.0),
    "converter": (14.0, 0.0, 0.0),
    "refining": (3.0, 0.0, 0.0),
    "rolling": (0.3, 0.1, 0.4),
    "lime-kiln": (4.0, 0.1, 0.2),
    "power-boiler": (1.0, 0.6, 0.5),
    "yard": (0.8, 0.0, 0.0),
}
COKING_UNITS = {
    "chimney": (0.3, 0.9, 1.1),
    "charging": (1.2, 0.1, 0.0),
    "quenching": (0.6, 0.0, 0.0),
}
WITH_FILTERS = ("sinter", "blast-furnace", "converter", "charging")

HEAD = """\
# Made up by benchmarks/national.py, seed {seed}, scale {scale:g}: no number is of a real place.
lantian = 1
name    = "Synthetic national inventory"
as_of   = 2025-01-01

[horizon]
start = 2025-01-01
end   = 2035-01-01

[output]
interval         = "day"
dimensions       = ["total", "district"]
log_replications = 0

[tables]
plants   = "plants.csv"
sources  = "sources.csv"
controls = "controls.csv"

[profiles.heating]
season = {{ from = "10-15", to = "04-15" }}
[calendars.thawed]
open = ["03-15 to 11-15"]
[zones.nation]
[sectors.steel]
[sectors.coking]
[sectors.heating]
"""

RETROFIT = """\
[measures.{plant}-filters]
kind  = "retrofit"
start = {start}
lost_output = {{ fate = "lost" }}
{changes}
[[measures.{plant}-filters.stages]]
id       = "permit"
duration = {{ pert = {{ low = "3 month", mode = "6 month", high = "15 month" }} }}
cause    = "permits"
[[measures.{plant}-filters.stages]]
id       = "works"
duration = {{ pert = {{ low = "6 month", mode = "9 month", high = "18 month" }} }}
crews    = {{ crews-{province} = 1 }}
calendar = "thawed"
"""

CLOSURE = """\
[measures.boilers-{province}-{wave}]
kind      = "closure"
start     = {year}-04-15
delay     = {{ pert = {{ low = "0 month", mode = "1 month", high = "5 month" }} }}
lost_output = {{ fate = "lost" }}
sources   = [{sources}]
"""


class Inventory:
    """Rows and measures, drawn from one seed."""

    def __init__(self, scale: float, seed: int) -> None:
        self.scale, self.seed = scale, seed
        self.random = random.Random(seed)
        self.plants: list[dict[str, Any]] = []
        self.sources: list[dict[str, Any]] = []
        self.controls: list[dict[str, Any]] = []
        self.measures: list[str] = []
        self._add_plants("steel", round(STEEL_PLANTS * scale), STEEL_UNITS)
        self._add_plants("coking", round(COKING_PLANTS * scale), COKING_UNITS)
        self._add_boilers(round(BOILERS * scale))

    def _factors(self, middle: tuple[float, ...]) -> dict[str, str]:
        spread = self.random.uniform(0.7, 1.4)
        return {
            f"emits.{pollutant}.raw": f"{value * spread:.4g} kg/t"
            for pollutant, value in zip(POLLUTANTS, middle, strict=True)
            if value
        }

    def _add_plants(self, sector: str, count: int, units: dict[str, tuple[float, ...]]) -> None:
        for number in range(count):
            plant, province = f"{sector}-{number:04d}", self.random.randrange(PROVINCES)
            activity = f"{self.random.lognormvariate(0.5, 0.8):.3f} Mt/year"
            self.plants.append({"id": plant, "district": f"p{province:02d}", "sector": sector})
            for unit, middle in units.items():
                self._add_unit(plant, unit, activity, middle)
            changes = "\n".join(
                f"changes.{plant}-{unit}.commission = ['{plant}-{unit}-new']"
                for unit in units
                if unit in WITH_FILTERS
            )
            year, month = self.random.randrange(2025, 2031), self.random.randrange(1, 13)
            self.measures.append(
                RETROFIT.format(
                    plant=plant,
                    start=f"{year}-{month:02d}-01",
                    changes=changes,
                    province=f"p{province:02d}",
                )
            )

    def _add_unit(self, plant: str, unit: str, activity: str, middle: tuple[float, ...]) -> None:
        name = f"{plant}-{unit}"
        row = {"id": name, "plant": plant, "process": unit, "activity": activity}
        row |= self._factors(middle)
        if unit in WITH_FILTERS:
            row["controls"] = f"{name}-old;{name}-new"
            self.controls += [
                {
                    "id": f"{name}-old",
                    "efficiency.PM": 0.98,
                    "failures.time_between": "{ exponential = { mean = '90 d' } }",
                    "failures.repair": "{ lognormal = { mean = '20 h', cv = 1 } }",
                    "failures.on_failure": "bypass",
                },
                {"id": f"{name}-new", "efficiency.PM": 0.95, "in_service": "false"},
            ]
        self.sources.append(row)

    def _add_boilers(self, count: int) -> None:
        by_province: list[list[str]] = [[] for _ in range(PROVINCES)]
        for number in range(count):
            boiler, province = f"boiler-{number:06d}", self.random.randrange(PROVINCES)
            by_province[province].append(boiler)
            self.sources.append(
                {
                    "id": boiler,
                    "district": f"p{province:02d}",
                    "sector": "heating",
                    "activity": f"{self.random.lognormvariate(8.0, 0.9):.0f} t/year",
                    "profile": "heating",
                }
                | self._factors((1.8, 6.0, 2.9))
            )
        for province, boilers in enumerate(by_province):
            for wave in range(WAVES):
                if closing := boilers[wave :: 2 * WAVES]:
                    self.measures.append(
                        CLOSURE.format(
                            province=f"p{province:02d}",
                            wave=wave,
                            year=2025 + wave,
                            sources=", ".join(f'"{boiler}"' for boiler in closing),
                        )
                    )

    def write(self, folder: Path) -> Path:
        """Write the scenario and its tables; return the scenario's path."""
        folder.mkdir(parents=True, exist_ok=True)
        crews = max(1, round(2 * self.scale))
        text = [HEAD.format(seed=self.seed, scale=self.scale)]
        text += [f'[pollutants.{pollutant}]\nunit = "t"\n' for pollutant in POLLUTANTS]
        for province in range(PROVINCES):
            text.append(f'[districts.p{province:02d}]\nzone = "nation"\n')
            text.append(f'[resources.crews-p{province:02d}]\nkind = "crews"\ncapacity = {crews}\n')
        (folder / "national.toml").write_text("".join(text + self.measures))
        write_table(folder / "plants.csv", self.plants)
        write_table(folder / "sources.csv", self.sources)
        write_table(folder / "controls.csv", self.controls)
        return folder / "national.toml"


def write_table(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write rows as CSV, a column for every key that any of them has."""
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, list({key: None for row in rows for key in row}))
        table.writeheader()
        table.writerows(rows)


def main() -> None:
    """Write an inventory as asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.scale < 0.001:
        parser.error("--scale must be at least 0.001: one steel plant")
    inventory = Inventory(options.scale, options.seed)
    path = inventory.write(options.folder)
    print(f"{path}: {len(inventory.sources)} sources, {len(inventory.measures)} measures")


if __name__ == "__main__":
    main()

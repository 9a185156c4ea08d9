"""The results of a scenario as yearly series with the names of the IAMC.

A series is one variable in one region: a value for every replication and calendar year. Emissions
are direct ones (stack and fugitive). What is indirect or avoided has names of its own that lie
outside `Emissions|...`, so that adding up a tree of variables counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from lantian.errors import UsageError
from lantian.exports.iamc_names import SPECIES, TONNES, Species, with_parents
from lantian.exports.years import whole_years, yearly_sums

if TYPE_CHECKING:
    from lantian.results import Array, ScenarioResults

Places = Literal["zone", "district"]

DIRECT = ("stack", "fugitive")
_ROOT_OF_ACCOUNT = {
    "stack": "Stack Emissions",
    "fugitive": "Fugitive Emissions",
    "indirect": "Indirect Emissions",
    "avoided": "Avoided Emissions",
}
_COSTS = {"capital_by_measure": "Cost|Capital", "operating_by_measure": "Cost|Operating"}
_CNY_IN_MILLION = 1e6
_IN_PERCENT = 100


@dataclass(frozen=True)
class Series:
    """A variable in a region: `values` has the shape (replications, years)."""

    region: str
    variable: str
    unit: str
    values: Array


class YearlySeries:
    """The yearly series of one scenario, in the whole calendar years of its horizon."""

    def __init__(self, results: ScenarioResults, region: str, by: Places | None) -> None:
        self._results = results
        self._region = region
        self._by = by
        self._coordinates = results.coordinates
        self._spans = whole_years(self._coordinates["time"])
        self.years = list(self._spans)

    def all(self, sectors: Mapping[str, str]) -> Iterator[Series]:
        """Give every series but those that compare with a base, or are probabilities."""
        for pollutant in self.pollutants():
            yield from self._accounts(pollutant)
            yield from self._places(pollutant)
            yield from self._sectors(pollutant, sectors)
        yield from self._costs()
        yield from self._compliance()

    def pollutants(self) -> list[str]:
        """Ids of the pollutants that are broken down by account: in total or by zone."""
        names = {
            name.removesuffix("_by_zone"): None
            for name in self._results
            if self._results.variable(name).dims[-2:] == ("account", "time")
        }
        return list(names)

    def direct(self, pollutant: str) -> Series:
        """Give the direct emissions of the whole inventory."""
        species = species_of(self._results, pollutant)
        totals = self._sum_of_accounts(self._total(pollutant), species, pollutant)
        return Series(
            self._region, f"{_direct_root(pollutant)}|{species.name}", species.unit, totals
        )

    def _accounts(self, pollutant: str) -> Iterator[Series]:
        yield self.direct(pollutant)
        yield from self._by_account(self._region, pollutant, self._total(pollutant))

    def _by_account(self, region: str, pollutant: str, totals: Array) -> Iterator[Series]:
        species = species_of(self._results, pollutant)
        yearly = self._converted(totals, species, pollutant)
        for position, account in enumerate(self._coordinates["account"].values):
            root = _ROOT_OF_ACCOUNT[account]
            if pollutant not in SPECIES:
                root = root.replace("Emissions", "Flow")
            yield Series(region, f"{root}|{species.name}", species.unit, yearly[:, position])

    def _places(self, pollutant: str) -> Iterator[Series]:
        variable = f"{pollutant}_by_{self._by}"
        if self._by is None or variable not in self._results:
            return
        species = species_of(self._results, pollutant)
        root = _direct_root(pollutant)
        amounts = self._results[variable]
        for position, name in enumerate(self.places()):
            region, here = f"{self._region}|{name}", amounts[:, position]
            if self._by == "zone":
                direct = self._sum_of_accounts(here, species, pollutant)
                yield Series(region, f"{root}|{species.name}", species.unit, direct)
                yield from self._by_account(region, pollutant, here)
            else:
                direct = self._converted(here, species, pollutant)
                yield Series(region, f"{root}|{species.name}", species.unit, direct)

    def places(self) -> list[str]:
        """Names of the zones or districts; ids where they have none, or one name twice."""
        if self._by is None:
            return []
        axis = self._coordinates[self._by]
        names = list(axis.companions.get("name", axis.values))
        return names if len(set(names)) == len(names) else list(axis.values)

    def _sectors(self, pollutant: str, sectors: Mapping[str, str]) -> Iterator[Series]:
        variable = f"{pollutant}_by_sector"
        species = species_of(self._results, pollutant)
        if pollutant not in SPECIES or not species.has_sectors or variable not in self._results:
            return
        yearly = self._converted(self._results[variable], species, pollutant)
        sums: dict[str, Array] = {}
        for position, sector in enumerate(self._coordinates["sector"].values):
            for name in with_parents(sectors[sector]):
                sums[name] = sums.get(name, 0.0) + yearly[:, position]
        for name in sorted(sums):
            yield Series(self._region, f"Emissions|{species.name}|{name}", species.unit, sums[name])

    def _costs(self) -> Iterator[Series]:
        unit = cost_unit(self._results)
        for name, variable in _COSTS.items():
            if name in self._results:
                spent = yearly_sums(self._results[name].sum(axis=1), self._spans)
                yield Series(self._region, variable, unit, spent / _CNY_IN_MILLION)

    def _compliance(self) -> Iterator[Series]:
        if "exceedance" not in self._results or not self._coordinates["outlet"].values.size:
            return
        shares = self._results["exceedance"]
        months = whole_years(self._coordinates["month"])
        within = [_mean_of_known(1 - shares[..., months[year]]) for year in self.years]
        values = _IN_PERCENT * np.stack(within, axis=-1)
        yield Series(self._region, "Compliance|Hours within Limits", "%", values)

    def _total(self, pollutant: str) -> Array:
        if pollutant in self._results:
            return self._results[pollutant]
        total: Array = self._results[f"{pollutant}_by_zone"].sum(axis=1)
        return total

    def _sum_of_accounts(self, amounts: Array, species: Species, pollutant: str) -> Array:
        accounts = list(self._coordinates["account"].values)
        direct = [accounts.index(account) for account in DIRECT]
        return self._converted(amounts[:, direct].sum(axis=1), species, pollutant)

    def _converted(self, amounts: Array, species: Species, pollutant: str) -> Array:
        unit = unit_of(self._results, pollutant)
        tonnes = TONNES[unit] if pollutant in SPECIES else 1.0
        return yearly_sums(amounts, self._spans) * tonnes / species.tonnes


def species_of(results: ScenarioResults, pollutant: str) -> Species:
    """Say how a pollutant is called; one that the lists do not know keeps its id and unit.

    Raises
    ------
    UsageError
        If a substance of the lists is accounted in a unit that is no mass.
    """
    unit = unit_of(results, pollutant)
    if pollutant not in SPECIES:
        return Species(pollutant, f"{unit}/yr", 1.0, has_sectors=False)
    if unit not in TONNES:
        raise UsageError(
            f"{results.name}: {pollutant} is accounted in {unit!r}; the IAMC's lists have it as "
            f"a mass, so it must be in one of {', '.join(TONNES)}"
        )
    return SPECIES[pollutant]


def unit_of(results: ScenarioResults, pollutant: str) -> str:
    """Give the unit in which a pollutant is accounted."""
    name = pollutant if pollutant in results else f"{pollutant}_by_zone"
    return results.variable(name).unit


def cost_unit(results: ScenarioResults) -> str:
    """Give the unit of costs, with the year of their prices."""
    return f"million CNY_{results.attributes['price_year']}/yr"


def _direct_root(pollutant: str) -> str:
    return "Emissions" if pollutant in SPECIES else "Flow"


def _mean_of_known(shares: Array) -> Array:
    """Mean over outlets and months, shape (replications, ...) -> (replications,); NaN for none."""
    flat = shares.reshape(shares.shape[0], -1)
    known = np.isfinite(flat)
    number = known.sum(axis=1)
    total = np.where(known, flat, 0.0).sum(axis=1)
    mean: Array = np.divide(total, number, out=np.full(len(flat), np.nan), where=number > 0)
    return mean

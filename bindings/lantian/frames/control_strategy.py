"""The detailed table of a control strategy: source by source, measure by measure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.errors import UsageError
from lantian.frames._amounts import Array, Years
from lantian.frames._definitions import definition
from lantian.frames._effects import Effect, Effects, effects_of, is_attribution
from lantian.frames._steps import Step, steps_of
from lantian.frames._tables import table_of_rows
from lantian.frames.weights import Of
from lantian.results import Results, ScenarioResults

if TYPE_CHECKING:
    import pandas as pd

ROUNDING = 1e-9  # of an emission; what changes less does not change
ALL = 100.0  # [%]
MONEY = (
    "total_capital_cost",
    "annualized_capital_cost",
    "annual_oper_maint_cost",
    "annual_cost",
    "eff_ann_cost_per_ton",
)
COLUMNS = [
    "cm_abbrev",
    "cm_name",
    "poll",
    "region_cd",
    "sector",
    "facility_id",
    "unit_id",
    "process",
    "apply_order",
    "inv_emissions",
    "input_emis",
    "control_eff",
    "rule_eff",
    "rule_pen",
    "percent_reduction",
    "final_emissions",
    "eff_emis_reduction",
    "eff_emis_reduction_p10",
    "eff_emis_reduction_p90",
    "unit",
    *MONEY,
    "cost_unit",
    "equipment_life",
    "cap_rec_factor",
    "discount_rate",
    "cost_year",
    "first_year",
    "last_year",
]


def control_strategy(
    results: Results, of: Of, *, scenarios: Sequence[str] | None = None, years: Years = None
) -> pd.DataFrame:
    """Emissions and cost of each measure at each source, in the columns of EPA's CoST.

    Columns are named as in the detailed result of the Control Strategy Tool (CoST v3.3 User's
    Guide, 2019). Measures come one after the other: a row's `input_emis` is what the source emits
    with those before, `final_emissions` what it emits with this one as well, `inv_emissions` what
    it emits without any. Means over the replications and over `years`.

    A measure's cost is known, that of its part at a source is not: it is split among the rows of
    the pollutants in `of` in proportion to what they abate (weighted as `of` says; rows that abate
    nothing get nothing). Rows of other pollutants, and those that add emissions, have no cost. A
    measure that abates none of `of` has its cost in a row without a source. So costs sum to those
    of the plan.

    Parameters
    ----------
    results
        A ladder that kept emissions by source: `lantian.ladder(..., dimensions=["source"])`.
    of
        What the cost is charged to: a pollutant, weights, or `"tax-equivalents"`.
    scenarios
        The scenarios in order, the base first; default all of the file.
    years
        A year, or the first and the last; default the last whole one.

    Returns
    -------
    pandas.DataFrame
        One row a measure, source and pollutant that changes. In percent: `percent_reduction`, of
        `input_emis` in `years`; `control_eff`, the same in the calendar years that begin after the
        works are done, over the replications and years in which they are; `rule_eff`, the first
        over the second, which is below 100 where the works come late, bit by bit or never (outages
        of a control lower `control_eff`); both NaN where no such year is in the horizon, `rule_eff`
        also where it does not abate. `rule_pen` is 100: the measure acts on the row's source.
        `equipment_life` [year] is NaN where measures of a step differ.

    Raises
    ------
    UsageError
        If emissions by source were not kept, a name is unknown, or scenarios do not nest.
    """
    if is_attribution(results):
        raise UsageError(
            f"{results.path} is an attribution: this table needs a ladder with emissions by source"
        )
    steps = steps_of(results, scenarios)
    effects = effects_of(results, of, scenarios=scenarios, years=years)
    where = _where(results, steps[-1].scenario)
    rows = [
        row
        for step, effect in zip(steps, effects.effects, strict=True)
        for row in _Table(results, effects, where, steps[0].base, step, effect).rows()
    ]
    return table_of_rows(rows, COLUMNS)


def _where(results: Results, scenario: str) -> dict[str, dict[str, str]]:
    """Say to which district, sector, plant and process each source belongs."""
    tables = definition(results, scenario)
    plants, sources = tables.get("plants", {}), tables.get("sources", {})
    axis = results[scenario].coordinates["source"]
    found = {}
    for source, process in zip(axis.values, axis.companions["process"], strict=True):
        row = sources.get(source, {})
        plant = row.get("plant", "")
        both = {**plants.get(plant, {}), **row}
        found[str(source)] = {
            "region_cd": both.get("district", ""),
            "sector": both.get("sector", ""),
            "facility_id": plant,
            "unit_id": str(source),
            "process": str(process),
        }
    return found


def by_source(results: ScenarioResults, pollutant: str) -> Array:
    """Read direct emissions, of shape (replications, sources, years)."""
    variable = f"{pollutant}_by_source"
    if variable not in results:
        raise UsageError(
            f"{results.name} has no emissions by source: make the ladder with "
            'dimensions=["source"], or keep "source" among the dimensions under [output]'
        )
    return np.asarray(results[variable], dtype=float)


@dataclass(frozen=True)
class _Table:
    """The rows of one step of the ladder."""

    results: Results
    effects: Effects
    where: Mapping[str, Mapping[str, str]]
    foot: str
    step: Step
    effect: Effect

    def rows(self) -> list[dict[str, Any]]:
        rows = list(self._changes())
        weights = self.effects.amount.weights
        parts = [max(row["eff_emis_reduction"], 0.0) * weights.get(row["poll"], 0) for row in rows]
        whole = sum(parts)
        if whole > 0:
            for row, part in zip(rows, parts, strict=True):
                row.update(self._money(part / whole, row["eff_emis_reduction"]))
        elif abs(self.effect.capital.mean()) + abs(self.effect.operating.mean()) > 0:
            nowhere = dict.fromkeys(next(iter(self.where.values()), {}), "")
            rows.append({"poll": "", **nowhere, **self._money(1.0, 0.0), **self._about()})
        return rows

    def _changes(self) -> Iterator[dict[str, Any]]:
        here = self.results[self.step.scenario]
        first, last = self.effects.years
        axis = here.coordinates["year"].values
        chosen = (axis >= first) & (axis <= last)
        serving = self._serving(axis)
        for pollutant in _pollutants_by_source(here, self.effects):
            inventory, before, after = (
                by_source(self.results[name], pollutant)
                for name in (self.foot, self.step.base, self.step.scenario)
            )
            for row, source in enumerate(self.where):
                emitted = [
                    values[:, row, chosen].mean(axis=1) for values in (inventory, before, after)
                ]
                if np.abs(emitted[1] - emitted[2]).max() <= ROUNDING * max(map(np.max, emitted)):
                    continue
                shares = _shares(emitted[1], emitted[2], before[:, row], after[:, row], serving)
                yield {
                    "poll": pollutant,
                    **self.where[source],
                    **_emissions(*emitted),
                    **shares,
                    "unit": f"{here.variable(pollutant).unit}/year",
                    **self._about(),
                }

    def _serving(self, years: Array) -> Array:
        """Tell in which replications and years the works are done before the year begins."""
        here = self.results[self.step.scenario]
        known = here.coordinates["measure"].values.tolist()
        built = here.coordinates["milestone"].values.tolist().index("works")
        dates = here["measure_date"][:, [known.index(one) for one in self.step.measures], built]
        begins = (years.astype(int) - 1970).astype("datetime64[Y]").astype("datetime64[s]")
        return np.asarray((dates[:, :, None] <= begins).all(axis=1))  # NaT is not before anything

    def _about(self) -> dict[str, Any]:
        attributes = self.results[self.step.scenario].attributes
        first, last = self.effects.years
        return {
            "cm_abbrev": self.effect.group,
            "cm_name": self.effect.name,
            "apply_order": self.step.number,
            "cost_unit": "CNY/year",
            **self._recovery(),
            "discount_rate": attributes["discount_rate"],
            "cost_year": attributes["price_year"],
            "first_year": first,
            "last_year": last,
        }

    def _recovery(self) -> dict[str, float]:
        axis = self.results[self.step.scenario].coordinates["measure"]
        rows = [axis.values.tolist().index(measure) for measure in self.step.measures]
        lives = {float(axis.companions["lifetime"][row]) for row in rows}
        capital = self.effect.capital.mean()
        return {
            "equipment_life": lives.pop() if len(lives) == 1 else math.nan,
            "cap_rec_factor": self.effect.annuity.mean() / capital if capital > 0 else math.nan,
        }

    def _money(self, share: float, reduction: float) -> dict[str, float]:
        if share == 0:
            return {}
        annuity, operating = self.effect.annuity.mean(), self.effect.operating.mean()
        cost = share * (annuity + operating)
        values = (
            share * self.effect.capital.mean(),
            share * annuity,
            share * operating,
            cost,
            cost / reduction if reduction > 0 else math.nan,
        )
        return dict(zip(MONEY, map(float, values), strict=True))


def _pollutants_by_source(here: ScenarioResults, effects: Effects) -> list[str]:
    """Pollutants that a table has rows of: those that cost is charged to first."""
    suffix = "_by_source"
    kept = [
        name.removesuffix(suffix)
        for name in here
        if name.endswith(suffix) and name.removesuffix(suffix) in here
    ]
    return list(dict.fromkeys([*effects.amount.weights, *kept]))


def _emissions(inventory: Array, before: Array, after: Array) -> dict[str, float]:
    low, high = np.quantile(before - after, (0.1, 0.9))
    return {
        "inv_emissions": float(inventory.mean()),
        "input_emis": float(before.mean()),
        "final_emissions": float(after.mean()),
        "eff_emis_reduction": float((before - after).mean()),
        "eff_emis_reduction_p10": float(low),
        "eff_emis_reduction_p90": float(high),
    }


def _shares(
    before: Array, after: Array, every_before: Array, every_after: Array, serving: Array
) -> dict[str, float]:
    """Reductions as shares of what comes in [%]."""
    realised = _percent(before.sum() - after.sum(), before.sum())
    able = _percent((every_before - every_after)[serving].sum(), every_before[serving].sum())
    return {
        "percent_reduction": realised,
        "control_eff": able,
        "rule_eff": _percent(realised, able) if able > 0 else math.nan,
        "rule_pen": ALL,
    }


def _percent(part: float, whole: float) -> float:
    return float(ALL * part / whole) if whole > 0 else math.nan

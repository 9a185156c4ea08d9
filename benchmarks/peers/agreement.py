"""Do Lantian and the same plan in SimPy say the same? Samples of both, and tests between them.

Both are given the same draws of the parameters, so that only chance differs. Then a difference of
the two in one replication is symmetric around 0 if they are the same model, whatever its
distribution, and the sign-flip test of its mean is exact (R. A. Fisher, The Design of
Experiments, 1935, section 21). Distributions are compared by Kolmogorov and Smirnov's test with
other replications of Lantian, which are independent. Holm's step-down rule (1979) keeps the level
over all comparisons.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from full_plan_simpy.alerts import LEVELS
from full_plan_simpy.project import MILESTONES
from full_plan_simpy.quantities import ParameterDraw, Parameters, unit
from full_plan_simpy.world import Outcome, Plan
from scipy import stats

import lantian

LEVEL = 0.01  # of the whole family
ROUNDING = 1e-9
FLIPS = 400_000
UNDER_ALERT = ("NOx", "PM25", "CO2")
ORDERS = ("in_force", "without_exemptions", "none")
Array = np.ndarray
Sample = dict[str, Array]  # one number a replication, by name


@dataclass
class Comparison:
    """One test: what is compared, by which test, and how unlikely it is by chance."""

    name: str
    test: str
    lantian: float
    simpy: float
    p: float
    noise: float = 0.0  # standard deviation of a paired difference


# ---------------------------------------------------------------- the two samples
def parameters_of(results: Any, plan: Plan) -> list[Parameters]:
    """Draws of the parameters in a result file, in base units, without what is derived."""
    axis = results.coordinates["parameter"]
    sizes = np.array([unit(text) if text else 1.0 for text in axis.companions["unit"]])
    drawn = [i for i, id in enumerate(axis.values) if id in plan.parameters.drawn]
    values = results["parameter_value"] * sizes
    ids = [str(axis.values[i]) for i in drawn]
    return [dict(zip(ids, row[drawn].tolist(), strict=True)) for row in values]


def derived_differences(results: Any, plan: Plan) -> list[str]:
    """Parameters that Lantian and we work out differently from the same draws."""
    axis = results.coordinates["parameter"]
    sizes = np.array([unit(text) if text else 1.0 for text in axis.companions["unit"]])
    rows = plan.scenario["parameters"]
    mine = ParameterDraw(rows, parameters_of(results, plan)[0])
    theirs = zip(axis.values, results["parameter_value"][0] * sizes, strict=True)
    return [id for id, x in theirs if id in rows and abs(mine[id] - x) > 1e-12 * abs(x)]


def sample_of_lantian(results: Any, plan: Plan) -> Sample:
    """What a result file says, in base units."""
    axes = {id: axis.values for id, axis in results.coordinates.items()}
    years = range(plan.horizon.years)
    sample: Sample = {}
    for p in plan.pollutants:
        yearly = results[p].reshape(results.replications, 4, -1, 12).sum(axis=3) * size_of(p)
        for (a, account), y in itertools.product(enumerate(axes["account"]), years):
            sample[f"{p} {account} {axes['year'][y]}"] = yearly[:, a, y]
    done = results["activity_by_source"].sum(axis=2)
    for s, id in enumerate(axes["source"]):
        size = unit(plan.scenario["sources"][id]["activity_unit"].replace("/year", ""))
        sample[f"activity {id}"] = done[:, s] * size
    for p in UNDER_ALERT:
        alert = results[f"{p}_by_alert"].sum(axis=(1, 4)) * size_of(p)
        for (o, orders), (a, level) in itertools.product(enumerate(ORDERS), enumerate(LEVELS)):
            sample[f"{p} under {level}, orders {orders}"] = alert[:, o, a]
    for key, name in (("number", "began"), ("found", "found"), ("prevented", "prevented")):
        counts = results[f"arrivals_{key}"].sum(axis=2)
        sample |= {f"{id} {name}": counts[:, r] for r, id in enumerate(axes["arrivals"])}
    sample["carbon changes"] = results["carbon_changes_by_control"].sum(axis=(1, 2))
    shares = np.nan_to_num(results["exceedance"]).sum(axis=2)
    add_by_plant(sample, plan, {id: shares[:, o] for o, id in enumerate(axes["outlet"])})
    since = results["measure_date"] - np.datetime64(plan.horizon.start, "s")
    dates = np.nan_to_num(since / np.timedelta64(1, "s"), nan=plan.horizon.end)
    for (m, id), (k, milestone) in itertools.product(
        enumerate(axes["measure"]), enumerate(MILESTONES)
    ):
        sample[f"date {id} {milestone}"] = dates[:, m, k]
    return sample


def add_by_plant(sample: Sample, plan: Plan, shares: dict[str, Array]) -> None:
    """Add the months above limits of the outlets of each plant."""
    for id, share in shares.items():
        plant = plan.scenario["sources"][id.rsplit(".", 1)[0]]["plant"]
        key = f"months above limits, {plant}"
        sample[key] = sample.get(key, 0) + share


def sample_of_simpy(outcomes: list[Outcome], plan: Plan) -> Sample:
    """The same of the SimPy program."""
    sample: Sample = {}
    years = [plan.horizon.start.year + y for y in range(plan.horizon.years)]
    emitted = np.stack([each.emitted.sum(axis=0) for each in outcomes])
    yearly = emitted.reshape(len(outcomes), len(years), 12, 2, -1).sum(axis=2)
    for i, p in enumerate(plan.pollutants):
        for y, year in enumerate(years):
            for a, account in enumerate(("stack", "fugitive")):
                sample[f"{p} {account} {year}"] = yearly[:, y, a, i]
            for a, account in enumerate(("indirect", "avoided")):
                values = [each.charged[a, i, y] for each in outcomes]
                sample[f"{p} {account} {year}"] = np.array(values)
    for s, id in enumerate(plan.scenario["sources"]):
        sample[f"activity {id}"] = np.array([each.activity[s].sum() for each in outcomes])
    half = len(plan.pollutants)
    for p, orders, (a, level) in itertools.product(UNDER_ALERT, ORDERS, enumerate(LEVELS)):
        i = plan.pollutants.index(p)
        books = np.stack([each.alert[orders][a].sum(axis=0) for each in outcomes])
        sample[f"{p} under {level}, orders {orders}"] = books[:, i] + books[:, half + i]
    for id, name in itertools.product(plan.scenario["arrivals"], ("began", "found", "prevented")):
        sample[f"{id} {name}"] = np.array([each.counts[f"{id} {name}"] for each in outcomes], float)
    sample["carbon changes"] = np.array([o.counts["carbon changes"] for o in outcomes], float)
    shares = {
        id: np.array([np.nansum(each.exceedance[id]) for each in outcomes])
        for id in outcomes[0].exceedance
    }
    add_by_plant(sample, plan, shares)
    for id, milestone in itertools.product(plan.scenario["measures"], MILESTONES):
        dates = [each.dates[id].get(milestone, plan.horizon.end) for each in outcomes]
        sample[f"date {id} {milestone}"] = np.array(dates)
    return sample


def size_of(pollutant: str) -> float:
    """Base units in the unit of a result file."""
    return {"water": 1.0, "fresh_water": 1.0, "electricity": 3.6e9}.get(pollutant, 1e3)


# ---------------------------------------------------------------- the tests
def compare(ours: Sample, theirs: Sample) -> list[Comparison]:
    """Test means against the same draws, dates and totals against the other replications.

    `ours` has more replications than `theirs`; the first have the draws of `theirs`.
    """
    n = len(next(iter(theirs.values())))
    means = [name for name in theirs if not name.startswith("date ")]
    found = compare_means([(k, ours[k][:n], theirs[k]) for k in means])
    apart = {k: (ours[k], theirs[k]) for k in theirs if k.startswith("date ")}
    del apart["date relocate-jiyu begun"]  # before the horizon: what the plan says, no result
    by_year = [k for k in means if k[-4:].isdigit()]
    for total, years in itertools.groupby(sorted(by_year), key=lambda k: k.rsplit(" ", 1)[0]):
        names = list(years)
        apart[f"{total}, all years"] = (sum(ours[k] for k in names), sum(theirs[k] for k in names))
    return found + [compare_distributions(k, a[n:], b) for k, (a, b) in apart.items()]


def compare_means(pairs: list[tuple[str, Array, Array]]) -> list[Comparison]:
    """Sign-flip test of each mean difference; what hardly differs at all is the same."""
    differences = np.stack([theirs - ours for _, ours, theirs in pairs])
    scale = np.array([max(abs(ours).max(), abs(theirs).max()) for _, ours, theirs in pairs])
    differences[abs(differences).max(axis=1) <= ROUNDING * scale] = 0
    observed = abs(differences.sum(axis=1)) * (1 - 1e-12)
    rng = np.random.default_rng(1)
    extreme = np.ones(len(pairs))
    chunk = 10_000
    for _ in range(FLIPS // chunk):
        signs = rng.choice([-1.0, 1.0], size=(differences.shape[1], chunk))
        extreme += (abs(differences @ signs) >= observed[:, None]).sum(axis=1)
    noise = differences.std(axis=1, ddof=1)
    return [
        Comparison(name, "sign flips", ours.mean(), theirs.mean(), p, sd)
        for (name, ours, theirs), p, sd in zip(pairs, extreme / (FLIPS + 1), noise, strict=True)
    ]


def compare_distributions(name: str, ours: Array, theirs: Array) -> Comparison:
    """Kolmogorov and Smirnov's test of two independent samples; times to a second."""
    if name.startswith("date"):
        ours, theirs = np.round(ours), np.round(theirs)
    if ours.max() - ours.min() == 0 and theirs.max() - theirs.min() == 0:
        p = 1.0 if abs(ours[0] - theirs[0]) <= ROUNDING * abs(ours[0]) else 0.0
    else:
        p = float(stats.ks_2samp(ours, theirs, method="asymp").pvalue)
    return Comparison(name, "Kolmogorov-Smirnov", np.median(ours), np.median(theirs), p)


def refused(comparisons: Iterable[Comparison], level: float = LEVEL) -> list[Comparison]:
    """Those that Holm's rule rejects at a level of the family, the most unlikely first."""
    ranked = sorted(comparisons, key=lambda each: each.p)
    rejected = []
    for i, each in enumerate(ranked):
        if each.p > level / (len(ranked) - i):
            break
        rejected.append(each)
    return rejected


def detectable(comparisons: list[Comparison], n: int, power: float = 0.9) -> dict[str, float]:
    """Smallest difference of each mean, as a share of it, that is found with so much power."""
    z = stats.norm.ppf(1 - LEVEL / len(comparisons) / 2) + stats.norm.ppf(power)
    return {
        each.name: z * each.noise / n**0.5 / abs(each.lantian)
        for each in comparisons
        if each.test == "sign flips" and each.lantian and each.noise
    }


# ---------------------------------------------------------------- running both
def sample_lantian(scenario: Any, plan: Plan, replications: int) -> tuple[Sample, Any]:
    """Run Lantian on one thread."""
    results = lantian.run(scenario, replications=replications, threads=1)[scenario.id]
    return sample_of_lantian(results, plan), results


def sample_simpy(plan: Plan, draws: list[Parameters], seed: int = 2) -> Sample:
    """Run the SimPy program, once for each draw of the parameters."""
    return sample_of_simpy([plan.replicate(seed, k, each) for k, each in enumerate(draws)], plan)


def both_samples(scenario: Path, paired: int, more: int) -> tuple[Sample, Sample]:
    """Both samples, with the same draws of the parameters in the first `paired` replications."""
    loaded = lantian.load(scenario)
    plan = Plan(loaded.to_dict())
    ours, results = sample_lantian(loaded, plan, paired + more)
    return ours, sample_simpy(plan, parameters_of(results, plan)[:paired])

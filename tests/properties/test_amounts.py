"""What amounts do when activity is doubled, split or controlled better, or time is cut otherwise.

Each rule names a defect with which it was seen to fail.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from generated import scenarios
from hypothesis import assume, given
from hypothesis import strategies as st
from rules import fewer, note_change, rounding
from scipy.stats import ks_2samp
from transformed import renamed, split_in_two, times_two, without_targets
from worlds import PER_POLLUTANT, Worlds, assert_same, run
from written import Written

import lantian


@given(written=scenarios())
def test_twice_the_activity_emits_twice_as_much(written: Written) -> None:
    """To the last bit, since 2 is a power of two; dates, costs and hours above limits stay.

    It does not hold where something is an amount by itself and not a share of activity: caps,
    reductions from an amount and permits (left out here), beds of carbon, and what a pile holds at
    first and an occurrence emits, which are doubled here as well.

    Seen to fail with: amounts booked in whole grams.
    """
    before = without_targets(written, "cap", "reduction", "permit")
    tree = before.copy()
    for source in tree["sources"].values():
        source["activity"] = times_two(source["activity"])
    for fires in tree.get("arrivals", {}).values():
        fires["amount"] = times_two(fires["amount"])
    for measure in tree.get("measures", {}).values():
        if "initial" in measure:
            measure["initial"] = times_two(measure["initial"])
    other = Written(tree)
    note_change(before, other)
    once, twice = run(before), run(other)
    doubled = [each + suffix for each in tree["pollutants"] for suffix in PER_POLLUTANT]
    for name in [*doubled, "activity_by_source"]:
        once.arrays[name][:] *= 2
    assert_same(once, twice, but=["parameter_value"])


@given(written=scenarios(), data=st.data())
def test_two_halves_of_a_source_emit_what_it_did(written: Written, data: st.DataObject) -> None:
    """Under the same controls, which fail for both: in each world, also where it is uncertain.

    Sums are of other terms, so that they may differ by rounding.

    Seen to fail with: a failed control that stops only the first of its sources.
    """
    possible = {id: split_in_two(written, id) for id in written.tree["sources"]}
    possible = {id: halves for id, halves in possible.items() if halves is not None}
    assume(possible)
    source = data.draw(st.sampled_from(list(possible)))
    halves = possible[source]
    note_change(written, halves)
    before, after = run(written), run(halves)
    for name in [each + "_by_source" for each in written.tree["pollutants"]]:
        parts = [after.of(name, source=f"{source}-{part}") for part in "ab"]
        whole = before.of(name, source=source)
        allowed = rounding(written) * np.abs(whole).max(initial=0)
        np.testing.assert_allclose(parts[0] + parts[1], whole, rtol=0, atol=allowed)
    by_source = [each + "_by_source" for each in written.tree["pollutants"]]
    but = [*by_source, "activity_by_source", "exceedance", "parameter_value"]
    assert_same(before, after, within=rounding(written), but=but)


RELABELLED = ("sources", "controls", "plants", "measures", "arrivals", "districts", "parameters")


def relabelled(written: Written) -> Written:
    """Put x- before the ids of most tables, which keeps their order."""
    ids = {id: f"x-{id}" for table in RELABELLED for id in written.tree.get(table, {})}
    parameters = {f"* @{id}": f"* @x-{id}" for id in written.tree.get("parameters", {})}
    tree = renamed(written.tree, ids)
    return Written(_with_texts(tree, parameters))


def _with_texts(tree: object, texts: dict[str, str]) -> object:
    if isinstance(tree, dict):
        return {key: _with_texts(value, texts) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_with_texts(value, texts) for value in tree]
    for old, new in texts.items():
        if isinstance(tree, str) and tree.endswith(old):
            return tree.removesuffix(old) + new
    return tree


@given(written=scenarios(luck=False))
def test_other_ids_give_the_same_bits_where_nothing_is_uncertain(written: Written) -> None:
    """Ids order ties and sums, so the new ones here have the order of the old.

    Seen to fail with: ids that do not keep the order (a defect of the transformation).
    """
    other = relabelled(written)
    note_change(written, other)
    before, after = run(written, replications=1), run(other, replications=1)
    after.labels.update({axis: before.labels[axis] for axis in before.labels})
    assert_same(before, after)


LEVEL = 1e-9  # of each two-sample test: none is expected to fail in a million examples


@fewer(6)
@given(written=scenarios())
def test_other_ids_give_the_same_distributions(written: Written) -> None:
    """Ids are keys of random numbers: other ids are other worlds of the same scenario.

    400 worlds of each are compared by the test of Kolmogorov and Smirnov at a level of 1e-9, in the
    emission of each pollutant, in costs and in the dates of each measure.

    Seen to fail with: random numbers without the replication in their key.
    """
    other = relabelled(written)
    note_change(written, other)
    one, two = (outcomes_of(run(each, replications=400)) for each in (written, other))
    for (name, sample), resample in zip(one.items(), two.values(), strict=True):
        assert ks_2samp(sample, resample, method="asymp").pvalue > LEVEL, name


def outcomes_of(worlds: Worlds) -> dict[str, np.ndarray]:
    """Give some numbers, each once a replication."""
    names = [
        name for name, axes in worlds.axes.items() if axes == ("replication", "account", "time")
    ]
    names += ["capital_by_measure", "operating_by_measure", "alert_time"]
    found = {name: worlds.arrays[name].sum(axis=(1, 2)) for name in names}
    dates = worlds.dates[:, :, list(worlds.labels["milestone"]).index("works")]
    return found | {f"date {k}": dates[:, k] for k in range(dates.shape[1])}


@given(written=scenarios(), data=st.data())
def test_a_better_control_never_emits_more(written: Written, data: st.DataObject) -> None:
    """In no world and no interval, since both meet the same luck; others stay as they are.

    It holds for factors and efficiencies. Concentrations at outlets with limits also decide whether
    a trial is passed, and so when a measure is done.

    Seen to fail with: an efficiency in the key of random failures.
    """
    tree = written.copy()
    better = [
        (control, pollutant)
        for table in (tree.get("controls", {}),)
        for control in table.values()
        for pollutant in control.get("efficiency", {})
    ]
    assume(better)
    control, pollutant = data.draw(st.sampled_from(better))
    control["efficiency"][pollutant] = 1 - (1 - control["efficiency"][pollutant]) / 2
    other = Written(tree)
    note_change(written, other)
    before, after = run(written), run(other)
    own = [pollutant + suffix for suffix in PER_POLLUTANT]
    for name in own:
        assert (after.arrays[name] <= before.arrays[name] * (1 + 1e-12)).all(), name
    assert_same(before, after, but=[*own, "target_met", "target_margin"])


@given(written=scenarios(), interval=st.sampled_from(["day", "month"]))
def test_finer_intervals_add_up_to_years(written: Written, interval: str) -> None:
    """Nothing is stepped: dates have the same bits, and sums differ by rounding alone.

    Seen to fail with: intervals that have their last second twice.
    """
    runs = [run(with_interval(written, each)) for each in ("year", interval)]
    for worlds in runs:
        for name, axes in worlds.axes.items():
            if axes[-1] == "time":
                worlds.arrays[name] = worlds.arrays[name].sum(axis=-1, keepdims=True)
    margins = ["target_met", "target_margin"]
    assert_same(*runs, within=rounding(written), but=["measure_progress", "measure_date", *margins])
    np.testing.assert_array_equal(runs[0].dates, runs[1].dates)


def with_interval(written: Written, interval: str) -> Written:
    return Written({**written.tree, "output": {"interval": interval}})


@fewer(8)
@given(written=scenarios())
def test_shares_of_measures_add_up_to_what_the_plan_does(written: Written) -> None:
    """Shapley's values, in each world: of the emission, and of the cost.

    Seen to fail with: weights of coalitions that are the same for all sizes.
    """
    assume(1 <= len(written.tree.get("measures", {})) <= 3)
    with TemporaryDirectory() as folder:
        shares = lantian.attribute(
            written.load(), output=Path(folder) / "shares.h5", replications=2, threads=1
        )["plan"]
        for pollutant in written.tree["pollutants"]:
            parts, whole = shares[f"{pollutant}_by_group"], shares[f"{pollutant}_change"]
            largest = np.abs(parts).max(initial=0)
            np.testing.assert_allclose(parts.sum(axis=1), whole, rtol=0, atol=1e-9 * largest)


ONE_FILTER = {
    "lantian": 1,
    "horizon": {"start": datetime.date(2025, 1, 1), "end": datetime.date(2026, 1, 1)},
    "pollutants": {"PM": {"unit": "t"}},
    "zones": {"city": {}},
    "districts": {"east": {"zone": "city"}},
    "sectors": {"steel": {}},
    "controls": {
        "filter": {
            "efficiency": {"PM": 0.9},
            "failures": {
                "time_between": {"exponential": {"mean": "30 d"}},
                "repair": {"exponential": {"mean": "4 d"}},
                "on_failure": "bypass",
            },
        }
    },
    "sources": {
        "kiln": {
            **{"district": "east", "sector": "steel", "activity": "100 kt/year"},
            **{"controls": ["filter"], "emits": {"PM": {"raw": "2 kg/t"}}},
        }
    },
}


# Each half has mean m/2 and variance v/4, and the two are independent: their sum has mean m, v/2.
def test_halves_whose_filters_fail_apart_emit_as_much_on_average_with_half_the_variance() -> None:
    whole, split = Written(ONE_FILTER), split_in_two(Written(ONE_FILTER), "kiln")
    tree = split.copy()
    tree["controls"] = {f"filter-{part}": tree["controls"]["filter"] for part in "ab"}
    for part in "ab":
        tree["sources"][f"kiln-{part}"]["controls"] = [f"filter-{part}"]
    worlds = (run(each, replications=4000) for each in (whole, Written(tree)))
    one, two = (each.arrays["PM"].sum(axis=(1, 2)) for each in worlds)
    error = np.sqrt((one.var() + two.var()) / len(one))
    assert abs(one.mean() - two.mean()) < 5 * error
    # the ratio of the variances of 4000 nearly normal numbers each: 0.5, standard error 0.016
    assert two.var() / one.var() == pytest.approx(0.5, abs=0.08)

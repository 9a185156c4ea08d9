"""What is in a result, said as the command says it: a retrofit, and one that starts later."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import lantian

ONE_RETROFIT = Path(__file__).parents[2] / "scenarios/examples/one-retrofit.toml"
LANTIAN = Path(sys.executable).with_name("lantian")


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    plan = lantian.load(ONE_RETROFIT)
    later = plan.with_({"measures.new-filter.start": "2025-06-01"}, id="later")
    path = tmp_path_factory.mktemp("comparing") / "two.h5"
    return lantian.run([plan, later], output=path, replications=40, chance_draws=4)


def test_differences_are_those_of_the_same_replications(results):
    comparison = results.compare()
    assert (comparison.base, comparison.replications) == ("one-retrofit", 40)
    plan, later = comparison.quantity("PM").amounts
    dust = [results[id]["PM"][:, :2].sum(axis=(1, 2)) for id in results]
    assert plan.mean == pytest.approx(dust[0].mean(), rel=1e-12)
    assert plan.difference is None
    assert later.difference == pytest.approx((dust[1] - dust[0]).mean(), rel=1e-12)
    low, high = later.difference_interval
    assert low < later.difference < high
    assert later.probability_below == 0  # the later filter never emits less


def test_they_are_what_the_command_prints(results):
    printed = json.loads(
        subprocess.run(
            [LANTIAN, "compare", results.path, "--json"], capture_output=True, check=True
        ).stdout
    )
    comparison = lantian.compare(results, base="one-retrofit")
    rows = {quantity["name"]: quantity["scenarios"] for quantity in printed["quantities"]}
    for quantity in comparison.quantities:
        for amount, row in zip(quantity.amounts, rows[quantity.name], strict=True):
            assert amount.mean == row["mean"]
            assert amount.parameter_variance == row["parameter_variance"]


def test_targets_have_a_probability_an_interval_and_a_band(results):
    target = next(t for t in results.compare().targets if t.scenario == "one-retrofit")
    met = results["one-retrofit"]["target_met"][:, 0]
    assert target.probability == met.mean()
    low, high = target.probability_interval
    assert low <= target.probability <= high
    assert target.probability_band is not None
    assert target.margin_unit == "d"


def test_a_wrong_name_is_said_with_the_nearest(results):
    with pytest.raises(lantian.UsageError, match="did you mean 'later'"):
        results.compare("latr")
    with pytest.raises(lantian.UsageError, match="did you mean 'new-filter'"):
        results.why("new-filtr")
    with pytest.raises(KeyError):
        results.compare().quantity("NOx")


def test_why_tells_milestones_and_causes_in_each_scenario(results):
    plan, later = results.why("new-filter")
    assert (plan.scenario, later.scenario) == ("one-retrofit", "later")
    built = plan.milestones[1]
    assert built.name == "works"
    dates = results["one-retrofit"]["measure_date"][:, 0, 1]
    assert built.p50 == np.sort(dates)[19:21].astype(np.int64).mean().astype(
        "datetime64[s]"
    ).astype("datetime64[D]")
    causes = {cause.name: cause.mean_days for cause in plan.causes}
    assert causes["permits"] > 30  # at least a month
    assert causes["alerts"] == 0


def test_events_are_rows_of_the_logs(results):
    table = results.events()
    assert list(table) == ["scenario", "replication", "time", "measure", "event", "detail"]
    assert table["scenario"].unique().tolist() == list(results)
    assert len(table) == sum(len(results[id].event_log) for id in results)
    own = results.events(scenario="later", measure="new-filter")
    assert set(own["measure"]) == {"new-filter"}
    assert own["time"].min() >= np.datetime64("2025-06-01")

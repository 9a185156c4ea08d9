"""Variants in memory: one stack that emits 20 kg a day through 2025, and one retrofit."""

import pickle
from pathlib import Path

import numpy as np
import pytest

import lantian
from lantian.overrides import FORMS

ONE_STACK = Path(__file__).with_name("one_stack.toml")
ONE_RETROFIT = Path(__file__).parents[2] / "scenarios/examples/one-retrofit.toml"


@pytest.fixture
def stack():
    return lantian.load(ONE_STACK)


@pytest.fixture
def retrofit():
    return lantian.load(ONE_RETROFIT)


def mean_of(scenario, tmp_path):
    results = lantian.run(scenario, output=tmp_path / "out.h5", replications=1, overwrite=True)
    return results[scenario.id]["PM"].sum()


def test_an_override_changes_the_result(stack, tmp_path):
    doubled = stack.with_({"sources.stack.activity": "7300 t/year"})
    # 7.3 t a year at 2 kg/t, twice that of the original
    assert mean_of(stack, tmp_path) == pytest.approx(7.3)
    assert mean_of(doubled, tmp_path) == pytest.approx(14.6)


def test_the_original_stays_as_it_is(stack, tmp_path):
    stack.with_({"sources.stack.activity": "7300 t/year"})
    assert mean_of(stack, tmp_path) == pytest.approx(7.3)


def test_a_plain_number_takes_the_unit_that_stands_there(stack, tmp_path):
    assert mean_of(stack.with_({"sources.stack.activity": 7300}), tmp_path) == pytest.approx(14.6)


def test_a_text_in_the_place_of_a_date_is_read_as_one(retrofit):
    later = retrofit.with_({"measures.new-filter.start": "2024-09-01"})
    assert str(later.to_dict()["measures"]["new-filter"]["start"]) == "2024-09-01"
    with pytest.raises(lantian.ScenarioError, match="must be a date"):
        retrofit.with_({"measures.new-filter.start": "next spring"})


def test_variants_of_variants_keep_all_overrides(retrofit):
    twice = retrofit.with_({"resources.crews.capacity": 3}, id="a").with_(
        {"measures.new-filter.start": np.datetime64("2024-09-01").item()}, id="b"
    )
    resolved = twice.to_dict()
    assert resolved["resources"]["crews"]["capacity"] == 3
    assert str(resolved["measures"]["new-filter"]["start"]) == "2024-09-01"
    assert set(twice.files) == {"one-retrofit.toml", "a.toml", "b.toml"}


def test_keywords_are_overrides_too(retrofit):
    assert (
        retrofit.with_(**{"resources.crews.capacity": 2}).to_dict()["resources"]["crews"][
            "capacity"
        ]
        == 2
    )


def test_an_item_of_a_list_is_named_by_its_id_or_number(retrofit):
    by_id = retrofit.with_({"measures.new-filter.stages[works].cost": "50 MCNY"})
    by_number = retrofit.with_({"measures.new-filter.stages[2].cost": "50 MCNY"})
    stages = by_id.to_dict()["measures"]["new-filter"]["stages"]
    assert [stage["id"] for stage in stages] == ["permit", "works", "tie-in"]
    assert stages[1]["cost"] == "50 MCNY"
    assert by_number.to_dict()["measures"] == by_id.to_dict()["measures"]


def test_a_member_of_a_distribution_is_changed_and_the_others_stay(retrofit):
    permit = "measures.new-filter.stages[permit].duration"
    variant = retrofit.with_(
        {
            "parameters.sinter-per-steel.value.triangular.mode": 1.35,
            f"{permit}.pert.high": "12 month",
        }
    )
    tables = variant.to_dict()
    stage = tables["measures"]["new-filter"]["stages"][0]
    assert stage["duration"] == {"pert": {"low": "1 month", "mode": "3 month", "high": "12 month"}}
    parameter = tables["parameters"]["sinter-per-steel"]
    assert parameter["value"] == {"triangular": {"low": 1.1, "mode": 1.35, "high": 1.45}}
    assert parameter["confidence"] == "assumption"
    with pytest.raises(lantian.UsageError, match=r"is named duration\.pert\.mode"):
        retrofit.with_({f"{permit}.mode": "4 month"})
    with pytest.raises(lantian.UsageError, match=r"is named value\.triangular\.mode"):
        retrofit.with_({"parameters.sinter-per-steel.value.mode": 1.2})


def test_the_forms_of_numbers_are_those_of_the_engine(retrofit):
    with pytest.raises(lantian.ScenarioError) as caught:
        retrofit.with_({"parameters.sinter-per-steel.value": {"qqqqqqq": 1}})
    assert set(str(caught.value).rpartition("known are ")[2].split(", ")) == FORMS


def test_a_row_is_removed_by_disabling_it(retrofit):
    bare = retrofit.with_(
        {"targets.by-end-2025.enabled": False, "measures.new-filter.enabled": False}
    )
    assert bare.tables["measures"] == ()
    assert bare.tables["targets"] == ()


def test_a_name_says_what_differs(retrofit):
    variant = retrofit.with_({"resources.crews.capacity": 3})
    assert variant.id == "one-retrofit-variant"
    assert variant.name == "One retrofit: resources.crews.capacity = 3"
    assert variant.name_zh == "一项改造:resources.crews.capacity = 3"
    assert retrofit.with_({"name": "More crews"}, id="more").name == "More crews"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("resources.crew.capacity", "no 'crew' in the table 'resources'; did you mean 'crews'?"),
        ("resorces.crews.capacity", "no table 'resorces'; did you mean 'resources'?"),
        (
            "measures.new-filter.stages[work].cost",
            "no item 'work'; did you mean 'works'?; it has 3",
        ),
        ("measures.new-filter.stages[4].cost", "no item '4'; it has 3"),
        ("measures.new-filter.start[1]", "'start' is no list here"),
        ("measures.new-filter.start.day", "'start' is no table and has no keys"),
        ("arrivals.fires.rate", "no 'fires' in the table 'arrivals'; it has no rows"),
        ("caveats.no-total.text", "no 'no-total' in the table 'caveats'; it has no rows"),
        ("measures", "no id named in the table 'measures'"),
        ("measures..start", "is no path; one reads table.id.key"),
        ("", "is no path; one reads table.id.key"),
    ],
)
def test_a_wrong_path_names_the_nearest_right_one(retrofit, path, message):
    with pytest.raises(lantian.UsageError) as caught:
        retrofit.with_({path: 1})
    assert message in str(caught.value)


def test_a_wrong_key_is_the_engines_error_with_file_line_and_key(retrofit):
    with pytest.raises(lantian.ScenarioError, match="did you mean 'capacity'") as caught:
        retrofit.with_({"resources.crews.capcity": 3})
    (mistake,) = caught.value.mistakes
    assert mistake.key == "resources.crews.capcity"
    assert Path(mistake.file).name == "one-retrofit-variant.toml"
    assert mistake.line == 5  # after the version, the file it extends, and two names


def test_all_wrong_paths_come_out_at_once(retrofit):
    with pytest.raises(lantian.UsageError) as caught:
        retrofit.with_({"resources.crew.capacity": 1, "sources.sintr.activity": 1})
    assert len(str(caught.value).splitlines()) == 2


def test_overrides_that_contradict_each_other_are_refused(retrofit):
    with pytest.raises(lantian.UsageError, match="contradicts the override of"):
        retrofit.with_({"measures.new-filter.stages": [], "measures.new-filter.stages[1].cost": 1})


@pytest.mark.parametrize("value", [None, object(), float("nan"), {1, 2}])
def test_what_toml_cannot_hold_is_refused(retrofit, value):
    with pytest.raises(lantian.UsageError):
        retrofit.with_({"resources.crews.capacity": value})


def test_text_goes_through_unharmed(retrofit):
    hostile = 'a "quoted" \\ back\nnew\tline 蓝天 \x07'
    assert retrofit.with_({"name": hostile}).name == hostile


def test_the_resolved_scenario_loads_by_itself(retrofit, tmp_path):
    path = tmp_path / "resolved.toml"
    path.write_text(retrofit.with_({"resources.crews.capacity": 3}).to_toml(), "utf-8")
    assert lantian.load(path).to_dict()["resources"]["crews"]["capacity"] == 3


def test_a_scenario_travels_between_processes(retrofit):
    variant = retrofit.with_({"resources.crews.capacity": 3})
    again = pickle.loads(pickle.dumps(variant))
    assert again.id == variant.id
    assert again.files == variant.files


def test_what_comes_to_stand_on_the_disk_later_does_not_matter(tmp_path):
    path = tmp_path / "stack.toml"
    path.write_bytes(ONE_STACK.read_bytes())
    scenario = lantian.load(path)
    path.write_text("broken")
    assert scenario.with_({"sources.stack.activity": 7300}).id == "stack-variant"


def test_results_give_their_scenarios_back(retrofit, tmp_path):
    variant = retrofit.with_({"resources.crews.capacity": 3})
    first = lantian.run([retrofit, variant], output=tmp_path / "1.h5", replications=5)
    again = [first.scenario(id) for id in first]
    second = lantian.run(again, output=tmp_path / "2.h5", replications=5)
    for id in first:
        assert first[id]["PM"].tobytes() == second[id]["PM"].tobytes()
    with pytest.raises(KeyError):
        first.scenario("other")


def test_scenarios_from_two_folders_are_told_apart_in_the_inputs(tmp_path):
    for folder, activity in (("a", "3650"), ("b", "7300")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "base.toml").write_text(
            ONE_STACK.read_text("utf-8").replace("3650", activity), "utf-8"
        )
        (tmp_path / folder / f"plan-{folder}.toml").write_text(
            'lantian = 1\nextends = "base.toml"\n', "utf-8"
        )
    results = lantian.run(
        [tmp_path / "a/plan-a.toml", tmp_path / "b/plan-b.toml"],
        output=tmp_path / "out.h5",
        replications=1,
    )
    assert mean_of(results.scenario("plan-b"), tmp_path) == pytest.approx(14.6)


def test_two_scenarios_of_one_id_are_refused(retrofit, tmp_path):
    variants = [retrofit.with_({"resources.crews.capacity": n}) for n in (1, 2)]
    with pytest.raises(lantian.UsageError, match="two scenarios have the id"):
        lantian.run(variants, output=tmp_path / "out.h5")
    assert list(tmp_path.iterdir()) == []


def test_overrides_leave_the_tables_of_the_original_alone(retrofit):
    before = retrofit.to_dict()
    retrofit.with_({"measures.new-filter.stages[1].cost": "1 MCNY", "sources.sinter.process": "x"})
    assert retrofit.to_dict() == before
    assert retrofit.variant_text({"resources.crews.capacity": 2}).count("\n") == 5

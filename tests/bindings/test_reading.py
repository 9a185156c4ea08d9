"""What a scenario may read, and how much: limits and the root, here and in the command."""

import concurrent.futures
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import lantian

COMMAND = Path(sys.executable).with_name("lantian")
PLAN = """
lantian = 1
horizon = { start = 2024-01-01, end = 2026-01-01 }
pollutants.PM.unit = "t"
zones.city = {}
districts.east.zone = "city"
sectors.steel = {}
tables.sources = "sources.csv"
"""
SOURCES = "id,district,sector,activity,emits.PM.raw\na,east,steel,1 Mt/year,1 kg/t\n"
SOURCES += "b,east,steel,1 Mt/year,1 kg/t\n"
FEW = {"replications": 2, "threads": 1}


@pytest.fixture
def project(tmp_path):
    """A plan with two sources in a table, and a variant of it in a folder below."""
    (tmp_path / "variants").mkdir()
    (tmp_path / "plan.toml").write_text(PLAN)
    (tmp_path / "sources.csv").write_text(SOURCES)
    (tmp_path / "variants/plan.toml").write_text('extends = "../plan.toml"\nname = "Variant"\n')
    return tmp_path


def command(*words, cwd):
    return subprocess.run([COMMAND, *words], cwd=cwd, capture_output=True, text=True)


# ---------------------------------------------------------------- limits
def test_a_limit_of_rows_is_told_and_can_be_raised(project):
    with pytest.raises(lantian.ScenarioError, match=r"3:1: the table has more than 1 rows"):
        lantian.load(project / "plan.toml", limits={"rows": 1})
    plan = lantian.load(project / "plan.toml", limits={"rows": 2, "events": 1e10})
    assert plan.limits == {"rows": 2, "events": 1e10}
    assert lantian.check(project / "plan.toml", limits={"rows": 1})
    with pytest.raises(lantian.ScenarioError, match="more than 1 rows"):
        lantian.run(project / "plan.toml", limits={"rows": 1}, **FEW)


def test_a_limit_that_is_not_known_is_refused_with_what_was_meant(project):
    with pytest.raises(lantian.UsageError, match="no limit 'row'; did you mean 'rows'"):
        lantian.load(project / "plan.toml", limits={"row": 1})


def test_a_raised_limit_goes_along_wherever_the_scenario_is_read_again(project):
    standard = 2_000_000  # what the table stays below, so that only the limit is looked at
    plan = lantian.load(project / "plan.toml", limits={"columns": 10, "rows": standard + 1})
    again = pickle.loads(pickle.dumps(plan))
    assert again.limits == plan.limits
    assert plan.with_({"name": "other"}).limits == plan.limits
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        lantian.run(plan, executor=pool, **FEW)


def test_a_limit_of_a_run_may_be_told_when_the_scenario_is_read(project):
    plan = lantian.load(project / "plan.toml", limits={"output": 8})
    with pytest.raises(lantian.UsageError, match="the limit 'output' is 8 bytes"):
        lantian.run(plan, **FEW)
    lantian.run(plan, limits={"output": 1e9}, **FEW)


def test_the_command_knows_the_limits_in_every_verb_that_reads(project):
    for verb in (["check"], ["show"], ["run", "-o", "out.h5"], ["attribute", "-o", "out.h5"]):
        done = command(*verb, "plan.toml", "--limit", "rows=1", cwd=project)
        assert (done.returncode, done.stdout) == (2, ""), verb
        assert done.stderr.startswith("sources.csv:3:1: the table has more than 1 rows"), verb
        done = command(*verb, "plan.toml", "--limit", "rws=1", cwd=project)
        assert done.returncode == 2
        assert "there is no limit 'rws'; did you mean 'rows'?" in done.stderr, verb
    for verb in ("value", "sensitivity"):
        done = command(verb, "plan.toml", "--limit", "rows=1", cwd=project)
        assert (done.returncode, done.stdout) == (2, ""), verb
        assert done.stderr.startswith("sources.csv:3:1: the table has more than 1 rows"), verb


# ---------------------------------------------------------------- the root
def test_a_file_above_the_folder_is_refused_unless_the_root_holds_it(project):
    variant = project / "variants/plan.toml"
    with pytest.raises(lantian.ScenarioError, match=r"outside of the scenario's folder.*--root"):
        lantian.load(variant)
    loaded = lantian.load(variant, root=project)
    assert loaded.top == "variants/plan.toml"
    assert sorted(loaded.files) == ["plan.toml", "sources.csv", "variants/plan.toml"]
    assert not lantian.check(variant, root=project)
    with pytest.raises(lantian.UsageError, match="does not hold the scenario's folder"):
        lantian.load(project / "plan.toml", root=project / "variants")


def test_a_variant_in_a_project_is_run_and_read_again_from_its_result(project):
    (project / "lantian.schema.json").write_text("{}")
    variant = lantian.load(project / "variants/plan.toml")
    results = lantian.run([variant.with_({"name": "more"}, id="more"), variant], **FEW)
    for id, name in (("plan", "Variant"), ("more", "more")):
        assert results[id].attributes["scenario_file"] == f"variants/{id}.toml"
        assert results[id].scenario().name == name
    again = pickle.loads(pickle.dumps(variant))
    assert (again.top, again.name) == (variant.top, "Variant")


def test_the_command_takes_the_root_in_every_verb_that_reads(project):
    for verb in (["check"], ["show"], ["run", "-o", "out.h5", "--quiet"]):
        done = command(*verb, "variants/plan.toml", cwd=project)
        assert done.returncode == 2
        assert "(--root ., in Python root=)" in done.stderr, verb
        done = command(*verb, "variants/plan.toml", "--root", ".", cwd=project)
        assert (done.returncode, done.stderr) == (0, ""), verb
    first = command(
        "run", "variants/plan.toml", "-o", "1", "--shard", "1/1", "--root=.", cwd=project
    )
    assert first.returncode == 0
    assert command("merge", "1", "-o", "merged.h5", cwd=project).returncode == 0
    merged = lantian.open(project / "merged.h5")
    assert merged["plan"].scenario().name == "Variant"

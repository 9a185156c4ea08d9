"""The template of `lantian new` runs, says what is made up, and asks a fair question."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import lantian

COMMAND = Path(sys.executable).with_name("lantian")
TEMPLATE = Path(__file__).parents[2] / "scenarios" / "template"
FILES = [TEMPLATE / "baseline.toml", TEMPLATE / "plan.toml"]
MADE_UP = {"source": "made up for the example", "confidence": "assumption"}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> lantian.Results:
    output = tmp_path_factory.mktemp("template") / "out.h5"
    return lantian.run(FILES, output=output, replications=200)


def tables_with_numbers(table: dict[str, object], key: str = "") -> Iterator[tuple[str, dict]]:
    """Tables by id, and stages, that state what a plant, crew or measure is like."""
    for name, value in table.items():
        for row in value if isinstance(value, list) else [value]:
            if not isinstance(row, dict):
                continue
            path = f"{key}.{name}".lstrip(".")
            if name == "stages" or key in {"parameters", "plants", "resources", "measures"}:
                yield path, row
            yield from tables_with_numbers(row, path)


def test_every_file_is_good() -> None:
    assert set(TEMPLATE.glob("*.toml")) == set(FILES)
    assert lantian.check(FILES) == ()


def test_it_shows_two_plants_a_relocation_a_retrofit_and_a_deadline() -> None:
    plan = lantian.load(FILES[1]).to_dict()
    running = [plant for plant in plan["plants"].values() if not plant.get("idle", False)]
    assert len(running) == 2
    assert [m["kind"] for m in plan["measures"].values()] == ["relocation", "retrofit"]
    assert [target["kind"] for target in plan["targets"].values()] == ["deadline"]


def test_every_number_says_that_it_is_made_up() -> None:
    plan = lantian.load(FILES[1]).to_dict()
    rows = dict(tables_with_numbers(plan)) | {
        f"sources.{name}": source for name, source in plan["sources"].items()
    }
    assert len(rows) >= 12
    for key, row in rows.items():
        assert {name: row.get(name) for name in MADE_UP} == MADE_UP, key


def test_whether_the_deadline_is_met_is_an_open_question(results: lantian.Results) -> None:
    met = (results["plan"]["target_met"] == 1).mean()
    assert 0.3 < met < 0.9


def test_the_measures_reduce_and_wait_for_permits_crews_and_winter(
    results: lantian.Results,
) -> None:
    dust = {name: results[name]["PM"].sum(axis=(1, 2)) for name in ("baseline", "plan")}
    assert (dust["plan"] < dust["baseline"]).all()
    why = subprocess.run(
        [COMMAND, "why", results.path, "move-foundry"], capture_output=True, text=True, check=True
    )
    for cause in ("permits", "crews", "season", "work"):
        found = re.search(rf"^ +{cause} +([0-9.]+)", why.stdout, re.MULTILINE)
        assert found is not None
        assert float(found[1]) > 10, cause  # days in the mean

"""The table of named mutants fits the source, so that scripts/mutants can put them into it."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def load_script(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


MUTANTS = load_script("mutants").read_table()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_has_one_place_in_the_source(mutant):
    before = (ROOT / mutant.file).read_text("utf-8")
    assert mutant.applied(ROOT) != before
    assert mutant.defect


def test_the_oracle_of_each_mutant_is_there():
    folder = ROOT / "tests/oracles"
    names = {
        f"{suite}.{test}"
        for path in folder.glob("*_test.cpp")
        for suite, test in re.findall(r"^TEST\((\w+),\s*(\w+)\)", path.read_text("utf-8"), re.M)
    } | {
        f"tests/oracles/{path.name}::{test}"
        for path in folder.glob("test_*.py")
        for test in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)
    }
    assert {mutant.oracle for mutant in MUTANTS} <= names


def test_at_least_twelve_oracles_kill_a_mutant():
    assert len({mutant.oracle for mutant in MUTANTS}) >= 12


def test_every_oracle_is_described():
    page = (ROOT / "docs/oracles.md").read_text("utf-8")
    for mutant in MUTANTS:
        assert f"`{mutant.name}`" in page
        assert f"`{mutant.oracle.rpartition('::')[2]}`" in page

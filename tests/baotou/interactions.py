"""Runs small variants of the shipped scenarios and hands out their results as arrays.

A variant is the text of a scenario that extends a shipped one. All variants of a call run in the
same paired worlds, so that few replications tell the sign of a difference. Result files are read
with h5py, dataset by dataset: a whole one takes longer to open than to make.
"""

import os
import shutil
import subprocess
import sys
import tomllib

import h5py
import numpy
from baotou_inventory import FOLDER

COMMAND = os.environ.get("LANTIAN") or str(
    shutil.which("lantian", path=os.path.dirname(sys.executable))
)
KEPT = {"measures", "targets"}


def tables_of(name, seen=None):
    """Measures and targets of a shipped scenario and of all that it extends."""
    seen = {key: {} for key in KEPT} if seen is None else seen
    scenario = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    above = scenario.get("extends", [])
    for file in [above] if isinstance(above, str) else above:
        tables_of(file.removesuffix(".toml"), seen)
    for key in KEPT:
        for id, row in scenario.get(key, {}).items():
            seen[key].setdefault(id, {}).update(row)
    return seen


def only(name, *measures):
    """The head of a variant of `name` in which these measures are left, and no targets."""
    lines = [
        "lantian = 1",
        f'extends = "{name}.toml"',
        "[output]",
        'dimensions = ["total", "source"]',
    ]
    tables = tables_of(name)
    gone = [("measures", id) for id in tables["measures"] if id not in measures]
    gone += [("targets", id) for id in tables["targets"]]
    assert set(measures) <= set(tables["measures"])
    for key, id in gone:
        lines += [f"[{key}.{id}]", "enabled = false"]
    return "\n".join(lines) + "\n"


class Result:
    """A scenario of a result file: arrays by name, and what the places along an axis are."""

    def __init__(self, group):
        self.group = group

    def __getitem__(self, name):
        return self.group[name][()]

    def labels(self, axis):
        return list(self.group[axis].asstr()[()])

    def places(self, axis, wanted):
        labels = self.labels(axis)
        return [labels.index(each) for each in wanted]


def run(folder, replications, **variants):
    """The variants' results by name."""
    here = folder / "baotou"
    shutil.copytree(FOLDER, here)
    for name, text in variants.items():
        (here / f"variant-{name}.toml").write_text(text, encoding="utf-8")
    files = [str(here / f"variant-{name}.toml") for name in variants]
    out = folder / "result.h5"
    words = [COMMAND, "run", *files, "-o", str(out), "--replications", str(replications), "--quiet"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    file = h5py.File(out)
    return {name: Result(file[f"variant-{name}"]) for name in variants}


def total(result, pollutant, *sources):
    """Mean emission over the replications, of all years, of all sources or of these."""
    emitted = result[f"{pollutant}_by_source"]
    places = result.places("source", sources) if sources else slice(None)
    return emitted[:, places, :].sum(axis=(1, 2)).mean()


def months(result):
    """The months of the output, as "2025-12"."""
    begins = numpy.datetime64("2024-01")
    return [str(begins + k) for k in range(result.group["time"].shape[0])]


def monthly(result, pollutant):
    """Mean direct emission of each month, by "2025-12"."""
    direct = result[pollutant][:, result.places("account", ["stack", "fugitive"]), :]
    return dict(zip(months(result), direct.sum(axis=1).mean(axis=0).tolist(), strict=True))


def progress(result, measure):
    """Share of a measure that is done at the end of each month, one row a replication."""
    return result["measure_progress"][:, result.places("measure", [measure])[0], :]


def works(result, measure):
    """The day on which a measure is built, in each replication [d from the file's epoch]."""
    (place,) = result.places("measure", [measure])
    (milestone,) = result.places("milestone", ["works"])
    return result["measure_date"][:, place, milestone]

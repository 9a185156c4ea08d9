"""Runs small variants of the shipped scenarios and hands out their results as arrays.

A variant is the text of a scenario that extends a shipped one. All variants of a call run in the
same paired worlds, so that few replications tell the sign of a difference.
"""

import os
import shutil
import subprocess
import sys
import tomllib

import xarray
from baotou_inventory import FOLDER

COMMAND = os.environ.get("LANTIAN") or str(
    shutil.which("lantian", path=os.path.dirname(sys.executable))
)
KEPT = {"measures", "targets"}
STATISTICS = ("_mean", "_se", "_quantile")


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


def run(folder, replications, **variants):
    """The variants' results by name: datasets of the result file's groups."""
    here = folder / "baotou"
    shutil.copytree(FOLDER, here)
    for name, text in variants.items():
        (here / f"variant-{name}.toml").write_text(text, encoding="utf-8")
    files = [str(here / f"variant-{name}.toml") for name in variants]
    out = folder / "result.h5"
    words = [COMMAND, "run", *files, "-o", str(out), "--replications", str(replications), "--quiet"]
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    results = {}
    for name in variants:
        with xarray.open_dataset(out, group=f"variant-{name}", engine="h5netcdf") as data:
            results[name] = data[[name for name in data if not name.endswith(STATISTICS)]].load()
    return results


def total(data, pollutant, *sources, years=None):
    """Mean emission over the replications, of all sources or of these, of all years or of these."""
    emitted = data[f"{pollutant}_by_source"]
    emitted = emitted.sel(source=list(sources)) if sources else emitted
    emitted = emitted.sel(year=list(years)) if years else emitted
    return emitted.sum(["source", "year"]).mean().item()


def monthly(data, pollutant):
    """Mean direct emission of each month, by "2025-12"."""
    direct = data[pollutant].sel(account=["stack", "fugitive"]).sum("account").mean("replication")
    months = [str(month)[:7] for month in direct.time.values]
    return dict(zip(months, direct.values.tolist(), strict=True))


def works(data, measure):
    """The day on which a measure is built, in each replication."""
    return data["measure_date"].sel(measure=measure, milestone="works")

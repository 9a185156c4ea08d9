"""A folder of definitions against which nomenclature checks the IAMC export of some results."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from lantian.errors import OutputError
from lantian.exports.iamc_names import SPECIES
from lantian.exports.iamc_series import Places, YearlySeries, cost_unit, species_of

if TYPE_CHECKING:
    from lantian.results import Results

_COSTS = {
    "Cost|Capital": "Capital of the measures, when it is spent",
    "Cost|Operating": "Operating cost of the measures",
}
_FLOWS = {
    "Flow": "Direct flow of {}",
    "Indirect Flow": "Flow of {} elsewhere, for the power and heat that are used",
    "Avoided Flow": "Flow of {} that recovery avoids, counted positive",
    "Stack Flow": "Part of the direct flow of {} that is booked as captured",
    "Fugitive Flow": "Part of the direct flow of {} that is booked as fugitive",
}
# Characters that nomenclature refuses in descriptions.
_NOT_IN_CODES = str.maketrans({":": ",", ";": ",", '"': "'"})


def codelists() -> Path:
    """Folder of the code lists that come with Lantian: `variable/*.yaml` for nomenclature."""
    return Path(str(resources.files("lantian.exports") / "codelists"))


def write_iamc_definitions(
    results: Results,
    folder: str | os.PathLike[str],
    *,
    region: str,
    by: Places | None = None,
    overwrite: bool = False,
) -> Path:
    """Write the code lists against which nomenclature checks `to_iamc` of these results.

    They are those that come with Lantian, and what depends on the results: regions, targets,
    the year of the prices, and flows that are no emissions to air.

    Parameters
    ----------
    folder
        The folder to write, for `nomenclature.DataStructureDefinition(folder)`.
    region, by
        As for `to_iamc`.
    overwrite
        Whether to write into a folder that exists.

    Raises
    ------
    OutputError
        If the folder exists and is not to be overwritten.
    """
    target = Path(folder)
    if target.exists() and not overwrite:
        raise OutputError(
            f"{target} exists; overwrite=True replaces its code lists",
            path=str(target),
            errno=errno.EEXIST,
        )
    shutil.copytree(codelists(), target, dirs_exist_ok=True)
    header = f"# Written by Lantian for {results.path.name}.\n"
    (target / "variable" / "results.yaml").write_text(header + "".join(_variables(results)))
    (target / "region").mkdir(exist_ok=True)
    regions = _regions(results, region, by)
    (target / "region" / "results.yaml").write_text(
        header + "- Lantian:\n" + "".join(f"    - {_quoted(name)}\n" for name in regions)
    )
    return target


def _variables(results: Results) -> Iterable[str]:
    units = sorted({cost_unit(scenario) for scenario in results.values()})
    for name, description in _COSTS.items():
        yield _code(name, description, units[0] if len(units) == 1 else units)
    flows: dict[str, str] = {}
    targets: dict[str, str] = {}
    for scenario in results.values():
        for pollutant in YearlySeries(scenario, "", None).pollutants():
            if pollutant not in SPECIES:
                flows[pollutant] = species_of(scenario, pollutant).unit
        axis = scenario.coordinates["target"]
        targets |= zip(axis.values, axis.companions.get("name", axis.values), strict=True)
    for pollutant, unit in flows.items():
        for root, description in _FLOWS.items():
            yield _code(f"{root}|{pollutant}", description.format(pollutant), unit)
        yield _code(
            f"Abatement|{pollutant}",
            f"Direct flow of {pollutant} in the base scenario less that in this one",
            unit,
        )
    for target, name in targets.items():
        description = f"Share of the simulated worlds in which this target is met, {name}"
        yield _code(f"Probability of Target|{target}", description, "%")


def _regions(results: Results, region: str, by: Places | None) -> list[str]:
    places = dict.fromkeys(
        place
        for scenario in results.values()
        for place in YearlySeries(scenario, region, by).places()
    )
    return [region, *(f"{region}|{place}" for place in places)]


def _code(name: str, description: str, unit: str | list[str]) -> str:
    description = description.translate(_NOT_IN_CODES)
    # JSON's texts and lists are YAML's too.
    return (
        f"- {_quoted(name)}:\n    description: {_quoted(description)}\n    unit: {_quoted(unit)}\n"
    )


def _quoted(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)

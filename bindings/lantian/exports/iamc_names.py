"""How substances and sectors are called in the variable lists of the IAMC.

Source: IAMconsortium/common-definitions on GitHub, folder definitions/variable, read at commits
8b3ee39 (emissions/emissions.yaml), 4389ed9 and ff52f8f (species), 3e97d44 (sectors of industry):
names and units are theirs. What they lack (particulate matter, accounts, abatement, cost, ...) is
our own; codelists/ has both lists in the form of nomenclature.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lantian.exports.names import require_known

TONNES: Mapping[str, float] = MappingProxyType(
    {"g": 1e-6, "kg": 1e-3, "t": 1.0, "kt": 1e3, "Mt": 1e6}
)


@dataclass(frozen=True)
class Species:
    """A substance as the lists name it: `unit` is a mass a year, `tonnes` the tonnes in it."""

    name: str
    unit: str
    tonnes: float
    has_sectors: bool = True


def _mega(name: str, substance: str) -> Species:
    return Species(name, f"Mt {substance}/yr", 1e6)


def _kilo(name: str, *, has_sectors: bool = True) -> Species:
    return Species(name, f"kt {name}/yr", 1e3, has_sectors)


# By the id of the pollutant in scenarios. The common lists have CF4 and SF6 without sectors.
CORE_SPECIES: Mapping[str, Species] = MappingProxyType(
    {
        "SO2": _mega("Sulfur", "SO2"),
        "NOx": _mega("NOx", "NO2"),
        **{name: _mega(name, name) for name in ("VOC", "CO", "CO2", "CH4", "NH3", "BC", "OC")},
        **{name: _kilo(name) for name in ("N2O", "C2F6")},
        **{name: _kilo(name, has_sectors=False) for name in ("CF4", "SF6")},
    }
)
OWN_SPECIES: Mapping[str, Species] = MappingProxyType(
    {"PM25": _kilo("PM2.5"), "PM10": _kilo("PM10"), "PM": _kilo("PM")}
)
SPECIES: Mapping[str, Species] = MappingProxyType({**CORE_SPECIES, **OWN_SPECIES})

# Sectors of the common lists that do not contain each other.
SECTORS = (
    "AFOLU|Agricultural Waste Burning",
    "AFOLU|Agriculture",
    "Energy|Demand|Commercial",
    "Energy|Demand|Industry",
    "Energy|Demand|Other Sector",
    "Energy|Demand|Residential",
    "Energy|Demand|Transportation",
    "Energy|Supply|Electricity",
    "Energy|Supply|Gases",
    "Energy|Supply|Heat",
    "Energy|Supply|Liquids",
    "Energy|Supply|Other",
    "Energy|Supply|Solids",
    "Industrial Processes|Cement",
    "Industrial Processes|Chemicals",
    "Industrial Processes|Iron and Steel",
    "Industrial Processes|Non-Ferrous Metals",
    "Industrial Processes|Non-Metallic Minerals",
    "Industrial Processes|Other Sector",
    "Industrial Processes|Plastics",
    "Industrial Processes|Pulp and Paper",
    "Other",
    "Product Use|Other",
    "Product Use|Solvents",
    "Waste",
)

# The sectors of the scenarios that come with Lantian. Sources of industry burn and process at once;
# the lists' "Industrial Processes" names the categories 1A2 and 2 of the IPCC, so both. Power and
# heat plants count as electricity. What fits no sector of the lists is "Other".
SECTOR_OF: Mapping[str, str] = MappingProxyType(
    {
        "aluminium": "Industrial Processes|Non-Ferrous Metals",
        "burning": "Other",
        "cement": "Industrial Processes|Cement",
        "chemicals": "Industrial Processes|Chemicals",
        "coking": "Energy|Supply|Solids",
        "dust": "Other",
        "heating": "Energy|Supply|Heat",
        "households": "Energy|Demand|Residential",
        "industry-water": "Other",
        "land": "Other",
        "power": "Energy|Supply|Electricity",
        "rural": "Other",
        "sewage": "Other",
        "solvents": "Product Use|Solvents",
        "steel": "Industrial Processes|Iron and Steel",
        "traffic": "Energy|Demand|Transportation",
        "transport": "Energy|Demand|Transportation",
        "waste": "Other",
    }
)


def sectors_of(ids: Iterable[str], chosen: Mapping[str, str] | None) -> dict[str, str]:
    """Say to which sector of the lists each sector of a scenario belongs.

    Parameters
    ----------
    ids
        The sectors of the scenario.
    chosen
        Sector of the lists by id; goes before `SECTOR_OF`.

    Returns
    -------
    dict of str to str
        Sector of the lists by id. One that is in neither is `"Other"`, with a warning.

    Raises
    ------
    UsageError
        If `chosen` names a sector that is not in `SECTORS`.
    """
    known = {**SECTOR_OF, **(chosen or {})}
    require_known(
        sorted(set(known.values())), SECTORS, what="sector", where="the IAMC's list of sectors"
    )
    ids = list(ids)
    unknown = [one for one in ids if one not in known]
    if unknown:
        warnings.warn(
            f"no sector of the IAMC's lists is known for {', '.join(unknown)}: reported as "
            "'Other'; name one with sectors={id: 'Industrial Processes|Iron and Steel', ...}",
            stacklevel=2,
        )
    return {one: known.get(one, "Other") for one in ids}


def with_parents(sector: str) -> list[str]:
    """List a sector and all that contain it: `"A|B"` gives `["A", "A|B"]`."""
    parts = sector.split("|")
    return ["|".join(parts[: end + 1]) for end in range(len(parts))]

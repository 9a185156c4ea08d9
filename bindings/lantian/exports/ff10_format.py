"""The file format FF10_POINT of SMOKE: its columns, its header, and how a field is written.

Sources: the SMOKE user's manual, "PTINV: Point source annual or average day emissions", table of
the FF10 format (version 4.8.1, section 8.2.8), for what the columns mean; the line of column names
of the EPA's inventories; and the reader itself (CEMPD/SMOKE on GitHub; src/smkinven: gethdr.f at
commit 045fffd, rdsrcff10pt.f at 22d4a3c, rddataff10pt.f at 87337ef, rdinvdata.f at 045fffd;
src/lib: parsline.f at 337c738, getformt.f at 140dfd8) for what it does with them:

- The first header line must name the format. Lines of the header begin with "#".
- Commas, semicolons, blanks and tabs end a field unless it is quoted; "!" ends the line even in
  quotes; a quoted field cannot contain its quote.
- Region and SCC must be whole numbers, latitude and longitude be there.
- Emissions are short tons a year, stacks are in feet, degrees Fahrenheit and cubic feet a second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

POUNDS_IN_SHORT_TON = 2000
KILOGRAMS_IN_POUND = 0.45359237  # exact, by definition
TONNES_IN_SHORT_TON = POUNDS_IN_SHORT_TON * KILOGRAMS_IN_POUND / 1000
METRES_IN_FOOT = 0.3048  # exact, by definition

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
COLUMNS = (
    "country_cd",
    "region_cd",
    "tribal_code",
    "facility_id",
    "unit_id",
    "rel_point_id",
    "process_id",
    "agy_facility_id",
    "agy_unit_id",
    "agy_rel_point_id",
    "agy_process_id",
    "scc",
    "poll",
    "ann_value",
    "ann_pct_red",
    "facility_name",
    "erptype",
    "stkhgt",
    "stkdiam",
    "stktemp",
    "stkflow",
    "stkvel",
    "naics",
    "longitude",
    "latitude",
    "ll_datum",
    "horiz_coll_mthd",
    "design_capacity",
    "design_capacity_units",
    "reg_codes",
    "fac_source_type",
    "unit_type_code",
    "control_ids",
    "control_measures",
    "current_cost",
    "cumulative_cost",
    "projection_factor",
    "submitter_id",
    "calc_method",
    "data_set_id",
    "facil_category_code",
    "oris_facility_code",
    "oris_boiler_id",
    "ipm_yn",
    "calc_year",
    "date_updated",
    "fug_height",
    "fug_width_ydim",
    "fug_length_xdim",
    "fug_angle",
    "zipcode",
    "annual_avg_hours_per_year",
    *(f"{month}_value" for month in _MONTHS),
    *(f"{month}_pctred" for month in _MONTHS),
    "comment",
)

_LONGEST_ID = 15  # characters, of facility, unit, release point and process
_LONGEST_NAME = 40  # characters that SMOKE keeps of a facility's name
_DIGEST = 6


def header(country: str, year: int, descriptions: Iterable[str]) -> str:
    """Give the lines before the data, the line of column names last."""
    lines = ["#FORMAT=FF10_POINT", f"#COUNTRY={country}", f"#YEAR={year}"]
    lines += [f"#DESC {_plain(text)}" for text in descriptions]
    return "".join(f"{line}\n" for line in [*lines, ",".join(COLUMNS)])


def row(fields: Mapping[str, str | float]) -> str:
    """Give a line of data: texts quoted, numbers with ten digits, blanks where nothing is known."""
    return ",".join(_field(fields.get(column, "")) for column in COLUMNS) + "\n"


def short_id(name: str) -> str:
    """Shorten an id to what SMOKE keeps, so that different ids stay different.

    A longer one is cut, and marked by a digest of the whole: `baotou-aluminium` gives
    `baotou-a-` and six hexadecimal digits.
    """
    if len(name) <= _LONGEST_ID:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST]
    return f"{name[: _LONGEST_ID - _DIGEST - 1].rstrip('-')}-{digest}"


def facility_name(name: str, otherwise: str) -> str:
    """Give a name that SMOKE can hold: `otherwise` where the name is not in ASCII."""
    return _plain(name if name.isascii() else otherwise)[:_LONGEST_NAME]


def _field(value: str | float) -> str:
    if isinstance(value, str):
        return f'"{value}"' if value else ""
    return f"{value:.10g}"


def _plain(text: str) -> str:
    return " ".join(text.replace('"', "'").replace("!", ".").split())

"""Reads Baotou's data files and evaluates their numbers by hand, without Lantian.

A second, much smaller reading of the format: the tables of the README are recomputed with it. A
distribution counts with its mean, and what a number can come to is found by interval arithmetic.
"""

import csv
import re
import tomllib
from functools import cache
from itertools import product
from math import prod
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "baotou"
DATA = FOLDER / "data"
POLLUTANTS = ("PM", "PM10", "PM25", "SO2", "NOx", "VOC", "CO2", "CF4", "C2F6")
POLLUTANTS += ("COD", "NH3N", "TP", "water", "fresh_water", "acetate")

# In kg, m, calendar year, kWh; people and things are plain numbers.
UNITS = {"mg": 1e-6, "g": 1e-3, "kg": 1, "t": 1e3, "kt": 1e6, "Mt": 1e9}
UNITS |= {"km": 1e3, "ha": 1e4, "L": 1e-3, "m3": 1, "year": 1, "d": 1 / 365.2425, "": 1}
UNITS |= {"kWh": 1, "MJ": 1 / 3.6, "GJ": 1e3 / 3.6, "PJ": 1e9 / 3.6, "MW": 1e3 * 8765.82}
UNITS |= dict.fromkeys(["item", "person", "household", "vehicle", "village", "boiler"], 1)
TERM = re.compile(
    r"\s*(?P<operator>[*/]?)\s*(?:@(?P<id>[A-Za-z0-9_-]+)|(?P<digits>[\d.]+)"
    r"(?: (?P<unit>/?[A-Za-z][A-Za-z0-9]*(?:/(?:\([A-Za-z*]+\)|[A-Za-z0-9]+))?))?)"
)


def rows(name):
    """The rows of a data file as dictionaries, empty cells left out."""
    with open(DATA / name, encoding="utf-8", newline="") as file:
        return [{k: v for k, v in row.items() if v} for row in csv.DictReader(file, strict=True)]


@cache
def table(name):
    """The rows of data files by id: those of steel and coking, then those of the city."""
    found = {row["id"]: row for row in rows(f"{name}.csv")}
    if name != "factors":
        found |= {row["id"]: row for row in rows(f"city-{name}.csv")}
    return found


def parameters():
    return table("parameters")


def plants():
    return table("plants")


def sources():
    return table("sources")


def controls():
    return {row["id"]: row for row in rows("city-controls.csv")}


def steel_and_coking():
    """The sources of the baseline: those that the city does not add."""
    return {row["id"]: row for row in rows("sources.csv")}


def factors():
    return table("factors")


def parse(cell):
    """A cell as the value it stands for: a TOML table, or text."""
    return tomllib.loads(f"x = {cell}")["x"] if cell.startswith(("{", "[")) else cell


def references(cell):
    """Ids of the parameters that a cell names."""
    return re.findall(r"@([A-Za-z0-9_-]+)", cell)


def unit(text):
    """How many base units a unit such as "g/(t*km)" is."""
    above, _, below = text.partition("/")
    return prod(UNITS[part] for part in above.split("*")) / prod(
        UNITS[part] for part in below.strip("()").split("*")
    )


def form(value):
    """What a table such as { pert = …, times = … } is: its kind and arguments."""
    ((kind, given),) = ((k, v) for k, v in value.items() if k != "times")
    return kind, given


def terms(text):
    """The factors of "35 mg/m3 * @ratio / @x" as (operator, parameter id or None, amount)."""
    at = 0
    while at < len(text):
        match = TERM.match(text, at)
        if not match:
            raise ValueError(f"cannot read {text!r} from {at}")
        amount = None if match["id"] else float(match["digits"]) * unit(match["unit"] or "")
        yield match["operator"], match["id"], amount
        at = match.end()


def num(value):
    """The mean of a number [base units]."""
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        result = 1.0
        for operator, id, amount in terms(value):
            term = mean(id) if id else amount
            result = result / term if operator == "/" else result * term
        return result
    times = num(value.get("times", 1))
    kind, given = form(value)
    if kind == "mix":
        start, end, share = (num(given[k]) for k in ("from", "to", "share"))
        return (start + (end - start) * share) * times
    if kind == "discrete":
        weights = given["weights"]
        total = sum(num(v) * w for v, w in zip(given["values"], weights, strict=True))
        return total / sum(weights) * times
    assert kind == "pert", kind
    return (num(given["low"]) + 4 * num(given["mode"]) + num(given["high"])) / 6 * times


@cache
def mean(parameter):
    """The mean of a parameter [base units]."""
    return num(parse(parameters()[parameter]["value"]))


def support(value):
    """Least and greatest value of a number, its parameters at their extremes."""
    value = parse(value) if isinstance(value, str) else value
    if isinstance(value, int | float):
        return float(value), float(value)
    if isinstance(value, str):
        low = high = 1.0
        for operator, id, amount in terms(value):
            a, b = support(parameters()[id]["value"]) if id else (amount, amount)
            low, high = (low / b, high / a) if operator == "/" else (low * a, high * b)
        return low, high
    kind, given = form(value)
    if kind == "mix":
        ends = (support(given[k]) for k in ("from", "to", "share"))
        corners = [a + (b - a) * share for a, b, share in product(*ends)]
        return min(corners), max(corners)
    ends = given["values"] if kind == "discrete" else (given["low"], given["high"])
    return min(num(v) for v in ends), max(num(v) for v in ends)


def factor(source, pollutant):
    """Mean emission per unit of activity, after control [base units]."""

    def cell(field, default=None):
        text = sources()[source].get(f"emits.{pollutant}.{field}", default)
        return text and num(parse(text))

    if cell("concentration"):
        return cell("concentration") * cell("gas_volume")
    capture = cell("capture", "1")
    return (cell("raw") or 0.0) * (capture + (1 - capture) * (1 - cell("fugitive_control", "0")))


def activity(source):
    """Mean activity of a source that runs all year [base units/year]."""
    return num(parse(sources()[source]["activity"]))


def sources_of(plant):
    return [id for id, row in steel_and_coking().items() if row["plant"] == plant]

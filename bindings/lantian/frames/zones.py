"""The accounts of each zone, one beside the other: never netted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lantian.frames._amounts import DIRECT, Years, unit_of, yearly
from lantian.frames._names import Scenarios, named, pollutants, scenario_ids
from lantian.frames._tables import table_of_rows
from lantian.results import Results

if TYPE_CHECKING:
    import pandas as pd

ACCOUNTS = ("stack", "fugitive", "indirect", "avoided")
COLUMNS = ["scenario", "pollutant", "zone", "name", "name_zh", "direct", *ACCOUNTS, "unit"]


def zone_accounts(
    results: Results, *, scenario: Scenarios = None, years: Years = None
) -> pd.DataFrame:
    """Mean amounts a year by zone and account.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        One scenario, several, or all of the file.
    years
        A year, or the first and the last; default all. Values are means over them.

    Returns
    -------
    pandas.DataFrame
        Columns scenario, pollutant, zone, name, name_zh, direct (stack and fugitive together),
        stack, fugitive, indirect (in making the power and heat that are used), avoided (by power
        and heat recovered), unit (`t/year`). No rows for scenarios that did not keep zones.

    Raises
    ------
    UsageError
        If there is no such scenario, or not all of the years.
    """
    rows = []
    for name in scenario_ids(results, scenario):
        here = results[name]
        known = [str(account) for account in here.coordinates["account"].values]
        for pollutant in pollutants(here):
            if f"{pollutant}_by_zone" not in here:
                continue
            sums = yearly(here[f"{pollutant}_by_zone"].mean(axis=0), results, name, years)
            means = sums.mean(axis=-1)
            for z, about in enumerate(named(here, "zone")):
                amounts = {account: means[z, known.index(account)] for account in ACCOUNTS}
                rows.append(
                    {
                        "scenario": name,
                        "pollutant": pollutant,
                        **about,
                        "direct": sum(amounts[account] for account in DIRECT),
                        **amounts,
                        "unit": unit_of(results, name, pollutant),
                    }
                )
    return table_of_rows(rows, COLUMNS)

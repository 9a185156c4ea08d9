"""How likely targets are met, when deadlines are, and what makes them late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian.comparing import Lateness
from lantian.explaining import why
from lantian.frames._names import Scenarios, labels, named, scenario_ids
from lantian.frames._tables import table_of_rows
from lantian.results import Array, Results

if TYPE_CHECKING:
    import pandas as pd

DATES = ("p50", "p80", "p95")
Z_95 = 1.959963984540054  # quantile 0.975 of the standard normal distribution


def target_chances(results: Results, *, scenario: Scenarios = None) -> pd.DataFrame:
    """Probability that each target is met, with Wilson's 95 % interval.

    With several chance draws the interval takes the replications as independent, which they are
    only within a parameter draw; `lantian.compare` gives the band over parameters beside it.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        One scenario, several, or all of the file.

    Returns
    -------
    pandas.DataFrame
        One row a target; columns scenario, target, name, name_zh, met and assessable (numbers of
        replications), probability (NaN where none is assessable), low, high (the interval; 0 and 1
        where none is), unit (`1`), median_margin (positive is met; NaN where it has none), and
        margin_unit.

    Raises
    ------
    UsageError
        If there is no such scenario.
    """
    rows = [row for name in scenario_ids(results, scenario) for row in _targets(results, name)]
    columns = ["scenario", "target", "name", "name_zh", "met", "assessable", "probability"]
    columns += ["low", "high", "unit", "median_margin", "margin_unit"]
    return table_of_rows(rows, columns)


def target_dates(results: Results, *, scenario: Scenarios = None) -> pd.DataFrame:
    """Dates by which deadlines are met, and how late that is on average.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        One scenario, several, or all of the file.

    Returns
    -------
    pandas.DataFrame
        One row a deadline that can be judged; columns scenario, target, name, name_zh, due (the
        last day allowed), p50, p80, p95 (half, 80 and 95 % of *all* replications have it by then;
        NaT where that is not within the horizon), never (share of the replications that do not
        have it when the horizon ends, `unit` 1), mean_late with its 95 % interval late_low,
        late_high (`late_unit` d; a lower bound where `never` is not 0).

    Raises
    ------
    UsageError
        If there is no such scenario.
    """
    rows = [
        {
            **about,
            **{key: getattr(lateness, key) for key in ("due", *DATES, "never")},
            "unit": "1",
            "mean_late": lateness.mean_days,
            "late_low": lateness.mean_days_interval[0],
            "late_high": lateness.mean_days_interval[1],
            "late_unit": "d",
        }
        for about, lateness in _latenesses(results, scenario)
    ]
    columns = ["scenario", "target", "name", "name_zh", "due", *DATES, "never", "unit"]
    columns += ["mean_late", "late_low", "late_high", "late_unit"]
    return table_of_rows(rows, columns).astype(dict.fromkeys(("due", *DATES), "datetime64[s]"))


def target_lateness(results: Results, *, scenario: Scenarios = None) -> pd.DataFrame:
    """Lateness of deadlines by cause, along the critical path of each replication.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`.
    scenario
        One scenario, several, or all of the file.

    Returns
    -------
    pandas.DataFrame
        One row a deadline and cause; columns scenario, target, name, name_zh, cause (`permits`,
        `crews`, `money`, `season`, `alerts`, `work`, `cancelled`, `start`), path_mean (days on the
        critical path), mean and p90 (of the lateness; means sum to the expected lateness), unit
        (`d`), share (of the expected lateness; 0 where nothing is late).

    Raises
    ------
    UsageError
        If there is no such scenario.
    """
    rows = [
        {
            **about,
            "cause": cause.name,
            "path_mean": cause.mean_days,
            "mean": cause.mean_late,
            "p90": cause.p90_late,
            "unit": "d",
            "share": cause.share,
        }
        for about, lateness in _latenesses(results, scenario)
        for cause in lateness.causes
    ]
    columns = ["scenario", "target", "name", "name_zh", "cause", "path_mean", "mean", "p90"]
    return table_of_rows(rows, [*columns, "unit", "share"])


def _latenesses(results: Results, scenario: Scenarios) -> Iterator[tuple[dict[str, str], Lateness]]:
    """Give what the engine says of each deadline, and its scenario and names before it."""
    names = {here: labels(results[here], "target") for here in scenario_ids(results, scenario)}
    told = {
        (each.scenario, each.id): each.target.lateness
        for target in dict.fromkeys(target for targets in names.values() for target in targets)
        for each in why(results, target)
        if each.target
    }
    for here, targets in names.items():
        for target, (english, chinese) in targets.items():
            lateness = told[here, target]
            if lateness:
                about = {"scenario": here, "target": target, "name": english, "name_zh": chinese}
                yield about, lateness


def wilson_interval(met: int, trials: int) -> tuple[float, float]:
    """Wilson's 95 % score interval of a probability seen as `met` of `trials`.

    Source: Wilson (1927), doi:10.1080/01621459.1927.10502953.
    """
    if trials == 0:
        return 0.0, 1.0
    share = met / trials
    spread = Z_95**2 / trials
    centre = share + spread / 2
    half = Z_95 * np.sqrt(share * (1 - share) / trials + spread / (4 * trials))
    low, high = (centre - half) / (1 + spread), (centre + half) / (1 + spread)
    return float(0.0 if met == 0 else low), float(1.0 if met == trials else high)


def _targets(results: Results, scenario: str) -> list[dict[str, Any]]:
    here = results[scenario]
    coordinate = here.coordinates["target"]
    flags = {meaning: value for value, meaning in here.variable("target_met").flags.items()}
    verdicts = here["target_met"]
    units = coordinate.companions.get("margin_unit", [""] * len(coordinate.values))
    rows = []
    for t, about in enumerate(named(here, "target")):
        met = int((verdicts[:, t] == flags["met"]).sum())
        assessable = int((verdicts[:, t] != flags["not_assessable"]).sum())
        low, high = wilson_interval(met, assessable)
        rows.append(
            {
                "scenario": scenario,
                **about,
                "met": met,
                "assessable": assessable,
                "probability": met / assessable if assessable else np.nan,
                "low": low,
                "high": high,
                "unit": "1",
                "median_margin": _median(here["target_margin"][:, t])
                if "target_margin" in here
                else np.nan,
                "margin_unit": str(units[t]),
            }
        )
    return rows


def _median(margins: Array) -> float:
    known = margins[~np.isnan(margins)]
    return float(np.median(known)) if len(known) else np.nan

"""How much of a plan's effect, and of its cost, each measure is responsible for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

from lantian import _core
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.options import Settings, limits_of, options_of
from lantian.results import Results
from lantian.scenario import Path_, Scenario, load_all

Method = Literal["shapley", "first-in", "last-in", "sequential"]


def attribute(
    plan: Scenario | Path_,
    base: Scenario | Path_ | None = None,
    *,
    output: Path_,
    groups: Mapping[str, Sequence[str]] | None = None,
    method: Method = "shapley",
    permutations: int | None = None,
    replications: int = 100,
    seed: int = 1,
    threads: int = 0,
    overwrite: bool = False,
    limits: Mapping[str, float] | None = None,
    root: Path_ | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Results:
    r"""Share the difference between a plan and a base out among the plan's measures.

    Each coalition S of groups of measures is the plan without all other measures, run in the same
    paired worlds; v(S) is what is emitted, or spent, in it. Shapley's value [1]_ of group g among n
    is its effect averaged over all orders in which the groups may come:

    .. math:: \varphi_g = \sum_{S \not\ni g} \frac{|S|! \, (n - |S| - 1)!}{n!} \,
              \bigl(v(S \cup g) - v(S)\bigr)

    Parameters
    ----------
    plan
        The scenario with all measures. Its targets are left out.
    base
        What it is compared with; without one, the plan without measures. Measures that the base
        has in the same words are not credited. Whatever else differs is the group `other-changes`.
    output
        The result file to write.
    groups
        Measures that are credited together, by the name of their group. A measure in none has a
        group of its own, or shares one with those that refer to it.
    method
        `shapley`; `first-in`, each group alone; `last-in`, what is missing without it; or
        `sequential`, one after the other: named groups as given, then by median date of completion.
        What first-in and last-in leave over, or count twice, is the group `interaction`.
    permutations
        For `shapley`: how many orders to sample, an even number from 4 on; 0 for all of them.
        Otherwise all up to 12 groups, then 64.
    replications, seed, threads, overwrite, limits, root, progress
        As in `run`; the replications are those of each coalition.

    Returns
    -------
    Results
        One group named as the plan. `<pollutant>_by_group`, `capital_by_group`,
        `operating_by_group` and `cost_by_group` have shape (replication, group, year); they are
        changes, so less emission is negative. `<pollutant>_change` and `cost_change`, of shape
        (replication, year), are what the groups sum to in every replication and year.

    Raises
    ------
    UsageError
        If a group or measure is unknown, in two groups, or separated from one that it refers to; if
        all orders of more than 12 groups are asked for; if the horizons differ.
    ScenarioError, ModelError, OutputError
        As in `run`.

    References
    ----------
    .. [1] L. S. Shapley, "A value for n-person games", in Contributions to the Theory of Games II,
       Princeton University Press, 1953, pp. 307-317.
    """
    methods = get_args(Method)
    if method not in methods:
        near = did_you_mean(method, methods)
        raise UsageError(f"there is no method '{method}'{near}; choose one of {', '.join(methods)}")
    loaded = load_all([plan] if base is None else [plan, base], limits=limits, root=root)
    settings: Settings = {
        "replications": replications,
        "chance_draws": 1,
        "seed": seed,
        "threads": threads,
        "block": 64,
        "overwrite": overwrite,
        "limits": {**limits_of(loaded), **(limits or {})},
    }
    options = options_of(settings)
    path = Path(output)
    _core.attribute(
        loaded[0]._loaded,
        None if base is None else loaded[1]._loaded,
        path,
        options,
        methods.index(method),
        [(name, list(measures)) for name, measures in (groups or {}).items()],
        permutations,
        progress,
    )
    return Results(path)

"""What has to be met, and how likely; as outcomes that are 1 or 0 in each world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lantian.design.bases import bases_of
from lantian.design.outcomes import Arrays, Outcome, Values, probability
from lantian.errors import UsageError
from lantian.nearest import did_you_mean
from lantian.scenario import Scenario


@dataclass(frozen=True)
class Requirement:
    """Targets that have to be met in the same world, with at least this probability."""

    targets: tuple[str, ...]
    probability: float

    def outcome(self) -> Outcome:
        """Give 1 where all are met and 0 elsewhere, also where one cannot be judged."""
        each = [probability(target) for target in self.targets]

        def read(arrays: Arrays) -> Values:
            met: Values = np.all([one(arrays) == 1 for one in each], axis=0).astype(np.float64)
            return met

        return Outcome(" and ".join(self.targets), ("target_met",), read, "1", self.targets)


def requirements_of(
    scenario: Scenario,
    targets: str | Sequence[str] | Mapping[str, float],
    *,
    wanted: float,
    jointly: bool,
) -> tuple[Requirement, ...]:
    """Say what has to be met: each target with its own probability, or all with one.

    Raises
    ------
    UsageError
        If there is no such target, or one that can never be judged here, with all that are wrong.
    """
    if not isinstance(targets, Mapping):
        ids = [targets] if isinstance(targets, str) else list(targets)
        targets = dict.fromkeys(ids, wanted)
    elif jointly:
        raise UsageError("targets that are met jointly have one probability, not one each")
    mistakes = list(_wrong(scenario, targets))
    if not targets:
        mistakes.append("there is no target to meet: name one")
    if mistakes:
        raise UsageError("\n".join(mistakes))
    if jointly:
        return (Requirement(tuple(targets), wanted),)
    return tuple(Requirement((target,), likely) for target, likely in targets.items())


def _wrong(scenario: Scenario, targets: Iterable[str]) -> Iterable[str]:
    table = scenario._tables_by_id.get("targets", {})
    for id in targets:
        if id not in table:
            yield f"{scenario.id} has no target '{id}'{did_you_mean(id, list(table))}"
        elif why := table[id].get("not_assessable"):
            yield f"the target {id} is not assessable: {why}"
        elif (base := table[id].get("base")) and not bases_of(scenario, [id]):
            yield (
                f"the target {id} compares with the scenario '{base}', which is neither among the "
                f"files of {scenario.id} nor beside it"
            )

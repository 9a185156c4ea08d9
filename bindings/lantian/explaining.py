"""What `lantian why` prints, as data: why a measure takes so long, or a target is missed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lantian import _core
from lantian.comparing import Target, target_of
from lantian.dates import dates_of_days

if TYPE_CHECKING:
    from lantian.results import Results


@dataclass(frozen=True)
class Milestone:
    """When a measure reaches a milestone.

    `reached` is the share of replications that do within the horizon; of these 10, 50 and 90 % have
    done so by `p10`, `p50`, `p90` (datetime64[D], NaT where none does).
    """

    name: str
    reached: float
    p10: np.datetime64
    p50: np.datetime64
    p90: np.datetime64


@dataclass(frozen=True)
class Cause:
    """What a measure's time went into [d], along its critical path."""

    name: str
    mean_days: float
    p90_days: float


@dataclass(frozen=True)
class Explanation:
    """Why a measure took as long as it did, or a target was missed.

    `sentences` say it in English. A measure has `milestones`, `causes` and the share of
    replications in which it is `cancelled`; a target has `target`, with its lateness if it is a
    deadline.
    """

    scenario: str
    id: str
    name: str
    sentences: tuple[str, ...]
    cancelled: float
    milestones: tuple[Milestone, ...]
    causes: tuple[Cause, ...]
    target: Target | None = None

    @property
    def text(self) -> str:
        """All sentences."""
        return " ".join(self.sentences)


def why(results: Results, name: str) -> tuple[Explanation, ...]:
    """Say what a measure waited for and worked on, or when a target is met and what makes it late.

    Parameters
    ----------
    results
        The file.
    name
        Id of a measure or of a target.

    Returns
    -------
    tuple of Explanation
        One for each scenario that has it.

    Raises
    ------
    UsageError
        If no scenario has it, with the nearest name.
    """
    return tuple(_explanation(found) for found in _core.explain(results._file, name))


def _explanation(found: dict[str, Any]) -> Explanation:
    milestones = tuple(
        Milestone(
            row["name"], row["reached"], *dates_of_days(np.asarray(row["days"])).astype("M8[D]")
        )
        for row in found.pop("milestones")
    )
    causes = tuple(Cause(**cause) for cause in found.pop("causes"))
    sentences = tuple(found.pop("sentences"))
    target = found.pop("target", None)
    return Explanation(
        **found,
        sentences=sentences,
        milestones=milestones,
        causes=causes,
        target=None if target is None else target_of(target),
    )

"""Scenarios at random, small enough that a run takes milliseconds."""

from __future__ import annotations

from typing import Any

from drafts import Draft
from hypothesis import strategies as st
from inventories import draw_inventory
from plans import draw_plan
from pruned import kept_parts, prune
from written import Written


@st.composite
def scenarios(draw: Any, *, luck: bool = True, calendar: bool = True) -> Written:
    """Draw a scenario that the engine accepts.

    Parameters
    ----------
    luck
        Whether anything may be uncertain, vary or come at random.
    calendar
        Whether anything may depend on the date: profiles, seasons, trends.
    """
    kept = draw(kept_parts())
    draft = Draft(draw, luck, calendar)
    draw_inventory(draft)
    draw_plan(draft)
    prune(draft.tree, kept)
    return Written(draft.tree)

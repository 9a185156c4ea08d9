"""What the tests of rules share: how many examples, and what is printed when a rule is broken."""

from __future__ import annotations

import difflib

from hypothesis import note, settings
from transformed import leaves
from written import Written


def fewer(parts: int) -> settings:
    """Ask for fewer examples, where one takes longer: the profile's number divided by this."""
    return settings(max_examples=max(5, settings.default.max_examples // parts))


def rounding(written: Written) -> float:
    """Give the difference that other terms of the same sums may make, of the largest value.

    A number has 1e-16 of itself, and a sum here some hundred terms: 1e-12. But where something
    waits for an amount (a stock that runs out, output until it is made up), the second in which it
    comes may be the next one, and a second is 3e-8 of the shortest horizon: 1e-7.
    """
    waits = {"feeds", "made_up_at", "rebound", "generation"}
    paths = (path for path, _ in leaves(written.tree))
    return 1e-12 if all(waits.isdisjoint(path) for path in paths) else 1e-7


def note_change(before: Written, after: Written | str) -> None:
    """Print, should the rule be broken, what was made of the scenario."""
    text = after if isinstance(after, str) else after.text
    lines = difflib.unified_diff(before.text.splitlines(), text.splitlines(), n=0, lineterm="")
    note("what was made of it:\n" + "\n".join(list(lines)[2:]))

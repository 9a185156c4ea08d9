"""What was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give `; did you mean 'sources'?`, or nothing where no known word is near.

    Capital letters do not count: `NOX` is near `NOx`.
    """
    folded = {one.lower(): one for one in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word.lower(), folded, n=1)
    return f"; did you mean '{folded[near[0]]}'?" if near else ""

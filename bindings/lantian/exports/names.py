"""Saying which names are unknown, and which were probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

_LISTED = 12  # names in a message


def require_known(names: Iterable[str], known: Collection[str], *, what: str, where: str) -> None:
    """Check that all names are there.

    Parameters
    ----------
    names
        What was asked for.
    known
        What there is.
    what, where
        For the message: `"variable"` and `"as-planned"`.

    Raises
    ------
    ValueError
        With every unknown name and the nearest known one.
    """
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(
            "\n".join(f"{where} has no {what} {name!r}{_meant(name, known)}" for name in unknown)
        )


def _meant(name: str, known: Collection[str]) -> str:
    folded = {one.lower(): one for one in sorted(known, reverse=True)}
    near = difflib.get_close_matches(name.lower(), folded, n=1)
    if near:
        return f"; did you mean {folded[near[0]]!r}?"
    if not known:
        return ": it has none"
    first = sorted(known)[:_LISTED]
    rest = f", and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f": it has {', '.join(first)}{rest}"

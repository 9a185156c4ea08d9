"""Saying which names are unknown, and which were probably meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lantian.errors import UsageError
from lantian.nearest import did_you_mean

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
    UsageError
        With every unknown name and the nearest known one.
    """
    unknown = [name for name in names if name not in known]
    if unknown:
        raise UsageError(
            "\n".join(f"{where} has no {what} {name!r}{_meant(name, known)}" for name in unknown)
        )


def _meant(name: str, known: Collection[str]) -> str:
    if near := did_you_mean(name, known):
        return near
    if not known:
        return ": it has none"
    first = sorted(known)[:_LISTED]
    rest = f", and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f": it has {', '.join(first)}{rest}"

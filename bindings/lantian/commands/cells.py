"""Numbers as the tables of the command show them, which fit 80 columns."""

from __future__ import annotations

import math


def number(value: float, *, signed: bool = False) -> str:
    """Write four significant digits, thousands kept whole: `12350`, `3.142`, `1.234e+09`."""
    if not math.isfinite(value):
        return "-"
    text = f"{value:.0f}" if 1e4 <= abs(value) < 1e8 else f"{value:.4g}"
    return f"+{text}" if signed and value > 0 else text


def percent(share: float, *, signed: bool = False) -> str:
    """Write a share as `12.3 %`."""
    if not math.isfinite(share):
        return "-"
    return f"{100 * share:{'+' if signed else ''}.1f} %"


def p_value(value: float) -> str:
    """Write a p-value: `0.031`, or `<0.001`."""
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def cut(text: str, width: int) -> str:
    """Keep so many characters; what is cut off shows as dots."""
    return text if len(text) <= width else text[: width - 3] + "..."

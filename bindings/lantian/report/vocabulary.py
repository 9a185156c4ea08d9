"""The words of result files, in the language of the reader."""

from __future__ import annotations

from lantian.messages import Messages


def names(_: Messages) -> dict[str, dict[str, str]]:
    """Give what to call the fixed words of each axis."""
    return {
        "cause": causes(_),
        "milestone": milestones(_),
        "level": levels(_),
        "confidence": confidences(_),
        "orders": views(_),
        "limb": limbs(_),
        "stage": phases(_),
        "unit": units(_),
    }


def causes(_: Messages) -> dict[str, str]:
    """Name what the time of a measure goes into, or that on the way to a deadline."""
    return {
        "work": _("work"),
        "predecessors": _("waiting for other measures"),
        "permits": _("waiting for permits"),
        "crews": _("waiting for crews"),
        "money": _("waiting for money"),
        "season": _("waiting for the season"),
        "alerts": _("stopped by alerts"),
        "unresolved": _("not told by the log"),
        "cancelled": _("given up"),
        "start": _("planned to start after the deadline"),
    }


def short_causes(_: Messages) -> dict[str, str]:
    """Name what a measure waits for, as short headings."""
    return {
        "permits": _("Permits"),
        "crews": _("Crews"),
        "money": _("Money"),
        "season": _("Season"),
        "alerts": _("Alerts"),
        "predecessors": _("Other measures"),
        "work": _("Work"),
    }


def milestones(_: Messages) -> dict[str, str]:
    """Dates of a measure."""
    return {
        "begun": _("begun"),
        "works": _("built"),
        "assessed": _("assessed"),
        "published": _("published"),
    }


def levels(_: Messages) -> dict[str, str]:
    """Alert levels."""
    return {"yellow": _("yellow"), "orange": _("orange"), "red": _("red")}


def confidences(_: Messages) -> dict[str, str]:
    """How far numbers can be trusted."""
    return {
        "sourced": _("sourced"),
        "textbook": _("textbook"),
        "derived": _("derived"),
        "assumption": _("assumption"),
        "not stated": _("not stated"),
    }


def views(_: Messages) -> dict[str, str]:
    """Name the views of the orders of an alert."""
    return {
        "in_force": _("orders in force"),
        "without_exemptions": _("without exemptions for grade A"),
    }


def limbs(_: Messages) -> dict[str, str]:
    """Limbs of a measure of ultra-low emission."""
    return {
        "organised": _("organised emission"),
        "fugitive": _("fugitive emission"),
        "transport": _("clean transport"),
    }


def phases(_: Messages) -> dict[str, str]:
    """Name the times of a measure outside its stages."""
    return {
        "preparation": _("preparation"),
        "running": _("running"),
        "assessment": _("assessment"),
        "publication": _("publication"),
    }


def units(_: Messages) -> dict[str, str]:
    """Give the parts of units as they are printed."""
    return {
        "t": _("t"),
        "kg": _("kg"),
        "g": _("g"),
        "m3": _("m³"),
        "m2": _("m²"),
        "MWh": _("MWh"),
        "kWh": _("kWh"),
        "CNY": _("CNY"),
        "year": _("year"),
        "d": _("d"),
        "equivalent": _("equivalent"),
        "weighted t": _("weighted t"),
    }

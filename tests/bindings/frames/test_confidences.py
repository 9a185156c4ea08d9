"""The share of the emissions by the weakest number behind them."""

import pytest

from lantian.frames.confidences import confidences, weakest_of

PARAMETERS = {
    "limit": {"value": "10 mg/m3", "confidence": "sourced"},
    "ratio": {"value": 0.6, "confidence": "assumption"},
    "mean": {"value": "@limit * @ratio", "confidence": "derived"},
    "bare": {"value": "2 t/year"},
    "sum": {"value": "@bare * @limit"},
}


def weakest(activity, factor, **row):
    source = {"activity": activity, "emits": {"PM": {"raw": factor}}, **row}
    return weakest_of({"parameters": PARAMETERS, "sources": {"s": source}}, "s", "PM")


@pytest.mark.parametrize(
    ("activity", "factor", "row", "expected"),
    [
        ("@limit", "@limit", {}, "sourced"),
        ("@limit", "@mean", {}, "assumption"),  # through what it is derived from
        ("@limit", {"mix": {"from": "@limit", "to": "@ratio"}}, {}, "assumption"),
        ("@limit", "2 kg/t", {"confidence": "textbook"}, "textbook"),
        ("@limit", "2 kg/t", {}, "not stated"),
        ("@sum", "@limit", {}, "not stated"),
        ("@limit", "@limit", {"confidence": "derived"}, "derived"),
    ],
)
def test_a_source_is_as_sure_as_the_weakest_number_behind_it(activity, factor, row, expected):
    assert weakest(activity, factor, **row) == expected


def test_a_control_weakens_what_passes_it():
    controls = {"filter": {"efficiency": {"PM": "@ratio"}}}
    source = {"activity": "@limit", "emits": {"PM": {"raw": "@limit"}}, "controls": ["filter"]}
    tables = {"parameters": PARAMETERS, "sources": {"s": source}, "controls": controls}
    assert weakest_of(tables, "s", "PM") == "assumption"


def test_parameters_in_a_circle_end():
    tables = {
        "parameters": {"a": {"value": "@b"}, "b": {"value": "@a"}},
        "sources": {"s": {"activity": "@a", "emits": {}}},
    }
    assert weakest_of(tables, "s", "PM") == "not stated"


def test_tonnes_of_the_first_year_are_shared_out(works):
    tables = works.scenario("base").to_dict()
    frame = confidences(works, tables, "PM", scenario="base").set_index("confidence")
    # the kiln's 1800 t have the confidence of their row; the boilers' row says none
    assert frame.loc["textbook", "mean"] == pytest.approx(1800, rel=1e-12)
    assert frame.loc["not stated", "sources"] == 1
    assert frame["share"].sum() == pytest.approx(1, rel=1e-12)
    assert frame.loc["textbook", "share"] == pytest.approx(1800 / frame["mean"].sum(), rel=1e-12)

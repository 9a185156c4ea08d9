"""Maps: circles at the districts' coordinates, their area in proportion to the load."""

import numpy as np
import pytest

import lantian
from lantian import plots

STATES = {"before": "untouched", "after": "filter-and-hood", "years": 2026}


def test_areas_are_in_proportion_to_the_load_and_stand_at_their_place(two_works):
    axes, data = plots.place_map(two_works, "NOx", **STATES)
    for circles, state in zip(axes.collections, ("before", "after"), strict=True):
        rows = data[(data["state"] == state) & (data["mean"] > 0)]
        assert circles.get_offsets().tolist() == rows[["longitude", "latitude"]].to_numpy().tolist()
        ratio = circles.get_sizes() / rows["mean"].to_numpy()
        assert ratio == pytest.approx([3000 / 365] * 2)


def test_a_kilometre_is_as_long_northward_as_eastward(two_works):
    axes, _ = plots.place_map(two_works, "NOx", **STATES)
    assert axes.get_aspect() == pytest.approx(1 / np.cos(np.radians(40.65)))


def test_what_is_not_drawn_is_said(two_works):
    axes, data = plots.place_map(two_works, "NOx", **STATES)
    assert len(data) == 6
    assert any("nothing emitted, not drawn: nowhere" in text.get_text() for text in axes.texts)


def test_labels_have_units(two_works):
    axes, _ = plots.place_map(two_works, "NOx", **STATES)
    assert "NOx, direct emission [t/year]" in axes.get_title(loc="left")
    assert axes.get_xlabel() == "longitude [°E]"
    texts = [text.get_text() for text in axes.get_legend().get_texts()]
    assert texts == [
        "before: Untouched, 2026",
        "after: Filter and hood, 2026",
        "100 t/year",
        "10 t/year",
    ]


def test_names_of_close_places_do_not_cover_each_other():
    from matplotlib import pyplot
    from matplotlib.text import Text

    from lantian.plots.map_names import Place, write_names

    axes = pyplot.figure().subplots()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    places = [Place(0.5 + 0.03 * k, 0.5, 6, f"district {k}") for k in range(6)]
    write_names(axes, places)
    axes.figure.canvas.draw()
    boxes = [Text.get_window_extent(text) for text in axes.texts]  # without its line
    assert len(boxes) == 6
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_an_unknown_scenario_is_told_with_the_nearest(two_works):
    with pytest.raises(lantian.UsageError, match="did you mean 'untouched'"):
        plots.place_map(two_works, "NOx", before="untouchd", after="filter")

"""Gantt charts draw every stretch of time in the look of its cause."""

import pytest

import lantian
from lantian import plots
from lantian.frames.stages import CAUSES
from lantian.plots.gantt import LOOKS


def test_every_stretch_is_a_bar_of_its_length(two_works):
    axes, data = plots.gantt(two_works)
    drawn = sorted((bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in axes.patches)
    for bar, stretch in zip(
        drawn, sorted(zip(data["row"], data["value"], strict=True)), strict=True
    ):
        assert bar == pytest.approx(stretch)


def test_waiting_has_the_look_of_its_cause(two_works):
    from matplotlib.colors import to_rgba

    axes, _ = plots.gantt(two_works, measure="hood")
    looks = {bar.get_width(): (bar.get_facecolor(), bar.get_hatch()) for bar in axes.patches}
    colour, hatch = LOOKS["crews"]
    assert looks[91] == (to_rgba(colour), hatch)
    assert set(LOOKS) == set(CAUSES)
    assert len(set(LOOKS.values())) == len(CAUSES)


def test_rows_are_named_and_the_legend_tells_the_causes_there_are(two_works):
    axes, _ = plots.gantt(two_works)
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Oven hood", "New filter"]
    texts = [text.get_text() for text in axes.get_legend().get_texts()]
    assert texts == ["permits and assessment", "waits for crews", "works"]
    assert axes.get_title(loc="left") == "Filter and hood: stages · replication 0"


def test_limbs_have_rows_of_their_own():
    import pandas as pd

    from lantian.plots.gantt import _with_rows

    data = pd.DataFrame(
        {
            "measure": ["ule", "ule", "ule", "early"],
            "name": ["Ultra-low", "Ultra-low", "Ultra-low", "Early"],
            "stage": ["design", "organised works", "fugitive halls", "works"],
            "start": pd.to_datetime(["2025-02-01", "2025-03-01", "2025-03-01", "2025-01-01"]),
        }
    )
    data, labels = _with_rows(data, "en")
    assert labels == ["Early", "Ultra-low", "fugitive", "organised"]
    assert data["row"].tolist() == [1, 3, 2, 0]


def test_an_unknown_measure_is_told_with_the_nearest(two_works):
    with pytest.raises(lantian.UsageError, match="no measure 'hod'; did you mean 'hood'"):
        plots.gantt(two_works, measure=["hod", "new-filter"])

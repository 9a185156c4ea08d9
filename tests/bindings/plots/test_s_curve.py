"""S-curves draw the share completed, and the deadline."""

import numpy as np
import pytest

import lantian
from lantian import plots


def test_the_curve_is_the_table_and_the_deadline_a_line(two_works):
    axes, data = plots.s_curve(two_works, target="both")
    curve, deadline = axes.get_lines()
    assert curve.get_ydata().tolist() == data["share"].tolist()
    from matplotlib.dates import date2num

    assert curve.get_xdata(orig=False).tolist() == date2num(data["date"].to_numpy()).tolist()
    assert deadline.get_xdata(orig=False)[0] == date2num(np.datetime64("2025-07-06"))


def test_the_legend_says_how_many_are_in_time_and_the_last_day(two_works):
    axes, _ = plots.s_curve(two_works, target="both")
    texts = [text.get_text() for text in axes.get_legend().get_texts()]
    assert texts == ["Filter and hood: 0% in time", "deadline 2025-07-05"]
    axes, _ = plots.s_curve(two_works, target="filter")
    texts = [text.get_text() for text in axes.get_legend().get_texts()]
    assert texts == ["Filter and hood: 100% in time", "deadline 2025-07-01"]


def test_shares_count_what_is_done_before_the_deadline(sample):
    from lantian.plots.s_curve import share_by

    rows = plots.s_curve(lantian.open(sample), measure="relocate-jiyu").data
    # a day apart from 1 June on: three before the 4th
    assert share_by(rows, np.datetime64("2025-06-04")) == pytest.approx(0.3)
    assert share_by(rows, np.datetime64("2020-01-01")) == 0


def test_labels_have_units(two_works):
    axes, _ = plots.s_curve(two_works)
    assert axes.get_ylabel() == "share completed [1]"
    assert axes.get_title(loc="left") == (
        "All measures\nshare of the measures that are built · 4 replications"
    )


def test_an_unknown_target_is_told_with_the_nearest(two_works):
    with pytest.raises(lantian.UsageError, match="no target 'boht'; did you mean 'both'"):
        plots.s_curve(two_works, target="boht")

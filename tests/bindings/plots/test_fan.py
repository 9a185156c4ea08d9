"""Fan charts draw the table of bands."""

import numpy as np
import pytest

import lantian
from lantian import plots


def test_the_lines_are_the_medians_of_the_table(two_works):
    axes, data = plots.fan(two_works, "NOx")
    drawn = [line.get_ydata().tolist() for line in axes.get_lines()]
    assert drawn == [rows["p50"].tolist() for _, rows in data.groupby("scenario", sort=False)]
    assert drawn[1] == pytest.approx([273 + 182.5, 365])


def test_the_bands_are_half_and_nine_tenths_of_the_replications(sample):
    axes, data = plots.fan(lantian.open(sample), "NOx", scenario="as-planned", by="month")
    outer, inner = (band.get_paths()[0].vertices[:, 1] for band in axes.collections)
    assert set(data["p05"]) | set(data["p95"]) == set(outer)
    assert set(data["p25"]) | set(data["p75"]) == set(inner)


def test_labels_have_units_and_the_title_scenario_and_replications(two_works):
    axes, _ = plots.fan(two_works, "NOx", scenario="filter")
    assert axes.get_ylabel() == "NOx, direct emission [t/year]"
    assert axes.get_title(loc="left") == "NOx, direct emission\nFilter · 4 replications"
    assert axes.get_ylim()[0] == 0


def test_another_account_is_named_on_the_axis(two_works):
    axes, _ = plots.fan(two_works, "NOx", account="indirect", by="month")
    assert axes.get_ylabel() == "NOx, indirect emission [t/month]"


def test_scenarios_differ_in_their_dashes_too(two_works):
    axes, _ = plots.fan(two_works, "NOx")
    assert len({line.get_linestyle() for line in axes.get_lines()}) == 3


def test_it_draws_on_given_axes(two_works):
    from matplotlib import pyplot

    given = pyplot.figure().subplots()
    assert plots.fan(two_works, "NOx", ax=given).axes is given


def test_an_unknown_scenario_leaves_no_figure_behind(two_works):
    from matplotlib import pyplot

    with pytest.raises(lantian.UsageError, match="did you mean 'filter'"):
        plots.fan(two_works, "NOx", scenario="fliter")
    assert pyplot.get_fignums() == []
    assert np.isfinite(plots.fan(two_works, "NOx").data["mean"]).all()

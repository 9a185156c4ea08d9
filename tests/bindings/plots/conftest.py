"""Figures are drawn without a screen, and closed after each test."""

import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    from matplotlib import pyplot

    yield
    pyplot.close("all")

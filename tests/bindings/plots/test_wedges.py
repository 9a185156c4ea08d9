"""Wedges hang from the emission without measures down to that with all."""

import numpy as np
import pytest

from lantian import plots


def heights(area):
    """Height of a filled area at its first and last year."""
    vertices = area.get_paths()[0].vertices
    spans = (vertices[vertices[:, 0] == year, 1] for year in (2025, 2026))
    return [float(np.ptp(span)) for span in spans]


def test_each_area_is_as_high_as_its_wedge(two_works):
    axes, data = plots.wedges(two_works, "NOx")
    drawn = [heights(area) for area in axes.collections]
    means = [rows["mean"].tolist() for _, rows in data.groupby("step")]
    assert drawn == [pytest.approx(mean) for mean in means]
    assert drawn[0] == pytest.approx([92, 182.5])


def test_the_stack_ends_at_the_emission_with_all_measures(two_works):
    axes, data = plots.wedges(two_works, "NOx")
    lowest = min(area.get_paths()[0].vertices[:, 1].min() for area in axes.collections)
    assert lowest == pytest.approx(data["with_all"].min()) == pytest.approx(219)
    top, bottom = axes.get_lines()
    assert top.get_ydata().tolist() == pytest.approx([547.5, 547.5])
    assert bottom.get_ydata().tolist() == pytest.approx([385.9, 219])


def test_the_legend_names_the_measures_and_the_axis_the_unit(two_works):
    axes, _ = plots.wedges(two_works, "NOx")
    texts = [text.get_text() for text in axes.get_legend().get_texts()]
    assert texts == [
        "emission without any of them",
        "New filter",
        "Oven hood",
        "emission with all of them",
    ]
    assert axes.get_ylabel() == "NOx, direct emission [t/year]"


def test_what_raises_the_emission_is_said(worse):
    axes, data = plots.wedges(worse, "NOx")
    assert data["mean"].tolist() == pytest.approx([0, -36.5])
    assert "raises the emission: Old grate" in [text.get_text() for text in axes.texts]


@pytest.fixture(scope="module")
def worse(tmp_path_factory):
    """The strand gets an older grate in 2026, and a tenth more NOx: 36.5 t a year."""
    import shutil
    from pathlib import Path

    import lantian

    folder = tmp_path_factory.mktemp("worse")
    shutil.copy(Path(__file__).parents[1] / "two_works" / "untouched.toml", folder)
    (folder / "grate.toml").write_text(
        'lantian = 1\nname = "Grate"\nextends = "untouched.toml"\nas_of = 2025-01-01\n'
        '[measures.grate]\nname = "Old grate"\nkind = "retrofit"\nstart = 2026-01-01\n'
        'changes.strand.emits.NOx = { raw = "110 kg/t" }\n'
    )
    return lantian.run(
        [folder / "untouched.toml", folder / "grate.toml"],
        output=folder / "worse.h5",
        replications=2,
    )

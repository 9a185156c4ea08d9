"""The code of docs/figures.md runs as it stands there, and shows every figure."""

import re
from pathlib import Path

import pytest

from lantian import plots

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/figures.md").read_text("utf-8")


def test_the_code_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    with pyplot.rc_context({"figure.max_open_warning": 0}):
        exec(compile(code, "docs/figures.md", "exec"), {})
    assert (tmp_path / "out/fan.png").stat().st_size > 10_000
    pyplot.close("all")


def test_every_figure_is_on_the_page() -> None:
    for name in plots.__all__:
        if name[0].islower():
            assert f"plots.{name}(" in PAGE

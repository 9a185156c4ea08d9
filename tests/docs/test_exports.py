"""The code of docs/exports.md runs as it stands there, and the page names every export."""

import re
from pathlib import Path

import pytest

from lantian import Results, ScenarioResults

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/exports.md").read_text("utf-8")


def test_the_code_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    exec(compile(code, "docs/exports.md", "exec"), {})
    assert (tmp_path / "out/planned-2027.csv").read_text().startswith("#FORMAT=FF10_POINT\n")


def test_every_export_is_on_the_page() -> None:
    names = {name for kind in (Results, ScenarioResults) for name in dir(kind)}
    exports = {name for name in names if name.startswith(("to_", "write_"))}
    assert exports
    for name in exports:
        assert f"`{name}" in PAGE or f".{name}(" in PAGE, name

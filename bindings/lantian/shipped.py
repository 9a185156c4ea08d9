"""The scenarios that come with the package."""

from __future__ import annotations

from pathlib import Path


def scenarios_path() -> Path:
    """Give the folder with the scenarios that come with the package.

    It holds `baotou/` (a city's work plan), `examples/` (one screenful a kind of measure),
    `template/` (what `lantian new` writes) and the JSON Schema of scenario files. They run where
    they are; copy what you want to change.

    Returns
    -------
    Path
        The folder, with its files as they were when the package was built.
    """
    return Path(__file__).with_name("scenarios")

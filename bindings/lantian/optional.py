"""Packages that only a part of Lantian needs."""

from __future__ import annotations

import importlib
from types import ModuleType


def require(module: str, extra: str) -> ModuleType:
    """Import a module that one of our extras brings.

    Parameters
    ----------
    module
        Its name, such as `"pandas"`.
    extra
        The extra that installs it, such as `"plot"`.

    Raises
    ------
    ImportError
        If it is not installed, with the command that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        missing = error.name or module
        raise ImportError(
            f"this needs the package {missing}: pip install 'lantian[{extra}]'",
            name=error.name,
            path=error.path,
        ) from error

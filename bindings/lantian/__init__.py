"""Lantian simulates emission-reduction scenarios as the projects that they are."""

from lantian._core import __version__

__all__ = ["__version__"]

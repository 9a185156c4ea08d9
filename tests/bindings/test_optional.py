"""What is missing is named with the command that installs it."""

import json

import pytest

from lantian.optional import require


def test_what_is_there_is_imported():
    assert require("json", "plot") is json


def test_what_is_missing_is_named_with_its_extra():
    with pytest.raises(ImportError, match=r"no_such_package: pip install 'lantian\[plot\]'"):
        require("no_such_package", "plot")

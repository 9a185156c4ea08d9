"""Messages about unknown names."""

import pytest

from lantian.exports.names import require_known


def test_known_names_pass():
    require_known(["NOx"], ["NOx", "SO2"], what="variable", where="as-planned")


def test_every_unknown_name_is_told_with_the_nearest_known_one():
    with pytest.raises(ValueError, match="variable") as caught:
        require_known(["NOX", "SO2", "dust"], ["NOx", "SO2"], what="variable", where="as-planned")
    assert str(caught.value) == (
        "as-planned has no variable 'NOX'; did you mean 'NOx'?\n"
        "as-planned has no variable 'dust': it has NOx, SO2"
    )


def test_a_message_lists_a_dozen_names_at_most():
    known = [f"x{number:02}" for number in range(14)]
    with pytest.raises(ValueError, match=r"x00, .*, x11, and 2 more$"):
        require_known(["dust"], known, what="variable", where="as-planned")


def test_that_there_are_none_is_said():
    with pytest.raises(ValueError, match="as-planned has no target 'met': it has none"):
        require_known(["met"], [], what="target", where="as-planned")

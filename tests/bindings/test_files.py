"""Files that are written whole or not at all."""

import errno
import os

import pytest

from lantian import OutputError, files


def test_a_file_is_written_and_nothing_lies_beside_it(tmp_path):
    path = tmp_path / "page.html"
    files.write_atomically(path, "蓝天\n", overwrite=False)
    assert path.read_bytes() == "蓝天\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_there_is_refused_and_kept(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("mine")
    with pytest.raises(OutputError, match="exists"):
        files.check_output(path, overwrite=False)
    with pytest.raises(OutputError, match="exists"):
        files.write_atomically(path, "yours", overwrite=False)
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_it_is_replaced_where_that_is_asked_for(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("mine")
    files.write_atomically(path, "yours", overwrite=True)
    assert path.read_text() == "yours"


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_text("mine")

    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left on device") as caught:
        files.write_atomically(path, "yours", overwrite=True)
    assert (caught.value.path, caught.value.errno) == (path, errno.ENOSPC)
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("name", "problem"), [("", "is a folder"), ("no/page.html", "no folder")])
def test_what_cannot_be_a_file_is_refused(tmp_path, name, problem):
    with pytest.raises(OutputError, match=problem):
        files.check_output(tmp_path / name, overwrite=True)

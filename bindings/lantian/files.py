"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from lantian.errors import OutputError


def check_output(path: Path, *, overwrite: bool) -> None:
    """Refuse an output that cannot be written, before anything is computed.

    Raises
    ------
    OutputError
        If it exists and is not to be replaced, is a folder, or its folder is not there.
    """
    if path.is_dir():
        raise _error(path, "is a folder: name a file", 0)
    if path.exists() and not overwrite:
        raise _error(path, "exists: choose another name, or overwrite it (--overwrite)", 0)
    if not path.parent.is_dir():
        raise _error(path, f"there is no folder {path.parent}", 0)


def write_atomically(path: Path, text: str, *, overwrite: bool) -> None:
    """Write UTF-8 text beside its place, put it on the disk, and move it there.

    Whatever fails, nothing of it is left, and what stood there before is untouched.

    Raises
    ------
    OutputError
        If it could not be written, or came into being meanwhile and is not to be replaced.
    """
    temporary = path.with_name(f"{path.name}.tmp-{os.getpid()}")
    try:
        _write(temporary, text)
        if overwrite:
            temporary.replace(path)
        else:
            os.link(temporary, path)  # unlike a rename, refuses to replace
        _sync_folder(path.parent)
    except FileExistsError:
        check_output(path, overwrite=overwrite)
        raise
    except OSError as error:
        raise _error(path, f"cannot be written: {error.strerror}", error.errno or 0) from error
    finally:
        temporary.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _error(path: Path, problem: str, errno: int) -> OutputError:
    return OutputError(f"{path}: {problem}", path=str(path), errno=errno)

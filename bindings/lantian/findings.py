"""What a verb has found, as a file that `lantian report --with` shows.

A finding is a small JSON file: what kind it is, which scenario it is about, how it was computed,
its content, which the module that made it knows how to read, and a digest of all that, so that a
file that was damaged or edited is not taken for what was found. An attribution is a result file of
its own (HDF5); the report takes both.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np

from lantian import _core
from lantian.errors import UsageError
from lantian.files import check_output, write_atomically
from lantian.results import Results
from lantian.scenario import Path_

FORMAT = 2
_SIGNATURE = "finding of lantian"
_HDF5 = b"\x89HDF\r\n\x1a\n"


class Content(Protocol):
    """What can be kept: a data class of numbers, texts, lists and tables."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True)
class Finding:
    """A finding that was read.

    Attributes
    ----------
    path : Path
        The file.
    kind : str
        The verb: `value`, `sensitivity`, ...
    scenario : str
        Id of the scenario that it is about.
    replications, seed : int
        How it was computed.
    content : mapping
        As the data class of the verb has it, numbers that are not there as None.
    """

    path: Path
    kind: str
    scenario: str
    replications: int
    seed: int
    content: Mapping[str, Any]


def write(
    path: Path_,
    kind: str,
    content: Content,
    *,
    scenario: str,
    replications: int,
    seed: int,
    overwrite: bool = False,
) -> Path:
    """Write a finding, whole or not at all.

    Raises
    ------
    OutputError
        If the file exists and is not to be replaced, or cannot be written.
    """
    wanted = Path(path)
    check_output(wanted, overwrite=overwrite)
    head = {"file": _SIGNATURE, "format": FORMAT, "version": _core.__version__, "kind": kind}
    made = {"scenario": scenario, "replications": replications, "seed": seed}
    document = {**head, **made, "content": _plain(asdict(content))}
    document["sha256"] = _digest(document)
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    write_atomically(wanted, text + "\n", overwrite=overwrite)
    return wanted


def read(path: Path_) -> Finding:
    """Read a finding.

    Raises
    ------
    UsageError
        If the file is not there, or is none, or of another version of the format, or was damaged
        or edited after it was written.
    """
    wanted = Path(path)
    try:
        document = json.loads(wanted.read_bytes())
    except OSError as error:
        raise UsageError(f"{wanted}: {error.strerror}") from error
    except ValueError:
        document = None
    if not isinstance(document, dict) or document.get("file") != _SIGNATURE:
        raise UsageError(f"{wanted}: not what a verb of lantian wrote with -o")
    if document.get("format") != FORMAT:
        raise UsageError(
            f"{wanted}: format {document.get('format')}, written by lantian "
            f"{document.get('version')}; this is lantian {_core.__version__}, which reads format "
            f"{FORMAT}"
        )
    if document.pop("sha256", None) != _digest(document):
        raise UsageError(f"{wanted}: the file was damaged or changed after it was written")
    made = {key: document[key] for key in ("kind", "scenario", "replications", "seed", "content")}
    return Finding(wanted, **made)


def read_all(paths: Iterable[Path_]) -> tuple[tuple[Finding, ...], tuple[Results, ...]]:
    """Read findings, and apart from them the attributions, which are result files.

    Raises
    ------
    UsageError, ResultFileError
        If a file is neither.
    """
    findings, attributions = [], []
    for path in map(Path, paths):
        if not is_hdf5(path):
            findings.append(read(path))
            continue
        results = Results(path)
        if any(results[name].attributes.get("content") != "attribution" for name in results):
            raise UsageError(f"{path}: a result of lantian run; a report is about one such file")
        attributions.append(results)
    return tuple(findings), tuple(attributions)


def is_hdf5(path: Path) -> bool:
    """Tell a result file from any other.

    Raises
    ------
    UsageError
        If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(_HDF5)) == _HDF5
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _digest(document: Mapping[str, Any]) -> str:
    """Digest what a document says, however it is laid out."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Give what JSON can hold: numbers of Python, None where there is none."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    if isinstance(value, np.generic | np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value

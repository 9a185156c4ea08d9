"""The report: one HTML page of a result file, for those who will never open a notebook.

    from lantian import report

    report.write("out/baotou.h5", "out/report.html", language="zh")

The page needs no network and no other file. It needs the extra `report`:
`pip install 'lantian[report]'`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lantian.messages import Language, Messages
from lantian.optional import require
from lantian.report.ladders import Progress
from lantian.results import Results

__all__ = ["LADDER_REPLICATIONS", "write"]

LADDER_REPLICATIONS = 50


def write(
    results: Results | str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    language: Language = "en",
    base: str | None = None,
    ladder: int = LADDER_REPLICATIONS,
    findings: Iterable[str | os.PathLike[str]] = (),
    threads: int = 0,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Write the report of a result file.

    Parameters
    ----------
    results
        From `lantian.open` or `lantian.run`, or the path of a result file.
    output
        The HTML file to write. It is written whole or not at all.
    language
        `"en"` or `"zh"`.
    base
        The scenario that the others are compared with; default the first of the file.
    ladder
        Replications of each step of the ladders, which tell what each measure brings: every
        scenario with measures is run again, without them and with one more at a time. 0 leaves
        this part out.
    findings
        Files of what else was found about these scenarios: by `lantian.attribute`, and by the verbs
        that write JSON files.
    threads
        Number of threads that run the ladders; 0 is one a core.
    overwrite
        Whether to replace an existing file.
    progress
        Called, while a ladder runs, with its scenario, the replications done, and their number;
        what it raises ends the run.

    Returns
    -------
    pathlib.Path
        The file that was written.

    Raises
    ------
    ResultFileError
        If the file is not a result of Lantian, or damaged.
    UsageError
        If there is no such base, or a finding is none, or about another scenario.
    OutputError
        If the output exists and is not to be replaced, or cannot be written.
    ImportError
        If a package of the extra `report` is missing.
    """
    for module in ("pandas", "jinja2", "plotly"):
        require(module, "report")
    from lantian import files
    from lantian.report import composing, ladders, rendering
    from lantian.report.context import Context
    from lantian.report.found import Found

    path = Path(output)
    files.check_output(path, overwrite=overwrite)
    messages = Messages(language)
    opened = results if isinstance(results, Results) else Results(results)
    opened.verify()
    found = Found.read(findings, opened)
    with tempfile.TemporaryDirectory(prefix="lantian-report-") as folder:
        context = Context(opened, base or next(iter(opened)), messages)
        steps = ladders.run_ladders(
            opened, Path(folder), replications=ladder, threads=threads, progress=progress
        )
        context = Context(opened, context.base, messages, steps, found)
        page = rendering.render(composing.compose(context), messages, context.names)
    files.write_atomically(path, page, overwrite=overwrite)
    return path

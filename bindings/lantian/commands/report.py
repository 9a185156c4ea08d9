"""The command `lantian report`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from lantian import report
from lantian.commands import shell
from lantian.messages import LANGUAGES

EXAMPLES = """  lantian report out/baotou.h5 -o out/report.html
  lantian report out/baotou.h5 -o out/report.html --lang zh --base baseline
  lantian report out/baotou.h5 -o out/report.html --ladder 0     do not run anything again
  lantian report out/baotou.h5 -o out/report.html --with out/shares.h5 out/value.json
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)

    def write() -> None:
        path = report.write(
            options.results,
            options.output,
            language=options.lang,
            base=options.base,
            ladder=options.ladder,
            findings=options.findings,
            threads=options.threads,
            overwrite=options.overwrite,
            progress=_progress(quiet=options.quiet),
        )
        if not options.quiet:
            print(path)

    return shell.carry_out("report", write)


def _parser() -> argparse.ArgumentParser:
    parser = shell.parser_of(
        "report",
        "Write one HTML page about a result file, for a browser without a network.",
        EXAMPLES,
    )
    add = parser.add_argument
    add("results", metavar="OUT.h5", type=Path, help="a file written by lantian run")
    add("-o", "--output", metavar="FILE.html", type=Path, required=True, help="the page to write")
    add("--lang", choices=LANGUAGES, default="en", help="language of the page (default: en)")
    add("--base", metavar="SCENARIO", help="compare with this scenario (default: the first)")
    add(
        "--ladder",
        metavar="N",
        type=shell.count,
        default=report.LADDER_REPLICATIONS,
        help="replications with which each scenario is run again, one measure more at a time, to "
        "tell what each brings; 0: not at all (default: %(default)s)",
    )
    add(
        "--with",
        dest="findings",
        metavar="FILE",
        type=Path,
        nargs="+",
        default=[],
        help="what other verbs have found about these scenarios: the files that they wrote with -o",
    )
    shell.add_threads(parser)
    shell.add_overwrite(parser)
    add("--quiet", action="store_true", help="no progress, and no path at the end")
    return parser


def _progress(*, quiet: bool) -> Callable[[str, int, int], None] | None:
    """One line on the terminal that says how far the ladders are."""

    def show(scenario: str, done: int, every: int) -> None:
        line = shell.progress(f"ladder of {scenario}", quiet=quiet)
        assert line is not None
        line(done, every)

    return show if shell.progress("", quiet=quiet) else None


if __name__ == "__main__":
    sys.exit(main())

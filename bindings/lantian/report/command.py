"""The command `lantian report`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lantian import report
from lantian.errors import Error, Interrupted, ModelError, OutputError
from lantian.messages import LANGUAGES

DONE, WRONG_USAGE, MODEL_FAILED, OUTPUT_FAILED, INTERRUPTED = 0, 2, 3, 4, 130

EXAMPLES = """examples:
  lantian report out/baotou.h5 -o out/report.html
  lantian report out/baotou.h5 -o out/report.html --lang zh --base baseline
  lantian report out/baotou.h5 -o out/report.html --ladder 0     do not run anything again

exit codes:
  0 done; 2 wrong usage or result file; 3 the model failed; 4 the output failed; 130 interrupted
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        path = report.write(
            options.results,
            options.output,
            language=options.lang,
            base=options.base,
            ladder=options.ladder,
            threads=options.threads,
            overwrite=options.overwrite,
            progress=_progress(quiet=options.quiet),
        )
    except (KeyboardInterrupt, Interrupted):
        return _fail("interrupted", INTERRUPTED)
    except OutputError as error:
        return _fail(error, OUTPUT_FAILED)
    except ModelError as error:
        return _fail(error, MODEL_FAILED)
    except (Error, ImportError) as error:
        return _fail(error, WRONG_USAGE)
    if not options.quiet:
        print(path)
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lantian report",
        description="Write one HTML page about a result file, for a browser without a network.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("results", metavar="OUT.h5", type=Path, help="a file written by lantian run")
    add("-o", "--output", metavar="FILE.html", type=Path, required=True, help="the page to write")
    add("--lang", choices=LANGUAGES, default="en", help="language of the page (default: en)")
    add("--base", metavar="SCENARIO", help="compare with this scenario (default: the first)")
    add(
        "--ladder",
        metavar="N",
        type=_count,
        default=report.LADDER_REPLICATIONS,
        help="replications with which each scenario is run again, one measure more at a time, to "
        "tell what each brings; 0: not at all (default: %(default)s)",
    )
    add("--threads", metavar="N", type=_count, default=0, help="threads for that (default: a core)")
    add("--overwrite", action="store_true", help="replace an existing file")
    add("--quiet", action="store_true", help="no progress, and no path at the end")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative; give 0 or more")
    return number


class _Progress:
    """One line on the terminal that says how far the ladders are."""

    def __call__(self, scenario: str, done: int, every: int) -> None:
        end = "\n" if done == every else ""
        print(f"\rladder of {scenario}: {done} of {every}", end=end, file=sys.stderr, flush=True)


def _progress(*, quiet: bool) -> _Progress | None:
    return _Progress() if sys.stderr.isatty() and not quiet else None


def _fail(problem: object, code: int) -> int:
    print(f"lantian report: {problem}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())

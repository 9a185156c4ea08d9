"""What every verb has in common: its help, exit codes, common options and progress."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from lantian.errors import Error, Interrupted, ModelError, OutputError, ScenarioError
from lantian.scenario import Scenario, load

DONE, WRONG_USAGE, MODEL_FAILED, OUTPUT_FAILED, INTERRUPTED = 0, 2, 3, 4, 130

EXIT_CODES = """
exit codes:
  0 done; 2 wrong usage, scenario or result file; 3 the model failed; 4 the output failed;
  130 interrupted
"""


def parser_of(verb: str, description: str, examples: str) -> argparse.ArgumentParser:
    """Make the parser of a verb; its help ends with the examples and the exit codes."""
    return argparse.ArgumentParser(
        prog=f"lantian {verb}",
        description=description,
        epilog=f"examples:\n{examples}{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_run_options(parser: argparse.ArgumentParser, *, replications: int) -> None:
    """Add what every verb knows that runs scenarios."""
    add = parser.add_argument
    add(
        "--replications",
        metavar="N",
        type=positive,
        default=replications,
        help="replications of each scenario (default: %(default)s)",
    )
    add_seed_and_threads(parser)


def add_seed_and_threads(parser: argparse.ArgumentParser) -> None:
    """Add the seed, the number of threads, what a scenario may use up and read, and silence."""
    add = parser.add_argument
    add("--seed", metavar="N", type=count, default=1, help="seed of all chance (default: 1)")
    add_threads(parser)
    add(
        "--limit",
        dest="limits",
        metavar="NAME=NUMBER",
        type=limit,
        action="append",
        default=[],
        help="set a limit, such as rows=1e7 or events=1e10; may be repeated",
    )
    add(
        "--root",
        metavar="DIR",
        type=Path,
        help="folder outside of which no file is read (default: the project, else the scenario's "
        "own)",
    )
    add("--quiet", action="store_true", help="no progress")


def add_threads(parser: argparse.ArgumentParser) -> None:
    """Add the number of threads."""
    parser.add_argument("--threads", metavar="N", type=count, default=0, help="default: one a core")


def add_overwrite(parser: argparse.ArgumentParser) -> None:
    """Add the leave to replace what is there."""
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the file that keeps what the verb finds, for `lantian report --with`."""
    parser.add_argument(
        "-o", "--output", metavar="FILE.json", type=Path, help="keep it, for report --with"
    )
    add_overwrite(parser)


def scenario_at(path: Path, options: argparse.Namespace) -> Scenario:
    """Read a scenario with the limits and the root that were asked for."""
    return load(path, limits=dict(options.limits), root=options.root)


def limit(text: str) -> tuple[str, float]:
    """Read the name and the number of a limit, such as rows=1e7."""
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}': write NAME=NUMBER, such as rows=1e7") from None


def count(text: str) -> int:
    """Read a whole number from 0 on."""
    return _whole(text, least=0)


def positive(text: str) -> int:
    """Read a whole number from 1 on."""
    return _whole(text, least=1)


def _whole(text: str, *, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from {least} on")
    return number


def carry_out(verb: str, action: Callable[[], None]) -> int:
    """Do what a verb does; says what goes wrong, and returns the exit code."""
    try:
        action()
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has seen enough; nothing more is written when Python ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (KeyboardInterrupt, Interrupted):
        return _fail(verb, "interrupted", INTERRUPTED)
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return WRONG_USAGE
    except OutputError as error:
        return _fail(verb, error, OUTPUT_FAILED)
    except ModelError as error:
        return _fail(verb, error, MODEL_FAILED)
    except (Error, ImportError) as error:
        return _fail(verb, error, WRONG_USAGE)
    return DONE


def _fail(verb: str, problem: object, code: int) -> int:
    print(f"lantian {verb}: {problem}", file=sys.stderr)
    return code


def progress(what: str, *, quiet: bool) -> Callable[[int, int], None] | None:
    """Give what shows how far a run is: one line on a terminal, nothing anywhere else."""
    if quiet or not sys.stderr.isatty():
        return None

    def show(done: int, every: int) -> None:
        end = "\n" if done == every else ""
        print(f"\r{what}: {done} of {every}", end=end, file=sys.stderr, flush=True)

    return show

"""Ctrl-C in a run: how soon it stops, and that the interpreter goes on."""

import os
import signal
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path

import jinja2  # noqa: F401  an import that Ctrl-C ends half-way cannot be repeated
import pandas  # noqa: F401
import pytest
import SALib.analyze.sobol
import SALib.sample.sobol  # noqa: F401
import scipy.stats  # noqa: F401

import lantian
from lantian import design, report

BAOTOU = Path(__file__).parents[2] / "scenarios" / "baotou"
ONE_STACK = Path(__file__).with_name("one_stack.toml")
ENDLESS = 5_000  # replications: more than anybody waits for, and less than a disk holds
PROMISED = 0.2  # seconds on a machine of one's own; printed, and held to ten times that here


def seconds_to_leave(work: Callable[[], object], after: float) -> float:
    """How long some work takes to end once Ctrl-C is pressed, so many seconds after it began.

    It is pressed again after a second: Python loses an interrupt that comes while it clears away a
    weak reference, which it says (`PytestUnraisableExceptionWarning`).
    """
    pressed = []
    is_over = threading.Event()

    def press() -> None:
        is_over.wait(after)
        while not is_over.is_set():
            pressed.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)
            is_over.wait(1)

    presser = threading.Thread(target=press)
    presser.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            work()
        return time.monotonic() - pressed[0]
    finally:
        is_over.set()
        presser.join()


def seconds_to_stop(scenario: Path, output: Path, *, statistics_only: bool) -> float:
    """How long a run under way takes to end once Ctrl-C is pressed."""
    pressed = []

    def press_once_it_runs(done: int, every: int) -> None:
        if not pressed:
            pressed.append(0.0)
            threading.Timer(0.5, press).start()

    def press() -> None:
        pressed[0] = time.monotonic()
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        lantian.run(
            scenario,
            output=output,
            replications=ENDLESS,
            overwrite=True,
            progress=press_once_it_runs,
            statistics_only=statistics_only,
        )
    return time.monotonic() - pressed[0]


# The first writes a block now and then, the second has the longest replications.
# The third has half a gigabyte of statistics.
@pytest.mark.parametrize(
    ("name", "statistics_only"),
    [("as-planned", False), ("full-plan", False), ("full-plan", True)],
)
def test_ctrl_c_stops_soon_and_leaves_the_interpreter_usable(
    name: str, statistics_only: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, output = BAOTOU / f"{name}.toml", tmp_path / "out.h5"
    taken = [seconds_to_stop(scenario, output, statistics_only=statistics_only) for _ in range(5)]
    what = f"{name}, statistics only" if statistics_only else name
    with capsys.disabled():
        print(
            f"\nCtrl-C stops a run of {what} in {1000 * statistics.median(taken):.0f} ms "
            f"(median of {len(taken)}, at most {1000 * max(taken):.0f} ms)"
        )
    assert max(taken) < 10 * PROMISED
    assert {path.name for path in tmp_path.iterdir()} <= {"out.h5.parts"}
    after = lantian.run(ONE_STACK, output=tmp_path / "after.h5", replications=2)
    assert after.replications == 2


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result file of which a report takes some seconds."""
    path = tmp_path_factory.mktemp("large") / "large.h5"
    plan = BAOTOU / "as-planned.toml"
    lantian.run([BAOTOU / "baseline.toml", plan], output=path, replications=50)
    return path


def attribute(folder: Path, large: Path) -> object:
    plan = BAOTOU / "as-planned.toml"
    return lantian.attribute(plan, output=folder / "out.h5", replications=ENDLESS)


def evaluate(folder: Path, large: Path) -> object:
    plan = lantian.load(BAOTOU / "as-planned.toml")
    ranges = {"measures.relocate-jiyu.swap_ratio": (1.0, 1.1)}
    sample = design.latin_hypercube(plan, ranges, 500)
    return sample.evaluate([design.emission("NOx")], replications=50)


def sobol(folder: Path, large: Path) -> object:
    plan = lantian.load(BAOTOU / "as-planned.toml")  # a design of 0.4 GB
    return design.sobol_indices(plan, [design.emission("NOx")], base_sample=2048)


def value(folder: Path, large: Path) -> object:
    return lantian.value(BAOTOU / "as-planned.toml", replications=ENDLESS)


def slip(folder: Path, large: Path) -> object:
    return lantian.slip(BAOTOU / "as-planned.toml", replications=ENDLESS)


def optimise(folder: Path, large: Path) -> object:
    plan = lantian.load(BAOTOU / "as-planned.toml")
    levers = {"resources.retrofit_crews.capacity": list(range(2, 40))}
    return lantian.optimise(
        plan,
        targets="steel-and-coking-built",
        levers=levers,
        cost="simulated",
        most=ENDLESS,
    )


def write_report(folder: Path, large: Path) -> object:
    return report.write(large, folder / "report.html", ladder=ENDLESS)


def keep_statistics(folder: Path, large: Path) -> object:
    return lantian.run(
        BAOTOU / "full-plan.toml",
        output=folder / "out.h5",
        replications=ENDLESS,
        statistics_only=True,
        overwrite=True,
    )


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "work", [attribute, evaluate, sobol, value, slip, optimise, write_report, keep_statistics]
)
def test_ctrl_c_leaves_whatever_takes_long(
    work: Callable[[Path, Path], object],
    large: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    taken = [
        seconds_to_leave(lambda: work(tmp_path, large), after) for after in (0.3, 0.7, 1.1, 1.7)
    ]
    with capsys.disabled():
        print(
            f"\nCtrl-C leaves {work.__name__} in {1000 * statistics.median(taken):.0f} ms "
            f"(median of {len(taken)}, at most {1000 * max(taken):.0f} ms)"
        )
    assert max(taken) < 10 * PROMISED
    assert {path.name for path in tmp_path.iterdir()} <= {"out.h5.parts"}

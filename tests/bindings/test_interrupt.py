"""Ctrl-C in a run: how soon it stops, and that the interpreter goes on."""

import os
import signal
import statistics
import threading
import time
from pathlib import Path

import pytest

import lantian

BAOTOU = Path(__file__).parents[2] / "scenarios" / "baotou"
ONE_STACK = Path(__file__).with_name("one_stack.toml")
ENDLESS = 5_000  # replications: more than anybody waits for, and less than a disk holds
PROMISED = 0.2  # seconds on a machine of one's own; printed, and held to ten times that here


def seconds_to_stop(scenario: Path, output: Path) -> float:
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
        )
    return time.monotonic() - pressed[0]


# The first writes a block now and then, the second has the longest replications.
@pytest.mark.parametrize("name", ["as-planned", "full-plan"])
def test_ctrl_c_stops_soon_and_leaves_the_interpreter_usable(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = BAOTOU / f"{name}.toml"
    taken = [seconds_to_stop(scenario, tmp_path / "out.h5") for _ in range(5)]
    with capsys.disabled():
        print(
            f"\nCtrl-C stops a run of {name} in {1000 * statistics.median(taken):.0f} ms "
            f"(median of {len(taken)}, at most {1000 * max(taken):.0f} ms)"
        )
    assert max(taken) < 10 * PROMISED
    assert {path.name for path in tmp_path.iterdir()} <= {"out.h5.parts"}
    after = lantian.run(ONE_STACK, output=tmp_path / "after.h5", replications=2)
    assert after.replications == 2

"""PHOLD and machine repair in simulators written in Python: the models of the C++ benchmarks.

    python_models.py MODEL SIMULATOR GENERATOR

prints how many events a second of CPU time, as JSON. The generator is "usual" (what the simulator's
own examples use, the Mersenne Twister) or "philox" (NumPy's, drawn one by one).
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Generator
from typing import Any

import numpy as np

JOBS = 10_000
MEAN_HOLD = 1e6  # [s]
MACHINES, CREWS = 1_000, 20
MEAN_LIFE, MEAN_REPAIR = 1e6, 18_000.0  # [s]

WARM_UP = {"phold": 2e6, "repair": 5e6}  # [s]
SPAN = {"phold": 25e6, "repair": 100e6}  # [s], a quarter of a million and 0.2 million events


class Usual:
    """Python's own random numbers."""

    def __init__(self) -> None:
        self._source = random.Random(1)
        self.uniform = self._source.random

    def exponential(self, mean: float) -> float:
        """A time of that mean."""
        return self._source.expovariate(1 / mean)


class Philox:
    """NumPy's, from the generator that the kernel uses too."""

    def __init__(self) -> None:
        source = np.random.Generator(np.random.Philox(1))
        self.uniform = source.random
        self.exponential = source.exponential


Draws = Usual | Philox
#: Runs a model on to a time, and tells how many events there have been.
Run = Callable[[float], int]
Life = Generator[Any, Any, None]


def simpy_phold(draws: Draws) -> Run:
    """Jobs that hold and move, for ever."""
    import simpy

    env = simpy.Environment()
    visits = [0] * JOBS

    def job() -> Life:
        while True:
            yield env.timeout(draws.exponential(MEAN_HOLD))
            visits[int(JOBS * draws.uniform())] += 1

    for _ in range(JOBS):
        env.process(job())

    def run(end: float) -> int:
        env.run(until=end)
        return sum(visits)

    return run


def simpy_repair(draws: Draws) -> Run:
    """Machines that break and queue for crews; two events a repair."""
    import simpy

    env = simpy.Environment()
    crews = simpy.Resource(env, CREWS)
    repairs = [0] * MACHINES

    def machine(i: int) -> Life:
        while True:
            yield env.timeout(draws.exponential(MEAN_LIFE))
            with crews.request() as request:
                yield request
                yield env.timeout(draws.exponential(MEAN_REPAIR))
                repairs[i] += 1

    for i in range(MACHINES):
        env.process(machine(i))

    def run(end: float) -> int:
        env.run(until=end)
        return 2 * sum(repairs)

    return run


def salabim_phold(draws: Draws) -> Run:
    """Jobs that hold and move, for ever."""
    import salabim

    env = salabim.Environment(trace=False, yieldless=False)
    visits = [0] * JOBS

    class Job(salabim.Component):  # type: ignore[misc]
        def process(self) -> Life:
            while True:
                yield self.hold(draws.exponential(MEAN_HOLD))
                visits[int(JOBS * draws.uniform())] += 1

    for _ in range(JOBS):
        Job()

    def run(end: float) -> int:
        env.run(till=end)
        return sum(visits)

    return run


def salabim_repair(draws: Draws) -> Run:
    """Machines that break and queue for crews; two events a repair."""
    import salabim

    env = salabim.Environment(trace=False, yieldless=False)
    crews = salabim.Resource("crews", capacity=CREWS)
    repairs = [0] * MACHINES

    class Machine(salabim.Component):  # type: ignore[misc]
        def process(self) -> Life:
            while True:
                yield self.hold(draws.exponential(MEAN_LIFE))
                yield self.request(crews)
                yield self.hold(draws.exponential(MEAN_REPAIR))
                self.release(crews)
                repairs[self.sequence_number()] += 1

    for _ in range(MACHINES):
        Machine()

    def run(end: float) -> int:
        env.run(till=end)
        return 2 * sum(repairs)

    return run


MODELS = {
    ("phold", "simpy"): simpy_phold,
    ("repair", "simpy"): simpy_repair,
    ("phold", "salabim"): salabim_phold,
    ("repair", "salabim"): salabim_repair,
}
GENERATORS: dict[str, type[Draws]] = {"usual": Usual, "philox": Philox}


def events_per_second(model: str, simulator: str, generator: str, share: float = 1.0) -> float:
    """Events per second of CPU time, over a share of the usual span, after a warm-up."""
    run = MODELS[model, simulator](GENERATORS[generator]())
    before = run(WARM_UP[model])
    start = time.process_time()
    events = run(WARM_UP[model] + share * SPAN[model]) - before
    return events / (time.process_time() - start)


if __name__ == "__main__":
    print(json.dumps({"events_per_second": events_per_second(*sys.argv[1:4])}))

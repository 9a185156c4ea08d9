"""PHOLD in SimPy, the same model as phold_benchmark.cpp, and how much faster the kernel is.

Jobs hold at a place for an exponential time, then move to another place at random, for ever.

    python phold_simpy.py                                       # SimPy alone
    python phold_simpy.py build/bench/benchmarks/lantian_kernel_benchmarks   # and the kernel

Events per second of CPU time; the best of five turns, taken in alternation.
"""

import json
import random
import subprocess
import sys
import time

import simpy

JOBS = 10_000
EVENTS = 500_000
TURNS = 5
MEAN_HOLD = 1e6  # [s]


def job(env, visits, source):
    while True:
        yield env.timeout(source.expovariate(1 / MEAN_HOLD))
        visits[int(source.random() * len(visits))] += 1


def simpy_rate():
    env = simpy.Environment()
    visits = [0] * JOBS
    source = random.Random(1)
    for _ in range(JOBS):
        env.process(job(env, visits, source))
    for _ in range(3 * JOBS):  # the first steps, and each job's first two holds or so
        env.step()
    start = time.process_time()
    for _ in range(EVENTS):
        env.step()
    return EVENTS / (time.process_time() - start)


def kernel_rate(program):
    options = [f"--benchmark_filter=^phold/{JOBS}/", "--benchmark_format=json"]
    output = subprocess.run([program, *options], check=True, capture_output=True, text=True)
    return json.loads(output.stdout)["benchmarks"][0]["items_per_second"]


def main(program=None):
    simpy_best = kernel_best = 0.0
    for _ in range(TURNS):
        simpy_best = max(simpy_best, simpy_rate())
        if program:
            kernel_best = max(kernel_best, kernel_rate(program))
    print(f"SimPy {simpy_best / 1e6:.3f} million events/s")
    if program:
        times = kernel_best / simpy_best
        print(f"kernel {kernel_best / 1e6:.2f} million events/s, {times:.1f} times as many")


if __name__ == "__main__":
    main(*sys.argv[1:])

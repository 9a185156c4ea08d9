"""Run the full plan: `python -m full_plan_simpy SCENARIO --replications N --seed S`."""

import argparse

import lantian
from full_plan_simpy.world import Plan

parser = argparse.ArgumentParser(prog="full_plan_simpy")
parser.add_argument("scenario")
parser.add_argument("--replications", type=int, default=1)
parser.add_argument("--seed", type=int, default=1)
arguments = parser.parse_args()

plan = Plan(lantian.load(arguments.scenario).to_dict())
for replication in range(arguments.replications):
    plan.replicate(arguments.seed, replication)

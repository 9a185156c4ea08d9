"""The full plan of Baotou (scenarios/baotou/full-plan.toml) as a SimPy program.

A second implementation, written from the pages of docs/ and, where they are silent, after reading
the engine's code, in the style of SimPy's own documentation: processes are generators that wait
for timeouts and shared events, crews and carbon are containers, kilns are a resource, and what is
found, begins anew or is taken over is interrupted. All numbers come from the resolved scenario;
units, expressions of parameters and distributions are worked out here. Emission is booked when
something changes, not by time steps.

Modelled is every process that costs events: all 183 sources with profiles and trends, all 54
measures with their seasons, crews, predecessors and alerts, random arrivals and the patrols that
find them, alerts with grades, orders, ramps and rebound, beds of carbon with trucks and kilns,
stocks between Longshun's units, the pile of slag, breakdowns, inspections, assessments and
delistings. Kept are stack and fugitive emission and activity by source and month, indirect and
avoided amounts by year, emission under alerts with their orders, without exemptions and without
any, hours above the limits by outlet and month, dates of milestones, and counts.

Left out, all of it less work for SimPy: money (capital, running cost, discounting), the verdicts
of targets, causes of waiting and critical paths, breakdowns by zone, district and sector (sums of
what is kept), the mass balance that Lantian integrates beside the emission, production by plant,
the log, what beds of carbon would have let through without an alert's orders, and any file of
results.
"""

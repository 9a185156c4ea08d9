"""Figures of results, drawn with matplotlib.

Every function takes `Results` (`gains` takes `Effects`; `tornado` and `sobol_bars` what functions
of `lantian.design` have found) and returns a `Figure`: the axes, and the tidy table that was drawn.
It needs matplotlib and pandas: `pip install 'lantian[plot]'`.

============ ====================================================================================
function     what it draws
============ ====================================================================================
`fan`        emission over time, with the bands of half and of 90 % of the replications
`wedges`     what each measure of a ladder takes off the emission
`macc`       cost per abated tonne of each measure of an attribution or a ladder, with whiskers
`waterfall`  where the difference between two scenarios comes from
`s_curve`    by when a measure, a target or all measures are done, and the deadline
`gantt`      stages of one replication, coloured by what they wait for
`gains`      what changes bring: a crew more, a month of slip, with intervals
`place_map`  districts' emission before and after
`receptors`  what two scenarios add to the air where people breathe
`tornado`    how far each uncertain input alone moves an outcome
`sobol_bars` which share of an outcome's variance comes from which input
============ ====================================================================================
"""

from lantian.plots.fan import fan
from lantian.plots.gains import gains
from lantian.plots.gantt import gantt
from lantian.plots.macc import macc
from lantian.plots.place_map import place_map
from lantian.plots.receptors import receptors
from lantian.plots.s_curve import s_curve
from lantian.plots.sobol_bars import sobol_bars
from lantian.plots.style import Figure, Language
from lantian.plots.tornado import tornado
from lantian.plots.waterfall import waterfall
from lantian.plots.wedges import wedges

__all__ = [
    "Figure",
    "Language",
    "fan",
    "gains",
    "gantt",
    "macc",
    "place_map",
    "receptors",
    "s_curve",
    "sobol_bars",
    "tornado",
    "waterfall",
    "wedges",
]

"""Experiments: many variants of a scenario in one call without the GIL, and their outcomes.

    import lantian
    from lantian import design

    crews = design.sweep("as-planned.toml", {"resources.retrofit_crews.capacity": [2, 4, 6, 8]})
    crews.evaluate([design.probability("steel-ule")], replications=200).to_pandas()

`sweep`, `latin_hypercube` and `sobol` make designs; `emission`, `cost`, `completion`,
`probability`, `concentration` and `exposure` are outcomes, and `outcome_of` reads one as it is
typed in a shell; `to_salib_problem` hands the same to SALib, and the module `lantian.design.ema` to
the EMA workbench. All experiments meet the same paired worlds: replication r of each has the same
luck.

What a scenario itself says is uncertain needs no ranges: `uncertain_inputs` lists it, and
`sobol_indices` and `tornado` say which of it matters.
"""

from lantian.design.experiments import Design, Evaluation
from lantian.design.inputs import UncertainInput, uncertain_inputs
from lantian.design.outcome_text import outcome_of, outcomes_of
from lantian.design.outcomes import (
    Outcome,
    completion,
    concentration,
    cost,
    emission,
    exposure,
    probability,
)
from lantian.design.salib import SalibProblem, to_salib_problem, uncertainty_problem
from lantian.design.samples import latin_hypercube, sobol, sweep
from lantian.design.sobol_indices import SobolIndices, sobol_indices, sobol_indices_of
from lantian.design.tornado import Tornado, tornado

__all__ = [
    "Design",
    "Evaluation",
    "Outcome",
    "SalibProblem",
    "SobolIndices",
    "Tornado",
    "UncertainInput",
    "completion",
    "concentration",
    "cost",
    "emission",
    "exposure",
    "latin_hypercube",
    "outcome_of",
    "outcomes_of",
    "probability",
    "sobol",
    "sobol_indices",
    "sobol_indices_of",
    "sweep",
    "to_salib_problem",
    "tornado",
    "uncertain_inputs",
    "uncertainty_problem",
]

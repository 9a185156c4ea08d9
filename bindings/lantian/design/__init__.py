"""Experiments: many variants of a scenario in one call without the GIL, and their outcomes.

    import lantian
    from lantian import design

    crews = design.sweep("as-planned.toml", {"resources.retrofit_crews.capacity": [2, 4, 6, 8]})
    crews.evaluate([design.probability("steel-ule")], replications=200).to_pandas()

`sweep`, `latin_hypercube` and `sobol` make designs; `emission`, `cost`, `completion` and
`probability` are outcomes, and `outcome_of` reads one as it is typed in a shell;
`to_salib_problem` hands the same to SALib, and the module `lantian.design.ema` to the EMA
workbench. All experiments meet the same paired worlds: replication r of each has the same luck.
"""

from lantian.design.experiments import Design, Evaluation
from lantian.design.outcome_text import outcome_of, outcomes_of
from lantian.design.outcomes import Outcome, completion, cost, emission, probability
from lantian.design.salib import SalibProblem, to_salib_problem
from lantian.design.samples import latin_hypercube, sobol, sweep

__all__ = [
    "Design",
    "Evaluation",
    "Outcome",
    "SalibProblem",
    "completion",
    "cost",
    "emission",
    "latin_hypercube",
    "outcome_of",
    "outcomes_of",
    "probability",
    "sobol",
    "sweep",
    "to_salib_problem",
]

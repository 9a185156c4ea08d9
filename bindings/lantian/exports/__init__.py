"""Results in the forms of other tools: xarray, pandas, IAMC (pyam) and SMOKE's FF10.

Each starts from the arrays that `lantian.results` reads, and needs the package of its form only
when it is called. The methods of `Results` and `ScenarioResults` are the way in.
"""

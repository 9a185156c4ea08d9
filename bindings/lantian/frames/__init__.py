"""Tidy tables of results: one row an observation, and every value beside its unit.

Each function takes `Results` and returns a pandas DataFrame. Figures and the report draw these
tables and compute nothing themselves. It needs pandas: `pip install 'lantian[plot]'`.

===================== ==========================================================================
function              columns
===================== ==========================================================================
`emissions`           scenario, account, replication, year, start, end, value, unit
`emission_bands`      scenario, account, year, start, end, mean, p05, p25, p50, p75, p95, unit
`wedges`              step, scenario, base, measure, name, name_zh, year, mean, p05, p95,
                      without, with_all, unit
`ladder_levels`       scenario, year, mean, unit
`marginal_costs`      method, group, name, name_zh, measures, kind, applied, place, abatement,
                      abatement_low, abatement_high, abatement_p10, abatement_p90, abatement_unit,
                      capital, annuity, operating, cost, cost_unit, cost_per_unit,
                      cost_per_unit_low, cost_per_unit_high, cost_per_unit_p10, cost_per_unit_p90,
                      share_abating, unit, first_year, last_year, price_year, discount_rate
`control_strategy`    cm_abbrev, cm_name, poll, region_cd, sector, facility_id, unit_id, process,
                      apply_order, inv_emissions, input_emis, control_eff, rule_eff, rule_pen,
                      percent_reduction, final_emissions, eff_emis_reduction,
                      eff_emis_reduction_p10, eff_emis_reduction_p90, unit, total_capital_cost,
                      annualized_capital_cost, annual_oper_maint_cost, annual_cost,
                      eff_ann_cost_per_ton, cost_unit, equipment_life, cap_rec_factor,
                      discount_rate, cost_year, first_year, last_year
`contributions`       group, name, name_zh, base, scenario, difference, p05, p95, unit
`district_loads`      state, scenario, first_year, last_year, district, name, name_zh, latitude,
                      longitude, mean, p05, p95, unit
`completion`          scenario, subject, name, name_zh, milestone, date, share, unit, deadline
`stages`              scenario, replication, measure, name, name_zh, stage, cause, start, end,
                      value, unit, has_ended
`shares`              method, quantity, group, name, name_zh, kind, change, low, high, of_all,
                      unit
`target_chances`      scenario, target, name, name_zh, met, assessable, probability, low, high,
                      unit, median_margin, margin_unit
`worst_windows`       scenario, target, name, name_zh, pollutant, days, limit, mean, p05, p95,
                      exceeding, share_above, unit
`target_dates`        scenario, target, name, name_zh, due, p50, p80, p95, never, unit, mean_late,
                      late_low, late_high, late_unit
`target_lateness`     scenario, target, name, name_zh, cause, path_mean, mean, p90, unit, share
`measure_dates`       scenario, measure, name, name_zh, milestone, reached, unit, p10, p50, p90
`measure_causes`      scenario, measure, name, name_zh, cause, mean, p90, unit
`changes`             scenario, pollutant, base_mean, mean, change, low, high, p05, p95, share,
                      share_below, unit
`zone_accounts`       scenario, pollutant, zone, name, name_zh, direct, stack, fugitive, indirect,
                      avoided, unit
`productions`         scenario, plant, name, name_zh, product, permit, capacity, production, year,
                      mean, p05, p95, bound, bound_kind, share_above, unit
`intensities`         scenario, pollutant, plant, name, name_zh, mean, p05, p95, share_making, unit
`confidences`         scenario, pollutant, confidence, year, mean, share, sources, unit
`alert_orders`        scenario, measure, order, name, name_zh, grade, yellow, orange, red, least,
                      obeyed, unit
`alert_list`          scenario, measure, source, source_name, source_name_zh, plant, grade, order,
                      name, name_zh, yellow, orange, red, unit
`alert_cuts`          scenario, pollutant, level, orders, mean, p05, p95, days, replications, unit
`concentrations`      scenario, pollutant, receptor, name, name_zh, year, mean, p05, p95, coverage,
                      population, method, unit
`exposures`           scenario, pollutant, year, mean, p05, p95, coverage, people, method,
                      unit
`balances`            scenario, pollutant, by, largest_difference, unit
===================== ==========================================================================

Emissions are *direct* (the accounts stack and fugitive together) unless another account is asked
for; no account is ever netted against another. An amount per calendar year has the unit `t/year`,
per month `t/month`. `p05` is the quantile 0.05 over the replications, and so on, by linear
interpolation between order statistics (type 7 of Hyndman and Fan). Quantiles of differences are
those of the differences in the same replication.
"""

from lantian.frames.air import concentrations, exposures
from lantian.frames.alerts import alert_cuts, alert_list, alert_orders
from lantian.frames.balances import balances
from lantian.frames.changes import changes
from lantian.frames.completion import completion
from lantian.frames.confidences import confidences
from lantian.frames.contributions import contributions
from lantian.frames.control_strategy import control_strategy
from lantian.frames.costs import marginal_costs
from lantian.frames.districts import district_loads
from lantian.frames.emissions import emission_bands, emissions
from lantian.frames.measures import measure_causes, measure_dates
from lantian.frames.permits import worst_windows
from lantian.frames.productions import intensities, productions
from lantian.frames.shares import shares
from lantian.frames.stages import stages
from lantian.frames.targets import target_chances, target_dates, target_lateness
from lantian.frames.wedges import ladder_levels, wedges
from lantian.frames.zones import zone_accounts

__all__ = [
    "alert_cuts",
    "alert_list",
    "alert_orders",
    "balances",
    "changes",
    "completion",
    "concentrations",
    "confidences",
    "contributions",
    "control_strategy",
    "district_loads",
    "emission_bands",
    "emissions",
    "exposures",
    "intensities",
    "ladder_levels",
    "marginal_costs",
    "measure_causes",
    "measure_dates",
    "productions",
    "shares",
    "stages",
    "target_chances",
    "target_dates",
    "target_lateness",
    "wedges",
    "worst_windows",
    "zone_accounts",
]

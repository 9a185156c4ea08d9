"""The eight interactions of the source table of measures: what two measures do together is not the
sum of what each does alone. Each test runs the inventory without both, with each, and with both."""

import numpy
from interactions import monthly, months, only, progress, run, total, works

# Ultra-low emission on Jiyu's old works, which the plan closes instead.
ULE_JIYU = """
[measures.ule-jiyu-old]
kind  = "ultra_low_emission"
start = 2024-01-01
  [measures.ule-jiyu-old.organised]
  sources  = ["jiyu-old-sinter", "jiyu-old-sinter-tail", "jiyu-old-hot-stove", "jiyu-old-reheating"]
  standard = "steel-ule"
  ratio    = "@jiyu-old-ule-ratio"
  [[measures.ule-jiyu-old.organised.stages]]
  id       = "works"
  duration = "6 month"
"""


def reductions(results, emitted):
    """How much less than without measures is emitted with A, with B, and with both."""
    none = emitted(results["none"])
    return tuple(none - emitted(results[name]) for name in ("a", "b", "both"))


def test_ultra_low_emission_is_wasted_on_a_works_that_closes(tmp_path):
    moves = only("as-planned", "relocate-jiyu")
    stays = only("as-planned")
    results = run(tmp_path, 25, none=stays, a=moves, b=stays + ULE_JIYU, both=moves + ULE_JIYU)
    old = ["jiyu-old-sinter", "jiyu-old-hot-stove", "jiyu-old-reheating"]
    moved, cleaned, together = reductions(results, lambda data: total(data, "NOx", *old))
    assert moved > 0
    assert cleaned > 0
    assert together < 0.9 * (moved + cleaned)


def test_tie_ins_before_the_deadline_lower_the_fourth_quarter_for_a_while(tmp_path):
    # Longshun's strand is tied in late in 2025, with a stop of 20 days or without one.
    late = """
[measures.ule-longshun]
start = 2025-10-20
delay = "0 month"
  [[measures.ule-longshun.stages]]
  id       = "design"
  duration = "0 d"
  [[measures.ule-longshun.organised.stages]]
  id         = "tie-in"
  duration   = "20 d"
  units_down = [DOWN]
  [[measures.ule-longshun.organised.stages]]
  id         = "commissioning"
  duration   = "12 month"
"""
    head = only("as-planned", "ule-longshun")
    down = '"longshun-sinter", "longshun-sinter-tail"'
    results = run(
        tmp_path,
        20,
        running=head + late.replace("DOWN", ""),
        stopped=head + late.replace("DOWN", down),
    )
    running, stopped = (monthly(results[name], "NOx") for name in ("running", "stopped"))
    less = [running[month] - stopped[month] for month in running]
    quarter = sum(running[m] - stopped[m] for m in ("2025-10", "2025-11", "2025-12"))
    later = sum(running[m] - stopped[m] for m in running if m > "2025-12")
    assert quarter > 0 > later  # what was not made is made up
    assert abs(sum(less)) < 0.2 * quarter


# Longshun's strand is cleaned in October 2025; it stands still for 20 days in November.
CLEANED = """
[measures.strand-cleaned]
kind  = "retrofit"
start = 2025-10-01
  [measures.strand-cleaned.changes.longshun-sinter.emits.NOx]
  concentration = "20 mg/m3"
"""
STOPPED = """
[measures.strand-stopped]
kind  = "retrofit"
start = 2025-11-05
  [measures.strand-stopped.lost_output]
  fate       = "made_up"
  made_up_at = 0.05
  [measures.strand-stopped.changes.longshun-sinter.emits.NOx]
  limit = "300 mg/m3"
  [[measures.strand-stopped.stages]]
  id         = "tie-in"
  duration   = "20 d"
  units_down = ["longshun-sinter"]
"""


def test_a_tie_in_of_a_clean_strand_saves_less_in_the_fourth_quarter(tmp_path):
    head = only("as-planned")
    variants = {"none": head, "a": head + CLEANED, "b": head + STOPPED}
    results = run(tmp_path, 20, **variants, both=head + CLEANED + STOPPED)

    def fourth_quarter(data):
        emitted = monthly(data, "NOx")
        return sum(emitted[month] for month in ("2025-10", "2025-11", "2025-12"))

    cleaned, stopped, together = reductions(results, fourth_quarter)
    assert cleaned > 0
    assert stopped > 0
    assert max(cleaned, stopped) < together < 0.97 * (cleaned + stopped)


def test_an_outage_of_dry_quenching_brings_the_wet_tower_back(tmp_path):
    head = only("as-planned", "dry-quenching-jingwei")
    at_once = """
[measures.dry-quenching-jingwei]
start = 2024-01-01
delay = "0 month"
stages = [{ id = "commissioning", duration = "1 month" }]
"""
    never = """
  [measures.dry-quenching-jingwei.breakdowns]
  enabled = false
  [measures.dry-quenching-jingwei.yearly_repair]
  enabled = false
"""
    yearly = never.replace(
        "yearly_repair]\n  enabled = false", 'yearly_repair]\n  duration = "20 d"'
    )
    results = run(
        tmp_path,
        15,
        none=only("as-planned"),
        without=head + at_once + never,
        with_repair=head + at_once + yearly,
    )
    none, without, repaired = (
        monthly(results[name], "PM") for name in ("none", "without", "with_repair")
    )
    for year in range(2025, 2031):
        june, may = f"{year}-06", f"{year}-05"
        gain = none[june] - without[june]
        lost = repaired[june] - without[june]
        # 20 of 30 days are quenched wet.
        numpy.testing.assert_allclose(lost, gain * 20 / 30, rtol=0.01)
        numpy.testing.assert_allclose(repaired[may], without[may])


# A wet tower with better grids: half the dust (made up for the test).
WET_TOWER = """
[measures.wet-tower]
kind  = "retrofit"
start = 2024-01-01
  [measures.wet-tower.changes.jingwei-wet-quench.emits.PM]
  raw = "0.5 * @quench-PM"
"""


def test_a_better_wet_tower_is_worth_little_beside_dry_quenching_but_not_nothing(tmp_path):
    nothing, dry = only("as-planned"), only("as-planned", "dry-quenching-jingwei")
    results = run(tmp_path, 20, none=nothing, a=dry, b=nothing + WET_TOWER, both=dry + WET_TOWER)
    quenching = ["jingwei-wet-quench", "jingwei-dry-quench"]
    dried, wet, together = reductions(results, lambda data: total(data, "PM", *quenching))
    assert dried > 0
    assert wet > 0
    assert together < 0.95 * (dried + wet)
    assert together > 1.01 * dried  # before it is built, and in every outage


def test_works_that_share_crews_are_later_than_each_alone(tmp_path):
    short = "[resources.retrofit_crews]\ncapacity = 2\n"
    names = {"longshun": "ule-longshun", "jingwei": "ule-jingwei"}
    variants = {name: only("as-planned", id) + short for name, id in names.items()}
    variants["both"] = only("as-planned", *names.values()) + short
    results = run(tmp_path, 40, **variants)
    waited = 0
    for name, id in names.items():
        alone, together = works(results[name], id), works(results["both"], id)
        wait = together - alone  # [d]
        assert (wait >= 0).mean() > 0.9  # a season can be caught or missed by waiting
        waited += wait.mean()
    assert waited > 30


# Baotou Steel holds grade A from the first day, whatever it builds.
GRADE_A = """
[measures.grade-baogang]
start = 2024-01-01
after = []
pass  = { A = 1 }
  [measures.grade-baogang.breach]
  enabled = false
"""
STRANDS = ["baogang-sinter", "baogang-pellet", "baogang-hot-stove", "baogang-reheating"]


def test_grade_a_makes_alerts_cut_less(tmp_path):
    nothing, graded = only("air-alerts"), only("air-alerts", "grade-baogang") + GRADE_A
    alerts = only("air-alerts", "alerts")
    together = only("air-alerts", "alerts", "grade-baogang") + GRADE_A
    results = run(tmp_path, 15, none=nothing, a=alerts, b=graded, both=together)
    cut, by_grade, both = reductions(results, lambda data: total(data, "NOx", *STRANDS))
    assert cut > 0
    assert abs(by_grade) < 1e-6 * cut  # a grade by itself changes nothing
    assert both < 0.2 * (cut + by_grade)


def test_production_rebounds_after_an_alert(tmp_path):
    alerts = only("air-alerts", "alerts")
    none = "  [measures.alerts.rebound]\n  enabled = false\n"
    nothing = only("air-alerts")
    results = run(tmp_path, 15, none=nothing, net=alerts, gross=alerts + none)
    before = total(results["none"], "NOx", *STRANDS)
    gross = before - total(results["gross"], "NOx", *STRANDS)
    net = before - total(results["net"], "NOx", *STRANDS)
    assert 0 < net < 0.9 * gross


def test_boilers_are_not_rebuilt_in_the_heating_season(tmp_path):
    season = only("air-works", "gas-boilers")
    always = season + '[calendars.boiler_season]\nopen = ["01-01 to 12-31"]\n'
    results = run(tmp_path, 10, none=only("air-works"), season=season, always=always)
    done = progress(results["season"], "gas-boilers")
    when = months(results["season"])
    for year in range(2024, 2028):
        winter = done[:, when.index(f"{year}-10") : when.index(f"{year + 1}-03") + 1]
        assert (winter == winter[:, :1]).all()
    # Waiting for the season costs more than the season itself: what is cut comes a winter late.
    late, early = (
        total(results["none"], "NOx", "gas-boilers")
        - total(results[name], "NOx", "gas-boilers", "gas-boilers-low-NOx")
        for name in ("season", "always")
    )
    assert 0 < late < early


def test_spent_carbon_waits_less_with_more_collection(tmp_path):
    alone = "[resources.carbon_trucks]\nadditions = []\n"
    nothing, centre = only("air-carbon"), only("air-carbon", "carbon-centre")
    results = run(tmp_path, 10, none=nothing + alone, a=centre + alone, b=nothing, both=centre)
    shops = [f"spraying-{k:02d}" for k in range(1, 13)]
    regenerated, collected, both = reductions(results, lambda data: total(data, "VOC", *shops))
    assert regenerated > 0
    assert collected == 0  # trucks without a centre bring the carbon nowhere
    assert both > 1.05 * (regenerated + collected)

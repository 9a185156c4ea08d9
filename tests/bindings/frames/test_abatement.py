"""Costs of the two works in 2026: the filter abates 182.5 t, the hood 146 t."""

import numpy as np
import pytest

import lantian
from lantian import frames
from lantian.frames.abatement import capital_recovery_factor


def test_cost_per_tonne_is_annualised_capital_and_running_cost_over_the_tonnes(two_works):
    table = frames.abatement_costs(
        two_works, "NOx", years=2026, discount_rate=0, lifetime_years=10
    ).set_index("measure")
    assert table["abatement"].to_dict() == pytest.approx({"new-filter": 182.5, "hood": 146})
    # a tenth of 3.65 and of 1 million CNY, and 0.2 million a year to run the filter
    assert table["capital"].to_dict() == pytest.approx({"new-filter": 365e3, "hood": 100e3})
    assert table["operating"].to_dict() == pytest.approx({"new-filter": 200e3, "hood": 0}, abs=1e-6)
    assert table["cost_per_unit"].to_dict() == pytest.approx(
        {"new-filter": 565e3 / 182.5, "hood": 100e3 / 146}
    )
    assert table["unit"].tolist() == ["CNY/t"] * 2
    assert table["abatement_unit"].tolist() == ["t/year"] * 2
    assert table["cost_unit"].tolist() == ["CNY/year"] * 2
    assert table["price_year"].tolist() == [2025] * 2


def test_years_are_averaged_and_capital_is_charged_in_full(two_works):
    table = frames.abatement_costs(two_works, "NOx", discount_rate=0, lifetime_years=10)
    # 92 and 182.5 t; 184 of 365 days of running cost in 2025
    assert table["abatement"].iloc[0] == pytest.approx((92 + 182.5) / 2)
    assert table["capital"].iloc[0] == pytest.approx(365e3)
    assert table["operating"].iloc[0] == pytest.approx((200e3 * 184 / 365 + 200e3) / 2, rel=1e-3)


def test_capital_is_recovered_with_interest():
    # 1000 CNY at 10 % over 2 years: 576.19 at the end of each, 1000 = 576.19/1.1 + 576.19/1.21
    assert 1000 * capital_recovery_factor(0.1, 2) == pytest.approx(576.190476)
    assert capital_recovery_factor(0, 8) == 0.125


def test_what_abates_nothing_has_no_cost_per_tonne(two_works):
    table = frames.abatement_costs(two_works, "SO2", years=2026).set_index("measure")
    assert np.isnan(table.loc["new-filter", "cost_per_unit"])
    assert np.isnan(table.loc["new-filter", "cost_per_unit_p10"])
    assert table.loc["new-filter", "share_abating"] == 0
    assert table.loc["hood", "share_abating"] == 1


def test_whiskers_are_quantiles_over_the_replications_that_abate():
    from lantian.frames.abatement import _cost_per_unit

    spread = _cost_per_unit(np.full(5, 100.0), np.array([-10.0, 10, 20, 40, 50]))
    # mean 100 over mean 22; the four that abate cost 10, 5, 2.5 and 2 a tonne
    assert spread["cost_per_unit"] == pytest.approx(100 / 22)
    assert spread["cost_per_unit_p10"] == pytest.approx(2 + 0.3 * 0.5)
    assert spread["cost_per_unit_p90"] == pytest.approx(5 + 0.7 * 5)
    assert spread["share_abating"] == pytest.approx(0.8)


@pytest.mark.parametrize(("rate", "life"), [(0.08, 0), (0.08, -5), (-1, 15)])
def test_impossible_lifetimes_and_rates_are_refused(two_works, rate, life):
    with pytest.raises(lantian.UsageError, match="the first must be above 0 years"):
        frames.abatement_costs(two_works, "NOx", discount_rate=rate, lifetime_years=life)


def test_years_outside_the_horizon_are_refused(two_works):
    message = "years 2026 to 2030 are not all in untouched: it has 2025 to 2026"
    with pytest.raises(lantian.UsageError, match=message):
        frames.abatement_costs(two_works, "NOx", years=(2026, 2030))

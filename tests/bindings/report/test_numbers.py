"""Numbers, money and dates as people read them."""

import numpy as np
import pytest

from lantian.messages import Messages
from lantian.report.numbers import Numbers

ENGLISH, CHINESE = Numbers(Messages("en")), Numbers(Messages("zh"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (12.345, "12.3"),
        (999.4, "999"),
        (999.9, "1,000"),
        (1234.5, "1,234"),
        (123_456, "123,500"),
        (0.045678, "0.0457"),
        (-0.5, "\N{MINUS SIGN}0.500"),
        (1.2e-5, "1.2e-05"),
        (float("nan"), "–"),
        (None, "–"),
    ],
)
def test_numbers_have_three_or_four_significant_digits(value, text):
    assert ENGLISH.number(value) == text


def test_signs_are_shown_where_asked_for():
    assert ENGLISH.number(2.5, signed=True) == "+2.50"
    assert ENGLISH.share(-0.1234, signed=True) == "\N{MINUS SIGN}12.3\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(("share", "text"), [(0, "0%"), (1, "100%"), (0.5, "50.0%")])
def test_shares_are_percentages(share, text):
    assert CHINESE.share(share) == text


def test_money_is_written_in_the_units_of_the_language():
    assert ENGLISH.money(1.5e9) == "1.50 billion CNY"
    assert ENGLISH.money(2.5e6) == "2.50 million CNY"
    assert CHINESE.money(1.5e9) == "15.0亿元"
    assert CHINESE.money(2.5e6) == "250万元"
    assert CHINESE.money_cell(2.5e6).value == 250


def test_units_are_printed_as_people_write_them():
    assert ENGLISH.unit("m3/year") == "m³/year"
    assert CHINESE.unit("t/year") == "吨/年"
    assert CHINESE.unit("tce") == "tce"


def test_dates_are_written_in_the_language():
    day = np.datetime64("2025-03-09")
    assert ENGLISH.date(day) == "9 Mar 2025"
    assert CHINESE.date(day) == "2025年3月9日"
    assert ENGLISH.date_cell(day).value == "2025-03-09"
    assert ENGLISH.date_cell(np.datetime64("NaT")).value is None

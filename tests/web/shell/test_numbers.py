"""Figures are written the same way everywhere, and nothing is never a zero."""

from decimal import Decimal

import pytest

from remit.web import numbers


@pytest.mark.parametrize(
    ("value", "hant", "hans", "en"),
    [
        (Decimal("4596039.58"), "459.6萬", "459.6万", "4.6M"),
        (107840076, "1.08億", "1.08亿", "107.8M"),
        (15500, "1.55萬", "1.55万", "15.5k"),
        (9999, "9,999", "9,999", "9,999"),
        (-20000, "−2萬", "−2万", "−20k"),
        (0, "0", "0", "0"),
        (None, "—", "—", "—"),
        (float("nan"), "—", "—", "—"),
    ],
)
def test_large_numbers_are_said_in_the_reader_s_steps(value, hant, hans, en):
    assert [numbers.short(value, code) for code in ("zh-hant", "zh-hans", "en-gb")] == [hant, hans, en]


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (Decimal("4596039.58"), "USD", "US$4,596,039.58"),
        (Decimal("107840076.4"), "TWD", "NT$107,840,076"),
        (Decimal("-3.5"), "CNY", "−¥3.50"),
        (12, "CHF", "CHF\u00a012.00"),
        (12, "", "12.00"),
        (None, "USD", "—"),
    ],
)
def test_money_keeps_its_currency_and_its_cents(value, currency, text):
    assert numbers.money(value, currency) == text


def test_brief_money_takes_the_reader_s_steps():
    assert numbers.money(4596039.58, "USD", language="zh-hant", brief=True) == "US$459.6萬"


@pytest.mark.parametrize(
    ("value", "share", "signed"),
    [(0.1234, "12.3%", "+12.3%"), (-0.04, "−4.0%", "−4.0%"), (0, "0.0%", "0.0%"), (None, "—", "—")],
)
def test_shares_are_per_cent_and_changes_carry_their_sign(value, share, signed):
    assert (numbers.percent(value), numbers.change(value)) == (share, signed)


@pytest.mark.parametrize(
    ("unit", "text"),
    [("money", "US$0.50"), ("share", "50.0%"), ("ratio", "0.50"), ("count", "0.5"), ("days", "0.5")],
)
def test_a_figure_is_written_by_its_unit(unit, text):
    assert numbers.figure(0.5, unit, currency="USD", language="en") == text

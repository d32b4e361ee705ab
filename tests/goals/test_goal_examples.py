"""The tables of ``docs/how/goals.md`` and ``docs/how/forecast.md`` are true."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from remit.goals.pacing import Stretch, pace_of
from remit.goals.splitting import read_shares, split_amount
from remit.kernels.forecasting import Forecast, Score

HOW = Path(__file__).resolve().parents[2] / "docs/how"
ENDS = ((1, 3, 31), (4, 6, 30), (7, 9, 30), (10, 12, 31))


def table(page: str, head: str) -> list[list[str]]:
    """The rows of the table that begins with a title."""
    text = (HOW / page).read_text(encoding="utf-8")
    (found,) = re.findall(rf"^\| {re.escape(head)} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found.strip().splitlines()]


@pytest.mark.parametrize(("total", "shares", "parts"), table("goals.md", "total"))
def test_amounts_split_as_the_page_says(total, shares, parts):
    assert split_amount(Decimal(total), read_shares(shares), 2) == [
        Decimal(each) for each in parts.split("/")
    ]


@pytest.mark.parametrize(("how", "day", "expected", "came", "pace"), table("goals.md", "year of 1000"))
def test_paces_are_as_the_page_says(how, day, expected, came, pace):
    sizes = re.findall(r"\d+", how)
    parts = tuple(
        Stretch(date(2018, first, 1), date(2018, last, end), Decimal(size))
        for (first, last, end), size in zip(ENDS, sizes, strict=False)
    )
    year = Stretch(date(2018, 1, 1), date(2018, 12, 31), Decimal(1000), parts)
    found = pace_of(year, Decimal(came), date.fromisoformat(day), adds=True, falls=False)
    assert found.expected == pytest.approx(Decimal(expected), abs=Decimal("0.005"))
    assert f"{found.pace:.0%}" == pace


@pytest.mark.parametrize(("spreads", "together", "spread"), table("forecast.md", "spreads"))
def test_the_spread_of_a_sum_is_as_the_page_says(spreads, together, spread):
    each = np.array([float(text) for text in spreads.split(",")])
    scores = (Score("drift", 1.0, 0.1, 12),)
    made = Forecast("drift", np.zeros(len(each)), each, float(together), scores, len(each))
    assert made.sum_of(np.ones(len(each)))[1] == pytest.approx(float(spread), abs=0.005)

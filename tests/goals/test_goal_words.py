"""Pace and chance as people say them: nothing is certain, nothing impossible, nothing invented."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from remit.goals.pacing import Pace
from remit.goals.queries.goal_figures import Standing
from remit.web.goals.words import chance_words, pace_words

FRESH = date(2026, 3, 1)


def standing(*, gone: float = 0.5, pace: float | None = 0.92, seen: bool = True, fresh: date | None = FRESH):
    return Standing(Pace(Decimal(1), 0.1, Decimal(2), pace, None, gone), fresh, seen)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (None, ""),
        (standing(seen=False), "not yours to see"),
        (standing(gone=0.0), "not begun"),
        (standing(pace=None), "no data"),
        (standing(fresh=None, pace=None, gone=0.0), "no data"),
        (standing(gone=1.0), "its days are over"),
        (standing(), "at this pace 92%"),
    ],
)
def test_a_pace_is_said_or_why_there_is_none(row, words):
    with translation.override("en"):
        assert pace_words(row, FRESH) == words


@pytest.mark.parametrize(
    ("chance", "words"),
    [(None, ""), (0.004, "below 1%"), (0.01, "1%"), (0.37, "37%"), (0.99, "99%"), (0.997, "above 99%")],
)
def test_a_chance_is_never_nothing_and_never_certain(chance, words):
    with translation.override("en"):
        assert chance_words(chance) == words

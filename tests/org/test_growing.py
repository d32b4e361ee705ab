"""Levels that count, gaps, months and criteria, without a database."""

from datetime import date

import pytest

from remit.org.growing import Answered, Asked, Gap, Standing, answered, months_held

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("said", "level", "source"),
    [
        ({}, None, ""),
        ({"self": 5}, 5, "self"),
        ({"self": 5, "manager": 2}, 2, "manager"),
        ({"self": 5, "manager": 4, "evidence": 3}, 3, "evidence"),
        ({"self": 1, "evidence": 4}, 4, "evidence"),
    ],
)
def test_evidence_counts_before_the_manager_and_the_manager_before_oneself(said, level, source):
    standing = Standing(said)
    assert (standing.level, standing.source) == (level, source)


@pytest.mark.parametrize(
    ("asked", "said", "missing", "is_open"),
    [
        (4, {"self": 3}, 1, False),
        (4, {"self": 5}, 0, False),
        (4, {}, 0, True),
        (0, {}, 0, False),
        (0, {"self": 1}, 0, False),
    ],
)
def test_a_gap_is_what_is_missing_and_what_nobody_said_is_open(asked, said, missing, is_open):
    gap = Gap(asked, Standing(said))
    assert (gap.missing, gap.is_open) == (missing, is_open)


@pytest.mark.parametrize(
    ("spans", "months"),
    [
        ([], 0),
        ([(date(2025, 3, 2), date(2026, 3, 1))], 12),
        ([(date(2025, 3, 2), None)], 12),
        ([(date(2025, 3, 3), None)], 12),  # until and including today
        ([(date(2025, 3, 4), None)], 11),
        ([(date(2026, 1, 31), date(2026, 2, 27))], 0),
        ([(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28))], 2),
        ([(date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 4, 1), date(2025, 12, 31))], 12),
        ([(date(2025, 1, 1), date(2025, 1, 15)), (date(2025, 3, 1), date(2025, 3, 15))], 1),
        ([(date(2026, 5, 1), None)], 0),
    ],
)
def test_months_in_a_position_are_those_of_the_calendar_and_overlaps_count_once(spans, months):
    assert months_held(spans, ON) == months


def test_each_criterion_is_met_or_missing_with_its_figures():
    criteria = [
        Asked(1, skill=7, level=4),
        Asked(2, skill=8, level=2),
        Asked(3, months=24),
        Asked(4),
        Asked(5),
    ]
    found = answered(criteria, standings={7: Standing({"self": 3})}, months=24, confirmed=frozenset({5, 9}))
    assert [(a.asked.id, a.have, a.want, a.is_met) for a in found] == [
        (1, 3, 4, False),
        (2, 0, 2, False),
        (3, 24, 24, True),
        (4, 0, 1, False),
        (5, 1, 1, True),
    ]
    assert isinstance(found[0], Answered)

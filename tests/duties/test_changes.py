"""A change of rhythm, dates or calendar holds from its day on: nobody becomes late by it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from remit.duties.actions.charge import charge_unit, charge_units, end_charge
from remit.duties.actions.clock import tick
from remit.duties.actions.duty import change_duty, retire_duty
from remit.duties.actions.generation import regenerate
from remit.duties.actions.proposal import decide_proposal, propose_change
from remit.duties.models import Charge
from remit.org.models import CalendarDay, CalendarYear

from .conftest import AT, DAY, draft

CHANGED_AT = datetime(2026, 4, 15, 2, tzinfo=UTC)  # Wednesday, ten in the morning in Taipei
CHANGED_ON = date(2026, 4, 15)


def due(charge, since=date.min, count=None):
    rows = charge.occurrences.filter(due_on__gte=since).order_by("due_on", "key")
    return [(key, day.isoformat()) for key, day in rows.values_list("key", "due_on")[:count]]


def past(charge, at):
    return set(charge.occurrences.filter(due_at__lte=at).values_list("key", flat=True))


@pytest.mark.parametrize("changes", [{"rhythm": "daily", "day": None}, {"rhythm": "monthly", "day": 2}])
def test_a_new_rhythm_creates_nothing_in_the_past(house, changes):
    charge = house.charge(rhythm="weekly", day=5)
    before = past(charge, CHANGED_AT)
    change_duty(duty=charge.duty, draft=draft(**changes), by=None, at=CHANGED_AT)
    assert past(charge, CHANGED_AT) == before
    assert tick(at=CHANGED_AT).overdue == len(before)


def test_weekly_becomes_daily_from_the_day_of_the_change_on(house):
    charge = house.charge(rhythm="weekly", day=5)
    change_duty(duty=charge.duty, draft=draft(rhythm="daily", day=None), by=None, at=CHANGED_AT)
    assert due(charge, date(2026, 4, 9), 6) == [
        ("2026-W15", "2026-04-10"),
        ("2026-04-15", "2026-04-15"),
        ("2026-04-16", "2026-04-16"),
        ("2026-04-17", "2026-04-17"),
        ("2026-W16", "2026-04-17"),  # had shown itself
        ("2026-04-20", "2026-04-20"),
    ]


def test_after_the_hour_at_which_things_are_due_it_begins_tomorrow(house):
    charge = house.charge(rhythm="weekly", day=5)
    evening = CHANGED_AT + timedelta(hours=9)
    change_duty(duty=charge.duty, draft=draft(rhythm="daily", day=None), by=None, at=evening)
    assert due(charge, CHANGED_ON, 1) == [("2026-04-16", "2026-04-16")]


def test_an_accepted_proposal_creates_nothing_in_the_past(house):
    charge = house.charge(rhythm="weekly", day=5)
    before = past(charge, CHANGED_AT)
    made = propose_change(
        duty=charge.duty, changes={"rhythm": "daily", "day": None}, reason="x", by=None, at=CHANGED_AT
    )
    decide_proposal(proposal=made, is_accepted=True, by=house.people["dora"], at=CHANGED_AT)
    assert past(charge, CHANGED_AT) == before


def test_the_time_between_an_end_and_a_new_beginning_is_not_owed(house):
    charge = house.charge(rhythm="weekly", day=5)
    end_charge(charge=charge, ends_on=date(2026, 4, 17), by=None, at=CHANGED_AT)
    again = datetime(2026, 9, 1, 2, tzinfo=UTC)
    same = charge_unit(duty=charge.duty, unit=charge.unit, starts_on=date(2026, 9, 7), by=None, at=again)
    assert (same.pk, same.starts_on, same.ends_on) == (charge.pk, date(2026, 9, 7), None)
    assert due(charge, date(2026, 4, 11), 3) == [
        ("2026-W16", "2026-04-17"), ("2026-W37", "2026-09-11"), ("2026-W38", "2026-09-18"),
    ]  # fmt: skip


def test_a_retired_duty_that_comes_back_is_owed_from_then_on(house):
    charge = house.charge(rhythm="weekly", day=5)
    retire_duty(duty=charge.duty, by=house.people["dora"], at=AT)
    change_duty(duty=charge.duty, draft=draft(rhythm="weekly", day=4), by=None, at=CHANGED_AT)
    assert due(charge, date(2026, 3, 7), 1) == [("2026-W16", "2026-04-16")]


def test_a_duty_given_from_years_ago_is_owed_from_the_day_it_is_given(house):
    charge = house.charge(starts_on=date(2020, 1, 1), rhythm="weekly", day=5)
    assert due(charge, count=1) == [("2026-W10", "2026-03-06")]
    assert tick(at=AT).overdue == 0


def test_once_is_due_working_days_after_the_day_it_is_given(house):
    assert due(house.charge(starts_on=date(2020, 1, 1), rhythm="once", day=5)) == [("once", "2026-03-09")]


def test_a_history_that_is_entered_has_its_past(house):
    (charge,) = charge_units(
        duties={house.duty(rhythm="weekly", day=5): date(2026, 2, 2)}, unit=house.units["shop"], by=None,
        at=AT, with_past=True,
    )  # fmt: skip
    assert due(charge, count=1) == [("2026-W06", "2026-02-06")]


def test_a_day_off_that_is_entered_late_neither_loses_a_period_nor_makes_it_late(house):
    charge = house.charge(day=20)
    at = datetime(2026, 3, 12, 2, tzinfo=UTC)  # March shows itself on the 13th
    entered = CalendarYear.objects.create(country="CN", year=2026, entered_at=at)
    for number in range(9, 21):
        CalendarDay.objects.create(calendar=entered, day=date(2026, 3, number), is_working=False)
    regenerate(charges=[charge], at=at)
    assert due(charge, count=2) == [("2026-03", "2026-03-20"), ("2026-04", "2026-04-20")]


def test_a_working_day_that_is_entered_late_is_owed_by_nobody(house):
    charge = house.charge(rhythm="daily", day=None)
    entered = CalendarYear.objects.create(country="CN", year=2026, entered_at=CHANGED_AT)
    CalendarDay.objects.create(calendar=entered, day=date(2026, 4, 11), is_working=True)  # a Saturday
    before = past(charge, CHANGED_AT)
    regenerate(charges=Charge.objects.all(), at=CHANGED_AT)
    assert past(charge, CHANGED_AT) == before


def test_an_earlier_due_day_that_has_passed_leaves_this_period_as_it_was(house):
    charge = house.charge(day=20)
    at = datetime(2026, 3, 12, 2, tzinfo=UTC)
    change_duty(duty=charge.duty, draft=draft(day=10), by=None, at=at)
    assert due(charge, count=2) == [("2026-03", "2026-03-20"), ("2026-04", "2026-04-10")]
    assert charge.starts_on == DAY

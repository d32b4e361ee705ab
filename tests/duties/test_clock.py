"""The clock with much to do: few queries a row, small transactions, at most one level a working day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from remit.audit.models import Event
from remit.audit.queries.verification import verify
from remit.duties.actions.charge import charge_units
from remit.duties.actions.clock import AT_ONCE, BATCHES_MAX, ESCALATES_AFTER, tick
from remit.duties.actions.evidence import waive
from remit.duties.models import Escalation, Handover, Occurrence
from remit.notices.models import Notice
from remit.org.models import Person

from .conftest import AT, built

GIVES = {"to": "T2", "what": {"zh": "報告", "en": "report"}, "within_days": 2}
MANY = 120
DUE = datetime(2026, 3, 20, 10, tzinfo=UTC)


def flooded(house, **changes):
    """A weekly duty with a past that nobody lived: more than two years of overdue weeks."""
    house.charge("T2", rhythm="once", day=20)
    (charge,) = charge_units(
        duties={house.duty(rhythm="weekly", day=5, hands_over=[GIVES], **changes): date(2023, 11, 1)},
        unit=house.units["shop"], by=None, at=AT, with_past=True,
    )  # fmt: skip
    assert charge.occurrences.filter(due_at__lte=AT).count() > MANY
    return charge


def levels():
    return sorted(Escalation.objects.values_list("level", flat=True).distinct())


def test_hundreds_of_overdue_rows_cost_few_queries_and_no_transaction_holds_many(house):
    charge = flooded(house)
    late = charge.occurrences.filter(due_at__lte=AT).count()
    with CaptureQueriesContext(connection) as seen:
        assert tick(at=AT).overdue == late
    assert len(seen) <= 190  # 1.5 a row, whatever is told and written
    with CaptureQueriesContext(connection) as seen:
        assert tick(at=AT + timedelta(days=2)).escalated == late
    assert len(seen) <= 130
    assert Handover.objects.filter(occurrence__charge=charge).count() == late
    assert verify().holds
    assert Event.objects.filter(name="duties.occurrence.escalated").count() == late
    told = Notice.objects.filter(person__name="chief", text__contains="came up to you")
    assert [one.fields["count"] for one in told] == [AT_ONCE] * (late // AT_ONCE) + [late % AT_ONCE]


def test_what_is_more_than_a_tick_takes_waits_for_the_next(house, monkeypatch):
    monkeypatch.setattr("remit.duties.actions.clock.BATCHES_MAX", 2)
    charge = flooded(house)
    late = charge.occurrences.filter(due_at__lte=AT).count()
    taken = [tick(at=AT + timedelta(minutes=5 * number)).overdue for number in range(3)]
    assert taken == [2 * AT_ONCE, late - 2 * AT_ONCE, 0]
    oldest = charge.occurrences.order_by("due_at")[: 2 * AT_ONCE]
    assert {one.overdue_at for one in oldest} == {AT}


@pytest.mark.django_db(transaction=True)
def test_others_may_write_between_the_batches():
    flooded(built())
    with CaptureQueriesContext(connection) as seen:
        tick(at=AT)
    whole, held = [], None
    for query in seen.captured_queries:
        if query["sql"].startswith("BEGIN"):
            held = 0
        elif query["sql"].startswith("COMMIT"):
            whole.append(held)
            held = None
        elif held is not None:
            held += 1
    assert len(whole) == 2 * -(-Occurrence.objects.filter(due_at__lte=AT).count() // AT_ONCE)
    assert max(whole) <= 80
    assert AT_ONCE * BATCHES_MAX == 500


def test_a_clock_that_has_nothing_to_do_takes_no_lock(house, django_assert_num_queries):
    house.charge()
    with django_assert_num_queries(16) as seen:
        tick(at=AT)
    assert not any("SAVEPOINT" in query["sql"] for query in seen.captured_queries)


def test_after_a_long_sleep_it_goes_up_one_level_a_working_day(house):
    one = house.first(house.charge())
    at = datetime(2026, 4, 15, 2, tzinfo=UTC)  # Wednesday; nothing ran since the 20th of March
    steps = []
    for _tick in range(12 * 24 * 8):
        before = Escalation.objects.filter(occurrence=one).count()
        tick(at=at)
        if Escalation.objects.filter(occurrence=one).count() > before:
            steps.append(at.isoformat()[:16])
        at += timedelta(minutes=5 if steps and len(steps) < 2 else 30)
        if len(steps) == len(ESCALATES_AFTER):
            break
    # 18:00 in Taipei on Thursday, Friday and Monday
    assert steps == ["2026-04-16T10:00", "2026-04-17T10:00", "2026-04-20T10:00"]


def test_awake_it_goes_up_after_one_three_and_five_working_days(house):
    one = house.first(house.charge())
    steps = []
    for hours in range(0, 24 * 9, 2):
        before = Escalation.objects.filter(occurrence=one).count()
        tick(at=DUE + timedelta(hours=hours))
        if Escalation.objects.filter(occurrence=one).count() > before:
            steps.append((DUE + timedelta(hours=hours)).date().isoformat())
    assert steps == ["2026-03-23", "2026-03-25", "2026-03-27"]  # the 20th is a Friday


def test_what_is_closed_goes_no_further_up(house):
    one = house.first(house.charge())
    tick(at=DUE)
    waive(occurrence=one, reason="x", by=Person.objects.get(name="dora"), at=DUE + timedelta(hours=1))
    assert tick(at=DUE + timedelta(days=3)).escalated == 0

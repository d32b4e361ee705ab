"""Two at once, on a database that lets them: SQLite has one writer, PostgreSQL many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from remit.duties.actions.clock import tick
from remit.duties.actions.evidence import NotOpen, accept, deliver, give_evidence
from remit.duties.actions.generation import generate
from remit.duties.models import Escalation, Occurrence, Review
from remit.notices.models import Notice
from remit.org.models import Assignment

from .conftest import AT, built

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="one writer at a time"),
]
DUE = datetime(2026, 3, 20, 10, tzinfo=UTC)
TIMES = 4


def at_once(*works):
    """Each in a thread and a connection of its own, begun together; what they returned or raised."""
    together = Barrier(len(works))

    def run(work):
        together.wait(timeout=20)
        try:
            return work()
        except NotOpen as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def told(text):
    return sorted(Notice.objects.filter(text__contains=text).values_list("person__name", flat=True))


def test_two_clocks_tell_everybody_once():
    house = built()
    for number in range(6):
        house.charge(f"T1.{number}")
    for at in (DUE - timedelta(hours=30), DUE, DUE + timedelta(days=3), DUE + timedelta(days=5)):
        at_once(*[lambda at=at: tick(at=at)] * TIMES)
        tick(at=at)  # what a clock left to another that held it
    assert told("Today shows them") == ["ana"]
    assert told("is overdue since %(day)s.") == ["ana"] * 6 + ["dora"] * 6
    assert told("came up to you") == ["chief"] * 6
    levels = Escalation.objects.order_by("occurrence", "level").values_list("level", flat=True)
    assert list(levels) == [1, 2] * 6


def test_of_two_acceptances_one_wins():
    house = built()
    charge = house.charge()
    one, ana, dora = house.first(charge), house.people["ana"], house.people["dora"]
    give_evidence(occurrence=one, kind="note", text="Done.", by=ana, at=AT)
    deliver(occurrence=one, by=ana, at=AT)
    found = at_once(*[lambda: accept(occurrence=one, by=dora, at=AT)] * TIMES)
    assert [type(each) for each in found].count(Review) == 1
    assert [type(each) for each in found].count(NotOpen) == TIMES - 1
    assert Review.objects.count() == 1


def test_two_generations_write_each_occurrence_once():
    house = built()
    charge = house.charge()
    before = list(charge.occurrences.order_by("due_at").values_list("key", flat=True))
    Occurrence.objects.all().delete()
    charge.generated_until = None
    charge.save()
    at_once(*[lambda: generate(until=DUE.date() + timedelta(days=712), at=AT)] * TIMES)
    assert list(charge.occurrences.order_by("due_at").values_list("key", flat=True)) == before


def test_who_takes_over_while_it_goes_up_is_told_once_or_whoever_stood_there_before():
    house = built()
    house.person("cora")
    charge = house.charge()
    tick(at=DUE)

    def reassign():
        with transaction.atomic():
            Assignment.objects.filter(person=house.people["chief"]).update(ends_on=DUE.date())
            house.post("cora", "chief_executive", "group", starts_on=DUE.date() + timedelta(days=1))

    at = DUE + timedelta(days=3)
    at_once(reassign, *[lambda: tick(at=at)] * TIMES)
    tick(at=at)
    (escalation,) = Escalation.objects.filter(occurrence=house.first(charge))
    assert escalation.person.name in ("chief", "cora")
    assert told("came up to you") == [escalation.person.name]


def test_after_the_change_it_goes_to_whoever_stands_there_now():
    house = built()
    house.person("cora")
    house.charge()
    tick(at=DUE)
    Assignment.objects.filter(person=house.people["chief"]).update(ends_on=DUE.date())
    house.post("cora", "chief_executive", "group", starts_on=DUE.date() + timedelta(days=1))
    at_once(*[lambda: tick(at=DUE + timedelta(days=3))] * TIMES)
    assert told("came up to you") == ["cora"]

"""A change of the record is found."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from remit.audit import guard
from remit.audit.actions import erase, record
from remit.audit.chain import GENESIS
from remit.audit.events import EventType
from remit.audit.models import Event, Head, PersonalValue
from remit.audit.queries import Checked, verify
from remit.core.ref import Ref

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DONE = EventType("test.thing.done", "Thing %(name)s done", fields=("name",), personal=("phone",))


CHANGED = "its content was changed"
TAMPERED = {
    "fields": ('UPDATE audit_event SET fields = \'{"name":"x"}\' WHERE id = 3', 3, CHANGED),
    "person": ('UPDATE audit_event SET "by" = 9 WHERE id = 2', 2, CHANGED),
    "time": ("UPDATE audit_event SET at = '2026-03-01 12:00:00.000001' WHERE id = 4", 4, CHANGED),
    "link": (
        "UPDATE audit_event SET previous = 'x' WHERE id = 5",
        5,
        "it does not follow the event before it",
    ),
    "personal value": (
        "UPDATE audit_personalvalue SET value = 'x' WHERE event_id = 2",
        2,
        "its personal value “phone” was changed",
    ),
    "event removed": (
        "DELETE FROM audit_personalvalue; DELETE FROM audit_event WHERE id = 3",
        3,
        "it is missing: the next one there is number 4",
    ),
    "last event removed": (
        "DELETE FROM audit_personalvalue; DELETE FROM audit_event WHERE id = 5",
        5,
        "the end of the record is missing",
    ),
    "end moved": ("UPDATE audit_head SET number = 3", 4, "the end of the record is missing"),
    "end removed": ("DELETE FROM audit_head", 1, "it was added past the end"),
}


@pytest.fixture
def events(db):
    return [
        record(DONE, Ref("thing", n), by=n, at=AT, fields={"name": f"n{n}"}, personal={"phone": f"09{n}"})
        for n in range(1, 6)
    ]


def tamper(statement: str) -> None:
    """What an intruder with the database's password does."""
    guard.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_empty_record_holds(db):
    assert verify() == Checked(0, GENESIS)


def test_an_untouched_record_holds(events):
    assert verify() == Checked(5, events[-1].digest)


def test_it_still_holds_when_a_person_was_erased(events):
    erase(about=Ref("thing", 3), by=None, at=AT)
    assert verify() == Checked(6, Head.objects.get().digest)


@pytest.mark.parametrize(("statement", "broken", "problem"), TAMPERED.values(), ids=TAMPERED)
def test_the_first_broken_event_is_named(events, statement, broken, problem):
    for one in statement.split("; "):
        tamper(one)
    checked = verify()
    assert (checked.broken, checked.problem) == (broken, problem)


def test_an_event_added_past_the_end_is_found(events):
    Head.objects.update(number=4, digest=events[3].digest)
    assert verify() == Checked(4, events[3].digest, broken=5, problem="it was added past the end")


def test_a_record_rewritten_as_a_whole_is_found_by_an_anchor_kept_elsewhere(events):
    anchor = (events[2].pk, events[2].digest)
    assert verify(anchor).holds
    PersonalValue.objects.all().delete()
    tamper("DELETE FROM audit_event")
    Head.objects.all().delete()
    for n in range(5):
        record(DONE, Ref("thing", n), by=n, at=AT, fields={"name": "forged"})
    assert verify().holds
    assert verify(anchor).broken == 3


def test_the_command_prints_the_changed_row_and_fails(events, capsys):
    call_command("audit")
    assert capsys.readouterr().out == f"5 events hold together.\nEnd: 5:{events[-1].digest}\n"
    tamper("UPDATE audit_event SET name = 'forged' WHERE id = 3")
    with pytest.raises(CommandError, match=r"(?s)Event 3 is broken: its content was changed\..*name: forged"):
        call_command("audit")


def test_the_command_says_so_when_the_guard_is_gone(events):
    guard.remove(connection)
    with pytest.raises(CommandError, match="its guard is missing"):
        call_command("audit")


@pytest.mark.parametrize("anchor", ["5", "x:" + "0" * 64, "5:123"])
def test_an_anchor_that_cannot_be_read_is_refused(db, anchor):
    with pytest.raises(CommandError, match="NUMBER:DIGEST"):
        call_command("audit", anchor=anchor)


def test_the_guard_is_back_after_the_next_migration(db):
    guard.remove(connection)
    lost = guard.missing(connection)
    assert "audit_event_append_only" in lost or "audit_event_no_update" in lost
    call_command("migrate", verbosity=0)
    assert guard.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_keep_one_chain():
    def write(writer: int) -> None:
        try:
            for n in range(10):
                with transaction.atomic():
                    record(DONE, Ref("thing", n), by=writer, at=AT, fields={"name": str(n)})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    assert (verify().events, verify().broken) == (40, None)
    assert [Event.objects.filter(by=writer).count() for writer in range(4)] == [10, 10, 10, 10]

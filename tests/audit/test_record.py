"""The record of what happened."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from remit.audit import reactions
from remit.audit.actions import erase, record
from remit.audit.actions.event import UndeclaredField
from remit.audit.chain import GENESIS, NotRecordable
from remit.audit.events import EventDeclaredTwice, EventType
from remit.audit.models import Delivery, Event, Head, PersonalValue
from remit.core.ref import Ref

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
KEPT = EventType(
    "test.thing.kept", "Thing %(name)s kept for %(phone)s", fields=("name", "price"), personal=("phone",)
)


@pytest.fixture(autouse=True)
def no_reactions():
    before = reactions.registered()
    reactions.register({})
    yield
    reactions.register(before)


def test_each_event_carries_the_digest_of_the_one_before():
    first = record(KEPT, Ref("thing", 1), by=None, at=AT, fields={"name": "a"})
    second = record(KEPT, Ref("thing", 1), by=7, at=AT, fields={"name": "b"})
    assert (second.id - first.id, second.previous, second.by) == (1, first.digest, 7)
    head = Head.objects.get()
    assert (head.number, head.digest) == (second.id, second.digest)


def test_the_first_event_follows_nothing():
    assert record(KEPT, None, by=None, at=AT).previous == GENESIS


def test_a_value_is_kept_as_both_databases_give_it_back():
    event = record(
        KEPT,
        Ref("thing", 1),
        by=None,
        at=AT.astimezone(timezone(timedelta(hours=8))),
        fields={
            "name": ("a\x00", AT, AT.date(), Ref("unit", 2), {3, 1}, None, True),
            "price": Decimal("1.50"),
        },
    )
    event.refresh_from_db()
    assert event.fields == {
        "name": ["a�", "2026-03-01T12:00:00.000000+00:00", "2026-03-01", "unit:2", [1, 3], None, True],
        "price": "1.50",
    }
    assert event.at == AT


def test_a_value_that_is_not_plain_is_refused():
    with pytest.raises(NotRecordable):
        record(KEPT, None, by=None, at=AT, fields={"name": object()})


def test_a_field_that_the_kind_does_not_declare_is_refused():
    with pytest.raises(UndeclaredField, match=r"colour, name"):
        record(KEPT, None, by=None, at=AT, fields={"colour": "red"}, personal={"name": "x"})
    assert Event.objects.count() == 0


def test_two_different_events_cannot_share_a_name():
    EventType("test.thing.kept", "other words", fields=("name", "price"), personal=("phone",))
    with pytest.raises(EventDeclaredTwice):
        EventType("test.thing.kept", "x", fields=("name",))


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event"], ids=["update", "delete"]
)
def test_the_database_itself_refuses_to_change_an_event(statement):
    record(KEPT, None, by=None, at=AT)
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Event.objects.get().name == "test.thing.kept"


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_sqlite_refuses_to_replace_an_event_whatever_the_connection_says(recursive):
    if connection.vendor != "sqlite":
        return  # PostgreSQL has no REPLACE
    record(KEPT, None, by=None, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={recursive}")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute("INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event")
        cursor.execute("PRAGMA recursive_triggers=ON")


def test_a_personal_value_lies_apart_and_can_be_erased():
    event = record(KEPT, Ref("thing", 1), by=None, at=AT, personal={"phone": "0912"}, about=Ref("person", 5))
    assert "0912" not in str(event.personal)
    assert PersonalValue.objects.get().about == "person:5"
    assert erase(about=Ref("person", 5), by=None, at=AT) == 1
    assert PersonalValue.objects.count() == 0


def test_an_event_and_its_deliveries_stand_or_fall_together():
    reactions.register({"test.thing.kept": ("a.b.c", "d.e.f")})
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(KEPT, None, by=None, at=AT)
        raise ZeroDivisionError
    assert (Event.objects.count(), Delivery.objects.count()) == (0, 0)
    event = record(KEPT, None, by=None, at=AT)
    assert list(Delivery.objects.order_by("id").values_list("event", "reaction", "due_at", "attempts")) == [
        (event.id, "a.b.c", AT, 0),
        (event.id, "d.e.f", AT, 0),
    ]


def test_the_sentence_shows_values_and_bars_what_was_erased():
    assert KEPT.say({"name": "a", "phone": "0912"}) == "Thing a kept for 0912"
    assert KEPT.say({}) == "Thing — kept for █"

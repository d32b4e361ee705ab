"""The page that shows the record."""

from datetime import UTC, datetime, timedelta

import pytest

from remit.audit.actions import erase, record
from remit.audit.events import EventType
from remit.audit.models import Event
from remit.audit.queries import found, page, sentence_of
from remit.core.ref import Ref

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SEEN = EventType("test.page.seen", "%(by)s saw %(subject)s with %(phone)s", personal=("phone",))
LEFT = EventType("test.page.left", "left")


@pytest.fixture
def events():
    return [
        record(SEEN, Ref("page", 1), by=1, at=AT),
        record(SEEN, Ref("page", 2), by=2, at=AT + timedelta(hours=1)),
        record(LEFT, Ref("page", 1), by=1, at=AT + timedelta(hours=2)),
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [0, 1, 2]),
        ({"by": 1}, [0, 2]),
        ({"name": "test.page.left"}, [2]),
        ({"name": "test."}, [0, 1, 2]),
        ({"name": "test"}, []),
        ({"subject": Ref("page", 1)}, [0, 2]),
        ({"since": AT + timedelta(hours=1)}, [1, 2]),
        ({"until": AT + timedelta(hours=1)}, [0]),
        ({"by": 1, "since": AT + timedelta(hours=1)}, [2]),
    ],
)
def test_events_are_found_by_person_name_subject_and_time(events, filters, expected):
    assert list(found(**filters).order_by("pk")) == [events[n] for n in expected]


def test_pages_go_from_new_to_old_without_gap_or_repeat(events):
    first = page(found(), rows=2)
    assert (first.events, first.older) == ((events[2], events[1]), events[1].pk)
    record(LEFT, None, by=None, at=AT)
    second = page(found(), before=first.older, rows=2)
    assert (second.events, second.older) == ((events[0],), None)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_two_queries_however_long(events, django_assert_num_queries, rows):
    with django_assert_num_queries(2):
        for event in page(found(), rows=rows).events:
            sentence_of(event, {})


def test_a_sentence_names_people_and_bars_what_was_erased():
    record(SEEN, Ref("page", 1), by=1, at=AT, personal={"phone": "0912"})
    assert sentence_of(page(found()).events[0], {"by": "Ann", "subject": "Home"}) == "Ann saw Home with 0912"
    erase(about=Ref("page", 1), by=None, at=AT)
    assert sentence_of(page(found()).events[1], {"by": "Ann"}) == "Ann saw — with █"


def test_an_event_that_no_room_declares_any_more_reads_as_its_name():
    assert sentence_of(Event(name="gone.long.ago"), {}) == "gone.long.ago"


def test_a_code_in_a_field_is_said_in_words_and_kept_as_a_code():
    coded = EventType("test.page.coded", "%(table)s", fields=("table",), words={"table": str.upper})
    event = record(coded, None, by=None, at=AT, fields={"table": "stock"})
    assert (sentence_of(event, {}), event.fields["table"]) == ("STOCK", "stock")

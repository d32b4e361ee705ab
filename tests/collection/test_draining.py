"""From the inbox to the lake: once, all of it, for whoever it names."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from remit.collection.actions import drain_inbox, draining, forget_seen
from remit.collection.actions.draining import Drained
from remit.collection.models import Batch, Drain, Seen
from remit.core.scope import Scope
from remit.customers.models import Customer
from remit.journeys.event_index.of_lake import index_of_lake
from remit.lake.queries import the_lake
from tests.collection.desk import Desk, event, stored

pytestmark = pytest.mark.django_db


def test_what_waits_is_brought_once_and_leaves_the_inbox(desk: Desk) -> None:
    desk.tell(event(1), event(2))
    desk.tell(event(3))
    assert desk.drain() == Drained(batches=2, events=3, repeated=0)
    assert desk.drain() == Drained()
    assert stored("event_code", "import_id") == [("e1", -1), ("e2", -1), ("e3", -1)]
    assert not Batch.objects.exists()


def test_an_id_that_comes_again_counts_once(desk: Desk) -> None:
    desk.tell(event(1, event="view"), event(1, event="cart"))
    desk.tell(event(1, event="pay"), event(2))
    assert desk.drain() == Drained(batches=2, events=2, repeated=2)
    desk.tell(event(2), event(3))
    assert desk.drain() == Drained(batches=1, events=1, repeated=1)
    assert stored("event_code", "event") == [("e1", "view"), ("e2", "view"), ("e3", "view")]


def test_the_same_id_of_two_companies_is_two_events(desk: Desk) -> None:
    from remit.collection.actions import make_key

    _key, secret = make_key(
        unit=desk.organisation.units["market"], name="Till", kind="server", by=None, at=timezone.now()
    )
    desk.tell(event(1))
    desk.server_secret = secret
    desk.tell(event(1))
    assert desk.drain().events == 2
    assert [unit for (unit,) in stored("unit_id")] == sorted(
        desk.organisation.units[code].pk for code in ("grocer", "market")
    )


def test_only_a_server_makes_customers(desk: Desk) -> None:
    desk.tell(event(1, customer="M-1"))
    desk.send(event(2, customer="M-1"), event(3, customer="M-2"))
    desk.drain()
    (known,) = Customer.objects.all()
    assert (known.code, known.unit.code) == ("M-1", "grocer")
    assert stored("event_code", "customer_id", "properties") == [
        ("e1", known.pk, None), ("e2", known.pk, None), ("e3", None, '{"customer": "M-2"}'),
    ]  # fmt: skip


def test_the_day_is_that_of_the_company(desk: Desk, settings: pytest.FixtureRequest) -> None:
    late = (datetime.now(UTC) - timedelta(days=1)).replace(hour=17, minute=0, second=0, microsecond=0)
    desk.tell(event(1, at=late.isoformat()))
    desk.drain()
    next_day = late.date() + timedelta(days=1)  # 01:00 in Taipei
    assert stored("epoch(happened_at)", "happened_on") == [(late.timestamp(), next_day)]


def test_a_database_restored_from_a_copy_goes_on_beyond_what_the_lake_has_seen(desk: Desk) -> None:
    for number in range(3):
        desk.tell(event(number))
        desk.drain()
    Seen.objects.all().delete()
    Drain.objects.all().delete()
    desk.tell(event(9))
    assert desk.drain().events == 1
    assert Drain.objects.get().number == 4
    assert stored("event_code")[-1] == ("e9",)


def test_who_comes_late_to_a_drain_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One stalls before it appends; another ends the drain and does the next; then the first goes on."""
    desk.tell(event(1))
    append = draining._append

    def stalled(drain: Drain, rows: list[object], at: datetime) -> None:
        monkeypatch.setattr(draining, "_append", append)
        assert desk.drain().events == 1
        desk.tell(event(2))
        assert desk.drain().events == 1
        append(drain, rows, at)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(draining, "_append", stalled)
    drain_inbox(at=timezone.now())
    assert stored("event_code", "import_id") == [("e1", -1), ("e2", -2)]
    assert list(Drain.objects.order_by("number").values_list("events", "under_way")) == [
        (1, False),
        (1, False),
    ]


def test_ids_are_forgotten_when_they_are_too_old_to_come_again(desk: Desk) -> None:
    desk.tell(event(1))
    desk.drain()
    desk.tell(event(2))
    desk.drain()
    now = timezone.now()
    assert forget_seen(at=now + timedelta(days=7)) == 0
    assert forget_seen(at=now + timedelta(days=9)) == 1  # the newest drain stays
    assert list(Drain.objects.values_list("number", flat=True)) == [2]


def test_journeys_leave_robots_out(desk: Desk, tmp_path) -> None:
    desk.send(event(1, person="a"))
    desk.send(event(2, person="b"), user_agent="curl/8.9")
    desk.drain()
    index = index_of_lake(the_lake(), tmp_path / "index", Scope.system("a test"))
    assert index.manifest.events == 1


def test_offline_scans_and_redemptions_come_by_the_same_door(desk: Desk) -> None:
    desk.tell(
        event(1, event="member_scan", customer="M-9", channel="store", properties={"member_number": "M-9"}),
        event(2, event="redeem", channel="store", properties={"code": "SPRING-7"}),
    )
    desk.drain()
    assert stored("event", "channel", "properties") == [
        ("member_scan", "store", '{"member_number": "M-9"}'), ("redeem", "store", '{"code": "SPRING-7"}'),
    ]  # fmt: skip

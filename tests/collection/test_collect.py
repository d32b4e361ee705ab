"""What comes to ``POST /collect`` is taken whole, refused by index, or refused with a reason."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from remit.collection.actions import change_key, disable_key
from remit.collection.models import Batch
from remit.config import settings as shipped
from tests.collection.desk import BROWSER, SHOP, Desk, event, stored
from tests.rooms import AT

pytestmark = pytest.mark.django_db
MILLISECONDS = "milliseconds since 1970 are meant, between the years 2000 and 2100"


def answer(response: Any) -> tuple[int, Any]:
    return response.status_code, response.json()


def kept() -> list[dict[str, Any]]:
    return [each for batch in Batch.objects.order_by("pk") for each in json.loads(batch.events)]


def test_a_batch_is_one_row_of_the_inbox(desk: Desk) -> None:
    took = answer(desk.send(event(1), event(2)))
    assert took == (200, {"taken": 2, "declined": 0, "refused": []})
    (batch,) = Batch.objects.all()
    assert (batch.count, batch.unit.code, batch.key, batch.drain) == (2, "grocer", desk.page, None)


def test_sqlite_writes_to_the_disk_before_it_says_committed() -> None:
    """With the shipped settings; the tests' own do not wait for the disk, and differ in nothing else."""
    weakened = settings.DATABASES["default"].get("OPTIONS", {}).get("init_command")
    if weakened is None:
        pytest.skip("PostgreSQL is asked by the next test")
    text = Path(shipped.__file__).read_text(encoding="utf-8")
    assert text.count("synchronous=FULL") == 1
    with sqlite3.connect(":memory:") as probe:
        probe.executescript(weakened.replace("synchronous=OFF", "synchronous=FULL"))
        assert probe.execute("PRAGMA synchronous").fetchone() == (2,)


def test_what_is_taken_is_committed_durably_before_the_answer(desk: Desk) -> None:
    """One transaction; on PostgreSQL it asks for the disk, whatever the server's own setting is."""
    with CaptureQueriesContext(connection) as asked:
        desk.tell(event(1))
    told = [query["sql"] for query in asked]
    inserts = [place for place, sql in enumerate(told) if 'INTO "collection_batch"' in sql]
    assert len(inserts) == 1
    durable = [sql for sql in told if "synchronous_commit" in sql]
    wanted = ["SET LOCAL synchronous_commit TO on"] if connection.vendor == "postgresql" else []
    assert durable == wanted


def test_a_bad_event_is_refused_by_its_place_and_the_rest_are_taken(desk: Desk) -> None:
    status, said = answer(desk.send(event(1), {"id": "e2"}, event(3, colour="red"), "no event", event(5)))
    assert (status, said["taken"]) == (200, 2)
    assert [one["index"] for one in said["refused"]] == [1, 2, 3]
    assert said["refused"][0]["reason"] == "event: Field required; at: Field required; person: Field required"
    assert said["refused"][1]["reason"] == "colour: Extra inputs are not permitted"
    assert [each["id"] for each in kept()] == ["e1", "e5"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": "-1"}, "value: Input should be greater than or equal to 0"),
        ({"currency": "usd"}, "currency: String should match pattern '^[A-Z]{3}$'"),
        ({"person": "a\x00b"}, "person: String should match pattern '^[^\\x00-\\x1f\\x7f]+$'"),
        ({"at": 1_760_000_000}, f"at: {MILLISECONDS}"),
        ({"at": "2026-03-02T12:00:00"}, "at: the time lacks its zone, such as +08:00"),
        ({"at": "0001-01-01T00:00:00+14:00"}, f"at: {MILLISECONDS}"),
        ({"at": True}, "at: write an ISO 8601 time with its zone, or whole milliseconds since 1970"),
        ({"at": "yesterday"}, "at: Invalid isoformat string: 'yesterday'"),
        ({"properties": {"note": "長" * 2_000}}, "properties: at most 4096 bytes as JSON"),
        ({"properties": {"deep": {"er": 1}}}, None),
    ],
)  # fmt: skip
def test_what_an_event_cannot_say_is_told(desk: Desk, change: dict[str, Any], reason: str | None) -> None:
    status, said = answer(desk.send(event(1, **change)))
    assert (status, said["taken"], len(said["refused"])) == (200, 0, 1)
    if reason is not None:
        assert said["refused"][0]["reason"] == reason
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        (b"{", 400, "This is no JSON"),
        (b"\xff\xfe", 400, "This is no JSON"),
        (b"[]", 422, "body: Input should be"),
        (b'{"events": []}', 422, "events: List should have at least 1 item"),
        (json.dumps({"events": [1] * 501}).encode(), 422, "events: List should have at most 500 items"),
        (b'{"events": ["' + b"x" * 2**20 + b'"]}', 413, "At most 1048576 bytes."),
    ],
    ids=["cut off", "no text", "a list", "no events", "501 events", "above a megabyte"],
)
def test_what_is_no_batch_is_refused_whole(desk: Desk, body: bytes, status: int, detail: str) -> None:
    response = desk.post(body, authorization=f"Bearer {desk.server_secret}")
    assert response.status_code == status
    assert response.json()["detail"].startswith(detail)


def test_a_packed_batch_is_unpacked_up_to_a_megabyte(desk: Desk) -> None:
    assert answer(desk.packed(json.dumps({"events": [event(1)]}).encode()))[1]["taken"] == 1
    bomb = desk.packed(b" " * 200_000_000)
    assert (bomb.status_code, bomb.json()) == (
        413,
        {"detail": "At most 1048576 bytes, unpacked. Send the events in parts."},
    )
    cut = desk.post(b"\x1f\x8b\x08", authorization=f"Bearer {desk.server_secret}", content_encoding="gzip")
    assert cut.status_code == 400
    other = desk.post(b"x", authorization=f"Bearer {desk.server_secret}", content_encoding="br")
    assert other.status_code == 400


def test_only_a_known_key_opens(desk: Desk) -> None:
    body = json.dumps({"events": [event(1)]}).encode()
    assert desk.post(body).status_code == 401
    assert desk.post(body, authorization="Bearer rws_wrong").status_code == 401
    disable_key(key=desk.server, by=desk.organisation.person("grocer"), at=AT)
    assert desk.tell(event(1)).status_code == 401


def test_a_secret_in_the_address_opens_nothing(desk: Desk) -> None:
    body = json.dumps({"events": [event(1)], "consent": True}).encode()
    post = Client().generic("POST", f"/collect?key={desk.server_secret}", body)
    assert post.status_code == 401
    beacon = Client().generic(
        "POST", f"/collect?key={desk.page_secret}", body, content_type="text/plain", HTTP_ORIGIN=SHOP
    )
    assert answer(beacon)[1]["taken"] == 1


def test_a_page_sends_from_its_own_origins_only(desk: Desk) -> None:
    good = desk.send(event(1))
    assert good["Access-Control-Allow-Origin"] == SHOP
    assert desk.send(event(1), origin="https://evil.example.com").status_code == 403
    no_origin = desk.post(b"{}", authorization=f"Bearer {desk.page_secret}")
    assert no_origin.status_code == 403
    assert desk.post(b"{}", authorization=f"Bearer {desk.server_secret}", origin=SHOP).status_code == 403
    assert desk.send(event(2), origin="http://testserver").status_code == 200


def test_a_browser_that_asks_before_is_answered(desk: Desk) -> None:
    def asked(origin: str) -> Any:
        return Client().options(f"/collect?key={desk.page_secret}", headers={"origin": origin})

    good = asked(SHOP)
    assert (good.status_code, good["Access-Control-Allow-Origin"], good["Access-Control-Allow-Methods"]) == (
        204,
        SHOP,
        "POST",
    )
    assert "Access-Control-Allow-Origin" not in asked("https://evil.example.com")


def test_a_key_takes_no_more_than_its_limit_a_minute(desk: Desk) -> None:
    change_key(
        key=desk.page, origins=[SHOP], events_a_minute=500, consent_needed=True,
        by=desk.organisation.person("grocer"), at=AT,
    )  # fmt: skip
    first = desk.send(*(event(n) for n in range(500)))
    second = desk.send(event(501))
    if datetime.now(UTC).second < 2 and second.status_code == 200:  # a minute ended between the two
        second = desk.send(*(event(n) for n in range(500)))
    assert (first.status_code, second.status_code) == (200, 429)
    assert 1 <= int(second["Retry-After"]) <= 60
    assert second.json() == {"detail": "At most 500 events a minute by this key. Send them again later."}


def test_who_does_not_agree_leaves_no_trace(desk: Desk) -> None:
    declined = (200, {"taken": 0, "declined": 1, "refused": []})
    assert answer(desk.send(event(1), batch={"consent": None})) == declined
    assert answer(desk.send(event(1, consent=False))) == declined
    assert answer(desk.send(event(1), dnt="1")) == declined
    assert answer(desk.send(event(1), sec_gpc="1")) == declined
    assert answer(desk.tell(event(1, consent=False))) == declined
    assert not Batch.objects.exists()
    assert answer(desk.send(event(1, consent=True), event(2, consent=False)))[1]["taken"] == 1


def test_a_clock_that_is_wrong_is_corrected_by_when_it_sent(desk: Desk) -> None:
    behind = datetime.now(UTC) - timedelta(days=400)
    happened = behind - timedelta(seconds=90)
    before = datetime.now(UTC)
    desk.send(event(1, at=happened.isoformat()), batch={"sent_at": behind.isoformat()})
    at = datetime.fromtimestamp(kept()[0]["at"] / 1000, UTC)
    assert timedelta(seconds=85) < before - at < timedelta(seconds=91)


def test_without_a_clock_to_compare_the_future_and_the_past_have_bounds(desk: Desk) -> None:
    now = datetime.now(UTC)
    _status, said = answer(
        desk.tell(
            event(1, at=(now + timedelta(hours=1)).isoformat()),
            event(2, at=(now - timedelta(days=8)).isoformat()),
            event(3, at=(now + timedelta(minutes=2)).isoformat()),
        )
    )
    assert [(one["index"], one["reason"][:24]) for one in said["refused"]] == [
        (0, "at: it is still to come."), (1, "at: more than 7 days ago"),
    ]  # fmt: skip
    assert kept()[0]["at"] <= datetime.now(UTC).timestamp() * 1000


def test_robots_are_marked_and_addresses_shortened(desk: Desk) -> None:
    desk.send(event(1))
    desk.send(event(2), user_agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    desk.send(event(3), user_agent="curl/8.9")
    desk.tell(event(4))
    desk.drain()
    assert stored("event_code", "robot", "network") == [
        ("e1", False, "127.0.0.0"), ("e2", True, "127.0.0.0"), ("e3", True, "127.0.0.0"), ("e4", False, None),
    ]  # fmt: skip


def test_the_address_behind_trusted_proxies_is_that_of_the_visitor(desk: Desk, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    desk.send(event(1), x_forwarded_for="8.8.8.8, 2001:db8:1234:5678::1")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    desk.send(event(2), x_forwarded_for="8.8.8.8")
    assert [batch.network for batch in Batch.objects.order_by("pk")] == ["2001:db8:1234::", "127.0.0.0"]


def test_an_event_lands_in_the_lake_with_the_company_of_its_key(desk: Desk) -> None:
    sent = event(
        7, event="pay", source="weixin", channel="social", value="19.90",
        page="https://shop.example.com/pay\x07", click="gdt_vid:abc", customer="C-1",
        properties={"code": "R-1", "member_number": 7},
    )  # fmt: skip
    desk.tell(sent)
    assert desk.drain().events == 1
    columns = (
        "unit_id",
        "person_code",
        "event",
        "channel",
        "source",
        "page",
        "value",
        "currency",
        "click_code",
    )
    assert stored(*columns, "properties") == [
        (
            desk.organisation.units["grocer"].pk, "device-1", "pay", "social", "weixin",
            "https://shop.example.com/pay", Decimal("19.9000"), "USD", "gdt_vid:abc",
            '{"code": "R-1", "member_number": 7}',
        )
    ]  # fmt: skip


def test_the_door_does_not_care_who_is_logged_in(desk: Desk) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.organisation.person("market"))
    response = client.generic(
        "POST", "/collect", json.dumps({"events": [event(1)]}).encode(),
        headers={"authorization": f"Bearer {desk.server_secret}", "user-agent": BROWSER},
    )  # fmt: skip
    assert answer(response)[1]["taken"] == 1

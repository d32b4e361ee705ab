"""Generated once, reminded of, delivered, returned, accepted, taken up when late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from remit.audit.models import Event
from remit.duties.actions.charge import end_charge
from remit.duties.actions.clock import Ticked, tick
from remit.duties.actions.duty import change_duty
from remit.duties.actions.evidence import (
    EvidenceMissing,
    EvidenceUnreadable,
    NotOpen,
    ReasonMissing,
    accept,
    deliver,
    give_evidence,
    send_back,
    waive,
)
from remit.duties.actions.generation import generate
from remit.duties.enums import State
from remit.duties.rules import can_deliver, can_review, can_waive
from remit.notices.models import Notice
from remit.org.models import Absence, Delegation

from .conftest import AT, DAY, draft


def keys(charge, count=4):
    return list(charge.occurrences.order_by("due_at").values_list("key", "due_on")[:count])


def told(text):
    return sorted(Notice.objects.filter(text__contains=text).values_list("person__name", flat=True))


def given(house, charge, by="ana"):
    """Delivered with a note."""
    one = house.first(charge)
    give_evidence(occurrence=one, kind="note", text="Done.", by=house.people[by], at=AT)
    deliver(occurrence=one, by=house.people[by], at=AT)
    one.refresh_from_db()
    return one


def test_two_years_of_occurrences_come_with_the_charge(house):
    charge = house.charge()
    assert keys(charge) == [
        ("2026-03", date(2026, 3, 20)),
        ("2026-04", date(2026, 4, 20)),
        ("2026-05", date(2026, 5, 20)),
        ("2026-06", date(2026, 6, 18)),  # the 19th is the dragon boat festival, the 20th a Saturday
    ]
    assert charge.occurrences.count() == 25
    first = house.first(charge)
    assert first.due_at == datetime(2026, 3, 20, 10, tzinfo=UTC)  # 18:00 in Taipei
    assert first.opens_at == datetime(2026, 3, 12, 16, tzinfo=UTC)  # 13 March, five working days before


def test_generating_again_changes_nothing(house):
    charge = house.charge()
    before = keys(charge, 99)
    assert generate(until=date(2028, 3, 1), at=AT) == 0
    charge.generated_until = None
    charge.save()
    assert generate(until=date(2028, 3, 1), at=AT) == 0
    assert keys(charge, 99) == before


def test_a_new_version_moves_only_what_has_not_opened(house):
    charge = house.charge()
    at = datetime(2026, 3, 16, tzinfo=UTC)  # March has opened
    change_duty(duty=charge.duty, draft=draft(day=10, effort_minutes=60), by=None, at=at)
    assert keys(charge, 3) == [
        ("2026-03", date(2026, 3, 20)),
        ("2026-04", date(2026, 4, 10)),
        ("2026-05", date(2026, 5, 9)),
    ]  # 10 May is a Sunday; on Saturday the 9th one works instead of 5 May
    assert [o.version.number for o in charge.occurrences.order_by("due_at")[:2]] == [1, 2]


def test_what_is_due_after_the_end_of_a_charge_is_gone(house):
    charge = house.charge()
    end_charge(charge=charge, ends_on=date(2026, 5, 1), by=None, at=AT)
    assert [key for key, _day in keys(charge, 9)] == ["2026-03", "2026-04"]


def test_nothing_is_delivered_without_its_evidence(house):
    charge = house.charge(evidence={"kind": "link", "count": 2})
    one, ana = house.first(charge), house.people["ana"]
    give_evidence(occurrence=one, kind="link", text="https://example.org/a", by=ana, at=AT)
    give_evidence(occurrence=one, kind="note", text="and a note", by=ana, at=AT)
    with pytest.raises(EvidenceMissing, match=r"T1\.1 asks for 2 of: Link\. Given so far: 1\."):
        deliver(occurrence=one, by=ana, at=AT)
    with pytest.raises(EvidenceUnreadable):
        give_evidence(occurrence=one, kind="link", text="javascript:alert(1)", by=ana, at=AT)
    give_evidence(occurrence=one, kind="link", text="https://example.org/b", by=ana, at=AT)
    deliver(occurrence=one, by=ana, at=AT)
    one.refresh_from_db()
    assert (one.state, told("delivered")) == (State.DELIVERED, ["dora"])


def test_delivered_returned_delivered_again_and_accepted(house):
    charge = house.charge()
    ana, dora = house.people["ana"], house.people["dora"]
    one = given(house, charge)
    with pytest.raises(ReasonMissing):
        send_back(occurrence=one, reason="  ", by=dora, at=AT)
    send_back(occurrence=one, reason="No sources.", by=dora, at=AT)
    one.refresh_from_db()
    assert (one.state, one.returns, told("returned")) == (State.OPEN, 1, ["ana"])
    deliver(occurrence=one, by=ana, at=AT)
    accept(occurrence=one, by=dora, at=AT)
    one.refresh_from_db()
    assert (one.state, one.closed_at, one.accountable) == (State.ACCEPTED, AT, dora)
    with pytest.raises(NotOpen):
        accept(occurrence=one, by=dora, at=AT)
    names = Event.objects.filter(subject=f"occurrence:{one.pk}").order_by("id").values_list("name", flat=True)
    assert [name.rsplit(".", 1)[1] for name in names] == [
        "given", "delivered", "given", "returned", "given", "delivered", "given", "accepted",
    ]  # fmt: skip


def test_nobody_accepts_their_own_work(house):
    one = given(house, house.charge(), by="dora")
    assert not can_review(house.people["dora"], one, DAY)
    assert not can_review(house.people["ana"], one, DAY)
    assert can_review(house.people["chief"], one, DAY)


def test_who_has_no_part_in_a_duty_can_do_nothing(house):
    house.person("eve", "market_analyst", "west")
    one = house.first(house.charge())
    eve = house.people["eve"]
    assert [bool(rule(eve, one, DAY)) for rule in (can_deliver, can_review, can_waive)] == [False] * 3


def test_a_waiver_needs_a_reason_and_closes(house):
    one = house.first(house.charge())
    assert can_waive(house.people["dora"], one, DAY)
    with pytest.raises(ReasonMissing):
        waive(occurrence=one, reason="", by=house.people["dora"], at=AT)
    waive(occurrence=one, reason="The shop is closed.", by=house.people["dora"], at=AT)
    one.refresh_from_db()
    assert (one.state, one.waiver.reason) == (State.WAIVED, "The shop is closed.")


def test_the_clock_reminds_says_what_is_overdue_and_takes_it_up(house):
    house.charge(starts_on=DAY)
    due = datetime(2026, 3, 20, 10, tzinfo=UTC)
    assert tick(at=due - timedelta(days=2)) == Ticked(0, 0, 0)
    assert tick(at=due - timedelta(hours=30)) == Ticked(1, 0, 0)
    assert told("is due on") == ["ana"]
    assert tick(at=due) == Ticked(0, 1, 0)
    assert told("is overdue since %(day)s.") == ["ana", "dora"]
    assert tick(at=due + timedelta(days=2)) == Ticked(0, 0, 0)  # the weekend does not count
    assert tick(at=due + timedelta(days=3)) == Ticked(0, 0, 1)
    assert told("came up to you") == ["chief"]
    assert tick(at=due + timedelta(days=3)) == Ticked(0, 0, 0)


def test_in_absence_the_delegate_is_told_and_may_accept(house):
    one = given(house, house.charge())
    eve = house.person("eve", "market_analyst", "west")
    Absence.objects.create(person=house.people["dora"], starts_on=DAY, ends_on=date(2026, 3, 31))
    assert not can_review(eve, one, DAY)
    Delegation.objects.create(person=house.people["dora"], delegate=eve, starts_on=DAY)
    assert can_review(eve, one, DAY)
    assert not can_review(house.people["dora"], one, DAY)
    assert can_review(house.people["dora"], one, date(2026, 4, 1))


def test_a_late_worker_is_reminded_of_nothing_that_is_overdue_already(house):
    house.charge()
    assert tick(at=datetime(2026, 3, 23, tzinfo=UTC)) == Ticked(0, 1, 0)
    assert told("is due on") == []

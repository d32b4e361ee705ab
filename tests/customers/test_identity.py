"""Anonymous people become known by what events say; where two are known somebody decides; all is undone."""

import duckdb
import pytest

from remit.audit.actions.delivery import deliver_due
from remit.audit.models import Event
from remit.customers import tasks
from remit.customers.actions import (
    follow_events,
    publish_links,
    restore_claim,
    settle_conflict,
    withdraw_claim,
)
from remit.customers.actions.identity import AlreadySettled
from remit.customers.models import Claim, Conflict, Customer, Link
from remit.customers.queries.identities import codes_of_the_same
from remit.lake.queries import the_lake
from tests.collection.desk import Desk, desk, event
from tests.rooms import AT, Organisation

__all__ = ["desk"]

pytestmark = pytest.mark.django_db
PHONE = {"phone": "+886 912-345-678"}


def follow(desk: Desk) -> int:
    desk.drain()
    return follow_events(at=AT)


def links() -> list[tuple[str, str, str]]:
    """Person code, customer, rule."""
    rows = Link.objects.order_by("person_code").values_list("person_code", "customer__code", "claim__kind")
    return list(rows)


def test_a_visitor_who_logs_in_is_the_customer_and_so_are_their_other_devices(desk: Desk) -> None:
    desk.tell(event(1, person="web"), event(2, person="web", known_as=PHONE))
    desk.tell(event(3, person="app", known_as={"phone": "00886912345678"}))
    desk.tell(event(4, person="app", customer="M-1"), event(5, person="stranger"))
    assert follow(desk) == 2
    assert links() == [("app", "M-1", "customer"), ("web", "M-1", "customer")]
    grocer = desk.organisation.units["grocer"].pk
    assert codes_of_the_same(grocer, "web") == ["app", "web"]
    assert codes_of_the_same(grocer, "stranger") == ["stranger"]
    assert follow_events(at=AT) == 0
    assert "912345678" not in "".join(Claim.objects.values_list("name", flat=True))


def test_two_known_people_are_never_merged_silently(desk: Desk) -> None:
    desk.tell(event(1, person="a", customer="M-1", known_as=PHONE))
    desk.tell(event(2, person="b", customer="M-2"))
    follow(desk)
    desk.tell(event(3, person="b", known_as=PHONE))
    assert follow(desk) == 0
    conflict = Conflict.objects.select_related("held", "claimed").get()
    assert (conflict.held.code, conflict.claimed.code) == ("M-2", "M-1")
    assert links() == [("a", "M-1", "customer"), ("b", "M-2", "customer")]


def decided(desk: Desk, *, follow_it: bool) -> Conflict:
    """A device on which first one member and then another was named."""
    desk.tell(event(1, person="till", customer="M-1"))
    follow(desk)
    desk.tell(event(2, person="till", customer="M-2"))
    follow(desk)
    conflict = Conflict.objects.get()
    by = desk.organisation.person("grocer", ("import_data",))
    settle_conflict(conflict=conflict, follow=follow_it, by=by, at=AT)
    return conflict


@pytest.mark.parametrize(("follow_it", "customer"), [(False, "M-1"), (True, "M-2")])
def test_what_somebody_decides_holds(desk: Desk, follow_it: bool, customer: str) -> None:
    conflict = decided(desk, follow_it=follow_it)
    assert links() == [("till", customer, "customer")]
    assert not Conflict.objects.exists()
    assert follow_events(at=AT) == 0
    assert Event.objects.filter(name="customers.conflict.settled").count() == 1
    with pytest.raises(AlreadySettled):
        settle_conflict(conflict=conflict, follow=True, by=desk.organisation.person("grocer"), at=AT)


def test_taking_apart_and_putting_together_changes_nothing_else(desk: Desk) -> None:
    desk.tell(event(1, person="a", customer="M-1", known_as=PHONE), event(2, person="b", known_as=PHONE))
    desk.tell(event(3, person="c", customer="M-2", known_as={"email": "c@example.org"}))
    follow(desk)
    whole = list(Link.objects.order_by("person_code").values_list("person_code", "customer", "claim"))
    by = desk.organisation.person("grocer", ("import_data",))
    claim = Claim.objects.get(person_code="b", kind="phone")
    withdraw_claim(claim=claim, by=by, at=AT)
    assert links() == [("a", "M-1", "customer"), ("c", "M-2", "customer")]
    assert follow_events(at=AT) == 0  # the event still says so; what was taken apart stays apart
    restore_claim(claim=claim, by=by, at=AT)
    assert list(Link.objects.order_by("person_code").values_list("person_code", "customer", "claim")) == whole


def in_the_lake() -> list[tuple[str, int]]:
    """Links as journeys read them."""
    sql = the_lake().snapshot("links").sql()
    return duckdb.sql(f"SELECT person_code, customer_id FROM ({sql}) ORDER BY ALL").fetchall()


def test_links_reach_the_lake_and_leave_it_when_they_are_taken_apart(desk: Desk) -> None:
    desk.tell(event(1, person="a", customer="M-1", known_as=PHONE), event(2, person="b", known_as=PHONE))
    follow(desk)
    assert deliver_due(at=AT).failed == 0
    customer = Customer.objects.get(code="M-1").pk
    assert in_the_lake() == [("a", customer), ("b", customer)]
    assert not publish_links(at=AT)
    by = desk.organisation.person("grocer", ("import_data",))
    claim = Claim.objects.get(person_code="b", kind="phone")
    withdraw_claim(claim=claim, by=by, at=AT)
    assert deliver_due(at=AT).failed == 0
    assert in_the_lake() == [("a", customer)]
    restore_claim(claim=claim, by=by, at=AT)
    assert deliver_due(at=AT).failed == 0
    assert in_the_lake() == [("a", customer), ("b", customer)]


def test_the_hourly_look_brings_links_to_a_lake_that_was_lost(desk: Desk) -> None:
    desk.tell(event(1, person="a", customer="M-1"))
    desk.drain()
    assert tasks.follow.call() == 1
    assert len(in_the_lake()) == 1
    Link.objects.update(person_code="z")
    assert tasks.follow.call() == 2
    assert in_the_lake() == [("a", Customer.objects.get().pk)]


def test_a_customer_of_another_company_joins_nobody_in_the_lake(
    desk: Desk, organisation: Organisation
) -> None:
    desk.tell(event(1, person="a", customer="M-1"))
    follow(desk)
    Customer.objects.update(unit=organisation.units["market"])
    publish_links(at=AT)
    assert in_the_lake() == []


def test_robots_and_customers_of_another_company_say_nothing(desk: Desk, organisation: Organisation) -> None:
    Customer.objects.create(unit=organisation.units["market"], code="M-9", changed_at=AT)
    desk.send(event(1, person="web", known_as=PHONE), user_agent="curl/8.9")
    desk.send(event(2, person="web", customer="M-9"))
    assert follow(desk) == 0
    assert not Claim.objects.exists()

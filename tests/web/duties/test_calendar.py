"""One's own calendar: what is one's own on the day on which it is due, not what is so today."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from remit.duties.actions.feed import make_feed
from remit.duties.models import Occurrence
from remit.org.models import Absence, Assignment, Delegation
from remit.org.queries.today import today
from tests.duties.conftest import AT

NEAR, FAR = 3, 150  # days from today on which a piece of work is due


@pytest.fixture
def work(staffed) -> dict[int, int]:
    """Two occurrences of one duty, by the days until they are due."""
    rows = list(Occurrence.objects.filter(charge=staffed.charge()).order_by("due_at")[:2])
    for one, days in zip(rows, (NEAR, FAR), strict=True):
        Occurrence.objects.filter(pk=one.pk).update(due_on=on_day(days))
    Occurrence.objects.exclude(pk__in=[one.pk for one in rows]).delete()
    return dict(zip((NEAR, FAR), (one.pk for one in rows), strict=True))


def on_day(days: int) -> date:
    return today() + timedelta(days=days)


def shown(client: Client) -> set[int]:
    """What the months of both days show as one's own."""
    found = set()
    for days in (NEAR, FAR):
        page = client.get(reverse("duties_calendar"), {"month": f"{on_day(days):%Y-%m}"})
        assert page.status_code == 200
        found |= {one.pk for square in page.context["squares"] for one in square.rows}
    return found


def fed(staffed, name: str) -> set[int]:
    """What the address of somebody gives to their calendar."""
    person = staffed.people[name]
    secret = make_feed(person=person, by=person, at=AT)
    text = Client().get(reverse("duties_feed", args=[secret])).content.decode()
    return {pk for pk in Occurrence.objects.values_list("pk", flat=True) if f"UID:occurrence-{pk}@" in text}


def test_an_absence_takes_its_own_days_from_the_calendar_and_gives_them_to_who_acts(staffed, browse, work):
    ana, ben = staffed.people["ana"], staffed.people["ben"]
    Absence.objects.create(person=ana, starts_on=today(), ends_on=on_day(NEAR + 4), kind="leave")
    Delegation.objects.create(person=ana, delegate=ben, starts_on=today())
    assert (shown(browse("ana")), fed(staffed, "ana")) == ({work[FAR]}, {work[FAR]})
    assert (shown(browse("ben")), fed(staffed, "ben")) == ({work[NEAR]}, {work[NEAR]})


def test_an_absence_to_come_changes_nothing_before_it(staffed, browse, work):
    ana, ben = staffed.people["ana"], staffed.people["ben"]
    Absence.objects.create(person=ana, starts_on=on_day(FAR - 1), ends_on=on_day(FAR + 1), kind="leave")
    Delegation.objects.create(person=ana, delegate=ben, starts_on=today())
    assert (shown(browse("ana")), fed(staffed, "ana")) == ({work[NEAR]}, {work[NEAR]})


def test_a_post_that_ends_leaves_what_is_due_after_it_to_who_comes(staffed, browse, work):
    Assignment.objects.filter(person=staffed.people["ana"]).update(ends_on=on_day(NEAR))
    staffed.person("nora", "market_analyst", starts_on=on_day(NEAR + 1))
    assert shown(browse("ana")) == {work[NEAR]}


def test_what_is_late_stands_with_who_has_to_do_it_now(staffed, browse, work):
    late = on_day(-NEAR)
    Occurrence.objects.filter(pk=work[NEAR]).update(due_on=late)
    ana, ben = staffed.people["ana"], staffed.people["ben"]
    Absence.objects.create(person=ana, starts_on=today(), ends_on=on_day(1), kind="leave")
    Delegation.objects.create(person=ana, delegate=ben, starts_on=today())
    assert (fed(staffed, "ana"), fed(staffed, "ben")) == ({work[FAR]}, {work[NEAR]})

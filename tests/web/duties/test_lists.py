"""What stands on whose Today and My work, and what is said there about when it is due."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from remit.core.ref import Ref
from remit.duties.actions.clock import tick
from remit.duties.actions.duty import add_duty
from remit.duties.actions.evidence import deliver, give_evidence
from remit.duties.actions.sighting import see
from remit.duties.models import Charge, Occurrence
from remit.notices.models import Notice
from remit.org.models import Assignment, Person, UnitZone
from remit.org.queries.today import today
from tests.duties.conftest import draft, house

__all__ = ["house"]


@pytest.fixture
def browser(house):
    cache.clear()

    def log_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(house.people[name], backend=backend)
        return client

    return log_in


def open_now(house, due_in: timedelta, **changes) -> Occurrence:
    found = house.first(house.charge("T1.1", **changes))
    now = timezone.now()
    due = now + due_in
    times = {"opens_at": now - timedelta(days=30), "due_at": due, "due_on": timezone.localdate(due)}
    Occurrence.objects.filter(pk=found.pk).update(**times)
    found.refresh_from_db()
    return found


def work(client: Client) -> list[int]:
    return [int(line.id) for line in client.get(reverse("duties_work")).context["listing"].lines]


def test_an_accountable_s_own_delivery_is_on_the_superior_s_lists_and_not_on_their_own(browser, house):
    one, dora = open_now(house, timedelta(days=1)), house.people["dora"]
    give_evidence(occurrence=one, kind="note", text="Done.", by=dora, at=timezone.now())
    deliver(occurrence=one, by=dora, at=timezone.now())
    chief = browser("chief")
    assert [o.pk for o in chief.get(reverse("today")).context["owed"].to_accept] == [one.pk]
    assert one.pk in work(chief)
    assert browser("dora").get(reverse("today")).context["owed"].to_accept == []
    assert one.pk not in work(browser("dora"))
    accepted = chief.post(reverse("duties_review", args=[one.pk]), {"verdict": "accepted"})
    assert accepted.status_code == 302


def test_what_went_up_is_said_apart_on_today_and_stands_in_the_list_of_work(browser, house):
    one = open_now(house, timedelta(days=-20))
    Assignment.objects.exclude(person=house.people["chief"]).update(ends_on=today() - timedelta(days=1))
    Occurrence.objects.exclude(pk=one.pk).delete()
    tick(at=timezone.now() - timedelta(days=8))
    tick(at=timezone.now())
    chief = browser("chief")
    page = chief.get(reverse("today"))
    owed = page.context["owed"]
    assert ([o.pk for o in owed.came_up], owed.overdue, owed.nothing) == ([one.pk], [], False)
    assert "Came up to me" in page.content.decode()
    assert work(chief) == [one.pk]
    assert chief.post(reverse("duties_waiver", args=[one.pk]), {"reason": "Vacant."}).status_code == 302
    assert work(chief) == []


def test_today_and_the_page_say_the_day_of_the_unit_though_it_lies_elsewhere(browser, house):
    UnitZone.objects.filter(unit=house.units["shop"]).update(zone="America/Sao_Paulo")
    one = open_now(house, timedelta(days=3))
    # 18:00 there; in the company's zone it is the day after
    due = datetime.combine(today() + timedelta(days=3), time(18), tzinfo=ZoneInfo("America/Sao_Paulo"))
    Occurrence.objects.filter(pk=one.pk).update(due_at=due, due_on=due.date())
    said = due.strftime("%-d %b %Y")
    assert timezone.localtime(due).date() > due.date()
    ana = browser("ana")
    for address in (reverse("today"), reverse("duties_occurrence", args=[one.pk]), reverse("duties_work")):
        assert said in ana.get(address).content.decode()
    squares = ana.get(reverse("duties_calendar"), {"month": f"{due:%Y-%m}"}).context["squares"]
    assert [s.day for s in squares if one in s.rows] == [due.date()]


def test_today_is_the_day_where_the_person_works(browser, house):
    one = open_now(house, timedelta(hours=2))
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):  # never the same day
        here = timezone.now().astimezone(ZoneInfo(zone)).date()
        Person.objects.filter(pk=house.people["ana"].pk).update(zone=zone)
        Occurrence.objects.filter(pk=one.pk).update(due_on=here + timedelta(days=1))
        page = browser("ana").get(reverse("today"))
        assert (page.context["here"], page.context["owed"].today) == (here, [])
        assert [each.pk for each in page.context["owed"].week] == [one.pk]
        Occurrence.objects.filter(pk=one.pk).update(due_on=here)
        assert [each.pk for each in browser("ana").get(reverse("today")).context["owed"].today] == [one.pk]


def test_what_comes_next_is_one_of_each_duty(browser, house):
    charges = [house.charge(code, rhythm="yearly", day=None) for code in ("T1.6", "T1.7")]
    coming = browser("ana").get(reverse("today")).context["owed"].coming
    assert sorted(each.charge_id for each in coming) == sorted(each.pk for each in charges)


def test_three_things_that_the_system_saw_are_used_one_by_one(browser, house):
    asked = {"kind": "thing", "count": 3, "of": "unit", "seen_by": "org.unit.changed"}
    one, ana = open_now(house, timedelta(days=1), evidence=asked), browser("ana")
    for name in ("shop", "east", "west"):
        unit = Ref("unit", house.units[name].pk)
        see(person=house.people["ana"], thing=unit, event="org.unit.changed", at=timezone.now())
    address, said = reverse("duties_occurrence", args=[one.pk]), []
    for sighting in one.sightings.order_by("pk"):
        page = ana.get(address).content.decode()
        said.append((page.count("This may be your evidence"), "Use it and deliver" in page))
        ana.post(reverse("duties_sighting", args=[sighting.pk]))
    assert said == [(3, False), (2, False), (1, True)]
    one.refresh_from_db()
    assert one.state == "delivered"


def test_who_gives_a_duty_from_years_ago_reads_that_work_begins_today(browser, house):
    duty = add_duty(draft=draft("T9", rhythm="daily", day=None), by=None, at=timezone.now())
    dora = browser("dora")
    address = reverse("duties_giving", args=[house.units["shop"].pk])
    said = dora.post(address, {"duty": duty.pk, "starts_on": "2020-01-01"}, follow=True).content.decode()
    assert "Work falls due from today on" in said
    assert not Charge.objects.get(duty=duty).occurrences.filter(due_at__lte=timezone.now()).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_today_asks_as_often_for_one_as_for_three(browser, house, django_assert_num_queries, rows):
    for number in range(rows):
        charge = house.charge(f"T2.{number}")
        one = house.first(charge)
        times = {
            "opens_at": timezone.now() - timedelta(days=30),
            "due_at": timezone.now() - timedelta(days=9),
        }
        Occurrence.objects.filter(pk=one.pk).update(**times)
    begun = timezone.now() - timedelta(days=31), timezone.now() - timedelta(days=29)
    Occurrence.objects.exclude(opens_at__range=begun).delete()
    tick(at=timezone.now() - timedelta(days=8))
    tick(at=timezone.now())
    Notice.objects.all().delete()  # what changed is another part of the page
    chief = browser("chief")
    chief.get(reverse("today"))
    with django_assert_num_queries(35):
        assert len(chief.get(reverse("today")).context["owed"].came_up) == rows


def test_the_same_duty_of_two_units_is_told_apart_in_notices_and_on_today(browser, house):
    house.duty("T1.2")
    house.charge("T1.2")
    gives = [{"to": "T1.2", "what": {"zh": "洞察報告", "en": "insight report"}, "within_days": 2}]
    for unit in ("shop", "east"):
        house.charge("T1.1", unit=unit, hands_over=gives)
    ids = [charge.occurrences.order_by("due_at")[0].pk for charge in Charge.objects.filter(duty__code="T1.1")]
    due_at = timezone.now() - timedelta(hours=1)
    Occurrence.objects.exclude(pk__in=ids).delete()
    Occurrence.objects.filter(pk__in=ids).update(due_at=due_at, opens_at=due_at - timedelta(days=3))
    tick(at=timezone.now())
    page = browser("dora").get(reverse("today")).content.decode()
    for unit in ("商店", "東區"):
        assert f"· {unit}) is overdue since" in page
        assert f"from T1.1, {unit}" in page

"""Pages say what started something, that one is away, what waits for nothing, and what somebody owes."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from remit.audit.models import Event
from remit.duties.actions.feed import make_feed
from remit.duties.actions.starting import start_duties
from remit.duties.models import Charge, Duty, Occurrence
from remit.duties.queries.events import duties_that_wait
from remit.org.actions import add_person, assign, close_account, end_assignment
from remit.org.actions.absence import add_absence, delegate
from remit.org.models import Assignment
from remit.org.queries.today import today
from tests.web.duties.conftest import browse, house, staffed

__all__ = ["browse", "house", "staffed"]
UPON = {"rhythm": "event", "day": None, "starts_upon": ["org.assignment.ended", "org.person.left"]}


def started(staffed) -> Occurrence:
    """Ben's post ends, which starts a duty that the director answers for and ana does."""
    staffed.charge(**UPON)
    held = Assignment.objects.get(person=staffed.people["ben"])
    end_assignment(assignment=held, ends_on=today(), by=None, at=timezone.now())
    event = Event.objects.get(name="org.assignment.ended")
    (one,) = start_duties(event=event, at=timezone.now())
    return one


# -- what starts by an event (start_duties) ---------------------------------------------------------


def test_the_end_of_an_assignment_starts_the_duty_that_answers_it_once(staffed):
    one = started(staffed)
    event = Event.objects.get(name="org.assignment.ended")
    assert one.cause == event.subject
    assert start_duties(event=event, at=timezone.now()) == []
    assert Occurrence.objects.count() == 1


def test_closing_an_account_starts_it_like_the_end_of_an_assignment(staffed):
    charge = staffed.charge(**UPON)
    close_account(person=staffed.people["ben"], by=None, at=timezone.now())
    event = Event.objects.get(name="org.person.left")
    (one,) = start_duties(event=event, at=timezone.now())
    assert (one.charge, one.cause) == (charge, f"person:{staffed.people['ben'].pk}")
    assert start_duties(event=event, at=timezone.now()) == []


def test_while_one_is_unfinished_the_same_cause_starts_no_second(staffed):
    one = started(staffed)
    again = Event.objects.get(name="org.assignment.ended")
    again.pk += 1000
    assert start_duties(event=again, at=timezone.now()) == []
    Occurrence.objects.filter(pk=one.pk).update(state="accepted", closed_at=timezone.now())
    assert len(start_duties(event=again, at=timezone.now())) == 1


def test_another_event_starts_nothing(staffed):
    staffed.charge(**UPON | {"starts_upon": ["metrics.alert.fired"]})
    held = Assignment.objects.get(person=staffed.people["ben"])
    end_assignment(assignment=held, ends_on=today(), by=None, at=timezone.now())
    assert start_duties(event=Event.objects.get(name="org.assignment.ended"), at=timezone.now()) == []


def test_a_newcomer_starts_their_duty_and_somebody_who_was_here_for_long_does_not(staffed):
    staffed.charge(**UPON | {"starts_upon": ["org.person.added"]})
    at = timezone.now()
    own = {"by": None, "at": at}
    position, unit = staffed.positions["market_analyst"], staffed.units["east"]
    for name, since in (("old", today() - timedelta(days=900)), ("new", today())):
        person = add_person(email=f"{name}@example.org", name=name, **own)
        assign(person=person, position=position, unit=unit, starts_on=since, **own)
        staffed.people[name] = person
    started = [
        one
        for event in Event.objects.filter(name="org.person.added")
        for one in start_duties(event=event, at=at)
    ]
    assert [one.cause for one in started] == [f"person:{staffed.people['new'].pk}"]


def begin(browse, name, charge, what):
    return browse(name).post(reverse("duties_starts", args=[charge.pk]), {"what": what})


def test_what_no_event_says_somebody_says_and_the_duty_begins_on_the_list_of_who_owes_it(staffed, browse):
    charge = staffed.charge(**UPON | {"starts_upon": ["market.watch.changed"], "respond_days": 0})
    assert "Begin the duty" in browse("ana").get(reverse("duties_charge", args=[charge.pk])).content.decode()
    answer = begin(browse, "ana", charge, "對手 cut its prices by a tenth")
    one = Occurrence.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("duties_occurrence", args=[one.pk]))
    assert (one.charge, one.key, one.cause, one.state) == (charge, "hand-1", "", "open")
    assert one.due_on >= today()
    for name, shown in (("ana", True), ("dora", True), ("otto", False)):
        work = browse(name).get(reverse("duties_work")).content.decode()
        assert ("cut its prices by a tenth" in work, "hand-1" in work) == (shown, False)
    event = Event.objects.get(name="duties.occurrence.started_by_hand")
    assert (event.by, event.fields["what"]) == (staffed.people["ana"].pk, "對手 cut its prices by a tenth")
    begin(browse, "dora", charge, "And again")
    assert list(Occurrence.objects.order_by("pk").values_list("key", flat=True)) == ["hand-1", "hand-2"]


def test_by_hand_begins_nothing_that_has_a_rhythm_or_ended_or_is_not_one_s_own(staffed, browse):
    waits, monthly = staffed.charge("T1.1", **UPON), staffed.charge("T1.2")
    before = Occurrence.objects.count()
    staffed.person("guest", "chief_executive", "west")
    assert begin(browse, "otto", waits, "x").status_code == 404
    assert begin(browse, "ben", waits, "x").status_code == 404
    assert begin(browse, "chief", waits, "x").status_code == 403
    assert begin(browse, "ana", waits, " \n").status_code == 422
    ana = browse("ana")
    page = ana.get(ana.post(reverse("duties_starts", args=[monthly.pk]), {"what": "x"}).url).content.decode()
    assert ("begins by itself" in page, "Begin the duty" in page) == (True, False)
    Charge.objects.filter(pk=waits.pk).update(ends_on=today() - timedelta(days=1))
    page = ana.get(ana.post(reverse("duties_starts", args=[waits.pk]), {"what": "x"}).url).content.decode()
    assert "is not owed here today" in page
    assert Occurrence.objects.count() == before


# -- what started it --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["duties_work", "today"])
def test_what_started_it_stands_in_place_of_a_bare_key(staffed, browse, name):
    staffed.charge(**UPON)
    close_account(person=staffed.people["ben"], by=None, at=timezone.now())
    (one,) = start_duties(event=Event.objects.get(name="org.person.left"), at=timezone.now())
    staffed.post("hana", "market_analyst")
    page = browse("hana").get(reverse(name)).content.decode()
    assert (">ben<" in page or "· ben" in page, one.key in page) == (True, False)
    shown = browse("hana").get(reverse("duties_occurrence", args=[one.pk])).content.decode()
    assert reverse("org_person", args=[staffed.people["ben"].pk]) in shown
    hidden = browse("ana").get(reverse("duties_occurrence", args=[one.pk])).content.decode()
    assert ("upon an event" in hidden, ">ben<" in hidden, one.key in hidden) == (True, False, False)


# -- what waits for nothing -------------------------------------------------------------------------


def test_a_duty_that_waits_for_an_event_without_source_says_so(staffed, browse):
    staffed.charge("T1.1", **UPON | {"starts_upon": ["market.watch.changed", "metrics.alert.fired"]})
    staffed.charge("T1.2", **UPON)
    assert duties_that_wait() == {"T1.1": ["market.watch.changed"]}
    page = browse("ana").get(reverse("duties_duty", args=["T1.1"])).content.decode()
    assert ("has no source yet" in page, "A competitor was seen to change something" in page) == (True, True)
    assert "market.watch.changed" not in page
    assert "no source yet" not in browse("ana").get(reverse("duties_duty", args=["T1.2"])).content.decode()
    err = StringIO()
    call_command("check", stderr=err, stdout=err)
    assert "T1.1: market.watch.changed" in err.getvalue()


# -- away -------------------------------------------------------------------------------------------


def test_who_is_away_without_a_delegate_reads_what_nobody_answers(staffed, browse):
    staffed.charge()
    day, at, ana = today(), timezone.now(), staffed.people["ana"]
    add_absence(person=ana, kind="leave", starts_on=day, ends_on=day + timedelta(days=3), by=None, at=at)
    page = browse("ana").get(reverse("today")).content.decode()
    assert "You are marked away from" in page
    assert "Nobody answers 1 duty of yours meanwhile" in page
    assert f"{reverse('org_person', args=[ana.pk])}?form=acting" in page
    assert "Nothing is owed now" not in page
    person = browse("ana").get(f"{reverse('org_person', args=[ana.pk])}?form=acting").content.decode()
    assert reverse("org_person_delegations", args=[ana.pk]) in person
    delegate(person=ana, to=staffed.people["ben"], starts_on=day, ends_on=None, by=None, at=at)
    page = browse("ana").get(reverse("today")).content.decode()
    assert ("Others answer your duties meanwhile" in page, "Name who acts" in page) == (True, False)
    assert "marked away" not in browse("ben").get(reverse("today")).content.decode()


# -- what somebody owes -----------------------------------------------------------------------------


def test_person_position_and_unit_show_their_duties_and_how_many_were_on_time(staffed, browse):
    charge = staffed.charge()
    now = timezone.now()
    first, second, *_rest = Occurrence.objects.filter(charge=charge).order_by("due_at")
    day = today()
    Occurrence.objects.filter(pk=first.pk).update(
        due_at=now - timedelta(days=5), due_on=day - timedelta(days=5), state="delivered",
        delivered_at=now - timedelta(days=6),
    )  # fmt: skip
    Occurrence.objects.filter(pk=second.pk).update(
        due_at=now - timedelta(days=4), due_on=day - timedelta(days=4), state="open"
    )
    Occurrence.objects.filter(charge=charge).exclude(pk__in=[first.pk, second.pk]).delete()
    ana, hana = staffed.people["ana"], browse("hana")
    pages = (
        ("org_person", ana.pk),
        ("org_position", staffed.positions["market_analyst"].pk),
        ("org_unit", staffed.units["shop"].pk),
    )
    for name, pk in pages:
        answer = hana.get(reverse(name, args=[pk]))
        (row,) = answer.context["owing"].rows
        assert (row.charge, row.due, row.on_time) == (charge, 2, 1), name
        assert "T1.1 Market research" in answer.content.decode()
    assert (
        browse("otto").get(reverse("org_unit", args=[staffed.units["other"].pk])).context["owing"].rows == ()
    )


def test_a_closed_account_that_still_holds_a_position_is_marked(staffed, browse):
    close_account(person=staffed.people["ben"], by=None, at=timezone.now())
    position = reverse("org_position", args=[staffed.positions["market_analyst"].pk])
    unit = reverse("org_unit", args=[staffed.units["east"].pk])
    for address in (position, unit):
        assert browse("hana").get(address).content.decode().count("account closed") == 1
    assert Duty.objects.count() == 0


# -- the feed ---------------------------------------------------------------------------------------


def test_the_calendar_address_is_switched_off(staffed, browse):
    ana = browse("ana")
    assert "Switch the address off" not in ana.get(reverse("duties_calendar")).content.decode()
    secret = make_feed(person=staffed.people["ana"], by=staffed.people["ana"], at=timezone.now())
    assert ana.get(reverse("duties_feed", args=[secret])).status_code == 200
    assert "Switch the address off" in ana.get(reverse("duties_calendar")).content.decode()
    for _again in range(2):
        ana.post(reverse("duties_feed_end"))
    assert ana.get(reverse("duties_feed", args=[secret])).status_code == 404
    assert Event.objects.filter(name="duties.feed.ended").count() == 1

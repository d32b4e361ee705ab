"""Meetings through the pages: called with an agenda, refused without outcomes, in one's own calendar."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from remit.governance.actions.meeting import (
    Topic,
    call_meeting,
    cancel_meeting,
    change_meeting,
    start_meeting,
)
from remit.governance.actions.meeting_action import give_action
from remit.governance.actions.series import start_series
from remit.governance.actions.settling import decide, defer
from remit.governance.enums import ActionState, MeetingState, Outcome, Rule
from remit.governance.meeting_rules import can_decide, can_defer, can_vote, verbs_on
from remit.governance.models import AgendaItem, Meeting, MeetingAction, MeetingFeed, MeetingSeries
from remit.org.models import UnitZone
from remit.org.queries.today import today

from .meeting_house import item_of

pytestmark = pytest.mark.django_db
TOPICS = (Topic("定價", Rule.CONSENSUS), Topic("陳列", Rule.VOTE))


@pytest.fixture
def browse(house):
    def client(name: str) -> Client:
        found = Client(HTTP_ACCEPT_LANGUAGE="en")
        found.force_login(house[name])
        return found

    return client


def now_called(house, *topics: Topic, **more) -> Meeting:
    at = timezone.now()
    values = {"title": "雙週會", "starts_at": at + timedelta(hours=30), "place": "三樓", **more}
    return call_meeting(
        unit=house.units["shop"], chair=house["dora"], people=[house["ana"], house["ben"]], topics=topics,
        by=house["dora"], at=at, **values,
    )  # fmt: skip


def now_running(house, *topics: Topic) -> Meeting:
    return start_meeting(meeting=now_called(house, *topics), by=house["dora"], at=timezone.now())


def post(client, name, *args, status=302, **data):
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def page_of(client, meeting) -> str:
    return client.get(reverse("meetings_meeting", args=[meeting.pk])).content.decode()


def test_when_it_was_held_names_the_zone_of_a_unit_elsewhere(house, browse):
    UnitZone.objects.update(zone="America/New_York")
    page = page_of(browse("ana"), now_running(house, *TOPICS))
    assert page.count("(America/New_York)") == 2  # planned and held


# -- call, start, close ---------------------------------------------------------------------------


def form_of(house, **more):
    rows = {"items-TOTAL_FORMS": 3, "items-INITIAL_FORMS": 0, "items-0-title": "定價", "items-0-rule": "vote"}
    return {
        "title": "價格會", "unit": house.units["shop"].pk, "on": today() + timedelta(days=3), "at": "14:00",
        "duration_min": 45, "place": "", "chair": house["dora"].pk, "people": [house["ana"].pk],
        **rows, **more,
    }  # fmt: skip


def test_a_meeting_is_called_with_its_agenda_at_the_unit_s_own_time(house, browse):
    post(browse("dora"), "meetings_new", **form_of(house))
    meeting = Meeting.objects.get()
    wanted = datetime.combine(today() + timedelta(days=3), time(6), tzinfo=UTC)
    assert meeting.starts_at == wanted  # 14:00 in Taipei
    assert [(item.title, item.rule) for item in meeting.items.all()] == [("定價", "vote")]
    assert {person.name for person in meeting.people.all()} == {"dora", "ana"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"on": "2020-01-01"}, "This time is past"),
        ({"items-0-rule": "decider"}, "Name who decides"),
        ({"items-0-rule": "data"}, "Name the figure that decides"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_what_a_form_lacks_is_said_and_nothing_is_called(house, browse, more, said):
    assert said in post(browse("dora"), "meetings_new", status=422, **form_of(house, **more))
    assert not Meeting.objects.exists()


def test_one_calls_meetings_only_of_units_that_one_works_in(house, browse):
    post(browse("ben"), "meetings_new", status=422, **form_of(house))  # ben works in the East
    assert not Meeting.objects.exists()


def test_starting_without_an_agenda_is_refused_on_the_page_with_the_rule(house, browse):
    meeting = now_called(house)
    said = post(browse("dora"), "meetings_start", meeting.pk, status=422)
    assert ("No meeting without an agenda" in said, "H3.4.1" in said) == (True, True)


def test_closing_with_an_undecided_item_is_refused_and_names_it(house, browse):
    meeting = now_running(house, *TOPICS)
    decide(item=item_of(meeting, "定價"), decision="降 5%", by=house["dora"], at=timezone.now())
    said = post(browse("dora"), "meetings_close", meeting.pk, status=422)
    assert ("No talk without a decision" in said, "“陳列”" in said, "“定價”" in said) == (True, True, False)
    assert "H3.4.1" in said
    post(
        browse("dora"), "meetings_deferral", item_of(meeting, "陳列").pk, to=today() + timedelta(days=9),
        owner=house["ana"].pk,
    )  # fmt: skip
    post(browse("dora"), "meetings_close", meeting.pk)
    assert Meeting.objects.get().state == MeetingState.CLOSED


def test_who_does_not_lead_the_meeting_neither_starts_nor_closes_it(house, browse):
    meeting = now_called(house, *TOPICS)
    post(browse("ana"), "meetings_start", meeting.pk, status=403)
    start_meeting(meeting=meeting, by=house["dora"], at=timezone.now())
    post(browse("ana"), "meetings_close", meeting.pk, status=403)


# -- items ----------------------------------------------------------------------------------------


def test_votes_objections_and_outcomes_are_given_on_the_page(house, browse):
    meeting = now_running(house, *TOPICS)
    price, shelf = item_of(meeting, "定價"), item_of(meeting, "陳列")
    for name, choice in (("dora", "for"), ("ana", "against"), ("ana", "for")):
        post(browse(name), "meetings_vote", shelf.pk, choice=choice)
    assert "2 for, 0 against, 0 abstain; 2 of 3 have voted" in page_of(browse("ben"), meeting)
    post(browse("ben"), "meetings_objection", price.pk, reason="毛利不足")
    said = post(browse("dora"), "meetings_decision", price.pk, status=422, decision="降 5%")
    assert "the objection of ben stands" in said
    post(browse("ana"), "meetings_withdrawal", price.objections.get().pk, status=403)
    post(browse("ben"), "meetings_withdrawal", price.objections.get().pk)
    post(browse("dora"), "meetings_decision", price.pk, decision="降 5%")
    post(browse("dora"), "meetings_decision", shelf.pk, decision="靠門")
    assert set(meeting.items.values_list("outcome", flat=True)) == {Outcome.DECIDED}
    post(browse("dora"), "meetings_reopening", price.pk)
    assert item_of(meeting, "定價").outcome == Outcome.OPEN


def test_a_file_of_an_item_is_for_who_sees_the_meeting(house, browse):
    meeting = now_called(house)
    given = SimpleUploadedFile("報價.txt", b"12.50")
    post(browse("dora"), "meetings_items", meeting.pk, title="報價", rule="vote", file=given)
    item = AgendaItem.objects.get()
    answer = browse("ben").get(reverse("meetings_item_file", args=[item.pk]))
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (
        b"12.50",
        "application/octet-stream",
    )
    assert browse("eva").get(reverse("meetings_item_file", args=[item.pk])).status_code == 404


def test_a_page_of_ours_is_attached_by_its_address_and_named_only_to_who_sees_it(house, browse):
    meeting, other = now_called(house), now_called(house, title="舊會議")
    other.people.remove(house["ben"])
    address = f"http://testserver{reverse('meetings_meeting', args=[other.pk])}"
    post(browse("dora"), "meetings_items", meeting.pk, title="追蹤", rule="vote", address=address)
    assert AgendaItem.objects.get().thing == f"meeting:{other.pk}"
    assert ("舊會議" in page_of(browse("ana"), meeting), "舊會議" in page_of(browse("ben"), meeting)) == (
        True,
        False,
    )
    said = post(browse("dora"), "meetings_items", meeting.pk, status=422, title="追蹤", address="/nowhere")
    assert "no page of ours" in said


@pytest.mark.parametrize("rule", Rule)
@pytest.mark.parametrize("name", ["dora", "ana", "eva"])
def test_the_page_offers_exactly_what_the_rules_allow(house, rule, name):
    topic = Topic("一", rule, house["ana"] if rule == Rule.DECIDER else None, figure="數")
    item, person = item_of(now_running(house, topic), "一"), house[name]
    takes_part = item.meeting.people.filter(pk=person.pk).exists()
    verdicts = {
        "decide": can_decide(person, item),
        "defer": can_defer(person, item),
        "vote": can_vote(person, item),
    }
    leads = name == "dora"
    allowed = {verb for verb, verdict in verdicts.items() if verdict}
    assert verbs_on(person, item, leads=leads, takes_part=takes_part) == allowed


# -- actions and Today ----------------------------------------------------------------------------


def test_an_action_stands_on_its_owner_s_today_and_is_marked_as_done_there(house, browse):
    meeting = now_running(house, *TOPICS)
    post(browse("dora"), "meetings_give", meeting.pk, title="重談進價", owner=house["ana"].pk, due_on=today())
    action = MeetingAction.objects.get()
    assert "重談進價" in browse("ana").get(reverse("today")).content.decode()
    assert "重談進價" not in browse("ben").get(reverse("today")).content.decode()
    post(browse("ben"), "meetings_action_done", action.pk, status=403)
    answer = browse("ana").post(reverse("meetings_action_done", args=[action.pk]), {"next": reverse("today")})
    assert (answer.status_code, answer["Location"]) == (302, reverse("today"))
    assert MeetingAction.objects.get().state == ActionState.DONE
    assert list(browse("ana").get(reverse("today")).context["actions"]) == []


def test_what_was_deferred_without_a_series_stands_on_today_of_who_sees_to_it(house, browse):
    meeting = now_running(house, TOPICS[0])
    defer(
        item=item_of(meeting, "定價"), to=today() + timedelta(days=1), owner=house["ana"], by=house["dora"],
        at=timezone.now(),
    )  # fmt: skip
    post(browse("dora"), "meetings_close", meeting.pk)
    AgendaItem.objects.update(deferred_to=today())  # the day has come
    assert [item.title for item in browse("ana").get(reverse("today")).context["put_off"]] == ["定價"]
    assert not browse("dora").get(reverse("today")).context["put_off"]


# -- calendars ------------------------------------------------------------------------------------


def event_of(answer):
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_a_meeting_as_a_file_keeps_its_identity_and_counts_its_changes(house, browse):
    title = "跨部門會議；備貨, 陳列與價格的協調安排，請各部門事先準備材料並於會前三日送交"
    meeting = now_called(house, *TOPICS, title=title)
    address = reverse("meetings_ics", args=[meeting.pk])
    answer = browse("ana").get(address)
    lines = answer.content.split(b"\r\n")
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    calendar, event = event_of(answer)
    assert (event["SUMMARY"], event["UID"], event["SEQUENCE"]) == (title, f"meeting-{meeting.pk}@remit", 0)
    assert (calendar["METHOD"], event["STATUS"]) == ("PUBLISH", "CONFIRMED")
    assert (event.decoded("DTSTART"), event.decoded("DTEND") - event.decoded("DTSTART")) == (
        meeting.starts_at.replace(microsecond=0), timedelta(hours=1),
    )  # fmt: skip
    change_meeting(meeting=meeting, place="四樓", by=house["dora"], at=timezone.now())
    cancel_meeting(meeting=meeting, reason="出差", by=house["dora"], at=timezone.now())
    calendar, event = event_of(browse("ana").get(address))
    assert (event["UID"], event["SEQUENCE"], event["LOCATION"]) == (f"meeting-{meeting.pk}@remit", 2, "四樓")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_the_feed_holds_one_s_own_meetings_and_a_new_address_ends_the_old(house, browse):
    meeting = now_called(house, *TOPICS)
    start_series(
        unit=house.units["east"], title="東區週會", rhythm="weekly", day=1, time_of_day=time(9),
        chair=house["eva"], members=[], by=house["eva"], at=timezone.now(),
    )  # fmt: skip
    ana = browse("ana")
    said = post(ana, "meetings_feed_address", status=200)
    (secret,) = set(re.findall(r"http://testserver/calendar/meetings/([\w-]{43})\.ics", said))
    assert secret not in MeetingFeed.objects.get().digest
    anybody = Client()
    feed = anybody.get(reverse("meetings_feed", args=[secret]))
    _calendar, event = event_of(feed)
    assert (feed["Content-Type"], event["UID"]) == (
        "text/calendar; charset=utf-8",
        f"meeting-{meeting.pk}@remit",
    )
    post(ana, "meetings_feed_address", status=200)
    for old in (secret, "guess"):
        assert anybody.get(reverse("meetings_feed", args=[old])).status_code == 404


# -- lists ----------------------------------------------------------------------------------------


def test_the_list_has_one_s_own_and_on_demand_all_that_one_sees(house, browse):
    now_called(house, *TOPICS)
    dora_only = now_called(house, title="密談")
    dora_only.people.set([house["dora"]])
    ana = browse("ana")
    own = ana.get(reverse("meetings_list")).content.decode()
    everything = ana.get(reverse("meetings_list"), {"whose": "all"}).content.decode()
    assert ("雙週會" in own, "密談" in own, "密談" in everything) == (True, False, True)


QUERIES = {"meetings_list": 17, "meetings_past": 15, "meetings_series_list": 9, "meetings_actions": 8}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_often_for_three_as_for_one(house, browse, name, count, django_assert_num_queries):
    at = timezone.now()
    for number in range(count):
        meeting = now_running(house, *TOPICS)
        give_action(meeting=meeting, title="做", owner=house["ana"], due_on=today(), by=house["dora"], at=at)
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=at - timedelta(hours=number))
        MeetingSeries.objects.create(
            unit=house.units["shop"], title="週會", rhythm="weekly", day=1, at=time(9), anchor_on=today(),
            chair=house["dora"], made_at=at,
        )  # fmt: skip
    client = browse("ana")
    client.get(reverse(name))
    with django_assert_num_queries(QUERIES[name]):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_agenda_asks_as_often_for_three_items_as_for_one(house, browse, count, django_assert_num_queries):
    meeting = now_running(house, *[Topic(f"第 {n} 題", Rule.VOTE) for n in range(count)])
    client = browse("dora")
    page_of(client, meeting)
    with django_assert_num_queries(24):
        page_of(client, meeting)


def test_a_series_of_the_handbook_is_set_up_from_its_form(house, browse):
    dora = browse("dora")
    address = f"{reverse('meetings_series_new')}?of=fortnightly_departments"
    page = dora.get(address).content.decode()
    assert ("H3.4.1" in page, 'value="14:00"' in page) == (True, True)
    answer = dora.post(
        address,
        {
            "title": "雙週會", "unit": house.units["shop"].pk, "rhythm": "fortnightly", "day": 3,
            "time_of_day": "14:00", "duration_min": 90, "chair": house["dora"].pk,
            "members": [house["ana"].pk],
        },
    )  # fmt: skip
    series = MeetingSeries.objects.get()
    assert (answer.status_code, series.code, len(series.standing)) == (302, "fortnightly_departments", 2)
    assert series.meetings.count() in (2, 3)
    post(dora, "meetings_series_end", series.pk)
    assert set(series.meetings.values_list("state", flat=True)) == {MeetingState.CANCELLED}

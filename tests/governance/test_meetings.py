"""No meeting without an agenda and rules; none that ends without decisions; what is deferred comes up."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.audit.models import Event
from remit.governance.actions.agenda import add_item, change_item, raise_item, remove_item
from remit.governance.actions.meeting import (
    MeetingUnclear,
    NotReady,
    NotThen,
    Topic,
    Undecided,
    cancel_meeting,
    change_meeting,
    close_meeting,
    start_meeting,
    write_minutes,
)
from remit.governance.actions.meeting_action import finish_action, give_action
from remit.governance.actions.settling import (
    RuleNotMet,
    cast_vote,
    decide,
    defer,
    object_to,
    reopen_item,
    take_back,
)
from remit.governance.enums import MeetingState, Outcome, Rule
from remit.governance.meeting_rules import (
    can_close,
    can_decide,
    can_finish,
    can_prepare,
    can_start,
    can_vote,
    meetings_visible_to,
)
from remit.governance.models import AgendaItem, Meeting, Vote
from remit.governance.queries.meetings import actions_owed_by, tally
from remit.governance.voting import tally_of
from remit.notices.models import Notice

from .meeting_house import NEXT_MONTH, SOON, called, item_of, own, running

pytestmark = pytest.mark.django_db
PRICE, SHELF = Topic("定價", Rule.CONSENSUS), Topic("陳列", Rule.VOTE)


# -- before it starts -----------------------------------------------------------------------------


def test_a_meeting_without_an_agenda_does_not_start(house):
    meeting = called(house)
    assert can_start(house["dora"], meeting).clause == "H3.4.1"
    with pytest.raises(NotReady, match="agenda"):
        start_meeting(meeting=meeting, **own(house))


def test_a_meeting_of_next_week_is_moved_before_it_starts(house):
    meeting = called(house, PRICE, starts_at=SOON + timedelta(days=2, minutes=1))
    with pytest.raises(NotReady, match="move it first"):
        start_meeting(meeting=meeting, **own(house))
    change_meeting(meeting=meeting, starts_at=SOON + timedelta(days=2), **own(house))
    assert start_meeting(meeting=meeting, **own(house)).state == MeetingState.RUNNING


def test_an_item_without_a_rule_keeps_the_meeting_from_starting_and_is_named(house):
    meeting = called(house, PRICE, Topic("包裝"))
    with pytest.raises(NotReady, match="包裝") as refusal:
        start_meeting(meeting=meeting, **own(house))
    assert "定價" not in str(refusal.value)
    assert "包裝" in can_start(house["dora"], meeting).reason


@pytest.mark.parametrize("topic", [Topic("誰", Rule.DECIDER), Topic("數", Rule.DATA), Topic(" ", Rule.VOTE)])
def test_a_rule_names_who_or_what_decides(house, topic):
    with pytest.raises(MeetingUnclear):
        called(house, topic)
    assert not Meeting.objects.exists()


def test_whoever_decides_takes_part(house):
    meeting = called(house, Topic("預算", Rule.DECIDER, house["eva"]))
    assert house["eva"] in meeting.people.all()
    change_meeting(meeting=meeting, people=[house["ana"]], **own(house))
    assert {person.name for person in meeting.people.all()} == {"dora", "ana", "eva"}


def test_the_agenda_keeps_its_order_and_an_item_moves_up(house):
    meeting = called(house, PRICE, SHELF)
    add_item(meeting_id=meeting.pk, topic=Topic("招商"), **own(house))
    raise_item(item=item_of(meeting, "招商"), **own(house))
    raise_item(item=item_of(meeting, "定價"), **own(house))
    titles = list(meeting.items.order_by("position").values_list("title", flat=True))
    assert titles == ["定價", "招商", "陳列"]


def test_items_change_and_go_only_before_the_start(house):
    meeting = called(house, PRICE, SHELF)
    change_item(item=item_of(meeting, "定價"), topic=Topic("定價原則", Rule.VOTE), **own(house))
    remove_item(item=item_of(meeting, "陳列"), **own(house))
    start_meeting(meeting=meeting, **own(house))
    item = item_of(meeting, "定價原則")
    for attempt in (
        lambda: remove_item(item=item, **own(house)),
        lambda: change_item(item=item, topic=PRICE, **own(house)),
    ):
        with pytest.raises(NotThen):
            attempt()


# -- how items are decided ------------------------------------------------------------------------


def test_what_comes_up_while_the_meeting_runs_says_how_it_is_decided(house):
    meeting = running(house, PRICE)
    with pytest.raises(MeetingUnclear, match=r"say how “加碼” is decided \(H3\.4\.1\)"):
        add_item(meeting_id=meeting.pk, topic=Topic("加碼"), **own(house))
    add_item(meeting_id=meeting.pk, topic=SHELF, **own(house))
    AgendaItem.objects.filter(meeting=meeting, title="陳列").update(rule="")  # as one of earlier versions
    with pytest.raises(RuleNotMet, match="does not say how it is decided"):
        decide(item=item_of(meeting, "陳列"), decision="照辦", **own(house))
    defer(item=item_of(meeting, "陳列"), to=NEXT_MONTH, owner=house["ana"], **own(house))


def test_only_the_decider_records_what_one_person_decides(house):
    item = item_of(running(house, Topic("預算", Rule.DECIDER, house["fay"])), "預算")
    assert not can_decide(house["dora"], item)
    with pytest.raises(RuleNotMet, match="fay"):
        decide(item=item, decision="撥 10 萬", **own(house))
    assert can_decide(house["fay"], item)
    assert decide(item=item, decision="撥 10 萬", **own(house, "fay")).outcome == Outcome.DECIDED


def test_a_vote_needs_more_than_half_and_a_larger_side(house):
    item = item_of(running(house, SHELF), "陳列")  # four take part
    for name, choice in (("dora", "for"), ("ana", "against")):
        cast_vote(item=item, choice=choice, **own(house, name))
    with pytest.raises(RuleNotMet, match="2 of 4"):
        decide(item=item, decision="靠門", **own(house))
    cast_vote(item=item, choice="for", **own(house, "fay"))
    assert decide(item=item, decision="靠門", **own(house)).decision == "靠門"
    assert Event.objects.filter(name="governance.meeting.item_decided").get().fields["votes"] == "2:1:0"


def test_a_vote_is_one_each_and_changed_until_the_item_is_closed(house):
    item = item_of(running(house, SHELF), "陳列")
    for choice in ("for", "against", "for"):
        cast_vote(item=item, choice=choice, **own(house, "ana"))
    assert (Vote.objects.count(), tally(item).agree) == (1, 1)
    for name in ("dora", "fay"):
        cast_vote(item=item, choice="for", **own(house, name))
    decide(item=item, decision="靠門", **own(house))
    with pytest.raises(NotThen):
        cast_vote(item=item, choice="against", **own(house, "ana"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(item=item, person=house["ana"], choice="for", at=SOON)


def test_only_who_takes_part_votes(house):
    item = item_of(running(house, SHELF), "陳列")
    assert not can_vote(house["chief"], item)
    with pytest.raises(RuleNotMet):
        cast_vote(item=item, choice="for", **own(house, "chief"))


@given(st.lists(st.sampled_from(["for", "against", "abstain"]), max_size=12), st.integers(1, 12))
def test_a_vote_is_never_carried_by_the_smaller_side(choices, people):
    votes = tally_of(choices[:people], people)
    agree, against = choices[:people].count("for"), choices[:people].count("against")
    assert (votes.carried is True) == (len(choices[:people]) > people / 2 and agree > against)
    assert (votes.carried is False) == (len(choices[:people]) > people / 2 and agree < against)


def test_consensus_needs_that_no_objection_stands(house):
    item = item_of(running(house, PRICE), "定價")
    objection = object_to(item=item, reason="毛利不足", **own(house, "fay"))
    with pytest.raises(RuleNotMet, match="fay"):
        decide(item=item, decision="降 5%", **own(house))
    take_back(objection=objection, **own(house, "fay"))
    assert decide(item=item, decision="降 5%", **own(house)).outcome == Outcome.DECIDED


def test_data_decide_with_their_reading(house):
    item = item_of(running(house, Topic("包裝", Rule.DATA, figure="A/B 點擊率")), "包裝")
    with pytest.raises(RuleNotMet, match="A/B 點擊率"):
        decide(item=item, decision="選 B", **own(house))
    done = decide(item=item, decision="選 B", reading="A 2.1%，B 2.6%", **own(house))
    assert done.reading == "A 2.1%，B 2.6%"


def test_deferring_needs_a_day_to_come_and_an_owner(house):
    item = item_of(running(house, PRICE), "定價")
    with pytest.raises(MeetingUnclear):
        defer(item=item, to=SOON.date(), owner=house["ana"], **own(house))
    defer(item=item, to=NEXT_MONTH, owner=house["ana"], **own(house))
    assert Notice.objects.filter(person=house["ana"], key__contains="deferred").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(deferred_owner=None)


# -- the end --------------------------------------------------------------------------------------


def test_a_meeting_with_an_undecided_item_does_not_close_and_the_refusal_names_it(house):
    meeting = running(house, PRICE, SHELF)
    decide(item=item_of(meeting, "定價"), decision="降 5%", **own(house))
    verdict = can_close(house["dora"], meeting)
    assert (verdict.clause, "陳列" in verdict.reason, "定價" in verdict.reason) == ("H3.4.1", True, False)
    with pytest.raises(Undecided, match="陳列"):
        close_meeting(meeting=meeting, **own(house))
    defer(item=item_of(meeting, "陳列"), to=NEXT_MONTH, owner=house["ana"], **own(house))
    assert close_meeting(meeting=meeting, **own(house)).state == MeetingState.CLOSED
    with pytest.raises(NotThen):
        reopen_item(item=item_of(meeting, "定價"), **own(house))


def test_an_outcome_is_taken_back_while_the_meeting_runs(house):
    meeting = running(house, PRICE)
    decide(item=item_of(meeting, "定價"), decision="降 5%", **own(house))
    reopen_item(item=item_of(meeting, "定價"), **own(house))
    with pytest.raises(Undecided):
        close_meeting(meeting=meeting, **own(house))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["decide", "defer", "reopen", "close"]), st.integers(0, 2))))
def test_however_one_goes_about_it_a_closed_meeting_has_an_outcome_for_each_item(house, steps):
    meeting = running(house, Topic("一", Rule.CONSENSUS), Topic("二", Rule.CONSENSUS), PRICE)
    items = list(meeting.items.order_by("position"))
    verbs = {
        "decide": lambda item: decide(item=item, decision="好", **own(house)),
        "defer": lambda item: defer(item=item, to=NEXT_MONTH, owner=house["ana"], **own(house)),
        "reopen": lambda item: reopen_item(item=item, **own(house)),
        "close": lambda item: close_meeting(meeting=item.meeting, **own(house)),
    }
    for verb, number in steps:
        try:
            verbs[verb](items[number])
        except (NotThen, Undecided):
            continue
    meeting.refresh_from_db()
    outcomes = set(meeting.items.values_list("outcome", flat=True))
    assert meeting.state == MeetingState.RUNNING or Outcome.OPEN not in outcomes


# -- who, notices, actions ------------------------------------------------------------------------


def test_participants_are_told_when_it_is_called_moved_and_cancelled(house):
    meeting = called(house, PRICE)
    change_meeting(meeting=meeting, starts_at=SOON + timedelta(hours=2), **own(house))
    assert meeting.revision == 0  # the row that was passed in is as it was
    cancel_meeting(meeting=meeting, reason="總監出差", **own(house))
    meeting.refresh_from_db()
    assert (meeting.revision, meeting.state) == (2, MeetingState.CANCELLED)
    told = Notice.objects.filter(person=house["ana"]).order_by("pk").values_list("key", flat=True)
    assert [key.split(":")[2] for key in told] == ["called", "changed", "cancelled"]
    assert not Notice.objects.filter(person=house["dora"]).exists()  # who did it knows it


def test_a_change_that_changes_nothing_tells_nobody(house):
    meeting = called(house, PRICE)
    change_meeting(meeting=meeting, title="雙週會", people=list(meeting.people.all()), **own(house))
    assert Meeting.objects.get().revision == 0


def test_who_acts_for_an_absent_chair_leads_the_meeting(house):
    meeting = called(house, PRICE, by="ana")
    assert not can_prepare(house["ben"], meeting)
    from remit.org.models import Absence, Delegation
    from remit.org.queries.today import today

    dates = {"starts_on": today(), "ends_on": today()}
    Absence.objects.create(person=house["dora"], kind="leave", **dates)
    Delegation.objects.create(person=house["dora"], delegate=house["ben"], **dates)
    assert can_prepare(house["ben"], meeting)


def test_a_meeting_is_seen_by_who_takes_part_and_by_its_unit(house):
    meeting = called(house, PRICE)
    assert meeting in meetings_visible_to(house["fay"])
    assert meeting in meetings_visible_to(house["ben"])  # of the East, and invited
    assert meeting not in meetings_visible_to(house["eva"])
    house["fay"].is_active = False
    assert not meetings_visible_to(house["fay"]).exists()


def test_an_action_stands_with_its_owner_until_they_have_done_it(house):
    meeting = running(house, PRICE)
    action = give_action(
        meeting=meeting, title="重談進價", owner=house["ana"], due_on=date(2026, 3, 9), **own(house)
    )
    assert list(actions_owed_by(house["ana"])) == [action]
    assert not can_finish(house["dora"], action)
    finish_action(action=action, **own(house, "ana"))
    assert not actions_owed_by(house["ana"]).exists()
    with pytest.raises(NotThen):
        finish_action(action=action, **own(house, "ana"))


def test_minutes_are_kept_while_it_runs(house):
    meeting = called(house, PRICE)
    with pytest.raises(NotThen):
        write_minutes(meeting=meeting, minutes="開場", **own(house))
    start_meeting(meeting=meeting, **own(house))
    assert write_minutes(meeting=meeting, minutes=" 開場 ", **own(house)).minutes == "開場"

"""What a meeting refuses, each with its sentence: settled twice, settled late, or by who has no say."""

from datetime import timedelta

import pytest

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.governance.actions.meeting import (
    MeetingUnclear,
    NotThen,
    Topic,
    call_meeting,
    cancel_meeting,
    change_meeting,
)
from remit.governance.actions.meeting_action import finish_action, give_action, go_on_as
from remit.governance.actions.series import change_series, end_series, lay_series
from remit.governance.actions.settling import RuleNotMet, cast_vote, decide, defer, object_to, take_back
from remit.governance.enums import Choice, Rule
from remit.governance.meeting_rules import (
    can_decide,
    can_finish,
    can_reopen,
    can_run_series,
    can_take_back,
    can_vote,
)
from remit.governance.models import Meeting
from remit.notices.models import Notice
from remit.org.queries.clocks import clocks

from .conftest import AT
from .meeting_house import NEXT_MONTH, SOON, called, item_of, own, running
from .test_meeting_series import weekly

pytestmark = pytest.mark.django_db
PRICE, SHELF = Topic("定價", Rule.CONSENSUS), Topic("陳列", Rule.VOTE)
SETTLED = "This item has its outcome already."


def test_an_item_with_its_outcome_takes_no_vote_no_objection_and_no_second_decision(house):
    meeting = running(house, PRICE)
    item = item_of(meeting, "定價")
    objection = object_to(item=item, reason="太早", **own(house, "ana"))
    take_back(objection=objection, **own(house, "ana"))
    decide(item=item, decision="照舊", **own(house))
    item.refresh_from_db()
    objection.refresh_from_db()
    objection.item = item
    assert can_decide(house["dora"], item).reason == SETTLED
    assert can_vote(house["ana"], item).reason == SETTLED
    assert can_take_back(house["ana"], objection).reason == SETTLED


def test_only_what_has_an_outcome_is_taken_back_and_only_while_the_meeting_runs(house):
    meeting = running(house, PRICE)
    item = item_of(meeting, "定價")
    assert can_reopen(house["dora"], item).reason == "This item has no outcome yet."
    assert "chairs this meeting" in can_reopen(house["ben"], item).reason
    decide(item=item, decision="照舊", **own(house))
    item.refresh_from_db()
    assert can_reopen(house["dora"], item)


def test_a_decision_says_something_and_leaves_the_item_open_otherwise(house):
    meeting = running(house, PRICE)
    with pytest.raises(MeetingUnclear, match="Say what was decided"):
        decide(item=item_of(meeting, "定價"), decision="  ", **own(house))
    assert item_of(meeting, "定價").outcome == "open"


def test_votes_belong_to_votes_and_objections_to_consensus(house):
    meeting = running(house, PRICE, SHELF)
    price, shelf = item_of(meeting, "定價"), item_of(meeting, "陳列")
    with pytest.raises(RuleNotMet, match="“定價” is not decided by a vote"):
        cast_vote(item=price, choice=Choice.FOR, **own(house, "ana"))
    with pytest.raises(RuleNotMet, match="“陳列” is not decided by consensus"):
        object_to(item=shelf, reason="太早", **own(house, "ana"))


def test_an_objection_has_a_reason_stands_once_and_is_taken_back_once(house):
    item = item_of(running(house, PRICE), "定價")
    with pytest.raises(MeetingUnclear, match="Say what speaks against it"):
        object_to(item=item, reason=" ", **own(house, "ana"))
    objection = object_to(item=item, reason="太早", **own(house, "ana"))
    with pytest.raises(MeetingUnclear, match="Your objection stands already"):
        object_to(item=item, reason="還是太早", **own(house, "ana"))
    take_back(objection=objection, **own(house, "ana"))
    objection.refresh_from_db()
    with pytest.raises(NotThen, match="taken back already"):
        take_back(objection=objection, **own(house, "ana"))


def test_who_puts_an_item_off_to_themselves_is_not_told_of_it(house):
    meeting = running(house, PRICE, SHELF)
    kept = {"text__contains": "you see to it"}
    defer(item=item_of(meeting, "定價"), to=NEXT_MONTH, owner=house["dora"], **own(house))
    assert not Notice.objects.filter(**kept).exists()
    defer(item=item_of(meeting, "陳列"), to=NEXT_MONTH, owner=house["ana"], **own(house))
    assert [notice.person for notice in Notice.objects.filter(**kept)] == [house["ana"]]


@pytest.mark.parametrize("title", ["", "   "])
def test_a_meeting_and_a_series_have_a_title(house, title):
    with pytest.raises(MeetingUnclear, match="Give the meeting a title"):
        called(house, title=title)
    with pytest.raises(MeetingUnclear, match="Give the meeting a title"):
        weekly(house, title=title)
    meeting = called(house)
    with pytest.raises(MeetingUnclear, match="Give the meeting a title"):
        change_meeting(meeting=meeting, title=title, **own(house))
    assert Meeting.objects.get().title == "雙週會"


def test_a_field_that_meetings_do_not_have_is_a_mistake_of_the_program(house):
    meeting, series = called(house), weekly(house)
    with pytest.raises(TypeError, match="no field colour"):
        call_meeting(
            unit=house.units["shop"], title="會", starts_at=SOON, chair=house["dora"], people=(), colour=1,
            **own(house),
        )  # fmt: skip
    with pytest.raises(TypeError, match="no changeable field state"):
        change_meeting(meeting=meeting, state="closed", **own(house))
    with pytest.raises(TypeError, match="no changeable field code"):
        change_series(series=series, members=(), code="x", **own(house))


def test_a_new_chair_takes_part(house):
    meeting = called(house)
    change_meeting(meeting=meeting, chair=house["eva"], **own(house))
    assert house["eva"] in meeting.people.all()
    assert Event.objects.filter(name="governance.meeting.changed").count() == 1


def test_a_meeting_is_cancelled_with_a_reason(house):
    meeting = called(house)
    with pytest.raises(MeetingUnclear, match="Say why it does not take place"):
        cancel_meeting(meeting=meeting, reason=" ", **own(house))
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_an_action_says_what_is_to_be_done_about_an_item_of_its_own_meeting(house):
    meeting, other = running(house, PRICE), running(house, SHELF)
    values = {"owner": house["ana"], "due_on": NEXT_MONTH, **own(house)}
    with pytest.raises(MeetingUnclear, match="Say what is to be done"):
        give_action(meeting=meeting, title=" ", **values)
    with pytest.raises(MeetingUnclear, match="belongs to another meeting"):
        give_action(meeting=meeting, title="報價", item=item_of(other, "陳列"), **values)


def test_an_action_is_done_once_by_its_owner_or_by_the_task_it_became(house):
    meeting = running(house, PRICE)
    values = {"meeting": meeting, "due_on": NEXT_MONTH, **own(house)}
    done = give_action(title="報價", owner=house["ana"], **values)
    assert can_finish(house["dora"], done).reason == "Its owner says that an action is done."
    done = finish_action(action=done, **own(house, "ana"))
    assert can_finish(house["ana"], done).reason == "This is done already."
    with pytest.raises(NotThen, match="done already, or goes on as a task"):
        go_on_as(action=done, thing=Ref("task", 1), **own(house))
    gone_on = go_on_as(action=give_action(title="比價", owner=house["ana"], **values), thing=Ref("task", 1),
                       **own(house))  # fmt: skip
    assert "done when the task is" in can_finish(house["ana"], gone_on).reason
    with pytest.raises(NotThen):
        go_on_as(action=gone_on, thing=Ref("task", 2), **own(house))


def test_a_series_that_has_ended_is_not_changed_and_lays_nothing(house):
    series = end_series(series=weekly(house), by=house["dora"], at=AT)
    assert can_run_series(house["dora"], series).reason == "This series has ended."
    with pytest.raises(NotThen, match="This series has ended"):
        change_series(series=series, members=(), **own(house))
    count = Meeting.objects.count()
    assert lay_series(series=series, times=clocks(), at=AT + timedelta(days=60)) == 0
    assert Meeting.objects.count() == count


def test_a_series_is_run_by_its_chair_who_set_it_up_and_who_heads_the_unit(house):
    series = weekly(house, chair=house["ana"], by=house["ben"])
    assert can_run_series(house["ana"], series)
    assert can_run_series(house["ben"], series)
    assert can_run_series(house["dora"], series)  # heads the shop
    assert "Who chairs the series changes it" in can_run_series(house["fay"], series).reason

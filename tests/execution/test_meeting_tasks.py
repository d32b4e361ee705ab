"""What a meeting asks for is a task of a campaign, done when the task is; what is open comes up again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from remit.execution.actions.task import carry_on, set_task_state
from remit.execution.enums import TaskState
from remit.execution.models import Task
from remit.governance.actions.meeting import Topic, call_meeting, start_meeting
from remit.governance.actions.meeting_action import NotThen, finish_action, give_action
from remit.governance.enums import ActionState, Rule
from remit.governance.models import MeetingAction
from remit.governance.queries.meetings import actions_owed_by
from remit.org.queries.today import today

from ..planning.planned import department, plan_of


@pytest.fixture
def house(db):
    return department()


@pytest.fixture
def meeting(house):
    at = timezone.now()
    called = call_meeting(
        unit=house.units["shop"], chair=house["dora"], people=[house["ana"], house["ben"]],
        topics=(Topic("定價", Rule.CONSENSUS),), by=house["dora"], at=at, title="雙週會", place="",
        starts_at=at + timedelta(hours=3),
    )  # fmt: skip
    return start_meeting(meeting=called, by=house["dora"], at=at)


def client(house, name):
    found = Client(HTTP_ACCEPT_LANGUAGE="en")
    found.force_login(house[name])
    return found


def lasting(house, code="spring"):
    return plan_of(house, code=code, starts_on=today(), ends_on=today() + timedelta(days=30))


def given(house, meeting, plan, status=302):
    asked = {
        "title": "重談進價", "owner": house["ana"].pk, "due_on": today() + timedelta(days=5),
        "plan": plan.pk if plan else "",
    }  # fmt: skip
    answer = client(house, "dora").post(reverse("meetings_give", args=[meeting.pk]), asked)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def moved(house, task, state):
    set_task_state(task=task, state=state, by=house["ana"], at=timezone.now())
    return MeetingAction.objects.get().state


def test_it_becomes_a_task_and_is_done_and_taken_up_again_with_it(house, meeting):
    plan = lasting(house)
    given(house, meeting, plan)
    task, action = Task.objects.get(), MeetingAction.objects.get()
    assert (task.plan, task.title, task.owner, task.ends_on) == (
        plan,
        "重談進價",
        house["ana"],
        action.due_on,
    )
    assert not actions_owed_by(house["ana"]).exists()  # it stands there as the task
    with pytest.raises(NotThen):
        finish_action(action=action, by=house["ana"], at=timezone.now())
    page = client(house, "ana").get(reverse("meetings_meeting", args=[meeting.pk])).content.decode()
    assert reverse("tasks_task", args=[task.pk]) in page
    assert reverse("meetings_action_done", args=[action.pk]) not in page
    assert moved(house, task, TaskState.DONE) == ActionState.DONE
    assert moved(house, task, TaskState.TODO) == ActionState.OPEN


def test_a_dropped_task_leaves_the_action_with_its_owner_and_a_carried_one_takes_it_along(house, meeting):
    first, second = lasting(house), lasting(house, "summer")
    given(house, meeting, first)
    carried = carry_on(
        task=Task.objects.get(), plan=second, starts_on=today(), by=house["ana"], at=timezone.now()
    )
    action = MeetingAction.objects.get()
    assert (action.state, action.thing) == (ActionState.OPEN, f"task:{carried.pk}")
    moved(house, carried, TaskState.DROPPED)
    assert list(actions_owed_by(house["ana"])) == [action]


def test_without_a_campaign_it_stays_an_action(house, meeting):
    given(house, meeting, None)
    assert (Task.objects.count(), actions_owed_by(house["ana"]).count()) == (0, 1)


def test_a_campaign_that_one_does_not_carry_is_no_choice(house, meeting):
    foreign = plan_of(house, by="eva", unit="west", code="west", objectives=())
    assert foreign.owner == house["eva"]
    house_lead = client(house, "ben")
    assert house_lead.get(reverse("meetings_meeting", args=[meeting.pk])).context["giving"] is None
    form = client(house, "dora").get(reverse("meetings_meeting", args=[meeting.pk])).context["giving"]
    led = foreign.unit.path.startswith(house.units["shop"].path)
    assert (foreign in form.fields["plan"].queryset) == led


def test_what_is_open_comes_up_at_the_next_of_the_series(house, meeting, series):
    action = give_action(
        meeting=meeting, title="重談進價", owner=house["ana"], due_on=today(), by=house["dora"],
        at=timezone.now(),
    )  # fmt: skip
    at = timezone.now()
    following = call_meeting(
        unit=house.units["shop"], chair=house["dora"], people=[house["ana"]], topics=(), by=house["dora"],
        at=at, title="雙週會", place="", starts_at=at + timedelta(days=14),
    )  # fmt: skip
    for each in (meeting, following):
        type(each).objects.filter(pk=each.pk).update(series=series)
    page = client(house, "ana").get(reverse("meetings_meeting", args=[following.pk]))
    assert page.context["earlier"] == [action]
    finish_action(action=action, by=house["ana"], at=timezone.now())
    page = client(house, "ana").get(reverse("meetings_meeting", args=[following.pk]))
    assert page.context["earlier"] == []


@pytest.fixture
def series(house):
    from datetime import time

    from remit.governance.actions.series import start_series

    return start_series(
        unit=house.units["shop"], title="雙週會", rhythm="fortnightly", day=3, time_of_day=time(10),
        chair=house["dora"], members=[house["ana"]], by=house["dora"], at=timezone.now(),
    )  # fmt: skip

"""A team's robot: how much waits for how many, and nothing of what its readers may not see."""

from datetime import time, timedelta

import pytest

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.notices.actions import notify, read, send_due, send_test, set_team_robot
from remit.notices.actions.letter import Outcome
from remit.notices.actions.preference import QuietHoursNeedBothEnds
from remit.notices.actions.robot import RobotUnknown
from remit.notices.enums import Pace, Way
from remit.notices.models import Dispatch, Letter
from remit.org.actions import set_zone
from remit.org.models import Assignment, Position, Unit

from .conftest import NOON, prefer
from .station import answer

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
BOARD = Ref("board", 4)


@pytest.fixture
def east(ann, bo, station, visible) -> Unit:
    """Ann and Bo work below the east, want no mail, and see a board."""
    group = Unit.objects.add_root({"code": "group", "name": "集團"})
    east = Unit.objects.add_child(group, {"code": "east", "name": "旅程東區"})
    store = Unit.objects.add_child(east, {"code": "store", "name": "一店"})
    set_zone(unit=group, zone="UTC", starts_on=NOON.date(), by=None, at=NOON)
    position = Position.objects.create(code="p", name="p")
    for person, unit in ((ann, store), (bo, east)):
        Assignment.objects.create(person=person, position=position, unit=unit, starts_on=NOON.date())
        prefer(person, Pace.NONE)
        visible.add((person.pk, BOARD))
    return Unit.objects.get(pk=east.pk)


@pytest.fixture
def speaks(east, ann):
    """``speaks("dingtalk")``: the robot of the east, or of another unit."""
    return lambda robot="dingtalk", unit=east, **more: set_team_robot(
        unit=unit, robot=robot, by=ann, at=NOON, **more
    )


def tell(*people, subject=BOARD, text="The margin of %(subject)s is 3.", at=NOON):
    return notify(people=people, text=text, subject=subject, at=at)


@pytest.mark.parametrize("kind", ["dingtalk", "feishu", "wecom"])
def test_the_group_is_told_how_much_waits_and_where_but_not_what(ann, bo, station, speaks, kind):
    speaks(kind)
    tell(ann)
    tell(ann, bo)
    assert send_due(at=NOON) == Outcome(sent=1, failed=0)
    [heard] = station.posted
    letter = Letter.objects.get()
    title, *lines = heard.text.splitlines()
    assert title == f"[Remit #{letter.pk}] 3 notices for 2 people of 旅程東區: open Remit"
    link = [] if kind == "feishu" else ["  https://remit.example.org/notices"]
    assert lines == ["- My notices", *link]
    assert (letter.way, letter.person) == (Way.TEAM, None)


def test_what_has_no_subject_is_said_once_for_all(ann, bo, station, speaks):
    speaks()
    tell(ann, bo, subject=None, text="The office is closed tomorrow.")
    tell(ann)
    send_due(at=NOON)
    assert station.posted[0].text.splitlines()[:2] == [
        f"[Remit #{Letter.objects.get().pk}] 3 notices for 2 people of 旅程東區: open Remit",
        "- The office is closed tomorrow.",
    ]
    assert "margin" not in station.posted[0].text


def test_what_was_read_or_got_out_of_sight_or_whose_reader_left_is_not_counted(
    ann, bo, station, speaks, visible
):
    speaks()
    [first] = tell(ann)
    tell(ann, bo)
    read(by=ann, at=NOON, notices=[first.pk])
    visible.remove((bo.pk, BOARD))
    send_due(at=NOON)
    assert "1 notice for 1 person of" in station.posted[0].text
    tell(ann, bo)
    ann.is_active = False
    ann.save()
    assert send_due(at=NOON + MINUTE) == Outcome(1, 0)
    assert len(station.heard) == 1


def test_the_nearest_robot_above_a_position_speaks_and_a_person_of_two_teams_is_told_of_in_both(
    ann, bo, station, speaks, east
):
    speaks("dingtalk")
    speaks("wecom", Unit.objects.get(code="store"))
    speaks("feishu", Unit.objects.get(code="group"))
    tell(ann)
    Assignment.objects.create(
        person=bo, position=Position.objects.get(), unit=Unit.objects.get(code="group"), starts_on=NOON.date()
    )
    tell(bo)
    assert send_due(at=NOON) == Outcome(3, 0)
    said = {heard.kind: heard.text.splitlines()[0].split("] ")[1] for heard in station.posted}
    assert said == {
        "feishu": "1 notice for 1 person of 集團: open Remit",
        "dingtalk": "1 notice for 1 person of 旅程東區: open Remit",
        "wecom": "1 notice for 1 person of 一店: open Remit",
    }


def test_the_team_has_quiet_hours_over_midnight_and_a_daily_hour_in_its_own_zone(ann, station, speaks, east):
    set_zone(unit=east, zone="Asia/Taipei", starts_on=NOON.date(), by=None, at=NOON)
    speaks(quiet_from=time(20), quiet_until=time(7))  # noon is 20:00 in Taipei
    tell(ann)
    morning = NOON + timedelta(hours=11)
    assert send_due(at=morning - MINUTE) == Outcome(0, 0)
    speaks(pace=Pace.DIGEST, digest_at=time(8))
    assert send_due(at=morning) == Outcome(0, 0)
    station.now = morning + timedelta(hours=1)
    assert send_due(at=station.now) == Outcome(1, 0)


def test_a_robot_taken_away_says_nothing_more(ann, station, speaks):
    speaks()
    tell(ann)
    speaks("")
    assert (send_due(at=NOON), Dispatch.objects.count(), station.heard) == (Outcome(0, 0), 0, [])
    assert [event.fields["robot"] for event in Event.objects.filter(name="notices.team_robot.set")] == [
        "dingtalk",
        "",
    ]


def test_a_robot_that_fails_is_tried_again_and_the_group_is_told_once(ann, station, speaks):
    speaks()
    station.answers = [lambda handler: answer(handler, {"errcode": 130101, "errmsg": "too fast"})]
    tell(ann)
    assert (send_due(at=NOON), send_due(at=NOON + MINUTE)) == (Outcome(0, 1), Outcome(1, 0))
    assert (len(station.heard), len(station.posted)) == (2, 1)


def test_a_robot_that_is_not_set_up_any_more_is_a_failure_that_somebody_hears_of(
    ann, station, speaks, settings
):
    speaks()
    settings.ROBOT_SECRETS = ""
    tell(ann)
    at = NOON
    for _try in range(11):
        send_due(at=at)
        at += timedelta(hours=6)
    [event] = Event.objects.filter(name="notices.letter.given_up")
    assert (event.subject, event.fields["error"]) == (
        f"unit:{Unit.objects.get(code='east').pk}",
        "NoSuchRobot: No robot 'dingtalk' is set up",
    )


def test_a_test_is_for_oneself_and_the_group_hears_nothing_of_it(ann, station, speaks):
    speaks()
    assert send_test(person=ann, by=ann, at=NOON) == []
    assert (send_due(at=NOON), station.heard) == (Outcome(0, 0), [])


def test_a_team_robot_is_one_that_is_set_up_and_its_quiet_hours_have_both_ends(speaks):
    with pytest.raises(RobotUnknown, match="parrot"):
        speaks("parrot")
    with pytest.raises(QuietHoursNeedBothEnds):
        speaks(quiet_from=time(22))

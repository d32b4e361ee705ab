"""A person's own robot: it says what its person may see, as mail does."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection

from remit.audit.models import Event
from remit.core.ref import Ref
from remit.notices import posting
from remit.notices.actions import allow_robots, notify, read, send_due, send_test
from remit.notices.actions.letter import Outcome
from remit.notices.actions.preference import RobotNotAllowed
from remit.notices.actions.robot import RobotUnknown
from remit.notices.deciding import ATTEMPTS
from remit.notices.enums import Pace, Way
from remit.notices.models import Dispatch, Letter
from remit.notices.queries import robots_open_to
from remit.org.models import Assignment, Position, Unit

from .conftest import NOON, Killed, prefer
from .station import KEY, SECRET, answer

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
KINDS = ("dingtalk", "feishu", "wecom")


def tell(*people, text="Sales fell to %(value)s.", at=NOON, **more):
    return notify(people=people, text=text, fields={"value": 3}, at=at, **more)


@pytest.fixture
def robot(ann, station):
    """``robot("dingtalk")``: Ann is told by this robot and not by mail."""

    def choose(name, mail_=Pace.NONE, **more):
        allow_robots(owner=ann, robots=[name], by=ann, at=NOON)
        prefer(ann, mail_, robot=name, **more)

    return choose


# -- what is said -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_each_service_takes_the_signature_and_the_group_reads_the_notices(ann, station, robot, visible, kind):
    robot(kind)
    board = Ref("board", 4)
    visible.add((ann.pk, board))
    tell(ann)
    tell(ann, text="%(subject)s fell.", subject=board)
    assert send_due(at=NOON) == Outcome(sent=1, failed=0)
    [heard] = station.posted
    title = f"[Remit #{Letter.objects.get().pk}] For Ann: 2 notices"
    link = "" if kind == "feishu" else "\n  https://remit.example.org/boards/4"
    assert heard.text == f"{title}\n- Sales fell to 3.\n- Board 4 fell.{link}"
    assert mail.outbox == []


def test_dingtalk_is_asked_as_its_document_says(ann, station, robot):
    robot("dingtalk")
    tell(ann)
    send_due(at=NOON)
    [heard] = station.posted
    assert (heard.query["access_token"], heard.query["timestamp"]) == ("abc", "1772452800000")
    assert (list(heard.body), heard.body["msgtype"]) == (["msgtype", "text"], "text")
    assert heard.headers["Content-Type"] == "application/json; charset=utf-8"


def test_feishu_is_asked_as_its_document_says(ann, station, robot, visible):
    robot("feishu")
    visible.add((ann.pk, Ref("board", 4)))
    tell(ann, text="%(subject)s fell.", subject=Ref("board", 4))
    send_due(at=NOON)
    [heard] = station.posted
    assert (heard.body["timestamp"], heard.body["msg_type"]) == ("1772452800", "post")
    assert heard.body["content"]["post"]["zh_cn"]["content"] == [
        [
            {"tag": "text", "text": "- "},
            {"tag": "a", "text": "Board 4 fell.", "href": "https://remit.example.org/boards/4"},
        ]
    ]


def test_a_key_may_stand_in_the_address_of_wecom(ann, station, robot, settings):
    settings.ROBOT_SECRETS = (
        f'{{"w": {{"kind": "wecom", "url": "{station.address}/cgi-bin/webhook/send?key={KEY}"}}}}'
    )
    robot("w")
    tell(ann)
    assert (send_due(at=NOON), station.posted[0].query) == (Outcome(1, 0), {"key": KEY})


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_notice_quotes_calls_nobody_and_formats_nothing(ann, station, robot, kind):
    robot(kind)
    bad = '<@all> <at user_id="all"></at>\n# [x](https://evil.example)'
    notify(people=[ann], text="New: %(name)s", fields={"name": bad}, at=NOON)
    send_due(at=NOON)
    [heard] = station.posted
    assert "at" not in heard.body
    assert ("<@" in heard.text) == (kind != "wecom")
    if kind == "feishu":
        [[tag]] = heard.body["content"]["post"]["zh_cn"]["content"]
        assert (tag["tag"], len(heard.text.splitlines())) == ("text", 2)
    else:
        assert heard.body["msgtype"] == "text"


def test_a_long_day_fits_into_one_message_and_says_how_much_more_there_is(ann, station, robot):
    robot("wecom", digest_at="08:00")
    for number in range(60):
        tell(ann, text=f"{number} " + "營業額下滑" * 60)
    send_due(at=NOON)
    [heard] = station.posted
    assert len(heard.text.encode()) <= 2048
    lines = heard.text.splitlines()
    shown = len(lines) - 3
    assert lines[-2:] == [f"- {60 - shown} more", "  https://remit.example.org/notices"]


def test_the_robot_speaks_the_language_that_the_person_reads(ann, station, robot):
    ann.language = "zh-hant"
    ann.save()
    robot("dingtalk")
    tell(ann)
    send_due(at=NOON)
    assert station.posted[0].text.splitlines()[0] == f"[Remit #{Letter.objects.get().pk}] 給 Ann：1 則通知"


# -- what is not said -------------------------------------------------------------------------


def test_a_notice_on_a_thing_that_the_person_lost_sight_of_is_left_out(ann, station, robot, visible):
    robot("dingtalk")
    seen, lost = Ref("board", 4), Ref("board", 5)
    visible.update({(ann.pk, seen), (ann.pk, lost)})
    tell(ann, text="%(subject)s fell.", subject=seen)
    tell(ann, text="%(subject)s fell.", subject=lost)
    visible.remove((ann.pk, lost))
    send_due(at=NOON)
    [heard] = station.posted
    assert heard.text.splitlines()[0].endswith("For Ann: 1 notice")
    assert "5" not in heard.text.replace(heard.text.splitlines()[0], "")


def test_where_nothing_is_left_to_say_nothing_is_posted(ann, station, robot, visible):
    robot("dingtalk")
    tell(ann, subject=Ref("board", 4))
    tell(ann)
    read(by=ann, at=NOON)
    assert send_due(at=NOON) == Outcome(1, 0)
    assert station.heard == []


def test_the_secret_and_the_address_are_stored_nowhere(ann, station, robot, settings):
    robot("dingtalk")
    settings.ROBOT_SECRETS = station.setting(secret="another")
    tell(ann)
    send_due(at=NOON)
    assert Letter.objects.get().error == "NotDelivered: dingtalk: answered 310000: sign not match"
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored = str(cursor.fetchall())
            assert not any(word in stored for word in (SECRET, "access_token", station.address)), table


# -- who may choose what ----------------------------------------------------------------------


def test_only_a_robot_that_was_allowed_can_be_chosen(ann, station):
    assert robots_open_to(ann, NOON.date()) == []
    with pytest.raises(RobotNotAllowed, match="feishu"):
        prefer(ann, robot="feishu")
    with pytest.raises(RobotUnknown, match="parrot"):
        allow_robots(owner=ann, robots=["parrot"], by=ann, at=NOON)


def test_what_a_unit_was_allowed_its_people_and_those_below_it_may_choose(ann, bo, station):
    group = Unit.objects.add_root({"code": "group", "name": "Group"})
    east, west = (Unit.objects.add_child(group, {"code": code, "name": code}) for code in ("east", "west"))
    position = Position.objects.create(code="p", name="p")
    for person, unit in ((ann, east), (bo, west)):
        Assignment.objects.create(person=person, position=position, unit=unit, starts_on=NOON.date())
    allow_robots(owner=group, robots=["feishu"], by=ann, at=NOON)
    allow_robots(owner=east, robots=["wecom"], by=ann, at=NOON)
    allow_robots(owner=bo, robots=["dingtalk"], by=ann, at=NOON)
    assert robots_open_to(ann, NOON.date()) == ["feishu", "wecom"]
    assert robots_open_to(bo, NOON.date()) == ["dingtalk", "feishu"]
    assert robots_open_to(ann, NOON.date() - DAY) == []
    allow_robots(owner=group, robots=[], by=ann, at=NOON)
    assert robots_open_to(ann, NOON.date()) == ["wecom"]
    assert [event.fields for event in Event.objects.filter(name="notices.robots.allowed")][-1] == {
        "robots": []
    }


def test_a_robot_that_is_allowed_no_longer_says_nothing_more(ann, station, robot):
    robot("dingtalk")
    tell(ann)
    allow_robots(owner=ann, robots=[], by=ann, at=NOON)
    assert send_due(at=NOON) == Outcome(1, 0)
    assert station.heard == []


def test_without_a_setting_nothing_leaves_the_machine(ann, station, robot, settings):
    robot("dingtalk")
    settings.ROBOT_SECRETS = ""
    tell(ann)
    assert send_due(at=NOON) == Outcome(1, 0)
    assert (station.heard, mail.outbox) == ([], [])


def test_who_left_or_changed_their_mind_is_not_written_of(ann, station, robot):
    robot("dingtalk")
    tell(ann)
    prefer(ann, Pace.NONE)
    assert (send_due(at=NOON), Dispatch.objects.count()) == (Outcome(0, 0), 0)
    robot("dingtalk")
    tell(ann)
    ann.is_active = False
    ann.save()
    assert (send_due(at=NOON), station.heard) == (Outcome(0, 0), [])


# -- when -------------------------------------------------------------------------------------


def test_mail_and_robot_both_tell_and_each_once(ann, station, robot):
    robot("feishu", Pace.IMMEDIATELY)
    tell(ann)
    assert send_due(at=NOON) == Outcome(2, 0)
    assert send_due(at=NOON + MINUTE) == Outcome(0, 0)
    assert (len(mail.outbox), len(station.heard)) == (1, 1)


def test_quiet_hours_over_midnight_hold_the_robot_until_they_end(ann, station, robot):
    robot("dingtalk", quiet=("22:00", "07:00"))
    night, morning = NOON + timedelta(hours=11), NOON + timedelta(hours=19)
    tell(ann, at=night)
    tell(ann, at=night + timedelta(hours=3))
    assert send_due(at=morning - MINUTE) == Outcome(0, 0)
    station.now = morning
    assert send_due(at=morning) == Outcome(1, 0)
    assert station.posted[0].text.count("- Sales fell to 3.") == 2


def test_a_robot_that_was_held_up_until_the_night_does_not_write_in_it(ann, station, robot):
    robot("dingtalk", quiet=("22:00", "07:00"))
    tell(ann)
    assert send_due(at=NOON + timedelta(hours=11)) == Outcome(0, 0)
    assert [each.due_at for each in Dispatch.objects.all()] == [NOON + timedelta(hours=19)]


def test_the_robot_gathers_a_day_while_mail_goes_at_once(ann, station, robot):
    robot("dingtalk", Pace.IMMEDIATELY, robot_pace=Pace.DIGEST)
    for hour in range(3):
        tell(ann, at=NOON + timedelta(hours=hour))
        assert send_due(at=NOON + timedelta(hours=hour)) == Outcome(1, 0)
    station.now = NOON + timedelta(hours=20)
    assert (len(mail.outbox), station.heard) == (3, [])
    assert send_due(at=station.now) == Outcome(1, 0)
    assert "For Ann: 3 notices" in station.posted[0].text


def test_a_test_goes_out_by_every_way_at_once_even_at_night_and_once_a_minute(ann, station, robot):
    robot("wecom", Pace.DIGEST, quiet=("11:00", "13:00"))
    letters = send_test(person=ann, by=ann, at=NOON)
    assert [letter.way for letter in letters] == [Way.MAIL, Way.ROBOT]
    assert send_test(person=ann, by=ann, at=NOON) == []
    assert send_due(at=NOON) == Outcome(2, 0)
    assert "- This is a test: notices reach you this way." in station.posted[0].text
    assert "This is a test" in mail.outbox[0].body


# -- when things fail -------------------------------------------------------------------------

FAILURES = {
    "busy": ({"errcode": 130101, "errmsg": "too fast"}, {}, "answered 130101: too fast"),
    "nothing": ({}, {}, "answered without a code"),
    "a list": ([0], {}, "answered without a code"),
    "a page": ("<html>", {}, "JSONDecodeError: Expecting value: line 1 column 1 (char 0)"),
    "an error": ({"errcode": 0}, {"status": 500}, "HTTP status 500"),
    "a way out": ({"errcode": 0}, {"status": 302, "Location": "/elsewhere"}, "HTTP status 302"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_an_answer_that_is_no_yes_is_a_failure_and_the_message_arrives_later_once(
    ann, station, robot, failure
):
    robot("dingtalk")
    said, how, why = FAILURES[failure]
    station.answers = [lambda handler: answer(handler, said, **how)]
    tell(ann)
    assert send_due(at=NOON) == Outcome(sent=0, failed=1)
    assert Letter.objects.get().error == f"NotDelivered: dingtalk: {why}"
    assert send_due(at=NOON + MINUTE / 2) == Outcome(0, 0)
    assert send_due(at=NOON + MINUTE) == Outcome(1, 0)
    assert (len(station.heard), len(station.posted)) == (2, 1)


@pytest.mark.parametrize(
    ("kind", "code"), [("dingtalk", 310000), ("feishu", 19021), ("wecom", 93000)], ids=KINDS
)
def test_each_service_s_own_refusal_is_read(ann, station, robot, settings, kind, code):
    robot(kind)
    settings.ROBOT_SECRETS = station.setting(secret="wrong", key="wrong")
    tell(ann)
    assert send_due(at=NOON) == Outcome(0, 1)
    assert f"{kind}: answered {code}: " in Letter.objects.get().error


def test_feishu_s_older_answer_is_read_too(ann, station, robot):
    robot("feishu")
    station.answers = [
        lambda handler: answer(handler, {"StatusCode": 9499, "StatusMessage": "Bad Request"}),
        lambda handler: answer(handler, {"Extra": None, "StatusCode": 0, "StatusMessage": "success"}),
    ]
    tell(ann)
    assert (send_due(at=NOON), send_due(at=NOON + MINUTE)) == (Outcome(0, 1), Outcome(1, 0))


def test_a_robot_that_does_not_answer_is_left_and_keeps_no_mail_waiting(ann, station, robot, monkeypatch):
    monkeypatch.setattr(posting, "TIMEOUT_S", 0.2)
    robot("dingtalk", Pace.IMMEDIATELY)
    over = threading.Event()
    mailed_by_then = []

    def silent(_handler) -> None:
        mailed_by_then.append(len(mail.outbox))
        over.wait(10)

    station.answers = [silent]
    tell(ann)
    assert send_due(at=NOON) == Outcome(sent=1, failed=1)
    over.set()
    assert "dingtalk: TimeoutError" in Letter.objects.get(way=Way.ROBOT).error
    assert mailed_by_then == [1]


def test_a_message_is_given_up_after_ten_tries_and_that_is_recorded(ann, station, robot):
    robot("dingtalk")
    station.answers = [lambda handler: answer(handler, {"errcode": -1, "errmsg": "busy"})] * (ATTEMPTS + 2)
    tell(ann)
    at = NOON
    for _try in range(ATTEMPTS + 2):
        send_due(at=at)
        at += timedelta(hours=6)
    assert len(station.heard) == ATTEMPTS
    [event] = Event.objects.filter(name="notices.letter.given_up")
    assert (event.fields["way"], event.fields["error"]) == (
        "robot",
        "NotDelivered: dingtalk: answered -1: busy",
    )


def test_a_crash_between_sending_and_noting_repeats_the_message_under_the_same_id(ann, station, robot):
    robot("dingtalk")
    tell(ann)
    times = iter([NOON])

    def dying() -> object:
        for time in times:
            return time
        raise Killed

    with pytest.raises(Killed):
        send_due(at=NOON, clock=dying)
    assert send_due(at=NOON + MINUTE) == Outcome(0, 0)
    assert send_due(at=NOON + 5 * MINUTE) == Outcome(1, 0)
    assert send_due(at=NOON + 20 * MINUTE) == Outcome(0, 0)
    first, second = station.posted
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    assert first.text == second.text

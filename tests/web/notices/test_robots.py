"""Robots on the pages: an administrator allows them, a person chooses."""

import json
from datetime import time

import pytest
from django.urls import reverse

from remit.notices.models import Letter
from remit.notices.queries import allowances_of, preference_of, team_robot_of
from remit.org.models import Unit

ROBOTS = {
    name: {"kind": "wecom", "url": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "secret": "hidden-key"}
    for name in ("east-team", "west-chat")
}
HOURS = {"digest_at": "08:00", "quiet_from": "22:00", "quiet_until": "07:00"}


@pytest.fixture
def robots(settings):
    settings.ROBOT_SECRETS = json.dumps(ROBOTS)


def at(name: str, code: str) -> str:
    return reverse(name, args=[Unit.objects.get(code=code).pk])


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def allowed(owner) -> list[str]:
    return sorted(allowances_of(owner).values_list("robot", flat=True))


@pytest.mark.usefixtures("robots")
def test_an_administrator_gives_a_unit_its_team_robot(log_in_as):
    browser, path = log_in_as("admin"), at("notices_team_robot", "journey-east")
    assert browser.get(path).context["form"]["robot"].value() == ""
    answer = browser.post(path, HOURS | {"robot": "east-team", "pace": "digest", "digest_at": "09:00"})
    assert answer["Location"] == at("org_unit", "journey-east")
    team = team_robot_of(unit("journey-east"))
    assert (team.robot, team.pace, team.digest_at) == ("east-team", "digest", time(9))
    page = browser.get(at("org_unit", "journey-east")).text
    assert "east-team · Once a day, together" in page
    assert "hidden-key" not in page
    browser.post(path, HOURS | {"robot": "", "pace": "digest"})
    assert team_robot_of(unit("journey-east")).pk is None


@pytest.mark.usefixtures("robots")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"robot": "parrot"}, "robot"), ({"pace": "none"}, "pace"), ({"quiet_until": ""}, "quiet_until")],
)
def test_a_team_robot_that_makes_no_sense_is_refused_on_the_page(log_in_as, wrong, field):
    given = HOURS | {"robot": "east-team", "pace": "immediately"} | wrong
    answer = log_in_as("admin").post(at("notices_team_robot", "journey-east"), given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


@pytest.mark.usefixtures("robots")
def test_what_a_unit_and_a_person_are_allowed_the_person_can_choose(log_in_as, person):
    admin = log_in_as("admin")
    admin.post(at("notices_unit_robots", "journey-west"), {"robots": ["east-team"]})
    admin.post(reverse("notices_person_robots", args=[person("west").pk]), {"robots": ["west-chat"]})
    assert (allowed(unit("journey-west")), allowed(person("west"))) == (["east-team"], ["west-chat"])
    west = log_in_as("west")
    form = west.get("/account/notices").context["form"]
    assert [name for name, _label in form.fields["robot"].choices] == ["", "east-team", "west-chat"]
    given = HOURS | {"mail": "none", "robot": "west-chat", "robot_pace": "digest"}
    assert west.post("/account/notices", given).status_code == 302
    kept = preference_of(person("west"))
    assert (kept.mail, kept.robot, kept.robot_pace) == ("none", "west-chat", "digest")
    admin.post(reverse("notices_person_robots", args=[person("west").pk]), {})
    assert allowed(person("west")) == []
    answer = west.post("/account/notices", given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["robot"])


@pytest.mark.usefixtures("robots")
def test_a_robot_that_is_not_set_up_cannot_be_allowed(log_in_as):
    answer = log_in_as("admin").post(at("notices_unit_robots", "journey-west"), {"robots": ["parrot"]})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["robots"])


def test_where_no_robot_is_set_up_nothing_is_asked_about_robots(log_in_as):
    admin = log_in_as("admin")
    assert list(admin.get("/account/notices").context["form"].fields) == [
        "mail",
        "digest_at",
        "quiet_from",
        "quiet_until",
    ]
    assert "robots" not in admin.get(at("org_unit", "journey-west")).context


@pytest.mark.usefixtures("robots")
def test_who_does_not_manage_people_sees_nothing_of_robots_on_a_unit(log_in_as):
    assert "obots" not in log_in_as("analyst").get(at("org_unit", "journey")).text


def test_a_test_is_sent_to_oneself_once_a_minute_at_most(log_in_as, person):
    west = log_in_as("west")
    answer = west.post("/account/notices/test", follow=True)
    assert "A test is on its way." in answer.text
    assert [letter.person for letter in Letter.objects.all()] == [person("west")]


def test_who_is_told_in_the_product_only_is_told_so(log_in_as):
    west = log_in_as("west")
    west.post("/account/notices", HOURS | {"mail": "none"})
    answer = west.post("/account/notices/test", follow=True)
    assert "You are told in the product only" in answer.text
    assert Letter.objects.count() == 0

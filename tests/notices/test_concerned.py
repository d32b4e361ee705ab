"""Whom it concerns hears what another did to their posts, days, deputies, projects and mentors; each once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from remit.audit.actions.delivery import deliver_due
from remit.notices.actions import concerned
from remit.notices.models import Notice
from remit.org.actions import assign, change_position, end_assignment
from remit.org.actions.absence import add_absence, delegate, end_delegation, remove_absence
from remit.org.actions.mentoring import begin_mentoring
from remit.org.actions.project import join_project, start_project
from remit.org.models import Assignment, Person, Position, Unit
from tests.cast import enter_cast

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=9)


@pytest.fixture
def cast(db: None) -> Callable[[str], Person]:
    enter_cast()
    return lambda name: Person.objects.get(email=f"{name}@demo.example")


@pytest.fixture
def by(cast: Callable[[str], Person]) -> dict:
    return {"by": cast("admin"), "at": timezone.now()}


def heard() -> dict[str, list[str]]:
    deliver_due(at=timezone.now())
    deliver_due(at=timezone.now())  # what is delivered again is told once
    found: dict[str, list[str]] = {}
    for notice in Notice.objects.filter(key__startswith="concerned:").order_by("pk"):
        assert notice.text % {**notice.fields, "subject": ""}
        found.setdefault(notice.person.email.split("@")[0], []).append(notice.text)
    return found


def test_days_away_noted_and_removed(cast, by):
    away = add_absence(person=cast("west"), starts_on=TODAY, ends_on=LATER, kind="leave", **by)
    remove_absence(absence=away, **by)
    assert heard() == {"west": [concerned.AWAY, concerned.NOT_AWAY]}


@pytest.mark.parametrize("ends_on", [None, LATER])
def test_both_sides_of_a_delegation_made_and_ended(cast, by, ends_on):
    made = delegate(person=cast("west"), to=cast("east"), starts_on=TODAY, ends_on=ends_on, **by)
    end_delegation(delegation=made, ends_on=TODAY, **by)
    acts, acted_for = (
        (concerned.ACTS_UNTIL, concerned.ACTED_FOR_UNTIL)
        if ends_on
        else (concerned.ACTS, concerned.ACTED_FOR)
    )
    assert heard() == {
        "west": [acted_for, concerned.ACTED_FOR_NO_LONGER],
        "east": [acts, concerned.ACTS_NO_LONGER],
    }


@pytest.mark.parametrize("ends_on", [None, LATER])
def test_a_post_given_and_ended(cast, by, ends_on):
    position, unit = Position.objects.get(code="sales_person"), Unit.objects.get(code="tafeng")
    post = assign(
        person=cast("west"), position=position, unit=unit, starts_on=TODAY, ends_on=ends_on, share=20, **by
    )
    end_assignment(assignment=post, ends_on=TODAY, **by)
    given = concerned.ASSIGNED_UNTIL if ends_on else concerned.ASSIGNED
    assert heard() == {"west": [given, concerned.ENDED]}


def test_the_power_of_a_position_to_each_holder_and_words_to_nobody(cast, by):
    position = Position.objects.get(code="channel_manager")
    holders = {post.person.email.split("@")[0] for post in Assignment.objects.filter(position=position)}
    change_position(position=position, purpose="換一句話說", **by)
    assert heard() == {}
    change_position(position=position, abilities=["manage_policies"], **by)
    assert heard() == {key: [concerned.POWER] for key in holders} and len(holders) > 1


def test_a_project_and_a_mentor(cast, by):
    project = start_project(
        code="new", name="新項目", unit=Unit.objects.get(code="journey"), lead=cast("brand"),
        arbiter=cast("journey"), starts_on=TODAY, ends_on=LATER, **by,
    )  # fmt: skip
    join_project(project=project, person=cast("west"), share=40, starts_on=TODAY, ends_on=LATER, **by)
    begin_mentoring(mentor=cast("east"), mentee=cast("west"), starts_on=TODAY, aim="熟悉通路", **by)
    assert heard() == {"west": [concerned.STAFFED, concerned.MENTORED], "east": [concerned.MENTORS]}


def test_what_one_does_oneself_and_what_files_bring_is_no_news(cast, by):
    add_absence(
        person=cast("west"), starts_on=TODAY, ends_on=TODAY, kind="leave", by=cast("west"), at=by["at"]
    )
    add_absence(person=cast("east"), starts_on=TODAY, ends_on=TODAY, kind="leave", by=None, at=by["at"])
    assert heard() == {}

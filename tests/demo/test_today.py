"""Today, for eight people of the demonstration: each sees what is theirs, and nobody else's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from remit.audit import guard
from remit.demo import arrangements, cast
from remit.demo.actions.arrangements import set_up_arrangements
from remit.demo.actions.duties import live_the_past, set_up_duties
from remit.demo.actions.organisation import set_up_organisation
from remit.demo.actions.watching import set_up_watching
from remit.duties.models import RaciRow
from remit.org.models import Absence, Delegation, Person, ProjectMember, Secondment

EIGHT = ("director", "journey", "analyst", "brand", "digital", "east", "tafeng", "legal")
POSTS = {member.login: (member.position, member.unit) for member in cast.PEOPLE}
STANDS_IN = {away.delegate: away.person for away in arrangements.AWAY if away.delegate}
pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="module")
def department(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The demonstration as it stands on its first morning, without figures; committed, emptied afterwards."""
    home = tmp_path_factory.mktemp("department")
    at = timezone.now()
    with override_settings(LAKE_URL=str(home / "lake"), FILES_ROOT=home / "files"):
        with django_db_blocker.unblock():
            set_up_organisation(at=at)
            set_up_watching(at=at)
            set_up_duties(at=at)
            live_the_past(at=at)
            set_up_arrangements(at=at)
        yield
        with django_db_blocker.unblock():
            guard.remove(connection)
            call_command("flush", interactive=False, verbosity=0)


def today_of(client, login):
    client.force_login(Person.objects.get(email=f"{login}@{cast.DOMAIN}"), BACKEND)
    return client.get(reverse("today")).context


def owed_in(context):
    owed = context["owed"]
    return [*owed.overdue, *owed.today, *owed.week, *owed.later, *owed.to_accept, *owed.coming]


def test_each_of_eight_people_sees_what_is_theirs_and_something_else_than_the_others(client, department):
    shown = {}
    for login in EIGHT:
        posts = {POSTS[login], POSTS.get(STANDS_IN.get(login, ""), POSTS[login])}
        context = today_of(client, login)
        rows = owed_in(context)
        for one in rows:
            roles = RaciRow.objects.filter(charge=one.charge_id, role__in=("responsible", "accountable"))
            held = set(roles.values_list("position__code", flat=True))
            assert held & {position for position, _unit in posts}, (login, one.charge)
        mine = {target.owner.email for target in (progress.target for progress in context["targets"])}
        assert mine <= {f"{login}@{cast.DOMAIN}"}
        shown[login] = {(one.charge.duty.code, one.charge.unit.code) for one in rows}
    assert [login for login, duties in shown.items() if not duties] == []
    alike = [(one, other) for one, other in combinations(EIGHT, 2) if shown[one] == shown[other]]
    assert alike == []


def test_who_acts_for_somebody_away_sees_their_duties_too(client, department):
    codes = {one.charge.duty.code for one in owed_in(today_of(client, "digital"))}
    Delegation.objects.all().delete()
    without = {one.charge.duty.code for one in owed_in(today_of(client, "digital"))}
    assert without < codes


def test_arrangements_are_made_once_and_what_was_ended_stays_ended(department):
    counts = [model.objects.count() for model in (Absence, Delegation, Secondment, ProjectMember)]
    assert counts == [2, 1, 1, 3]
    Absence.objects.first().delete()
    assert set_up_arrangements(at=datetime(2027, 1, 4, tzinfo=UTC)) == 0
    assert Absence.objects.count() == 1

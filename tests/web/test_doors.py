"""Every address of the product has a row in ``doors.csv``: who may knock, and what they are answered.

``args``: nothing; ``missing`` (numbers or words that nobody has: what is not there is 404 for everybody); or
name=thing pairs, where the things are those of ``things`` below. A status of 302 is the way to the log-in, or
back to the list after an action.
"""

import csv
import re
from itertools import groupby
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from remit.org.actions import add_person
from remit.org.actions.absence import add_absence, delegate
from remit.org.actions.project import join_project, start_project
from remit.org.actions.secondment import second
from remit.org.models import (
    Assignment,
    Confirmation,
    Criterion,
    Mentoring,
    NewcomerPlan,
    NewcomerStep,
    Person,
    Position,
    Skill,
    Successor,
    TemplateStep,
    Unit,
)
from tests.cast import enter_cast

ROLES = ("anonymous", "nobody", "west", "analyst", "admin")
TABLE = Path(__file__).parent / "doors.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8")))
# Given by a library under a name of its own and behind its own settings; never reachable with ours.
UNUSED = {"account_signup_by_passkey"}


def addresses(resolver: URLResolver, space: str = "", above: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Names and the arguments of their patterns."""
    found: dict[str, list[str]] = {}
    for pattern in resolver.url_patterns:
        args = (*above, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, args)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found[space + pattern.name] = list(args)
    return found


ADDRESSES = addresses(get_resolver())


def test_every_address_has_a_row():
    assert sorted(set(ADDRESSES) - UNUSED) == sorted({row["name"] for row in ROWS})


@pytest.fixture
def things(db) -> dict[str, object]:
    """The demonstration's people, and what the rows speak of."""
    cache.clear()
    enter_cast()
    add_person(email="nobody@demo.example", name="Nobody", by=None, at=timezone.now())
    west = Person.objects.get(email="west@demo.example")
    journey = Unit.objects.get(code="journey")
    things = things_of_growth(west, journey) | {
        "unit": journey.pk,
        "person": west.pk,
        "position": Position.objects.get(code="sales_person").pk,
        "assignment": Assignment.objects.get(person=west).pk,
    }
    return things | things_of_time(west, journey) | {"policy": "campaign"}


def things_of_time(west: Person, journey: Unit) -> dict[str, object]:
    """An absence of the sales person of the West, who acts, where they are lent, and their project."""
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today}
    own = {"by": None, "at": timezone.now()}
    east, head, top = (
        Person.objects.get(email=f"{name}@demo.example") for name in ("east", "journey", "director")
    )
    home = Assignment.objects.get(person=west)
    south = Unit.objects.get(code="journey-south")
    project = start_project(code="spring", name="春季", unit=journey, lead=head, arbiter=top, **days, **own)
    return {
        "absence": add_absence(person=west, kind="leave", **days, **own).pk,
        "delegation": delegate(person=west, to=east, **days, **own).pk,
        "secondment": second(home=home, unit=south, position=home.position, **days, **own).pk,
        "project": project.pk,
        "membership": join_project(project=project, person=west, share=20, **days, **own).pk,
    }


def things_of_growth(west: Person, journey: Unit) -> dict[str, object]:
    """A plan, a mentor, a confirmation of the sales person of the West, and what everybody's are made of."""
    today, now = timezone.localdate(), timezone.now()
    plan = NewcomerPlan.objects.create(person=west, starts_on=today, made_at=now)
    criterion = Criterion.objects.filter(kind="statement").order_by("pk")[0]
    admin = Person.objects.get(email="admin@demo.example")
    named = {"position": Position.objects.get(code="sales_director"), "unit": journey, "person": west}
    return {
        "plan": plan.pk,
        "step": NewcomerStep.objects.create(plan=plan, due_on=today, name="第一步").pk,
        "mentoring": Mentoring.objects.create(mentor=admin, mentee=west, starts_on=today, aim="學").pk,
        "confirmation": Confirmation.objects.create(criterion=criterion, person=west, confirmed_at=now).pk,
        "successor": Successor.objects.create(**named, readiness="now").pk,
        "skill": Skill.objects.get(code="negotiation").pk,
        "ladder": criterion.rung.ladder_id,
        "rung": criterion.rung_id,
        "criterion": criterion.pk,
        "first_day": TemplateStep.objects.order_by("day")[0].pk,
    }


def address_of(row: dict[str, str], things: dict[str, object]) -> str:
    name, args = row["name"], row["args"]
    if args == "missing":
        words = {"slug", "name", "kind", "key", "metric", "code", "provider_id", "uidb36"}
        kwargs = {arg: "nothing" if arg in words else 987654321 for arg in ADDRESSES[name]}
        return reverse(name, kwargs=kwargs)
    pairs = (pair.split("=") for pair in args.split())
    return reverse(name, kwargs={arg: things[thing] for arg, thing in pairs})


def area_of(row: dict[str, str]) -> str:
    return re.split("[_:]", row["name"])[0]


AREAS = {area: list(rows) for area, rows in groupby(sorted(ROWS, key=area_of), key=area_of)}


@pytest.mark.parametrize("area", AREAS)
def test_each_door_answers_each_role_as_the_table_says(area, things):
    sessions = {role: session_of(role) for role in ROLES}
    wrong = {}
    for row in AREAS[area]:
        with transaction.atomic():  # whatever one row does, the next finds everything as it was
            answers = {role: answer_to(row, sessions[role], things) for role in ROLES}
            transaction.set_rollback(True)
        cache.clear()
        if answers != {role: row[role] for role in ROLES}:
            wrong[f"{row['method']} {row['name']} {row['args']}".rstrip()] = answers
    assert wrong == {}


def session_of(role: str) -> str:
    """The key of a session of the one who has the role; empty for somebody not logged in."""
    browser = Client()
    if role != "anonymous":
        browser.force_login(Person.objects.get(email=f"{role}@demo.example"))
    return browser.cookies[settings.SESSION_COOKIE_NAME].value if role != "anonymous" else ""


def answer_to(row: dict[str, str], session: str, things: dict[str, object]) -> str:
    browser = Client(headers={"accept-language": "en"})
    if session:
        browser.cookies[settings.SESSION_COOKIE_NAME] = session
    return str(browser.generic(row["method"], address_of(row, things)).status_code)

"""The demonstration's units, positions and people."""

from datetime import UTC, date, datetime

import pytest

from remit.audit.models import Event
from remit.demo import cast
from remit.demo.actions.organisation import set_up_organisation
from remit.governance.models import PolicyVersion
from remit.metrics.catalog.shipped import SHIPPED
from remit.org.actions import change_unit
from remit.org.enums import Board
from remit.org.models import Assignment, Ladder, Person, Position, Skill, TemplateStep, Unit
from remit.org.queries.scopes import scope_of

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@pytest.fixture
def organisation(db):
    return set_up_organisation(at=AT)


def test_everybody_of_the_cast_can_log_in_and_is_marked_as_demonstration(organisation):
    shipped = sum(model.objects.count() for model in (Position, Skill, Ladder, TemplateStep, PolicyVersion))
    assert organisation == len(cast.UNITS) + shipped + len(cast.PEOPLE)
    people = list(Person.objects.order_by("pk"))
    assert [person.email for person in people] == [member.email for member in cast.PEOPLE]
    assert {(person.check_password(cast.PASSWORD), person.is_demonstration) for person in people} == {
        (True, True)
    }
    assert set(Unit.objects.values_list("is_demonstration", flat=True)) == {True}


def test_a_second_set_up_adds_nothing_and_keeps_what_people_changed(organisation):
    change_unit(unit=Unit.objects.get(code="group"), name="我們的集團", by=None, at=AT)
    person = Person.objects.get(email="director@demo.example")
    person.set_password("another password")
    person.save()
    events = Event.objects.count()
    assert set_up_organisation(at=AT) == 0
    person.refresh_from_db()
    assert Unit.objects.get(code="group").name == "我們的集團"
    assert person.check_password("another password")
    assert Event.objects.count() == events
    assert Assignment.objects.count() == len(cast.PEOPLE)


@pytest.mark.parametrize(
    ("login", "companies"),
    [
        ("director", {"group", "journey", "tafeng"}),
        ("analyst", {"journey"}),
        ("tafeng", {"tafeng"}),
        ("east", set()),
        ("west", set()),
    ],
)
def test_figures_are_seen_by_assignment(organisation, login, companies):
    scope = scope_of(Person.objects.get(email=f"{login}@demo.example"), TODAY)
    assert set(Unit.objects.filter(pk__in=scope.companies).values_list("code", flat=True)) == companies


def test_every_metric_is_owned_by_a_position_that_somebody_holds(organisation):
    held = set(Assignment.objects.values_list("position__code", flat=True))
    assert {metric.owner for metric in SHIPPED.values()} - held == set()


def test_every_default_board_greets_somebody(organisation):
    held = Position.objects.filter(assignments__isnull=False)
    assert set(held.values_list("board", flat=True)) == set(Board.values)


def test_companies_keep_books_in_their_currency_and_their_zone(organisation):
    companies = Unit.objects.filter(is_company=True).order_by("code")
    assert [(unit.code, unit.currency, unit.zones.get().zone) for unit in companies] == [
        ("journey", "USD", "America/New_York"),
        ("tafeng", "TWD", "Asia/Taipei"),
    ]

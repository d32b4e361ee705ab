"""Whose rows a person's figures are read from."""

from datetime import UTC, date, datetime, timedelta

import pytest

from remit.core.scope import Scope
from remit.files.actions import store_file
from remit.files.rules import files_visible_to
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.queries.people import holders_of
from remit.org.queries.scopes import scope_of, within
from remit.org.rules import can, can_in, people_visible_to, units_reaching, units_visible_to

DAY = date(2026, 3, 2)


def test_without_an_assignment_nobody_sees_anything(cast):
    nobody = cast.person("nobody")
    assert scope_of(nobody, DAY) == Scope()
    assert scope_of(nobody, DAY).sees_nothing
    assert list(units_visible_to(nobody, DAY)) == []
    assert list(people_visible_to(nobody, DAY)) == [nobody]


@pytest.mark.parametrize(
    ("unit", "companies", "regions"),
    [
        ("group", ["group", "grocer", "market"], []),
        ("grocer", ["grocer"], []),
        ("market", ["market"], []),
        ("east", [], ["east", "boston"]),
        ("boston", [], ["boston"]),
        ("west", [], ["west"]),
    ],
)
def test_a_scope_is_exactly_the_subtree(cast, outlets, unit, companies, regions):
    person = cast.person("ann", ("analyst", unit))
    expected = Scope(companies=cast.ids(*companies), outlets=outlets(*regions))
    assert scope_of(person, DAY) == expected
    assert within([cast.units[unit]]) == expected


def test_two_assignments_add_up_and_the_wider_one_wins(cast, outlets):
    both = cast.person("bo", ("analyst", "market"), ("analyst", "boston"))
    assert scope_of(both, DAY) == Scope(companies=cast.ids("market"), outlets=outlets("boston"))
    wide = cast.person("cy", ("analyst", "grocer"), ("analyst", "boston"))
    assert scope_of(wide, DAY) == Scope(companies=cast.ids("grocer"))


def test_a_company_below_a_company_keeps_its_own_books(cast, outlets):
    cast.units["east"].refresh_from_db()
    Unit.objects.add_child(
        cast.units["east"], {"code": "mall", "name": "商場", "is_company": True, "currency": "USD"}
    )
    person = cast.person("di", ("analyst", "east"))
    assert scope_of(person, DAY).companies == {Unit.objects.get(code="mall").pk}
    assert outlets("east", "boston") <= scope_of(person, DAY).outlets


def test_tomorrows_assignment_gives_nothing_today(cast):
    person = cast.person("ed", ("importer", "group"), starts_on=DAY + timedelta(1))
    assert (scope_of(person, DAY), bool(can(person, Ability.IMPORT_DATA, DAY))) == (Scope(), False)
    tomorrow = DAY + timedelta(1)
    assert scope_of(person, tomorrow).companies == cast.ids("group", "grocer", "market")
    assert can(person, Ability.IMPORT_DATA, tomorrow)


def test_an_assignment_holds_through_its_last_day_and_not_after(cast):
    person = cast.person("flo", ("importer", "market"), ends_on=DAY)
    assert scope_of(person, DAY).companies == cast.ids("market")
    after = DAY + timedelta(1)
    assert (scope_of(person, after), bool(can(person, Ability.IMPORT_DATA, after))) == (Scope(), False)


def test_somebody_who_left_sees_nothing_although_assigned(cast):
    person = cast.person("gil", ("people", "group"))
    person.is_active = False
    person.save()
    assert scope_of(person, DAY) == Scope()
    assert not can(person, Ability.MANAGE_PEOPLE, DAY)
    assert list(units_visible_to(person, DAY)) == []
    assert list(people_visible_to(person, DAY)) == []


def test_an_ability_holds_in_its_subtree_only(cast):
    person = cast.person("hal", ("people", "grocer"))
    assert can_in(person, Ability.MANAGE_PEOPLE, cast.units["boston"], DAY)
    refusal = can_in(person, Ability.MANAGE_PEOPLE, cast.units["market"], DAY)
    assert not refusal
    assert "市場" in refusal.reason
    assert not can_in(person, Ability.IMPORT_DATA, cast.units["boston"], DAY)


def test_who_manages_people_sees_those_of_the_own_subtree(cast):
    boss = cast.person("ida", ("people", "grocer"))
    below = cast.person("jo", ("analyst", "boston"))
    cast.person("kim", ("analyst", "market"))
    cast.person("lee")
    assert set(people_visible_to(boss, DAY)) == {boss, below}
    assert list(people_visible_to(below, DAY)) == [below]


def test_who_manages_the_whole_organisation_sees_people_not_assigned_yet(cast):
    top = cast.person("max", ("people", "group"))
    new = cast.person("new")
    assert set(people_visible_to(top, DAY)) == {top, new}


@pytest.mark.parametrize("places", [1, 3])
def test_a_scope_costs_two_queries_however_many_assignments(cast, outlets, django_assert_num_queries, places):
    person = cast.person("ned", *[("analyst", unit) for unit in ("boston", "west", "market")[:places]])
    with django_assert_num_queries(2):
        scope_of(person, DAY)
    with django_assert_num_queries(1):
        can(person, Ability.IMPORT_DATA, DAY)


def test_files_of_a_unit_are_seen_by_who_sees_the_unit(cast, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    regional, whole = cast.person("reg", ("analyst", "east")), cast.person("all", ("analyst", "grocer"))
    stored = store_file(
        content=[b"rows"],
        name="grocer.csv",
        owner=regional,
        scope=cast.units["grocer"],
        by=regional,
        at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    assert (list(files_visible_to(whole)), list(files_visible_to(regional))) == ([stored], [])


@pytest.mark.parametrize("others", [1, 3])
def test_a_list_of_people_or_units_costs_two_queries_however_long(cast, django_assert_num_queries, others):
    boss = cast.person("boss", ("people", "group"))
    for number in range(others):
        cast.person(f"other{number}", ("analyst", "boston"))
    with django_assert_num_queries(2):
        assert len(people_visible_to(boss, DAY)) == others + 1
    with django_assert_num_queries(2):
        assert len(units_visible_to(boss, DAY)) == 6


def test_holders_of_a_position_are_found_in_the_unit_and_above_it(cast):
    above = cast.person("above", ("analyst", "grocer"))
    here = cast.person("here", ("analyst", "boston"))
    cast.person("beside", ("analyst", "west"))
    cast.person("other", ("importer", "boston"))
    cast.person("past", ("analyst", "boston"), ends_on=DAY - timedelta(1))
    gone = cast.person("gone", ("analyst", "boston"))
    gone.is_active = False
    gone.save()
    assert set(holders_of("analyst", cast.units["boston"], DAY)) == {above, here}


@pytest.mark.parametrize(
    ("place", "reaching"),
    [
        ("group", {"group", "grocer", "market", "east", "west", "boston"}),
        ("grocer", {"group", "grocer", "east", "west", "boston"}),
        ("east", {"group", "grocer", "east", "boston"}),
        ("boston", {"group", "grocer", "east", "boston"}),
        ("market", {"group", "market"}),
    ],
)
def test_what_is_shared_with_a_unit_reaches_its_people_and_those_above(cast, place, reaching):
    person = cast.person("somebody", ("analyst", place))
    assert {unit.code for unit in units_reaching(person, DAY)} == reaching


def test_nothing_shared_with_a_unit_reaches_who_works_nowhere_today(cast):
    nobody = cast.person("nobody")
    gone = cast.person("gone", ("analyst", "east"), ends_on=date(2026, 3, 1))
    later = cast.person("later", ("analyst", "east"), starts_on=date(2026, 3, 3))
    away = cast.person("away", ("analyst", "east"))
    away.is_active = False
    for person in (nobody, gone, later, away, Person()):
        assert list(units_reaching(person, DAY)) == []

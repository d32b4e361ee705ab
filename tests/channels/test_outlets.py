"""Outlets: placed in regions, moved with their history kept, seen by region."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from remit.audit.models import Event
from remit.channels.actions import ensure_outlets, load_outlets, move_outlet, publish_outlets
from remit.channels.actions.move import MovedLaterAlready, MoveInTheFuture, NotThatCompany
from remit.channels.actions.outlet import UnknownKind, UnknownRegion
from remit.channels.models import Outlet
from remit.channels.rules import can_move_outlet, outlets_visible_to
from remit.lake.doors import door_of
from remit.org.enums import Ability
from remit.org.queries.scopes import scope_of
from tests.rooms import AT, batches, published

TODAY = date(2026, 3, 2)


def load(organisation, *rows, unit="grocer", at=AT):
    return load_outlets(batches=batches(*rows), unit=organisation.units[unit], import_id=1, by=None, at=at)


def history():
    return published("outlets", "code", "region", "valid_from::text", "valid_to::text")


@pytest.mark.parametrize(
    ("row", "unit", "region"),
    [
        ({"region": "East"}, "east", "East"),
        ({"region": " west "}, "west", "West"),
        ({"region": "East side"}, "east", "East"),
        ({"region": "東區"}, "east", "East"),
        ({"region": "Canada"}, "grocer", "Canada"),
        ({"region": None}, "grocer", ""),
        ({"name": "Corner"}, "grocer", ""),
    ],
)
def test_an_outlet_is_placed_in_the_unit_that_its_region_names(organisation, row, unit, region):
    load(organisation, {"code": "1"} | row)
    assert Outlet.objects.values_list("unit__code", "region").get() == (unit, region)


def test_an_outlet_is_placed_in_the_unit_that_its_file_names(organisation):
    west = organisation.units["west"]
    load(organisation, {"code": "1", "unit_id": west.pk, "kind": "store", "area_m2": Decimal("120.5")})
    assert published("outlets", "code", "unit_id", "company_id", "region", "kind", "area_m2") == [
        ("1", west.pk, organisation.units["grocer"].pk, "West", "store", Decimal("120.500"))
    ]


def test_a_unit_of_another_company_is_refused(organisation):
    with pytest.raises(UnknownRegion, match="not a part of grocer"):
        load(organisation, {"code": "1", "unit_id": organisation.units["market"].pk})
    assert Outlet.objects.count() == 0


def test_an_unknown_kind_is_refused_with_the_kinds_that_are_known(organisation):
    with pytest.raises(
        UnknownKind, match=r"kind “castle” is unknown. Known kinds: store, online, dealer, other"
    ):
        load(organisation, {"code": "1", "kind": "castle"})


def test_an_outlet_that_facts_name_belongs_to_the_company(organisation):
    market = organisation.units["market"]
    assert ensure_outlets(unit_id=market.pk, codes=["5", "5"], by=None, at=AT) == 1
    assert Outlet.objects.values_list("unit__code", "region", "described").get() == (
        "market",
        "Taipei",
        False,
    )
    assert history() == [("5", "Taipei", "0001-01-01", "9999-12-31")]


def test_a_list_without_places_leaves_every_outlet_where_it_is(organisation):
    load(organisation, {"code": "1", "region": "East"}, {"code": "2", "region": "Canada"})
    load(organisation, {"code": "1", "name": "Corner"}, {"code": "2", "name": "Lake"})
    assert list(Outlet.objects.order_by("code").values_list("name", "unit__code", "region")) == [
        ("Corner", "east", "East"),
        ("Lake", "grocer", "Canada"),
    ]


def test_a_moved_outlet_keeps_its_past_in_the_old_region(organisation):
    load(organisation, {"code": "1", "region": "East"})
    outlet = Outlet.objects.get()
    move_outlet(outlet=outlet, unit=organisation.units["west"], on=date(2017, 7, 1), by=None, at=AT)
    assert history() == [
        ("1", "East", "0001-01-01", "2017-07-01"),
        ("1", "West", "2017-07-01", "9999-12-31"),
    ]
    outlet.refresh_from_db()
    assert (outlet.unit.code, outlet.region) == ("west", "West")
    event = Event.objects.get(name="channels.outlet.moved")
    assert event.fields == {"before": "east", "after": "west", "on": "2017-07-01"}


def test_an_outlet_that_a_later_list_places_elsewhere_moved_on_the_day_of_the_import(organisation):
    load(organisation, {"code": "1", "region": "East"})
    load(organisation, {"code": "1", "region": "West"}, at=AT + timedelta(days=9))
    assert history() == [
        ("1", "East", "0001-01-01", "2026-03-11"),
        ("1", "West", "2026-03-11", "9999-12-31"),
    ]


def test_a_move_to_where_the_outlet_is_changes_nothing(organisation):
    load(organisation, {"code": "1", "region": "East"})
    move_outlet(outlet=Outlet.objects.get(), unit=organisation.units["east"], on=TODAY, by=None, at=AT)
    assert history() == [("1", "East", "0001-01-01", "9999-12-31")]
    assert Event.objects.filter(name="channels.outlet.moved").count() == 0


def test_a_move_is_corrected_on_its_own_day(organisation):
    load(organisation, {"code": "1", "region": "East"})
    for unit in ("west", "grocer"):
        move_outlet(outlet=Outlet.objects.get(), unit=organisation.units[unit], on=TODAY, by=None, at=AT)
    assert history() == [
        ("1", "East", "0001-01-01", "2026-03-02"),
        ("1", None, "2026-03-02", "9999-12-31"),
    ]


@pytest.mark.parametrize(
    ("unit", "on", "error"),
    [
        ("market", TODAY, NotThatCompany),
        ("group", TODAY, NotThatCompany),
        ("east", TODAY + timedelta(days=1), MoveInTheFuture),
        ("east", date(2017, 6, 30), MovedLaterAlready),
    ],
)
def test_an_impossible_move_is_refused_and_changes_nothing(organisation, unit, on, error):
    load(organisation, {"code": "1", "region": "East"})
    outlet = Outlet.objects.get()
    move_outlet(outlet=outlet, unit=organisation.units["west"], on=date(2017, 7, 1), by=None, at=AT)
    before = history()
    with pytest.raises(error):
        move_outlet(outlet=outlet, unit=organisation.units[unit], on=on, by=None, at=AT)
    assert history() == before


def test_the_scope_of_a_region_is_its_outlets(organisation):
    load(organisation, {"code": "1", "region": "East"}, {"code": "2", "region": "West"})
    load(organisation, {"code": "3"}, unit="market")
    ids = dict(Outlet.objects.values_list("code", "pk"))
    scope = scope_of(organisation.person("east"), TODAY)
    assert (scope.companies, scope.outlets) == (frozenset(), frozenset({ids["1"]}))


@pytest.mark.parametrize(
    ("place", "codes"),
    [("group", ["1", "2", "3"]), ("grocer", ["1", "2"]), ("west", ["2"]), ("market", ["3"])],
)
def test_people_see_the_outlets_of_their_company_or_region(organisation, place, codes):
    load(organisation, {"code": "1", "region": "East"}, {"code": "2", "region": "West"})
    load(organisation, {"code": "3"}, unit="market")
    seen = outlets_visible_to(organisation.person(place), TODAY)
    assert sorted(seen.values_list("code", flat=True)) == codes


@pytest.mark.parametrize(
    ("place", "abilities", "allowed"),
    [
        ("group", (Ability.MANAGE_PEOPLE,), True),
        ("grocer", (Ability.MANAGE_PEOPLE,), True),
        ("grocer", (Ability.IMPORT_DATA,), False),
        ("east", (Ability.MANAGE_PEOPLE,), False),
        ("market", (Ability.MANAGE_PEOPLE,), False),
    ],
)
def test_outlets_are_moved_by_who_manages_the_units_of_their_company(organisation, place, abilities, allowed):
    load(organisation, {"code": "1", "region": "East"})
    verdict = can_move_outlet(organisation.person(place, abilities), Outlet.objects.get(), TODAY)
    assert verdict.allowed is allowed
    assert bool(verdict.reason) is not allowed


def test_the_room_takes_imports_of_outlets(organisation):
    door = door_of("outlets")
    assert (door.load, door.ensure, door.publish) == (load_outlets, ensure_outlets, publish_outlets)

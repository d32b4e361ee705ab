"""The tree of units grows and changes its shape."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from remit.audit.models import Event
from remit.audit.queries import sentence_of
from remit.core.scope import Scope
from remit.org.actions import add_unit, assign, change_unit, move_unit, set_zone, system_scope
from remit.org.actions.unit import CompanyNeedsCurrency, UnitCannotMoveBelowItself, UnitCodeTaken
from remit.org.actions.zone import NoSuchZone
from remit.org.models import Unit
from remit.org.queries.scopes import scope_of
from remit.org.queries.zones import zone_on
from remit.org.rules import units_visible_to

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = AT.date()


def last_event() -> tuple[str, dict]:
    event = Event.objects.latest("id")
    return event.name, event.fields


def test_a_unit_is_added_below_another_and_recorded(cast):
    ann = cast.person("ann", ("people", "group"))
    mall = add_unit(
        parent=cast.units["east"], code="mall", name="商場", name_en="Mall", region="East", by=ann, at=AT
    )
    assert Unit.objects.get_parent(mall) == cast.units["east"]
    assert last_event() == ("org.unit.added", {"code": "mall", "name": "商場", "parent": "east"})
    assert sentence_of(Event.objects.latest("id"), {"by": "Ann"}) == "Ann added the unit mall (商場)"
    assert mall in units_visible_to(ann, DAY)


def test_two_units_added_below_one_parent_in_hand_both_stand(cast):
    parent = cast.units["boston"]
    first = add_unit(parent=parent, code="b1", name="1", by=None, at=AT)
    second = add_unit(parent=parent, code="b2", name="2", by=None, at=AT)
    assert list(Unit.objects.get_children(Unit.objects.get(code="boston"))) == [first, second]


def test_a_code_belongs_to_one_unit(cast):
    with pytest.raises(UnitCodeTaken, match="The code east belongs to another unit"):
        add_unit(parent=None, code="east", name="x", by=None, at=AT)


@pytest.mark.parametrize("currency", ["", "tw", "twd", "TWDX"])
def test_a_unit_that_keeps_books_says_in_which_currency(cast, currency):
    with pytest.raises(CompanyNeedsCurrency, match="three capital letters"):
        add_unit(parent=None, code="x", name="x", is_company=True, currency=currency, by=None, at=AT)
    with pytest.raises(CompanyNeedsCurrency):
        change_unit(unit=cast.units["east"], is_company=True, currency=currency, by=None, at=AT)


def test_scopes_follow_a_unit_that_moves(cast, outlets):
    person = cast.person("bo", ("analyst", "grocer"))
    assert scope_of(person, DAY) == Scope(companies=cast.ids("grocer"))
    regional = cast.person("cy", ("analyst", "west"))
    move_unit(unit=cast.units["boston"], to=cast.units["west"], by=None, at=AT)
    assert scope_of(regional, DAY) == Scope(outlets=outlets("west", "boston"))
    assert last_event() == ("org.unit.moved", {"code": "boston", "from": "east", "to": "west"})


@pytest.mark.parametrize("to", ["east", "boston"])
def test_a_unit_cannot_move_below_itself(cast, to):
    with pytest.raises(UnitCannotMoveBelowItself, match="Choose a place outside it"):
        move_unit(unit=cast.units["east"], to=cast.units[to], by=None, at=AT)


def test_a_change_that_changes_nothing_is_not_recorded(cast):
    change_unit(unit=cast.units["east"], name="東區", by=None, at=AT)
    assert Event.objects.count() == 0
    change_unit(unit=cast.units["east"], name="東部", region="East", by=None, at=AT)
    assert last_event() == ("org.unit.changed", {"code": "east", "changes": {"name": "東部"}})


def test_a_field_that_is_not_changeable_is_a_mistake_of_the_caller(cast):
    with pytest.raises(TypeError, match="path"):
        change_unit(unit=cast.units["east"], path="0001", by=None, at=AT)


def test_a_unit_follows_its_own_newest_zone_else_the_one_above(cast, settings):
    settings.TIME_ZONE = "Asia/Taipei"
    set_zone(unit=cast.units["grocer"], zone="America/New_York", starts_on=date(2016, 1, 1), by=None, at=AT)
    set_zone(unit=cast.units["boston"], zone="America/Chicago", starts_on=date(2020, 1, 1), by=None, at=AT)
    set_zone(unit=cast.units["boston"], zone="America/Denver", starts_on=date(2022, 1, 1), by=None, at=AT)
    zones = {
        (unit, day): zone_on(cast.units[unit], date(day, 6, 1))
        for unit, day in [
            ("boston", 2015),
            ("boston", 2019),
            ("boston", 2020),
            ("boston", 2022),
            ("market", 2022),
        ]
    }
    assert zones == {
        ("boston", 2015): ZoneInfo("Asia/Taipei"),
        ("boston", 2019): ZoneInfo("America/New_York"),
        ("boston", 2020): ZoneInfo("America/Chicago"),
        ("boston", 2022): ZoneInfo("America/Denver"),
        ("market", 2022): ZoneInfo("Asia/Taipei"),
    }


def test_a_zone_set_again_for_a_day_replaces_the_first(cast):
    for zone in ("America/Chicago", "America/Denver"):
        set_zone(unit=cast.units["boston"], zone=zone, starts_on=DAY, by=None, at=AT)
    assert zone_on(cast.units["boston"], DAY) == ZoneInfo("America/Denver")


@pytest.mark.parametrize("zone", ["Taipei", "", "../etc/passwd", "UTC+8"])
def test_a_name_that_is_no_zone_is_refused(cast, zone):
    with pytest.raises(NoSuchZone, match="Write a region and a city"):
        set_zone(unit=cast.units["boston"], zone=zone, starts_on=DAY, by=None, at=AT)


def test_reading_everything_needs_a_reason_and_is_recorded(cast):
    with pytest.raises(ValueError, match="needs a reason"):
        system_scope(reason=" ", by=None, at=AT)
    assert Event.objects.count() == 0
    assert system_scope(reason="nightly boards", by=None, at=AT).everything
    assert last_event() == ("org.scope.system_taken", {"reason": "nightly boards"})


def test_an_assignment_given_by_the_action_counts_at_once(cast):
    person = cast.person("dan")
    assign(
        person=person,
        position=cast.positions["analyst"],
        unit=cast.units["market"],
        starts_on=DAY,
        by=None,
        at=AT,
    )
    assert scope_of(person, DAY) == Scope(companies=cast.ids("market"))

"""People, their assignments and their tokens."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from remit.audit.models import Event, PersonalValue
from remit.org.actions import (
    add_person,
    add_position,
    assign,
    change_person,
    change_position,
    close_account,
    end_assignment,
    make_token,
    open_account,
    revoke_token,
    use_token,
)
from remit.org.actions.assignment import AssignmentEndsBeforeItStarts, AssignmentOverlaps
from remit.org.actions.person import EmailTaken
from remit.org.actions.position import PositionCodeTaken
from remit.org.actions.token import TokenExpiresInThePast, TokenNeedsName
from remit.org.actions.zone import NoSuchZone
from remit.org.enums import Ability, Board
from remit.org.models import Assignment, Person, Token
from remit.org.rules import (
    assignments_visible_to,
    can,
    can_assign,
    can_manage,
    can_move,
    can_read_audit,
    positions_visible_to,
    tokens_visible_to,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = AT.date()


def names() -> list[str]:
    return list(Event.objects.order_by("id").values_list("name", flat=True))


def test_a_person_is_added_with_name_and_address_kept_apart_from_the_chain():
    person = add_person(email=" Ann@Example.org ", name="安", password="a good long one", by=None, at=AT)
    assert (person.email, person.check_password("a good long one")) == ("ann@example.org", True)
    event = Event.objects.get()
    assert "ann@example.org" not in str(event.personal) + str(event.fields)
    values = PersonalValue.objects.values_list("field", "value", "about")
    assert set(values) == {
        ("name", "安", f"person:{person.pk}"),
        ("email", "ann@example.org", f"person:{person.pk}"),
    }


def test_without_a_password_nobody_can_log_in_by_one():
    assert not add_person(email="a@b.org", name="a", by=None, at=AT).has_usable_password()


def test_an_address_belongs_to_one_person_whatever_its_case():
    ann = add_person(email="ann@example.org", name="a", by=None, at=AT)
    bo = add_person(email="bo@example.org", name="b", by=None, at=AT)
    with pytest.raises(EmailTaken, match=r"Somebody already logs in with ann@example\.org"):
        add_person(email="ANN@example.org", name="x", by=None, at=AT)
    with pytest.raises(EmailTaken):
        change_person(person=bo, email="Ann@example.org", by=None, at=AT)
    assert change_person(person=ann, email="ANN@example.com", by=None, at=AT).email == "ann@example.com"


def test_text_that_is_no_address_is_refused():
    with pytest.raises(ValidationError):
        add_person(email="not an address", name="x", by=None, at=AT)


def test_preferences_are_changed_and_a_zone_is_checked():
    person = add_person(email="ann@example.org", name="a", by=None, at=AT)
    changed = change_person(person=person, language="en", theme="dark", zone="Asia/Tokyo", by=person, at=AT)
    assert (changed.language, changed.theme, changed.zone) == ("en", "dark", "Asia/Tokyo")
    with pytest.raises(NoSuchZone):
        change_person(person=person, zone="Tokyo", by=person, at=AT)
    change_person(person=person, language="en", by=person, at=AT)
    assert names() == ["org.person.added", "org.person.changed"]
    with pytest.raises(TypeError, match="password"):
        change_person(person=person, password="x", by=person, at=AT)


def test_who_leaves_loses_tokens_and_who_returns_does_not_regain_them():
    person = add_person(email="ann@example.org", name="a", by=None, at=AT)
    _token, secret = make_token(person=person, name="report", by=person, at=AT)
    close_account(person=person, by=None, at=AT)
    close_account(person=person, by=None, at=AT)
    assert use_token(secret=secret, at=AT) is None
    assert open_account(person=person, by=None, at=AT).is_active
    assert use_token(secret=secret, at=AT) is None
    assert names() == ["org.person.added", "org.token.made", "org.person.left", "org.person.returned"]


def test_an_assignment_that_overlaps_the_same_one_is_refused(cast):
    person = cast.person("ann", ("analyst", "east"), starts_on=DAY, ends_on=DAY + timedelta(10))
    place = {"person": person, "position": cast.positions["analyst"], "by": None, "at": AT}
    with pytest.raises(AssignmentOverlaps, match="End that assignment first"):
        assign(**place, unit=cast.units["east"], starts_on=DAY + timedelta(10))
    with pytest.raises(AssignmentOverlaps):
        assign(**place, unit=cast.units["east"], starts_on=DAY - timedelta(5), ends_on=DAY)
    assign(**place, unit=cast.units["west"], starts_on=DAY)
    assign(**place, unit=cast.units["east"], starts_on=DAY + timedelta(11))
    assign(**place, unit=cast.units["east"], starts_on=DAY - timedelta(5), ends_on=DAY - timedelta(1))
    assert Assignment.objects.count() == 4


def test_an_assignment_ends_no_earlier_than_it_starts(cast):
    person = cast.person("ann", ("analyst", "east"), starts_on=DAY)
    assignment = person.assignments.get()
    with pytest.raises(AssignmentEndsBeforeItStarts, match="lies before the first"):
        end_assignment(assignment=assignment, ends_on=DAY - timedelta(1), by=None, at=AT)
    end_assignment(assignment=assignment, ends_on=DAY, by=None, at=AT)
    assert Event.objects.get().fields == {
        "assignment": assignment.pk,
        "position": "analyst",
        "unit": "east",
        "ends_on": "2026-03-02",
    }
    with pytest.raises(AssignmentEndsBeforeItStarts):
        assign(
            person=person,
            position=cast.positions["analyst"],
            unit=cast.units["west"],
            starts_on=DAY,
            ends_on=DAY - timedelta(1),
            by=None,
            at=AT,
        )


def test_a_position_gives_its_abilities_to_every_holder_at_once(cast):
    position = add_position(
        code="auditor", name="稽核", abilities=[Ability.READ_AUDIT], board=Board.DIRECTOR, by=None, at=AT
    )
    with pytest.raises(PositionCodeTaken):
        add_position(code="auditor", name="x", by=None, at=AT)
    cast.positions["auditor"] = position
    person = cast.person("ann", ("auditor", "group"))
    assert can(person, Ability.READ_AUDIT, DAY)
    change_position(position=position, abilities=[], by=None, at=AT)
    assert not can(person, Ability.READ_AUDIT, DAY)
    with pytest.raises(ValueError, match="fly"):
        change_position(position=position, abilities=["fly"], by=None, at=AT)
    with pytest.raises(TypeError, match="code"):
        change_position(position=position, code="x", by=None, at=AT)


# -- who may do this --------------------------------------------------------------------------


def test_nobody_manages_themselves(cast):
    boss = cast.person("boss", ("people", "group"))
    assert not can_manage(boss, boss, DAY)


def test_a_manager_changes_only_people_whose_every_place_is_theirs(cast):
    boss = cast.person("boss", ("people", "grocer"))
    inside = cast.person("in", ("analyst", "boston"))
    also_outside = cast.person("both", ("analyst", "boston"), ("analyst", "market"))
    outside = cast.person("out", ("analyst", "market"))
    assert [bool(can_manage(boss, other, DAY)) for other in (inside, also_outside, outside)] == [
        True,
        False,
        False,
    ]


def test_a_place_to_come_counts_and_a_place_left_does_not(cast):
    boss = cast.person("boss", ("people", "grocer"))
    person = cast.person("in", ("analyst", "boston"))
    place = {"person": person, "position": cast.positions["analyst"], "unit": cast.units["market"]}
    Assignment.objects.create(**place, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    assert can_manage(boss, person, DAY)
    Assignment.objects.create(**place, starts_on=DAY + timedelta(30))
    assert not can_manage(boss, person, DAY)


def test_nobody_gives_an_ability_that_they_lack_or_manages_who_has_it(cast):
    boss = cast.person("boss", ("people", "grocer"))
    person = cast.person("in", ("analyst", "boston"))
    east = cast.units["east"]
    assert can_assign(boss, person, cast.positions["analyst"], east, DAY)
    assert not can_assign(boss, person, cast.positions["people"], east, DAY)  # it decides on others' power
    assert not can_assign(boss, person, cast.positions["importer"], east, DAY)
    assert not can_assign(boss, person, cast.positions["analyst"], cast.units["market"], DAY)
    stronger = cast.person("strong", ("importer", "boston"))
    assert not can_manage(boss, stronger, DAY)


def test_a_unit_is_moved_by_who_manages_people_at_both_ends_and_the_system(cast):
    boss = cast.person("boss", ("people", "group"))
    assert not can_move(boss, cast.units["boston"], cast.units["west"], DAY)
    cast.positions["system"] = add_position(
        code="system", name="系統", abilities=[Ability.MANAGE_SYSTEM], by=None, at=AT
    )
    admin = cast.person("admin", ("people", "grocer"), ("system", "group"))
    assert can_move(admin, cast.units["boston"], cast.units["west"], DAY)
    assert not can_move(admin, cast.units["boston"], cast.units["market"], DAY)


def test_the_record_is_read_by_who_holds_the_ability_for_the_whole_organisation(cast):
    cast.positions["auditor"] = add_position(
        code="auditor", name="稽核", abilities=[Ability.READ_AUDIT], by=None, at=AT
    )
    assert can_read_audit(cast.person("a", ("auditor", "group")), DAY)
    assert not can_read_audit(cast.person("b", ("auditor", "grocer")), DAY)
    assert not can_read_audit(cast.person("c", ("people", "group")), DAY)


def test_lists_show_what_is_ones_own_or_managed(cast):
    boss = cast.person("boss", ("people", "grocer"))
    ann = cast.person("ann", ("analyst", "boston"))
    bo = cast.person("bo", ("analyst", "market"))
    assert set(assignments_visible_to(boss, DAY)) == {boss.assignments.get(), ann.assignments.get()}
    assert list(assignments_visible_to(bo, DAY)) == [bo.assignments.get()]
    assert set(positions_visible_to(boss, DAY)) == set(cast.positions.values())
    assert list(positions_visible_to(bo, DAY)) == [cast.positions["analyst"]]


# -- tokens -----------------------------------------------------------------------------------


def test_a_token_works_for_its_person_until_it_expires():
    person = add_person(email="ann@example.org", name="a", by=None, at=AT)
    token, secret = make_token(
        person=person, name="report", expires_at=AT + timedelta(days=1), by=person, at=AT
    )
    assert secret not in str(Token.objects.values().get())
    assert use_token(secret=secret, at=AT) == person
    assert use_token(secret=secret, at=AT + timedelta(days=1)) is None
    token.refresh_from_db()
    assert token.last_used_at == AT


def test_a_revoked_token_opens_nothing():
    person = add_person(email="ann@example.org", name="a", by=None, at=AT)
    token, secret = make_token(person=person, name="report", by=person, at=AT)
    revoke_token(token=token, by=person, at=AT)
    revoke_token(token=token, by=person, at=AT + timedelta(1))
    assert use_token(secret=secret, at=AT) is None
    assert names()[-1] == "org.token.revoked"
    assert Token.objects.get().revoked_at == AT


@pytest.mark.parametrize("secret", ["", "remit_", "remit_wrong", "x" * 10_000, "remit_\ud800", "remit_中"])
def test_a_wrong_secret_is_nobody(secret):
    assert use_token(secret=secret, at=AT) is None


def test_a_token_needs_a_name_and_a_day_to_come():
    person = add_person(email="ann@example.org", name="a", by=None, at=AT)
    with pytest.raises(TokenNeedsName, match="what the token is for"):
        make_token(person=person, name="  ", by=person, at=AT)
    with pytest.raises(TokenExpiresInThePast, match="Choose a later day"):
        make_token(person=person, name="x", expires_at=AT, by=person, at=AT)


def test_tokens_are_seen_by_their_owner_only(cast):
    boss, ann = cast.person("boss", ("people", "group")), cast.person("ann", ("analyst", "east"))
    token, _secret = make_token(person=ann, name="report", by=ann, at=AT)
    assert (list(tokens_visible_to(ann)), list(tokens_visible_to(boss))) == ([token], [])


def test_the_use_of_a_token_is_noted_at_most_once_a_minute(django_assert_num_queries):
    person = add_person(email="ann@example.org", name="a", by=None, at=AT)
    _token, secret = make_token(person=person, name="report", by=person, at=AT)
    with django_assert_num_queries(2):
        use_token(secret=secret, at=AT)
    with django_assert_num_queries(1):
        use_token(secret=secret, at=AT + timedelta(seconds=59))


def test_a_person_is_found_by_address_whatever_its_case():
    person = add_person(email="Ann@example.org", name="a", by=None, at=AT)
    assert Person.objects.get_by_natural_key("ann@EXAMPLE.org") == person

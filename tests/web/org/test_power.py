"""Nobody gains power over others by the pages with which people are managed, nor over themselves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.audit.actions.delivery import deliver_due
from remit.notices.models import Notice
from remit.org.actions import assign
from remit.org.models import Assignment, AutonomyLimit, Delegation, Person, Position, Successor, Unit
from remit.org.queries.organisation import organisation_on

TODAY = timezone.localdate()


@pytest.fixture
def manager(log_in_as):
    """The HR manager: manages people of the whole group, and may nothing else."""
    return log_in_as("people")


def edited(browser, position: Position, **changes):
    """The form of a position, sent as it stands but for these changes; what is none is left out."""
    address = reverse("org_position_edit", args=[position.pk])
    form = browser.get(address).context["form"]
    held = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    held["reports_to"] = getattr(held["reports_to"], "pk", held["reports_to"])
    given = {name: value for name, value in (held | changes).items() if value not in (None, False)}
    return browser.post(address, given)


def errors(answer) -> list[str]:
    return list(answer.context["form"].errors) if answer.status_code == 422 else []


@pytest.mark.parametrize(
    "changes",
    [{"abilities": []}, {"leads": False}, {"reports_to": "hr_manager"}, {"abilities": ["manage_people"]}],
)
def test_who_lacks_what_a_position_gives_takes_none_of_its_power(manager, person, changes):
    director = Position.objects.get(code="marketing_director")
    before = (list(director.abilities), director.leads, director.reports_to)
    if "reports_to" in changes:
        changes = {"reports_to": Position.objects.get(code="hr_manager").pk}
    assert errors(edited(manager, director, **changes)) == [next(iter(changes))]
    director.refresh_from_db()
    assert (list(director.abilities), director.leads, director.reports_to) == before
    assert edited(manager, director, purpose="新的目的").status_code == 302  # words are theirs to change


def test_that_a_position_leads_is_said_by_who_manages_the_system(manager, log_in_as):
    given = {"code": "friend", "name": "朋友", "board": "analyst", "leads": "on"}
    assert errors(manager.post("/team/positions/new", given)) == ["leads"]
    floor = Position.objects.get(code="sales_person")
    assert errors(edited(manager, floor, leads=True)) == ["leads"]
    assert log_in_as("admin").post("/team/positions/new", given).status_code == 302


def test_nobody_changes_the_power_of_a_position_that_they_hold(manager, log_in_as):
    own = Position.objects.get(code="hr_manager")
    assert errors(edited(manager, own, leads=True)) == ["leads"]
    admin, administrator = log_in_as("admin"), Position.objects.get(code="administrator")
    assert errors(edited(admin, administrator, abilities=["manage_people"])) == ["abilities"]
    assert edited(admin, own, leads=True).status_code == 302


def test_the_address_of_an_account_in_use_is_changed_by_who_manages_the_system_only(
    manager, log_in_as, person
):
    west = person("west")
    given = {"name": west.name, "email": "other@demo.example", "hours_per_week": 40}
    address = reverse("org_person_edit", args=[west.pk])
    log_in_as("west")  # it has been used
    assert errors(manager.post(address, given)) == ["email"]
    assert manager.post(address, given | {"email": west.email, "name": "新名"}).status_code == 302
    assert log_in_as("admin").post(address, given).status_code == 302
    west.refresh_from_db()
    assert (west.email, west.name) == ("other@demo.example", given["name"])


def name(browser, who: Person, to: Person):
    given = {"to": to.pk, "starts_on": TODAY.isoformat()}
    return browser.post(reverse("org_person_delegations", args=[who.pk]), given)


def away(browser, who: Person):
    days = {
        "starts_on": TODAY.isoformat(),
        "ends_on": (TODAY + timedelta(days=3)).isoformat(),
        "kind": "leave",
    }
    return browser.post(reverse("org_person_absences", args=[who.pk]), days)


def test_a_manager_of_people_names_a_delegate_only_within_their_own_power(manager, person):
    director, west = person("director"), person("west")
    assert away(manager, director).status_code == 302
    refused = name(manager, director, west)  # whose post gives less: a friend would sign as the director
    assert (refused.status_code, list(refused.context["delegation_form"].errors)) == (422, ["to"])
    assert name(manager, west, director).status_code == 302  # who may all that and more
    assert name(manager, west, person("people")).status_code == 302  # a post that they could hold themselves


def test_who_acts_for_somebody_hands_nothing_on(manager, person, log_in_as):
    director, west, lan = person("director"), person("west"), person("people")
    assert name(log_in_as("director"), director, west).status_code == 302
    for each in (director, west):
        away(manager, each)
    assert name(manager, west, lan).status_code == 302
    then = organisation_on(TODAY)
    assert then.standing_in(west.pk, TODAY) == lan.pk
    assert then.standing_in(director.pk, TODAY) is None


def test_ending_never_makes_longer(log_in_as, person):
    admin, west = log_in_as("admin"), person("west")
    given = {"to": person("journey").pk, "starts_on": TODAY.isoformat(), "ends_on": TODAY.isoformat()}
    admin.post(reverse("org_person_delegations", args=[west.pk]), given)
    delegation, held = Delegation.objects.get(), Assignment.objects.get(person=west)
    later = {"ends_on": (TODAY + timedelta(days=400)).isoformat()}
    said = admin.post(
        reverse("org_delegation_end", args=[delegation.pk]), later, follow=True
    ).content.decode()
    assert "already. Who is to go on longer is named anew" in said
    path = reverse("org_assignment_end", args=[held.pk])
    admin.post(path, {"ends_on": (TODAY + timedelta(days=5)).isoformat()})
    admin.post(path, later)
    delegation.refresh_from_db()
    held.refresh_from_db()
    assert (delegation.ends_on, held.ends_on) == (TODAY, TODAY + timedelta(days=5))


def test_whom_it_concerns_hears_at_once_what_another_did(manager, person, log_in_as):
    director, west, journey = person("director"), person("west"), person("journey")
    away(manager, west)
    away(log_in_as("director"), director)  # what one does oneself is no news
    name(manager, west, director)
    deliver_due(at=timezone.now())
    told = {
        who.name_en or who.name: [
            notice.text % {**notice.fields, "subject": ""}
            for notice in Notice.objects.filter(person=who, key__startswith="concerned:").order_by("pk")
        ]
        for who in (west, director, journey)
    }
    assert [len(each) for each in told.values()] == [2, 1, 0]
    assert any("noted that you are away" in text for text in told[west.name_en or west.name])
    page = log_in_as("west").get(reverse("notices_list")).content.decode()
    assert "Lan Chien noted that you are away from" in page and "to act for you whenever you are away" in page
    assert (
        "Lan Chien named you to act for"
        in log_in_as("director").get(reverse("notices_list")).content.decode()
    )


def test_how_far_a_unit_decides_alone_is_set_above_it(log_in_as, person):
    unit = Unit.objects.get(code="journey")
    position = Position.objects.get(code="hr_manager")
    local = Person.objects.create(email="local@demo.example", name="local")
    assign(person=local, position=position, unit=unit, starts_on=TODAY, by=None, at=timezone.now())
    given = {"amount": "999999", "currency": "USD", "starts_on": TODAY.isoformat()}
    address = reverse("org_unit_limits", args=[unit.pk])
    assert log_in_as("local").post(address, given).status_code == 403
    assert AutonomyLimit.objects.count() == 0
    assert log_in_as("admin").post(address, given).status_code == 302
    same = {
        "name": unit.name,
        "name_en": unit.name_en,
        "is_company": unit.is_company,
        "currency": unit.currency,
    }
    edit = reverse("org_unit_edit", args=[unit.pk])
    other = "decentralised" if unit.structure != "decentralised" else "matrix"
    assert errors(log_in_as("local").post(edit, same | {"structure": other})) == ["structure"]
    assert (
        log_in_as("local").post(edit, same | {"structure": unit.structure, "name": "新名"}).status_code == 302
    )


def test_nobody_names_themselves_a_successor(manager, person):
    director = Position.objects.get(code="marketing_director")
    Position.objects.filter(pk=director.pk).update(is_key=True)
    unit = Assignment.objects.filter(position=director).first().unit
    given = {"position": director.pk, "unit": unit.pk, "readiness": "now", "order": 1}
    address = reverse("org_successor_new")
    assert manager.post(address, given | {"person": person("people").pk}).status_code == 403
    assert Successor.objects.count() == 0
    assert manager.post(address, given | {"person": person("analyst").pk}).status_code == 302


def test_who_moved_away_is_the_new_unit_s_and_their_new_place_is_not_said(log_in_as, person):
    position = Position.objects.get(code="hr_manager")
    local = Person.objects.create(email="local@demo.example", name="local")
    journey, tafeng = Unit.objects.get(code="journey"), Unit.objects.get(code="tafeng")
    assign(person=local, position=position, unit=journey, starts_on=TODAY, by=None, at=timezone.now())
    brand, now = person("brand"), timezone.now()
    Assignment.objects.filter(person=brand).update(unit=journey, ends_on=TODAY - timedelta(days=1))
    browser, page = log_in_as("local"), reverse("org_person", args=[brand.pk])
    assert browser.get(page).status_code == 200  # who left is still known where they worked
    channel = Position.objects.get(code="channel_manager")
    assign(person=brand, position=channel, unit=tafeng, starts_on=TODAY, by=None, at=now)
    assert browser.get(page).status_code == 404
    both = assign(person=brand, position=channel, unit=journey, starts_on=TODAY, by=None, at=now)
    shown = browser.get(page)
    assert (shown.status_code, "works in a part" in str(shown.context["may_change"].reason)) == (200, True)
    assert tafeng.name_en not in str(shown.context["may_change"].reason), both


def test_working_days_are_entered_for_the_whole_and_come_back_as_they_were_written(log_in_as, person):
    administrator = Position.objects.get(code="administrator")
    small = Unit.objects.get(code="journey-west")
    assign(
        person=person("west"),
        position=administrator,
        unit=small,
        starts_on=TODAY,
        share=1,
        by=None,
        at=timezone.now(),
    )
    address = reverse("org_calendar_year", args=["TW", 2027])
    days = "2027-02-06, off, 春節\r2027-02-13，班，補班"
    assert log_in_as("west").post(address, {"days": days}).status_code == 403
    admin = log_in_as("admin")
    assert admin.post(address, {"days": days, "source": "行政院"}).status_code == 302
    form = admin.get(address).context["form"]
    assert form.initial == {"days": "2027-02-06, off, 春節\n2027-02-13, work, 補班", "source": "行政院"}

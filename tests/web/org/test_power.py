"""Nobody gains power over others by the pages with which people are managed, nor over themselves."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from remit.audit.actions.delivery import deliver_due
from remit.audit.models import Event
from remit.notices.actions import concerned
from remit.notices.actions.letter import send_due
from remit.notices.models import Notice
from remit.org.actions import assign, change_person, close_account, move_unit
from remit.org.models import Assignment, AutonomyLimit, Delegation, Person, Position, Project, Successor, Unit
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


def test_nobody_makes_managers_of_people_or_heads_of_projects_out_of_their_own_hand(manager, person):
    floor = Position.objects.get(code="sales_person")
    assert errors(edited(manager, floor, abilities=[*floor.abilities, "manage_people"])) == ["abilities"]
    own = {
        "code": "mine", "name": "項目", "unit": Unit.objects.get(code="tafeng").pk,
        "lead": person("people").pk, "arbiter": person("west").pk,
        "starts_on": TODAY.isoformat(), "ends_on": TODAY.isoformat(),
    }  # fmt: skip
    answer = manager.post(reverse("org_project_new"), own)
    assert not Project.objects.filter(code="mine").exists(), answer.status_code


def test_somebody_else_is_marked_away_for_a_year_at_most(manager, person):
    address = reverse("org_person_absences", args=[person("director").pk])
    long = {"starts_on": "2000-01-01", "ends_on": "2099-01-01", "kind": "leave"}
    refused = manager.post(address, long)
    assert (refused.status_code, list(refused.context["absence_form"].errors)) == (422, ["ends_on"])


def test_ending_twice_is_ending_once(manager, person):
    held = Assignment.objects.get(person=person("content"))
    for _click in range(2):
        manager.post(reverse("org_assignment_end", args=[held.pk]), {"ends_on": TODAY.isoformat()})
    assert Event.objects.filter(name="org.assignment.ended").count() == 1


def test_nobody_changes_the_power_of_a_position_that_they_hold(manager, log_in_as):
    own = Position.objects.get(code="hr_manager")
    assert errors(edited(manager, own, leads=True)) == ["leads"]
    admin, administrator = log_in_as("admin"), Position.objects.get(code="administrator")
    assert errors(edited(admin, administrator, abilities=["manage_people"])) == ["abilities"]
    assert edited(admin, own, leads=True).status_code == 302


def test_an_address_is_changed_by_who_manages_the_system_or_has_just_entered_it(manager, log_in_as, person):
    west = person("west")  # never logged in, but entered by somebody else
    given = {"name": "新名", "email": "other@demo.example", "hours_per_week": 40}
    address = reverse("org_person_edit", args=[west.pk])
    assert errors(manager.post(address, given)) == ["email"]
    assert manager.post(address, given | {"email": west.email}).status_code == 302
    analyst = person("analyst")  # whose post gives what the manager lacks: names and hours are theirs to keep
    kept = {"name": "改名", "email": analyst.email, "hours_per_week": 30}
    assert manager.post(reverse("org_person_edit", args=[analyst.pk]), kept).status_code == 302
    assert log_in_as("admin").post(address, given).status_code == 302
    west.refresh_from_db()
    analyst.refresh_from_db()
    assert (west.email, west.name, analyst.name) == ("other@demo.example", "新名", "改名")
    post = {
        "position": Position.objects.get(code="content_planner").pk,
        "unit": Unit.objects.get(code="journey").pk,
    }
    new = post | {
        "name": "新人",
        "email": "typo@demo.example",
        "hours_per_week": 40,
        "starts_on": TODAY.isoformat(),
    }
    assert manager.post(reverse("org_person_new"), new | {"share": 100}).status_code == 302
    newcomer = Person.objects.get(email="typo@demo.example")
    right = {"name": "新人", "email": "right@demo.example", "hours_per_week": 40}
    assert manager.post(reverse("org_person_edit", args=[newcomer.pk]), right).status_code == 302
    Person.objects.filter(pk=newcomer.pk).update(last_login=timezone.now())
    assert errors(manager.post(reverse("org_person_edit", args=[newcomer.pk]), given)) == ["email"]


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


def test_a_manager_of_people_names_only_who_stands_above_or_holds_the_same(manager, person, log_in_as):
    director, west, legal = person("director"), person("west"), person("legal")
    assert away(manager, director).status_code == 302
    for absent, wrong in ((director, west), (legal, person("people")), (west, person("people"))):
        refused = name(manager, absent, wrong)
        assert (refused.status_code, list(refused.context["delegation_form"].errors)) == (422, ["to"])
    for absent, right in ((west, person("sales")), (director, person("chief"))):  # who stands above
        assert name(manager, absent, right).status_code == 302
    assert {(each.by_other, each.assignment.person) for each in Delegation.objects.all()} == {
        (True, west),
        (True, director),
    }


def test_a_delegate_named_by_another_acts_for_the_posts_that_there_were(manager, person):
    west, sales, now = person("west"), person("sales"), timezone.now()
    away(manager, west)
    name(manager, west, sales)
    assert organisation_on(TODAY).standing_in(west.pk, TODAY) == sales.pk
    director, group = Position.objects.get(code="marketing_director"), Unit.objects.get(depth=1)
    assign(person=west, position=director, unit=group, starts_on=TODAY, by=None, at=now)
    assert sales.pk not in organisation_on(TODAY).answering(director.pk, group.pk, TODAY).people


def test_who_acts_for_somebody_hands_nothing_on(manager, person, log_in_as):
    director, west, sales = person("director"), person("west"), person("sales")
    assert name(log_in_as("director"), director, west).status_code == 302
    for each in (director, west):
        away(manager, each)
    assert name(manager, west, sales).status_code == 302
    then = organisation_on(TODAY)
    assert then.standing_in(west.pk, TODAY) == sales.pk
    assert then.standing_in(director.pk, TODAY) is None


def test_what_somebody_decided_themselves_goes_before_what_others_say(manager, person, log_in_as):
    director, west, chief = person("director"), person("west"), person("chief")
    name(log_in_as("director"), director, west)
    away(manager, director)
    name(manager, director, chief)
    assert organisation_on(TODAY).standing_in(director.pk, TODAY) == west.pk
    own = Delegation.objects.get(by_other=False)
    end = {"ends_on": TODAY.isoformat()}
    assert manager.post(reverse("org_delegation_end", args=[own.pk]), end).status_code == 403
    others = Delegation.objects.get(by_other=True)
    assert manager.post(reverse("org_delegation_end", args=[others.pk]), end).status_code == 302


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
    name(manager, west, person("sales"))
    deliver_due(at=timezone.now())
    told = {
        who.name_en or who.name: [
            notice.text % {**notice.fields, "subject": ""}
            for notice in Notice.objects.filter(person=who, key__startswith="concerned:").order_by("pk")
        ]
        for who in (west, person("sales"), director, journey)
    }
    assert [len(each) for each in told.values()] == [2, 1, 0, 0]
    assert any("noted that you are away" in text for text in told[west.name_en or west.name])
    page = log_in_as("west").get(reverse("notices_list")).content.decode()
    assert "Lan Chien noted that you are away from" in page and "to act for you whenever you are away" in page
    assert (
        "Lan Chien named you to act for" in log_in_as("sales").get(reverse("notices_list")).content.decode()
    )


def test_how_far_units_decide_alone_is_set_by_the_centre(log_in_as, person):
    unit, below = Unit.objects.get(code="journey"), Unit.objects.get(code="journey-west")
    position = Position.objects.get(code="hr_manager")
    local = Person.objects.create(email="local@demo.example", name="local")
    assign(person=local, position=position, unit=unit, starts_on=TODAY, by=None, at=timezone.now())
    browser = log_in_as("local")
    given = {"amount": "999999", "currency": "USD", "starts_on": TODAY.isoformat()}
    for each in (unit, below):
        assert browser.post(reverse("org_unit_limits", args=[each.pk]), given).status_code == 403
        given_anew = {"name": each.name, "structure": each.structure, "region": "West"}
        assert browser.post(reverse("org_unit_edit", args=[each.pk]), given_anew).status_code == 403
    assert AutonomyLimit.objects.count() == 0
    shell = {"code": "shell", "name": "殼", "parent": unit.pk, "structure": unit.structure}
    other = "decentralised" if unit.structure != "decentralised" else "matrix"
    for field, value in (("structure", other), ("region", "West")):
        assert errors(browser.post(reverse("org_unit_new"), shell | {field: value})) == [field]
    assert browser.post(reverse("org_unit_new"), shell).status_code == 302
    assert log_in_as("admin").post(reverse("org_unit_limits", args=[unit.pk]), given).status_code == 302


def test_a_new_unit_takes_no_name_by_which_files_know_another(log_in_as, person):
    unit, position = Unit.objects.get(code="journey"), Position.objects.get(code="hr_manager")
    local = Person.objects.create(email="local@demo.example", name="local")
    assign(person=local, position=position, unit=unit, starts_on=TODAY, by=None, at=timezone.now())
    west = Unit.objects.get(code="journey-west")
    given = {"code": "shell", "name": west.region, "parent": unit.pk, "structure": unit.structure}
    assert errors(log_in_as("local").post(reverse("org_unit_new"), given)) == ["name"]
    assert log_in_as("local").post(reverse("org_unit_new"), given | {"name": "新店"}).status_code == 302


def test_a_post_that_manages_people_is_given_by_who_manages_the_system(manager, log_in_as, person):
    post = {"position": Position.objects.get(code="hr_manager").pk, "unit": Unit.objects.get(depth=1).pk}
    days = {"starts_on": TODAY.isoformat(), "share": 1}
    address = reverse("org_person_assignments", args=[person("west").pk])
    assert manager.post(address, post | days).status_code == 422
    new = post | days | {"name": "我", "email": "sock@demo.example", "hours_per_week": 40}
    assert manager.post(reverse("org_person_new"), new).status_code == 422
    assert log_in_as("admin").post(address, post | days).status_code == 302


def test_a_new_position_has_no_rank_but_by_who_manages_the_system(manager, log_in_as):
    above = Position.objects.get(code="hr_manager")
    given = {"code": "below", "name": "屬下", "board": "analyst", "reports_to": above.pk}
    assert errors(manager.post("/team/positions/new", given)) == ["reports_to"]
    assert log_in_as("admin").post("/team/positions/new", given).status_code == 302


def test_who_stands_above_for_a_day_is_named_for_no_longer(manager, person, log_in_as):
    chief, director, finance = person("chief"), person("director"), person("finance")
    name(log_in_as("chief"), chief, finance)
    away(log_in_as("chief"), chief)  # finance acts for her today
    assert name(manager, director, finance).status_code == 422
    address = reverse("org_person_delegations", args=[director.pk])
    past = {"to": chief.pk, "starts_on": (TODAY - timedelta(days=9)).isoformat()}
    assert manager.post(address, past).status_code == 422
    assert name(manager, director, chief).status_code == 302


def test_a_unit_is_moved_by_who_manages_the_system(manager, log_in_as):
    tafeng, journey = Unit.objects.get(code="tafeng"), Unit.objects.get(code="journey")
    address = reverse("org_unit_place", args=[tafeng.pk])
    assert manager.post(address, {"parent": journey.pk}).status_code == 403
    assert log_in_as("admin").post(address, {"parent": journey.pk}).status_code == 302


def test_a_leading_post_is_given_by_who_leads_there_or_manages_the_system(manager, log_in_as, person):
    head = Position.objects.create(code="store_head", name="店長", leads=True)
    given = {
        "position": head.pk, "unit": Unit.objects.get(code="journey-west").pk, "starts_on": TODAY.isoformat(),
        "share": 10,
    }  # fmt: skip
    address = reverse("org_person_assignments", args=[person("west").pk])
    assert manager.post(address, given).status_code == 422
    assert log_in_as("admin").post(address, given).status_code == 302


def test_whom_a_position_reports_to_is_said_by_who_manages_the_system(manager, log_in_as):
    legal, above = Position.objects.get(code="legal_counsel"), Position.objects.get(code="hr_manager")
    assert errors(edited(manager, legal, reports_to=above.pk)) == ["reports_to"]
    assert edited(log_in_as("admin"), legal, reports_to=above.pk).status_code == 302


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


def told(who: Person) -> list[str]:
    deliver_due(at=timezone.now())
    notices = Notice.objects.filter(person=who, key__startswith="concerned:").order_by("pk")
    return [notice.text for notice in notices]


def test_who_answered_further_up_hears_that_another_does_now(person):
    counsel, tafeng = Position.objects.get(code="legal_counsel"), Unit.objects.get(code="tafeng")
    above, by = Assignment.objects.get(position=counsel, unit__depth=1).person, person("people")
    for address in ("one@demo.example", "two@demo.example"):  # the second takes nothing from above
        new = Person.objects.create(email=address, name="新法務")
        assign(person=new, position=counsel, unit=tafeng, starts_on=TODAY, by=by, at=timezone.now())
        assert told(above) == [concerned.ANSWERS_INSTEAD]


def test_who_stands_above_hears_of_closed_accounts_and_of_units_hung_elsewhere(person):
    admin, now = person("admin"), timezone.now()
    close_account(person=person("west"), by=admin, at=now)
    assert told(person("channels")) == [concerned.LEFT]
    west, tafeng = (Unit.objects.get(code=code) for code in ("journey-west", "tafeng"))
    move_unit(unit=west, to=tafeng, by=admin, at=now)
    assert told(person("journey")) == [concerned.HUNG]
    assert told(person("tfdirector")) == [concerned.HUNG]


@pytest.mark.parametrize("logged_in", [True, False])
def test_a_changed_address_is_mailed_to_the_former_one_too(person, logged_in):
    west = person("west")
    Person.objects.filter(pk=west.pk).update(last_login=timezone.now() if logged_in else None)
    change_person(person=west, by=person("admin"), at=timezone.now(), email="else@demo.example")
    assert told(west) == [concerned.ADDRESS]
    Notice.objects.filter(person=west).update(read_at=timezone.now())  # by whoever has the new one
    mail.outbox.clear()
    send_due(at=timezone.now())
    assert [message.to for message in mail.outbox] == (
        [["else@demo.example", west.email]] if logged_in else []
    )

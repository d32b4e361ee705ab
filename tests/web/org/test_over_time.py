"""Absences, who acts, secondments, holidays and limits: entered on pages by who may, and by nobody else."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.org.models import (
    Absence,
    Assignment,
    AutonomyLimit,
    Delegation,
    Position,
    Secondment,
    Unit,
    UnitHolidays,
)
from remit.org.queries.organisation import organisation_between, organisation_on

TODAY = timezone.localdate()


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


def answering(position: str, code: str, offset: int = 0) -> tuple[int, ...]:
    on = TODAY + timedelta(days=offset)
    return organisation_on(on).answering(Position.objects.get(code=position).pk, unit(code).pk, on).people


# -- absences ---------------------------------------------------------------------------------


def note(browser, who, **changes):
    given = {"starts_on": day(0), "ends_on": day(3), "kind": "leave"} | changes
    return browser.post(reverse("org_person_absences", args=[who.pk]), given)


def test_one_notes_one_s_own_absence_and_removes_it(log_in_as, person):
    browser = log_in_as("west")
    assert note(browser, person("west")).status_code == 302
    absence = Absence.objects.get(person=person("west"))
    assert (str(absence.starts_on), str(absence.ends_on), absence.kind) == (day(0), day(3), "leave")
    browser.post(reverse("org_absence_removal", args=[absence.pk]))
    assert Absence.objects.count() == 0


def test_an_absence_that_ends_before_it_starts_is_refused_beside_its_field(log_in_as, person):
    answer = note(log_in_as("west"), person("west"), ends_on=day(-1))
    assert (answer.status_code, list(answer.context["absence_form"].errors)) == (422, ["ends_on"])
    assert Absence.objects.count() == 0


@pytest.mark.parametrize(("viewer", "status"), [("admin", 302), ("journey", 403), ("analyst", 404)])
def test_another_s_absence_is_noted_by_who_manages_them_only(log_in_as, person, viewer, status):
    assert note(log_in_as(viewer), person("west")).status_code == status
    assert Absence.objects.count() == (status == 302)


def test_why_somebody_is_away_is_read_by_themselves_and_who_manages_them_not_by_their_head(log_in_as, person):
    west = person("west")
    note(log_in_as("west"), west, kind="sick")
    path = reverse("org_person", args=[west.pk])
    pages = {name: log_in_as(name).get(path).content.decode() for name in ("west", "admin", "journey")}
    assert {name: '<td data-label="Kind">Illness</td>' in page for name, page in pages.items()} == {
        "west": True,
        "admin": True,
        "journey": False,
    }
    assert "away now" in pages["journey"]


# -- who acts ---------------------------------------------------------------------------------


def name(browser, who, to, **changes):
    given = {"to": to.pk, "starts_on": day(0)} | changes
    return browser.post(reverse("org_person_delegations", args=[who.pk]), given)


def test_the_named_one_acts_while_the_other_is_absent_and_sees_so_today(log_in_as, person):
    tafeng, analyst = person("tafeng"), person("analyst")
    assert name(log_in_as("admin"), tafeng, analyst).status_code == 302
    acting = log_in_as("analyst")
    assert acting.get(reverse("today")).context["acting"] == []
    note(log_in_as("admin"), tafeng)
    assert answering("market_analyst", "tafeng") == (analyst.pk,)
    assert [each.person for each in acting.get(reverse("today")).context["acting"]] == [tafeng]
    shown = log_in_as("admin").get(reverse("org_unit", args=[unit("tafeng").pk])).context["present"]
    assert {one.acting for one in shown if one.post.person == tafeng} == {analyst}


def test_a_second_click_makes_no_second_absence_and_no_second_delegation(log_in_as, person):
    admin, tafeng = log_in_as("admin"), person("tafeng")
    for _click in range(2):
        note(admin, tafeng)
        name(admin, tafeng, person("analyst"))
    (absence,) = Absence.objects.filter(person=tafeng)
    assert Delegation.objects.filter(person=tafeng).count() == 1
    admin.post(reverse("org_absence_removal", args=[absence.pk]))
    assert not organisation_on(TODAY).is_away(tafeng.pk, TODAY)


def test_a_delegation_is_ended_on_a_day(log_in_as, person):
    name(log_in_as("admin"), person("tafeng"), person("analyst"))
    given = Delegation.objects.get()
    path = reverse("org_delegation_end", args=[given.pk])
    assert log_in_as("analyst").post(path, {"ends_on": day(0)}).status_code == 403
    log_in_as("tafeng").post(path, {"ends_on": day(2)})
    given.refresh_from_db()
    assert str(given.ends_on) == day(2)


def test_of_one_position_only_what_one_holds_is_delegated(log_in_as, person):
    analyst, colleague = person("analyst"), person("brand")
    own, other = (Assignment.objects.get(person=one) for one in (analyst, colleague))
    browser = log_in_as("analyst")
    answer = name(browser, analyst, colleague, assignment=other.pk)
    assert (answer.status_code, list(answer.context["delegation_form"].errors)) == (422, ["assignment"])
    assert name(browser, analyst, colleague, assignment=own.pk).status_code == 302
    assert Delegation.objects.get().assignment == own


@pytest.mark.parametrize("to", ["tafeng", "west"])
def test_nobody_names_themselves_or_somebody_of_another_part(log_in_as, person, to):
    answer = name(log_in_as("west"), person("west"), person(to))
    assert (answer.status_code, list(answer.context["delegation_form"].errors)) == (422, ["to"])
    assert Delegation.objects.count() == 0


@pytest.mark.parametrize(("viewer", "status"), [("journey", 403), ("analyst", 404)])
def test_who_acts_for_another_is_named_by_who_manages_them_only(log_in_as, person, viewer, status):
    assert name(log_in_as(viewer), person("west"), person("east")).status_code == status
    assert Delegation.objects.count() == 0


# -- secondments ------------------------------------------------------------------------------


def lend(browser, who, **changes):
    home = Assignment.objects.filter(person=who).order_by("pk")[0]
    given = {
        "home": home.pk,
        "unit": unit("tafeng").pk,
        "position": home.position_id,
        "starts_on": day(0),
        "ends_on": day(4),
        "reason": "help",
    } | changes
    return browser.post(reverse("org_person_secondments", args=[who.pk]), given)


def test_who_is_lent_away_counts_there_and_at_home_again_the_day_after(log_in_as, person):
    west = person("west")
    assert lend(log_in_as("admin"), west).status_code == 302
    lasting = {at: answering("sales_person", at, 4) for at in ("journey-west", "tafeng")}
    after = {at: answering("sales_person", at, 5) for at in ("journey-west", "tafeng")}
    assert (lasting, after) == (
        {"journey-west": (), "tafeng": (west.pk,)},
        {"journey-west": (west.pk,), "tafeng": ()},
    )


def test_the_pages_of_both_units_say_who_is_lent(log_in_as, person):
    browser, west = log_in_as("admin"), person("west")
    lend(browser, west)
    marks = {
        code: [
            one.lent
            for one in browser.get(reverse("org_unit", args=[unit(code).pk])).context["present"]
            if one.post.person == west
        ]
        for code in ("journey-west", "tafeng")
    }
    assert marks == {"journey-west": [True], "tafeng": [False]}
    drawn = browser.get(reverse("org_chart")).context["boxes"]
    homes = [box.unit.code for box in drawn for line in box.lines if line.person == "Hank Wu"]
    assert homes == ["tafeng"]


def test_a_secondment_that_ends_earlier_brings_them_back_earlier(log_in_as, person):
    browser, west = log_in_as("admin"), person("west")
    lend(browser, west)
    lent = Secondment.objects.get()
    path = reverse("org_secondment_end", args=[lent.pk])
    assert log_in_as("west").post(path, {"ends_on": day(1)}).status_code == 403
    browser.post(path, {"ends_on": day(1)})
    assert (answering("sales_person", "journey-west", 1), answering("sales_person", "journey-west", 2)) == (
        (),
        (west.pk,),
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": day(-2)}, "ends_on"),
        ({"starts_on": "1999-12-31"}, "ends_on"),
        ({"unit": "987"}, "unit"),
        ({"home": "987"}, "home"),
    ],
)
def test_an_impossible_secondment_is_refused_beside_its_field(log_in_as, person, wrong, field):
    answer = lend(log_in_as("admin"), person("west"), **wrong)
    assert (answer.status_code, list(answer.context["secondment_form"].errors)) == (422, [field])
    assert Secondment.objects.count() == 0


def test_nobody_is_lent_twice_at_once(log_in_as, person):
    browser = log_in_as("admin")
    lend(browser, person("west"))
    answer = lend(browser, person("west"), unit=unit("journey-south").pk)
    assert (answer.status_code, list(answer.context["secondment_form"].errors)) == (422, ["home"])


@pytest.mark.parametrize(("viewer", "status"), [("west", 403), ("journey", 403), ("analyst", 404)])
def test_nobody_lends_people_whom_they_do_not_manage(log_in_as, person, viewer, status):
    assert lend(log_in_as(viewer), person("west")).status_code == status
    assert Secondment.objects.count() == 0


def test_who_manages_the_home_only_lends_to_no_other_unit(log_in_as, person):
    manager = person("digital")
    position = Position.objects.create(code="head_of_people", name="人事", abilities=["manage_people"])
    Assignment.objects.create(person=manager, position=position, unit=unit("journey"), starts_on=TODAY)
    answer = lend(log_in_as("digital"), person("west"))
    assert (answer.status_code, list(answer.context["secondment_form"].errors)) == (422, ["unit"])
    assert lend(log_in_as("digital"), person("west"), unit=unit("journey-south").pk).status_code == 302


# -- units ------------------------------------------------------------------------------------


def test_a_unit_keeps_holidays_from_a_day(log_in_as):
    browser, path = log_in_as("admin"), reverse("org_unit_holidays", args=[unit("tafeng").pk])
    browser.post(path, {"country": "TW", "starts_on": "2026-01-01"})
    page = browser.get(reverse("org_unit", args=[unit("tafeng").pk]))
    assert page.context["holidays"] == "TW"
    assert browser.post(path, {"country": "XX", "starts_on": "2026-01-01"}).status_code == 422
    assert log_in_as("tafeng").post(path, {"country": "CN", "starts_on": "2026-01-01"}).status_code == 403
    assert UnitHolidays.objects.filter(unit=unit("tafeng")).values_list("country", flat=True).last() == "TW"


def test_the_limit_of_a_unit_holds_from_its_day_and_its_history_stays(log_in_as):
    browser, path = log_in_as("admin"), reverse("org_unit_limits", args=[unit("tafeng").pk])
    first = {"amount": "50000", "currency": "TWD", "starts_on": "2025-01-01"}
    browser.post(path, first)
    browser.post(path, first | {"amount": "80000", "brands": "A, B", "starts_on": "2026-01-01"})
    context = browser.get(reverse("org_unit", args=[unit("tafeng").pk])).context
    assert (context["limit"].amount, context["limit"].brands) == (80000, "A, B")
    assert [limit.amount for limit in context["limits"]] == [80000, 50000]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"amount": "-1"}, "amount"), ({"currency": "twd"}, "currency"), ({"starts_on": ""}, "starts_on")],
)
def test_a_wrong_limit_is_refused_beside_its_field(log_in_as, wrong, field):
    path = reverse("org_unit_limits", args=[unit("tafeng").pk])
    given = {"amount": "1", "currency": "TWD", "starts_on": "2025-01-01"} | wrong
    answer = log_in_as("admin").post(path, given)
    assert (answer.status_code, list(answer.context["limit_form"].errors)) == (422, [field])
    assert AutonomyLimit.objects.filter(unit=unit("tafeng")).count() == 0


def test_a_unit_says_in_words_up_to_where_it_is_answered_for(log_in_as):
    paths = {code: reverse("org_unit", args=[unit(code).pk]) for code in ("group", "journey", "journey-east")}
    pages = {code: log_in_as("admin").get(path).content.decode() for code, path in paths.items()}
    said = {
        code: next(
            word
            for word in (
                "Decentralised: this unit",
                "This unit lies in The Complete Journey",
                "Centralised: a",
            )
            if word in page
        )
        for code, page in pages.items()
    }
    assert said == {
        "group": "Centralised: a",
        "journey": "Decentralised: this unit",
        "journey-east": "This unit lies in The Complete Journey",
    }
    east = log_in_as("east").get(paths["journey-east"]).content.decode()
    assert "This unit lies in a decentralised one" in east


# -- positions --------------------------------------------------------------------------------


def test_shipped_positions_report_to_one_another(cast):
    above = {p.code: p.reports_to.code if p.reports_to else None for p in Position.objects.all()}
    assert {code: above[code] for code in ("market_analyst", "sales_person", "channel_manager")} == {
        "market_analyst": "marketing_director",
        "sales_person": "channel_manager",
        "channel_manager": "sales_director",
    }
    assert [code for code, to in above.items() if to is None] == ["chief_executive"]


def test_what_ships_places_positions_that_report_to_nobody_and_no_others(log_in_as):
    chosen = Position.objects.get(code="brand_manager")
    Position.objects.filter(code="market_analyst").update(reports_to=None)
    Position.objects.filter(code="digital_marketer").update(reports_to=chosen)
    log_in_as("admin").post(reverse("org_shipped"))
    above = {
        code: Position.objects.get(code=code).reports_to.code
        for code in ("market_analyst", "digital_marketer")
    }
    assert above == {"market_analyst": "marketing_director", "digital_marketer": "brand_manager"}


def test_a_position_never_reports_to_itself_over_others(log_in_as):
    director, analyst = (Position.objects.get(code=c) for c in ("marketing_director", "market_analyst"))
    browser = log_in_as("admin")
    given = {"name": director.name, "board": "director", "abilities": director.abilities}
    path = reverse("org_position_edit", args=[director.pk])
    answer = browser.post(path, given | {"reports_to": analyst.pk})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reports_to"])
    assert browser.post(path, given | {"reports_to": ""}).status_code == 302
    assert Position.objects.get(pk=director.pk).reports_to is None


# -- chart ------------------------------------------------------------------------------------


def test_the_chart_draws_the_units_that_one_sees(log_in_as):
    drawn = {
        name: [box.unit.code for box in log_in_as(name).get(reverse("org_chart")).context["boxes"]]
        for name in ("tafeng", "west")
    }
    assert drawn == {"tafeng": ["tafeng"], "west": ["journey-west"]}


def test_boxes_of_the_chart_do_not_overlap(log_in_as):
    boxes = log_in_as("admin").get(reverse("org_chart")).context["boxes"]
    columns: dict[int, list[tuple[int, int]]] = {}
    for box in boxes:
        columns.setdefault(box.x, []).append((box.y, box.y + box.height))
    for spans in columns.values():
        spans.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_the_organisation_between_two_days_knows_both_sides_of_a_secondment(log_in_as, person):
    lend(log_in_as("admin"), person("west"))
    whole = organisation_between(TODAY, TODAY + timedelta(days=5))
    west = Position.objects.get(code="sales_person").pk, unit("journey-west").pk
    counts = [len(whole.holders(*west, TODAY + timedelta(days=offset))) for offset in (0, 4, 5)]
    assert counts == [0, 0, 1]


def test_a_day_that_stands_in_a_year_twice_and_contrary_is_refused(log_in_as):
    address = reverse("org_calendar_year", args=["CN", 2027])
    days = "2027-02-05, off, 春節\n2027-02-05, work, 調休"
    answer = log_in_as("admin").post(address, {"days": days, "source": "國務院"})
    assert (answer.status_code, answer.context["form"].errors["days"]) == (
        422,
        ["Line 2: 2027-02-05 stands above already, as the contrary."],
    )


def test_a_day_in_no_year_that_anybody_plans_for_is_refused(log_in_as, person):
    address = reverse("org_person_absences", args=[person("analyst").pk])
    given = {"starts_on": "9999-12-31", "ends_on": "9999-12-31"}
    answer = log_in_as("admin").post(address, given)
    assert (answer.status_code, "Give a day before 2201." in answer.content.decode()) == (422, True)

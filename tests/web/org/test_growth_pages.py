"""Pages of skills, matrix, ladders, mentors, first days and successors."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.demo.actions.growth import set_up_growth
from remit.demo.cast import PEOPLE
from remit.org.models import (
    Confirmation,
    Criterion,
    Ladder,
    Mentoring,
    NewcomerPlan,
    NewcomerStep,
    Person,
    Position,
    PositionSkill,
    Skill,
    SkillLevel,
    Successor,
    TemplateStep,
    Unit,
)


@pytest.fixture
def grown(cast) -> None:
    """The cast with what they can do, a mentor, a plan and successors."""
    set_up_growth(at=timezone.now())


def text(answer) -> str:
    return answer.content.decode()


# -- the person's page --------------------------------------------------------------------------


def test_a_gap_in_sales_insight_proposes_to_sit_in_on_sales_meetings(grown, log_in_as, person):
    page = text(log_in_as("analyst").get(reverse("org_person", args=[person("analyst").pk])))
    assert "Sit in on four sales meetings" in page


def test_readiness_shows_what_is_met_and_what_is_still_missing(grown, log_in_as, person):
    answer = log_in_as("journey").get(reverse("org_person", args=[person("analyst").pk]))
    (climb,) = answer.context["climbs"]
    missing = [row.criterion.skill.code for row in climb.criteria if not row.answer.is_met]
    assert (climb.following.position.code, climb.met, missing) == ("brand_manager", 4, ["project_management"])
    assert "On the way to Brand manager: 4 of 5 met" in text(answer)


def test_a_head_sees_the_pages_of_their_people_and_nobody_else_s(grown, log_in_as, person):
    def statuses(viewer: str) -> list[int]:
        names = ("west", "tafeng", "director")
        browser = log_in_as(viewer)
        return [
            browser.get(reverse("org_person_skills", args=[person(name).pk])).status_code for name in names
        ]

    assert statuses("journey") == [200, 404, 404]
    assert statuses("director") == [200, 200, 200]
    assert statuses("brand") == [404, 404, 404]
    assert statuses("east") == [404, 404, 404]


@pytest.mark.parametrize("more", [1, 3])
def test_the_person_s_page_takes_as_many_queries_for_much_as_for_little(
    grown, log_in_as, person, django_assert_num_queries, more
):
    west, browser, at = person("west"), log_in_as("sales"), timezone.now()
    for skill in Skill.objects.filter(code__in=("seo_sem", "teaching", "presenting")[:more]):
        SkillLevel.objects.create(person=west, skill=skill, source="self", level=2, said_at=at)
    for name in ("analyst", "brand", "digital")[:more]:
        Mentoring.objects.create(mentor=west, mentee=person(name), starts_on=at, ends_on=at, aim="x")
    path = reverse("org_person", args=[west.pk])
    browser.get(path)
    with django_assert_num_queries(37):
        browser.get(path)


# -- saying something of skills -----------------------------------------------------------------


def said(person: Person, skill: str) -> list[tuple[str, int]]:
    rows = SkillLevel.objects.filter(person=person, skill__code=skill).order_by("pk")
    return list(rows.values_list("source", "level"))


def test_one_assesses_oneself_and_the_head_assesses_one(log_in_as, person):
    west, negotiation = person("west"), Skill.objects.get(code="negotiation")
    path = reverse("org_person_skills", args=[west.pk])
    given = {"skill": negotiation.pk, "source": "self", "level": 4}
    assert log_in_as("west").post(path, given).status_code == 302
    assert log_in_as("sales").post(path, given | {"source": "manager", "level": 3}).status_code == 302
    assert said(west, "negotiation") == [("self", 4), ("manager", 3)]


def test_nobody_says_what_is_another_s_to_say(log_in_as, person):
    west, negotiation = person("west"), Skill.objects.get(code="negotiation")
    path = reverse("org_person_skills", args=[west.pk])
    given = {"skill": negotiation.pk, "source": "manager", "level": 4}
    assert log_in_as("west").post(path, given).status_code == 403
    assert log_in_as("sales").post(path, given | {"source": "self"}).status_code == 403
    assert log_in_as("analyst").post(path, given).status_code == 404
    assert said(west, "negotiation") == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"level": 6}, "level"), ({"skill": 987654}, "skill"), ({"source": "evidence"}, "evidence")],
)
def test_a_wrong_assessment_is_refused_beside_its_field(log_in_as, person, wrong, field):
    skill = Skill.objects.get(code="negotiation")
    given = {"skill": skill.pk, "source": "manager", "level": 3} | wrong
    answer = log_in_as("sales").post(reverse("org_person_skills", args=[person("west").pk]), given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_evidence_is_a_link_or_a_thing_that_only_who_may_see_it_sees(log_in_as, person):
    west, skill = person("west"), Skill.objects.get(code="negotiation")
    path = reverse("org_person_skills", args=[west.pk])
    given = {"skill": skill.pk, "source": "evidence", "level": 4}
    browser = log_in_as("sales")
    browser.post(path, given | {"evidence": "https://example.org/course"})
    browser.post(path, given | {"evidence": f"person:{person('tafeng').pk}"})
    page = text(browser.get(path))
    assert 'href="https://example.org/course"' in page
    assert ("kept elsewhere" in page, "Irene" in page) == (True, False)


# -- the matrix ---------------------------------------------------------------------------------


def rows_of(answer) -> list[str]:
    return [row.person.name_en for row, _posts in answer.context["rows"]]


def test_the_matrix_shows_one_s_own_people_only(grown, log_in_as):
    assert rows_of(log_in_as("west").get("/team/matrix")) == ["Hank Wu"]
    assert len(rows_of(log_in_as("admin").get("/team/matrix"))) == len(PEOPLE)
    journey = rows_of(log_in_as("journey").get("/team/matrix"))
    assert {"Elaine Cheng", "Irene Liu", "Lin Ya-wen"} & set(journey) == set()
    assert {"Daniel Chen", "Hank Wu", "Sophie Wang"} <= set(journey)
    assert rows_of(log_in_as("journey").get("/team/matrix?unit=journey-west")) == ["Hank Wu"]
    assert rows_of(log_in_as("journey").get("/team/matrix?unit=tafeng")) == journey


def test_the_matrix_is_narrowed_by_kind_and_gaps_and_handed_out(grown, log_in_as):
    browser = log_in_as("director")
    general = browser.get("/team/matrix?kind=general").context["skills"]
    assert {skill.kind for skill in general} == {"general"}
    assert "Susan Tsai" in rows_of(browser.get("/team/matrix?gaps=1"))
    table = browser.get("/team/matrix?unit=journey-west&export=csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 2
    assert dict(zip(table[0].split(","), table[1].split(","), strict=True))["Customer segmentation"] == "1/2"


def test_the_matrix_takes_as_many_queries_for_many_as_for_one(grown, log_in_as, django_assert_num_queries):
    for name in ("sales", "admin"):
        browser = log_in_as(name)
        browser.get("/team/matrix")
        with django_assert_num_queries(11):
            browser.get("/team/matrix")


# -- positions and what ships -------------------------------------------------------------------


def test_a_position_says_what_it_is_for_and_what_it_asks_for(log_in_as):
    position = Position.objects.get(code="sales_person")
    page = text(log_in_as("west").get(reverse("org_position", args=[position.pk])))
    for word in ("closes sales", "Records of visits", "Negotiation", "Hank Wu", "Channel manager"):
        assert word in page
    assert "Who could take" not in page


def test_a_position_is_described_and_asks_for_a_skill(log_in_as):
    browser, position = log_in_as("admin"), Position.objects.get(code="sales_person")
    given = {
        "name": "銷售", "board": "channel", "purpose": "賣", "deliverables": "業績\n\n 拜訪 ", "is_key": "on",
        "deliverables_en": "Results",
    }  # fmt: skip
    browser.post(reverse("org_position_edit", args=[position.pk]), given)
    position.refresh_from_db()
    assert (position.purpose, position.is_key, position.leads) == ("賣", True, False)
    assert position.deliverables == [{"zh": "業績", "en": "Results"}, {"zh": "拜訪", "en": ""}]
    assert [each.en for each in position.deliverable_texts] == ["Results", "拜訪"]
    skill = Skill.objects.get(code="budgeting")
    path = reverse("org_position_skills", args=[position.pk])
    browser.post(path, {"skill": skill.pk, "level": 2})
    assert PositionSkill.objects.get(position=position, skill=skill).level == 2
    browser.post(path, {"skill": skill.pk, "level": ""})
    assert not PositionSkill.objects.filter(position=position, skill=skill).exists()


def test_what_ships_and_is_missing_is_brought_in_by_a_button(log_in_as):
    browser = log_in_as("admin")
    assert browser.get("/team/positions").context["missing"] == 0
    Ladder.objects.all().delete()
    assert browser.get("/team/positions").context["missing"] == 2
    browser.post("/team/shipped")
    assert Ladder.objects.count() == 2


def test_a_skill_is_added_and_changed(log_in_as):
    browser = log_in_as("admin")
    given = {"code": "poetry", "name": "詩", "kind": "general", "remedy": "讀"}
    browser.post("/team/skills/new", given)
    skill = Skill.objects.get(code="poetry")
    again = browser.post("/team/skills/new", given)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["code"])
    browser.post(reverse("org_skill", args=[skill.pk]), given | {"name": "詩歌"})
    skill.refresh_from_db()
    assert (skill.name, skill.remedy) == ("詩歌", "讀")


# -- ladders ------------------------------------------------------------------------------------


def test_a_ladder_is_built_step_by_step(log_in_as):
    browser = log_in_as("admin")
    browser.post("/team/ladders/new", {"code": "service", "name": "客服"})
    ladder = Ladder.objects.get(code="service")
    for code in ("service_lead", "crm_manager"):
        position = Position.objects.get(code=code)
        browser.post(reverse("org_ladder_rungs", args=[ladder.pk]), {"position": position.pk})
    low, high = ladder.rungs.order_by("order")
    path = reverse("org_ladder_criteria", args=[ladder.pk])
    assert browser.post(path, {"rung": high.pk, "kind": "tenure", "months": 12}).status_code == 302
    incomplete = browser.post(path, {"rung": high.pk, "kind": "skill"})
    assert (incomplete.status_code, list(incomplete.context["criterion_form"].errors)) == (422, ["kind"])
    criterion = Criterion.objects.get(rung=high)
    browser.post(reverse("org_criterion_removal", args=[ladder.pk, criterion.pk]))
    browser.post(reverse("org_rung_removal", args=[ladder.pk, low.pk]))
    assert list(ladder.rungs.values_list("position__code", "criteria")) == [("crm_manager", None)]


def test_a_rung_of_another_ladder_is_not_there(log_in_as):
    one, two = Ladder.objects.order_by("pk")
    path = reverse("org_rung_removal", args=[one.pk, two.rungs.order_by("order")[0].pk])
    assert log_in_as("admin").post(path).status_code == 404


def test_the_head_confirms_a_statement_of_the_next_step_only(log_in_as, person):
    analyst, browser = person("analyst"), log_in_as("journey")
    path = reverse("org_person_confirmations", args=[analyst.pk])
    later = Criterion.objects.filter(kind="statement", rung__position__code="marketing_director").first()
    following = Criterion.objects.get(kind="statement", rung__position__code="brand_manager")
    assert browser.post(path, {"criterion": later.pk}).status_code == 404
    assert browser.post(path, {"criterion": following.pk}).status_code == 302
    confirmed = Confirmation.objects.get()
    assert (confirmed.person, confirmed.confirmed_by) == (analyst, person("journey"))
    assert log_in_as("analyst").post(path, {"criterion": following.pk}).status_code == 403
    browser.post(reverse("org_confirmation_removal", args=[confirmed.pk]))
    assert Confirmation.objects.count() == 0


# -- mentors and newcomers ----------------------------------------------------------------------


def test_a_mentor_is_given_and_the_mentoring_ended(log_in_as, person):
    browser, digital = log_in_as("journey"), person("digital")
    path = reverse("org_person_mentorings", args=[digital.pk])
    given = {"mentor": person("brand").pk, "starts_on": "2026-01-05", "aim": "A/B"}
    assert browser.post(path, given).status_code == 302
    again = browser.post(path, given)
    assert (again.status_code, list(again.context["mentoring_form"].errors)) == (422, ["mentor"])
    mentoring = Mentoring.objects.get()
    end = reverse("org_mentoring_end", args=[mentoring.pk])
    browser.post(end, {"ends_on": ""})
    browser.post(end, {"ends_on": "2026-01-01"})
    assert Mentoring.objects.get().ends_on is None
    browser.post(end, {"ends_on": "2026-02-01"})
    assert str(Mentoring.objects.get().ends_on) == "2026-02-01"


def test_a_plan_is_made_and_ticked_and_talked_about(log_in_as, person):
    digital, today = person("digital"), timezone.localdate()
    path = reverse("org_person_plans", args=[digital.pk])
    log_in_as("journey").post(path, {"starts_on": today - timedelta(days=3)})
    plan = NewcomerPlan.objects.get()
    first = plan.steps.order_by("due_on")[0]
    own, page = log_in_as("digital"), reverse("org_plan", args=[plan.pk])
    assert "2 steps are overdue." in text(own.get(page))
    tick = reverse("org_plan_step", args=[first.pk])
    assert log_in_as("journey").post(tick).status_code == 403
    own.post(tick, {"state": "done"})
    assert "1 step is overdue." in text(own.get(page))
    own.post(tick, {"state": "open"})
    assert NewcomerStep.objects.filter(plan=plan, done_at=None).count() == 12
    talk = reverse("org_plan_check_ins", args=[plan.pk])
    assert log_in_as("journey").post(talk, {"text": "Good start."}).status_code == 302
    assert own.post(talk, {"text": "I am great."}).status_code == 403
    assert "Good start." in text(own.get(page))


def test_the_mentor_opens_the_plan_but_not_the_levels(grown, log_in_as, person):
    mentor, plan = log_in_as("brand"), NewcomerPlan.objects.get()
    assert mentor.get(reverse("org_plan", args=[plan.pk])).status_code == 200
    assert mentor.get(reverse("org_person", args=[person("content").pk])).status_code == 404
    own = text(mentor.get(reverse("org_person", args=[person("brand").pk])))
    assert reverse("org_plan", args=[plan.pk]) in own
    assert log_in_as("digital").get(reverse("org_plan", args=[plan.pk])).status_code == 404


def test_the_template_of_everybody_new_is_changed(log_in_as):
    browser = log_in_as("admin")
    browser.post("/team/first-days", {"day": 3, "name": "喝茶"})
    step = TemplateStep.objects.get(name="喝茶")
    path = reverse("org_first_day", args=[step.pk])
    assert browser.post(path, {"day": 31, "name": "喝茶"}).status_code == 422
    browser.post(path, {"day": 5, "name": "喝茶"})
    assert TemplateStep.objects.get(pk=step.pk).day == 5
    browser.post(reverse("org_first_day_removal", args=[step.pk]))
    assert not TemplateStep.objects.filter(pk=step.pk).exists()


# -- successors ---------------------------------------------------------------------------------


def gaps(answer) -> list[str]:
    return [post.position.code for post, *_may in answer.context["posts"] if post.is_gap]


def test_a_key_position_without_successor_is_a_gap(grown, log_in_as):
    browser = log_in_as("director")
    assert gaps(browser.get("/team/successors")) == ["finance_director"]
    assert "1 of 8 key positions has no successor." in text(browser.get("/team/successors?gaps=1"))
    assert len(browser.get("/team/successors?unit=journey").context["posts"]) == 5
    assert log_in_as("east").get("/team/successors").context["posts"] == []


def test_the_named_see_it_nowhere_though_they_lead_there(grown, log_in_as, person):
    chief, director = Position.objects.get(code="chief_executive"), person("director")
    assert Successor.objects.filter(position=chief, person=director).exists()

    def shown(login: str) -> set[str]:
        posts = log_in_as(login).get("/team/successors").context["posts"]
        return {post.position.code for post, *_may in posts}

    assert "chief_executive" in shown("people")
    assert "chief_executive" not in shown("director")  # nor, once nobody is named: its absence says nothing
    Successor.objects.filter(position=chief).delete()
    assert "chief_executive" not in shown("director")
    group = Unit.objects.get(code="group")
    finance = Position.objects.get(code="finance_director")
    given = {"unit": group, "position": finance, "person": director, "readiness": "now", "order": 1}
    Successor.objects.create(**given)
    assert "finance_director" not in shown("director")
    page = log_in_as("director").get(reverse("org_position", args=[finance.pk]))
    assert [each.person for each in page.context["successors"]] == []


def test_a_successor_is_named_and_removed(grown, log_in_as, person):
    browser = log_in_as("director")
    given = {
        "unit": Unit.objects.get(code="group").pk,
        "position": Position.objects.get(code="finance_director").pk,
        "person": person("tafeng").pk,
        "readiness": "two_years",
        "order": 1,
    }
    holder = browser.post("/team/successors/new", given | {"person": person("finance").pk})
    assert (holder.status_code, list(holder.context["form"].errors)) == (422, ["person"])
    browser.post("/team/successors/new", given)
    assert gaps(browser.get("/team/successors")) == []
    named = Successor.objects.get(position__code="finance_director")
    assert log_in_as("journey").post(reverse("org_successor_removal", args=[named.pk])).status_code == 404
    browser.post(reverse("org_successor_removal", args=[named.pk]))
    assert gaps(browser.get("/team/successors")) == ["finance_director"]


def test_who_leads_one_unit_names_nobody_in_another(grown, log_in_as, person):
    given = {
        "unit": Unit.objects.get(code="tafeng").pk,
        "position": Position.objects.get(code="marketing_director").pk,
        "person": person("brand").pk,
        "readiness": "now",
        "order": 1,
    }
    answer = log_in_as("journey").post("/team/successors/new", given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["unit"])


@pytest.mark.parametrize(("name", "shown"), [("director", True), ("admin", True), ("west", False)])
def test_the_entry_of_successors_is_shown_to_heads_and_managers(log_in_as, name, shown):
    page = text(log_in_as(name).get("/team/ladders"))
    assert ('href="/team/successors"' in page) is shown


def test_the_demonstration_grows_once(grown):
    assert set_up_growth(at=timezone.now()) == 0
    assert NewcomerPlan.objects.get().steps.filter(done_at=None).count() == 6

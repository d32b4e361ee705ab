"""Projects with two leads: started, staffed and left by who may; each member reads whom they answer to."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from remit.org.actions.project import start_project
from remit.org.models import Project, ProjectMember, Unit

TODAY = timezone.localdate()


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


@pytest.fixture
def project(person) -> Project:
    """A project of Journey, led by its brand manager; the director of the group settles conflicts."""
    return start_project(
        code="spring", name="春季上市", name_en="Spring launch", unit=unit("journey"), lead=person("brand"),
        arbiter=person("director"), starts_on=TODAY, ends_on=TODAY + timedelta(days=60),
        decides={"priorities": "project", "people": "functional"}, by=None, at=timezone.now(),
    )  # fmt: skip


def start(browser, person, **changes):
    given = {
        "code": "autumn", "name": "秋季", "unit": unit("journey").pk, "lead": person("brand").pk,
        "arbiter": person("journey").pk, "starts_on": day(0), "ends_on": day(30),
        "decides_priorities": "project", "decides_content": "functional", "decides_money": "both",
        "decides_people": "functional",
    } | changes  # fmt: skip
    return browser.post(reverse("org_project_new"), given)


def test_a_project_is_started_with_who_decides_what(log_in_as, person):
    assert start(log_in_as("admin"), person).status_code == 302
    made = Project.objects.get(code="autumn")
    assert dict(made.decisions.values_list("kind", "decider")) == {
        "priorities": "project",
        "content": "functional",
        "money": "both",
        "people": "functional",
    }


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "spring"}, "code"),
        ({"ends_on": day(-1)}, "ends_on"),
        ({"lead": "987"}, "lead"),
        ({"unit": "987"}, "unit"),
        ({"decides_money": "nobody"}, "decides_money"),
    ],
)
def test_a_wrong_project_is_refused_beside_its_field(log_in_as, person, project, wrong, field):
    answer = start(log_in_as("admin"), person, **wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Project.objects.count() == 1


def test_the_lead_is_not_the_arbiter(log_in_as, person):
    answer = start(log_in_as("admin"), person, arbiter=person("brand").pk)
    assert list(answer.context["form"].errors) == ["arbiter"]


def test_who_manages_nobody_starts_no_project(log_in_as, person):
    assert start(log_in_as("journey"), person).status_code == 403
    assert Project.objects.count() == 0


def join(browser, project, who, **changes):
    given = {"person": who.pk, "share": "30", "starts_on": day(0), "ends_on": day(30)} | changes
    return browser.post(reverse("org_project_members", args=[project.pk]), given)


def test_the_lead_adds_members_and_sets_their_last_day(log_in_as, person, project):
    browser = log_in_as("brand")
    assert join(browser, project, person("analyst")).status_code == 302
    member = ProjectMember.objects.get()
    path = reverse("org_membership_end", args=[member.pk])
    assert log_in_as("analyst").post(path, {"ends_on": day(3)}).status_code == 403
    browser.post(path, {"ends_on": day(3)})
    member.refresh_from_db()
    assert (member.share, str(member.ends_on)) == (30, day(3))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"share": "0"}, "share"),
        ({"share": "101"}, "share"),
        ({"ends_on": day(61)}, "ends_on"),
        ({"person": "987"}, "person"),
    ],
)
def test_a_wrong_member_is_refused_beside_the_field(log_in_as, person, project, wrong, field):
    answer = join(log_in_as("brand"), project, person("analyst"), **wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert ProjectMember.objects.count() == 0


def test_nobody_is_in_a_project_twice_at_once(log_in_as, person, project):
    browser = log_in_as("brand")
    join(browser, project, person("analyst"))
    answer = join(browser, project, person("analyst"), starts_on=day(2))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["person"])


def test_the_lead_adds_nobody_of_another_company(log_in_as, person, project):
    answer = join(log_in_as("brand"), project, person("tafeng"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["person"])


@pytest.mark.parametrize(("viewer", "status"), [("analyst", 403), ("journey", 403), ("tafeng", 404)])
def test_others_add_no_members(log_in_as, person, project, viewer, status):
    assert join(log_in_as(viewer), project, person(viewer)).status_code == status
    assert ProjectMember.objects.count() == 0


def test_each_member_reads_today_which_lead_decides_what(log_in_as, person, project):
    join(log_in_as("brand"), project, person("analyst"))
    page = log_in_as("analyst").get(reverse("today"))
    (membership,) = page.context["memberships"]
    assert (membership.functional, membership.member.project.lead) == (person("journey"), person("brand"))
    card = page.content.decode().split("Functional lead", 1)[1].split("</section>", 1)[0]
    said = [part.split("</dd>")[0] for part in card.split("<dd>")[1:]]
    both = "both leads together"
    assert said == [
        "Daniel Chen", "Kevin Chang", "Kevin Chang", both, both, "Daniel Chen", "Lin Ya-wen",
    ]  # fmt: skip


def test_a_project_is_seen_in_its_unit_by_its_people_and_by_nobody_else(log_in_as, person, project):
    join(log_in_as("admin"), project, person("tafeng"))
    path = reverse("org_project", args=[project.pk])
    seen = {
        name: log_in_as(name).get(path).status_code
        for name in ("analyst", "tafeng", "director", "admin", "west", "east")
    }
    assert seen == {"analyst": 200, "tafeng": 200, "director": 200, "admin": 200, "west": 404, "east": 404}


@pytest.mark.parametrize("more", [0, 2])
def test_a_project_takes_as_many_queries_for_one_member_as_for_three(
    log_in_as, person, project, django_assert_num_queries, more
):
    for name in ("analyst", "digital", "crm")[: 1 + more]:
        join(log_in_as("brand"), project, person(name))
    browser, path = log_in_as("brand"), reverse("org_project", args=[project.pk])
    browser.get(path)
    # the frame; the project; members and their leads; the organisation (six); whom and what one may
    with django_assert_num_queries(18):
        assert len(browser.get(path).context["now"]) == 1 + more

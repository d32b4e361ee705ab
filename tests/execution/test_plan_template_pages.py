"""Templates of plans through the pages: offered, taken, kept, removed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from remit.execution.models import PlanTemplate, Risk
from remit.execution.queries.tasks import tasks_of
from remit.org.queries.today import today
from remit.planning.models import Plan

from ..planning.planned import approved, department, plan_of


@pytest.fixture
def house(db, lake_folder):
    return department()


def post(client, name, /, *args, status=302, **data):
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def seen(client, name, /, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def proposal(house, **more):
    first = today() + timedelta(days=90)
    rows = {f"{name}-{which}": "0" for name in ("measures", "objectives") for which in ("INITIAL_FORMS",)}
    return {
        "title": "Summer live", "unit": house.units["shop"].pk, "code": "summer", "kind": "live",
        "owner": house["ana"].pk, "starts_on": first.isoformat(), "money": "1000",
        "ends_on": (first + timedelta(days=20)).isoformat(), "measures-TOTAL_FORMS": "0",
        "objectives-TOTAL_FORMS": "0", **rows, **more,
    }  # fmt: skip


def draft(house, **more):
    first = today() + timedelta(days=90)
    return plan_of(house, starts_on=first, ends_on=first + timedelta(days=20), **more)


def test_a_plan_is_made_from_the_template_that_was_chosen(house, browse):
    ana = browse("ana")
    said = seen(ana, "plans_new", template="live")
    assert '<option value="live" selected>' in said
    assert 'value="Average time watched (minutes)"' in said  # its measures are proposed, without targets
    assert "selected" in seen(ana, "plans_new", template="no-such")
    post(ana, "plans_new", **proposal(house, template="live"))
    plan = Plan.objects.get(code="summer")
    assert (tasks_of(plan).count(), Risk.objects.filter(plan=plan).count()) == (11, 3)
    assert tasks_of(plan).filter(title="First session").exists()
    post(ana, "plans_new", **proposal(house, code="bare", template=""))
    assert tasks_of(Plan.objects.get(code="bare")).count() == 0
    assert "valid choice" in post(ana, "plans_new", status=422, **proposal(house, code="x", template="own-9"))


def test_a_draft_without_tasks_takes_those_of_a_template_of_its_kind(house, browse):
    ana, plan = browse("ana"), draft(house)
    take = f'"{reverse("plans_take_template", args=[plan.pk])}"'
    assert take in seen(ana, "plans_plan", plan.pk)
    post(ana, "plans_take_template", plan.pk, status=422, template="live")  # it is a promotion
    post(browse("leo"), "plans_take_template", plan.pk, status=403, template="promotion")
    post(ana, "plans_take_template", plan.pk, template="promotion")
    assert tasks_of(plan).count() == 11
    assert take not in seen(ana, "plans_plan", plan.pk)
    post(ana, "plans_take_template", plan.pk, status=403, template="promotion")
    signed = approved(house, code="signed")
    assert f'"{reverse("plans_take_template", args=[signed.pk])}"' not in seen(ana, "plans_plan", signed.pk)


def test_kept_it_is_listed_offered_for_its_kind_and_removed(house, browse):
    ana, plan = browse("ana"), draft(house)
    assert "A plan without tasks" in post(ana, "plans_keep_template", plan.pk, status=422, name="Ours")
    post(ana, "plans_take_template", plan.pk, template="promotion")
    post(ana, "plans_keep_template", plan.pk, name="Ours")
    assert "Choose a different name" in post(ana, "plans_keep_template", plan.pk, status=422, name="Ours")
    row = PlanTemplate.objects.get()
    said = seen(ana, "plans_templates")
    assert "Ours" in said
    assert "32 working days before the start" in said
    other = draft(house, code="other")
    assert f'value="own-{row.pk}"' in seen(ana, "plans_plan", other.pk)
    brand = draft(house, code="brand", kind="brand", promotion_goal="")
    assert f'value="own-{row.pk}"' not in seen(ana, "plans_plan", brand.pk)
    post(ana, "plans_take_template", other.pk, template=f"own-{row.pk}")
    assert tasks_of(other).count() == 11
    post(browse("leo"), "plans_template_removal", row.pk, status=403)
    post(ana, "plans_template_removal", row.pk)
    assert not PlanTemplate.objects.exists()
    assert tasks_of(other).count() == 11

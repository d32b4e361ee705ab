"""Customers by name: lists of plans, their overlap before anybody is reached, and what is signed of them."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from remit.core.ref import Ref
from remit.customers.models import Customer
from remit.execution.actions.conflict import decide_conflict, find_conflicts
from remit.execution.models import Conflict
from remit.execution.queries import clashes
from remit.execution.queries.audiences import beside
from remit.governance.queries.rounds import approved_now
from remit.org.queries.companies import books_of_units
from remit.planning.actions.audience import AudienceUnclear, Named, drop_audience, name_audience
from remit.planning.actions.deviation import NothingDeviates, ask_deviation
from remit.planning.actions.plan import NotInPreparation, duplicate_plan
from remit.planning.models import AudienceList, Campaign, Plan
from remit.web.conflicts.words import named as worded
from remit.web.conflicts.words import title_of

from ..governance.conftest import AT
from ..learning.shop import append
from ..planning.planned import department, estimated, plan_of, submitted

ON = AT.date()


@pytest.fixture
def house(db):
    house = department()
    company = books_of_units()[house.units["shop"].pk]
    Customer.objects.bulk_create(
        Customer(
            unit_id=company, code=f"C{n:03}", age_group="25-34" if n <= 120 else "35-44", described=True,
            changed_at=AT,
        )
        for n in range(1, 301)
    )  # fmt: skip
    return house


def codes(first, last):
    return [f"C{n:03}" for n in range(first, last + 1)]


def name(house, plan, *, by="ana", **named):
    return name_audience(plan=plan, named=Named(**named), by=house[by], at=AT)


def test_two_plans_in_preparation_that_name_the_same_customers_are_a_conflict(house):
    one, other = plan_of(house), plan_of(house, code="member", title="會員週")
    name(house, one, codes=codes(1, 100))
    assert list(clashes.audiences(ON)) == []  # of the other nobody knows whom it reaches
    name(house, other, codes=codes(61, 260))
    (clash,) = clashes.audiences(ON)
    assert (clash.facts, clash.things) == (
        {"both": 40, "smaller": 100}, (f"plan:{one.pk}", f"plan:{other.pk}"),
    )  # fmt: skip
    find_conflicts(at=AT)
    row = Conflict.objects.get(kind="audience")
    worded([row])
    assert title_of(row) == "“春季清倉” and “會員週” reach the same 40 customers"
    drop_audience(plan=other, by=house["ana"], at=AT)
    assert list(clashes.audiences(ON)) == []


@pytest.mark.parametrize(("first", "found"), [(72, 0), (71, 1)])
def test_thirty_customers_and_a_tenth_are_a_conflict_and_one_less_is_not(house, first, found):
    name(house, plan_of(house), codes=codes(1, 100))
    name(house, plan_of(house, code="member"), codes=codes(first, 300))
    assert len(list(clashes.audiences(ON))) == found


def test_plans_of_other_days_share_nobody(house):
    one = plan_of(house)
    later = {"starts_on": one.ends_on + timedelta(days=1), "ends_on": one.ends_on + timedelta(days=9)}
    other = plan_of(house, code="later", **later)
    for plan in (one, other):
        name(house, plan, codes=codes(1, 100))
    assert list(clashes.audiences(ON)) == [] and beside(one) == []


def test_a_list_meets_whom_a_campaign_has_reached_and_is_drawn_from_it(house):
    company = books_of_units()[house.units["shop"].pk]
    past = Campaign.objects.create(
        unit_id=company, code="P", name="去年清倉", starts_on=date(2026, 1, 1), ends_on=date(2026, 4, 9),
        described=True, changed_at=AT,
    )  # fmt: skip
    ids = dict(Customer.objects.values_list("code", "pk"))
    contact = {"import_id": 1, "unit_id": company, "campaign_id": past.pk, "channel": "mail"}
    append(
        "exposures", [{**contact, "customer_id": ids[code], "exposed_on": ON} for code in codes(91, 200)]
    )  # fmt: skip
    plan = plan_of(house)
    name(house, plan, reached=past, age_groups=["25-34"])
    plan.refresh_from_db()
    assert plan.listed.size == 30 and plan.listed.basis == {"reached": past.pk, "age_groups": ["25-34"]}
    ((other, shared),) = beside(plan)
    assert (other.campaign, shared.both, shared.first, shared.second) == (past, 30, 30, 110)
    (clash,) = clashes.audiences(ON)
    assert clash.things == (f"campaign:{past.pk}", f"plan:{plan.pk}")


def test_what_was_decided_before_the_approval_is_not_found_again_after_it(house):
    one, other = plan_of(house), plan_of(house, code="member", title="會員週")
    for plan in (one, other):
        name(house, plan, codes=codes(1, 100))
    find_conflicts(at=AT)
    row = Conflict.objects.get(kind="audience")
    decide_conflict(conflict=row, decision="會員週延後", by=house["dora"], at=AT)
    approve(house, one)
    find_conflicts(at=AT)
    assert Conflict.objects.filter(kind="audience").count() == 1


def test_an_open_conflict_follows_its_plan_through_the_approval(house):
    one, other = plan_of(house), plan_of(house, code="member")
    for plan in (one, other):
        name(house, plan, codes=codes(1, 100))
    find_conflicts(at=AT)
    approve(house, other)
    find_conflicts(at=AT)
    (row,) = Conflict.objects.filter(kind="audience")
    other.refresh_from_db()
    assert row.state == "open" and row.things == [f"plan:{one.pk}", f"campaign:{other.campaign_id}"]


def approve(house, plan):
    plan.refresh_from_db()
    estimated(house, plan)
    request = submitted(house, plan)
    for who in ("leo", "dora", "fay"):
        house.signs(who, request)
    plan.refresh_from_db()
    return plan


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({}, "Say whom"), ({"codes": ["C001", "X1", "X2"]}, "2 codes are not .*X1, X2"),
        ({"codes": [" ", ""]}, "Nobody is named"), ({"codes": ["C001"], "age_groups": ["25-34"]}, "not both"),
        ({"age_groups": ["65+"]}, "No customer fits"),
    ],
)  # fmt: skip
def test_a_list_that_names_nobody_is_refused_and_says_why(house, named, said):
    plan = plan_of(house)
    with pytest.raises(AudienceUnclear, match=said):
        name(house, plan, **named)
    assert not AudienceList.objects.exists()


def test_another_list_revokes_what_was_signed_and_the_same_again_does_not(house):
    plan = plan_of(house)
    name(house, plan, codes=codes(1, 100))
    plan.refresh_from_db()
    estimated(house, plan)
    request = submitted(house, plan)
    house.signs("leo", request)
    name(house, plan, codes=[*codes(50, 100), *codes(1, 60)])
    request.refresh_from_db()
    assert request.state == "submitted" and AudienceList.objects.count() == 1
    name(house, plan, codes=codes(1, 101))
    request.refresh_from_db()
    assert request.state == "revoked"


def test_after_the_approval_customers_change_by_a_deviation_with_its_last_signature(house):
    plan = plan_of(house)
    name(house, plan, codes=codes(1, 100))
    plan = approve(house, plan)
    first = plan.listed_id
    with pytest.raises(NotInPreparation):
        name(house, plan, codes=codes(1, 200))
    asking = {"plan": plan, "reason": "加發名單", "by": house["ana"], "at": AT}
    with pytest.raises(NothingDeviates):
        ask_deviation(**asking, listed=Named(codes=codes(1, 100)))
    asked = ask_deviation(**asking, listed=Named(codes=codes(1, 200)))
    house.signs("dora", asked.request)
    assert Plan.objects.get(pk=plan.pk).listed_id == first
    house.signs("fay", asked.request)
    assert Plan.objects.get(pk=plan.pk).listed.size == 200
    assert approved_now("campaign", Ref("plan", plan.pk))
    Plan.objects.filter(pk=plan.pk).update(listed=None)  # past the rules
    assert not approved_now("campaign", Ref("plan", plan.pk))


def test_a_list_that_a_deviation_adds_leaves_the_first_approval_as_it_was(house):
    plan = approve(house, plan_of(house))
    asked = ask_deviation(
        plan=plan, reason="補名單", by=house["ana"], at=AT, listed=Named(codes=codes(1, 100))
    )
    for who in ("dora", "fay"):
        house.signs(who, asked.request)
    assert Plan.objects.get(pk=plan.pk).listed.size == 100
    assert approved_now("campaign", Ref("plan", plan.pk))


def test_a_copy_names_its_customers_anew(house):
    plan = plan_of(house)
    name(house, plan, codes=codes(1, 100))
    plan.refresh_from_db()
    made = duplicate_plan(plan=plan, code="again", starts_on=date(2026, 6, 1), by=house["ana"], at=AT)
    assert made.listed is None


def test_by_click_customers_are_named_and_whoever_shares_them_is_shown(house, browse):
    plan, other = plan_of(house), plan_of(house, code="member", title="會員週")
    name(house, other, codes=codes(1, 100))
    ana, page = browse("ana"), reverse("plans_audience", args=[plan.pk])
    assert "cannot be found" in ana.get(reverse("plans_plan", args=[plan.pk])).content.decode()
    before = ana.get(page).content.decode()
    assert "會員週" in before and "Nobody has named its customers yet" in before
    wrong = ana.post(page, {"codes": "C001\nnobody"})
    assert wrong.status_code == 422 and "nobody" in wrong.content.decode()
    file = SimpleUploadedFile("a.txt", "\n".join(codes(61, 200)).encode())
    assert ana.post(page, {"file": file}).status_code == 302
    after = ana.get(page).content.decode()
    assert "140 customers (by their codes; named by" in after and "40%" in after
    shown = ana.get(reverse("plans_plan", args=[plan.pk])).content.decode()
    assert "140 customers" in shown and "cannot be found" not in shown
    assert browse("fay").post(page, {"codes": "C001"}).status_code == 403
    ana.post(reverse("plans_audience_removal", args=[plan.pk]))
    assert Plan.objects.get(pk=plan.pk).listed is None

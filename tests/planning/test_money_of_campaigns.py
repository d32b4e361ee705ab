"""A campaign orders no more than the money it has approved, whatever its budget lines were granted."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from remit.governance.actions.signature import NoLongerPossible
from remit.governance.enums import RequestState
from remit.governance.models import Request
from remit.planning.actions.deviation import ask_deviation
from remit.planning.actions.ledger import OverBudget, invoice, order
from remit.planning.actions.plan import PlanUnclear

from ..governance.conftest import AT
from .planned import approved, department
from .test_money import budget_of, line_of, moves


@pytest.fixture
def house(db):
    return department()


def lowered(house, plan, money):
    """The campaign's money, lowered by a deviation that both directors signed."""
    row = ask_deviation(plan=plan, reason="縮小規模", by=house["ana"], at=AT, money=Decimal(money))
    for name in ("dora", "fay"):
        house.signs(name, row.request)


def test_a_campaign_orders_no_more_than_it_has_approved_whatever_its_lines_have(house):
    plan = approved(house)
    budget = budget_of(house)
    one = line_of(house, "150000", budget, plan=plan)
    other = line_of(house, "150000", budget, code="gifts", plan=plan)
    lowered(house, plan, 1000)
    ordered = moves(house, order, one, 600).entry
    with pytest.raises(OverBudget, match=r"1,000\.00 TWD approved, and this is 0\.01 more.*H4\.3\.3"):
        moves(house, order, other, "400.01")
    moves(house, invoice, one, 600, draws_on=ordered)
    moves(house, invoice, other, 400)
    with pytest.raises(OverBudget):
        moves(house, invoice, one, "0.01")
    moves(house, invoice, one, -100)  # a refund gives back
    moves(house, order, other, 100)


def test_a_campaign_orders_its_last_cent(house):
    plan = approved(house)
    budget = budget_of(house)
    one, other = (line_of(house, "1000", budget, code=code, plan=plan) for code in ("one", "other"))
    lowered(house, plan, "3.30")
    moves(house, order, one, "1.10")
    moves(house, order, other, "2.20")  # as floating numbers these are more than 3.30
    with pytest.raises(OverBudget, match=r"this is 0\.01 more"):
        moves(house, order, one, "0.01")


def test_a_campaign_cannot_get_less_than_it_has_used(house):
    plan = approved(house)
    line = line_of(house, "300000", plan=plan)
    moves(house, order, line, 1000)
    with pytest.raises(PlanUnclear, match=r"1,000\.00 TWD of the campaign's money are ordered"):
        lowered(house, plan, 999)
    row = ask_deviation(plan=plan, reason="縮小", by=house["ana"], at=AT, money=Decimal(1000))
    house.signs("dora", row.request)
    moves(house, order, line, 1)  # between the signatures, while 300,000 are still approved
    with pytest.raises(NoLongerPossible, match=r"1,001\.00 TWD"), transaction.atomic():
        house.signs("fay", row.request)
    plan.refresh_from_db()
    assert (plan.money, state_of(row)) == (Decimal(300000), RequestState.SUBMITTED)


def state_of(row):
    return Request.objects.get(pk=row.request_id).state


@pytest.mark.parametrize(("control", "warns"), [("warn", True), ("ignore", False)])
def test_a_budget_that_lets_pass_lets_pass_beyond_the_campaign_too(house, control, warns):
    plan = approved(house)
    line = line_of(house, "300000", budget_of(house, on_order=control), plan=plan)
    lowered(house, plan, 1000)
    assert bool(moves(house, order, line, 1001).warning) == warns


def test_the_page_says_why_the_last_signature_cannot_be_given(house, browse):
    plan = approved(house)
    line = line_of(house, "300000", plan=plan)
    row = ask_deviation(plan=plan, reason="縮小", by=house["ana"], at=AT, money=Decimal(1000))
    house.signs("dora", row.request)
    moves(house, order, line, 1001)
    said = {"decision": "approve", "shown": row.content_id, "reason": ""}
    answer = browse("fay").post(reverse("approvals_signature", args=[row.request_id]), said)
    assert answer.status_code == 422
    assert "cannot get less than that" in answer.content.decode()
    assert state_of(row) == RequestState.SUBMITTED

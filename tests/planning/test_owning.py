"""Nobody signs what is their own, whoever submitted it."""

from decimal import Decimal

import pytest

from remit.governance.actions.request import submit
from remit.governance.actions.signature import NotYours
from remit.governance.enums import RequestState
from remit.governance.models import Request
from remit.planning.actions.deviation import ask_deviation
from remit.planning.actions.plan import change_plan
from remit.planning.actions.release import ask_release
from remit.planning.models import BudgetLine

from ..governance.conftest import AT
from .planned import approved, department, estimated, plan_of, submitted
from .test_money import line_of


@pytest.fixture
def house(db):
    return department()


def state(request):
    return Request.objects.get(pk=request.pk).state


def test_who_owns_a_campaign_does_not_sign_it_and_who_stands_above_does(house):
    plan = plan_of(house, owner=house["dora"])
    estimated(house, plan)
    request = submitted(house, plan)  # by ana
    house.signs("leo", request)
    with pytest.raises(NotYours):
        house.signs("dora", request)
    for name in ("chief", "fay"):
        house.signs(name, request)
    assert state(request) == RequestState.APPROVED


def test_who_owns_a_campaign_does_not_sign_a_deviation_that_somebody_else_asks_for(house):
    plan = approved(house)
    type(plan).objects.filter(pk=plan.pk).update(owner=house["dora"])
    row = ask_deviation(plan=plan, reason="檔期延後", by=house["ana"], at=AT, money=Decimal(350000))
    with pytest.raises(NotYours):
        house.signs("dora", row.request)
    for name in ("chief", "fay"):
        house.signs(name, row.request)
    assert state(row.request) == RequestState.APPROVED


def test_who_owns_a_line_does_not_sign_a_release_of_its_reserve(house):
    line = line_of(house)
    BudgetLine.objects.filter(pk=line.pk).update(owner=house["dora"])
    row = ask_release(line=line, amount=Decimal(100), reason="ROI 2.1", by=house["ana"], at=AT)
    with pytest.raises(NotYours):
        house.signs("dora", row.request)
    house.signs("chief", row.request)
    line.refresh_from_db()
    assert (state(row.request), line.released) == (RequestState.APPROVED, Decimal(800))


def test_who_edited_a_campaign_does_not_sign_it(house):
    plan = plan_of(house)
    estimated(house, plan)
    change_plan(plan=plan, by=house["dora"], at=AT, title=plan.title)  # says the same: no edit
    request = submitted(house, plan)
    house.signs("leo", request)
    change_plan(plan=plan, by=house["dora"], at=AT, audience="所有人")
    submit(request=request, by=house["ana"], at=AT)
    house.signs("leo", request)
    with pytest.raises(NotYours):
        house.signs("dora", request)
    house.signs("chief", request)  # who stands above signs

"""What the tasks of a template cost, as parts of a campaign's money."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from remit.core.text import Text
from remit.execution.actions.template import take_template
from remit.execution.plan_templates import TemplateTask, costs, share_of
from remit.execution.queries.tasks import tasks_of
from remit.execution.queries.templates import shipped_templates

from ..governance.conftest import AT
from ..planning.planned import department, plan_of


def costing(*shares):
    return [
        TemplateTask(f"t{n}", Text("甲", "甲", "a"), "start", 0, 1, share=share)
        for n, share in enumerate(shares)
    ]


@given(
    amounts=st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=8),
    left=st.decimals(0, 1000, places=2),
    other=st.decimals(0, 10**6, places=2),
)
def test_shares_of_the_money_are_exact_and_never_cost_more_than_there_is(amounts, left, other):
    whole = sum(amounts, left)
    tasks = costing(*(share_of(money, whole) for money in amounts))
    assert costs(tasks, whole) == (amounts if whole else [Decimal(0)] * len(amounts))
    assert 0 <= sum(costs(tasks, other)) <= other


@pytest.mark.django_db
def test_a_template_that_is_taken_gives_its_tasks_their_part_of_the_money():
    house = department()
    plan = plan_of(house, "dora", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30))
    with translation.override("en"):
        take_template(plan=plan, template=shipped_templates()["promotion"], by=house["dora"], at=AT)
    costing_most = tasks_of(plan).get(title="Set up and test coupons and tills")
    assert (plan.money, costing_most.money) == (Decimal(300000), Decimal(120000))
    assert sum(tasks_of(plan).values_list("money", flat=True)) == Decimal(225000)  # 15, 40 and 20 %


@pytest.mark.parametrize("kind", sorted(shipped_templates()))
def test_each_shipped_template_says_what_costs_and_leaves_some_over(kind):
    assert 0 < sum(one.share for one in shipped_templates()[kind].tasks) < 100

"""A hundred orders at once on one line, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from remit.planning.actions.ledger import Movement, OverBudget, order
from remit.planning.models import BudgetLine

from ..governance.conftest import AT
from .planned import department
from .test_money import ON, line_of


@pytest.mark.django_db(transaction=True)
def test_a_hundred_orders_at_once_never_overspend():
    house = department()
    line = line_of(house, "1000")  # 700 released: 46 orders of 15 fit

    def one(number: int) -> bool:
        try:
            order(
                line=line, by=house["ana"], at=AT,
                movement=Movement(Decimal(15), ON, reference=f"PO-{number}"),
            )  # fmt: skip
        except OverBudget:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as pool:
        taken = sum(pool.map(one, range(100)))
    kept = BudgetLine.objects.get(pk=line.pk)
    assert (taken, kept.committed, kept.entries.count()) == (46, Decimal(690), 46)

"""Whatever is asked for, ordered, invoiced, taken back and released: the sums are those of the ledger."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remit.audit.queries import verify
from remit.planning.actions.ledger import (
    EnteredBefore,
    EntryUnclear,
    Movement,
    OverBudget,
    ask_for_money,
    invoice,
    open_of,
    order,
    take_back,
)
from remit.planning.enums import Control
from remit.planning.models import Budget, BudgetEntry, BudgetLine
from remit.planning.queries.budgets import money_sum

from ..governance.conftest import AT
from .planned import department
from .test_money import ON, budget_of, line_of

WHATS = {"request": ask_for_money, "order": order, "invoice": invoice}
amounts = st.decimals("-50", "900", places=2)
acts = st.lists(
    st.tuples(st.sampled_from([*WHATS, "back"]), amounts, st.integers(0, 9), st.sampled_from(["", "A", "B"])),
    max_size=14,
)
controls = st.sampled_from(Control.values)


@pytest.fixture
def house(db):
    return department()


def done(house: Any, line: BudgetLine, act: tuple[str, Decimal, int, str]) -> None:
    what, amount, place, reference = act
    entries = list(line.entries.order_by("pk"))
    of = entries[place] if place < len(entries) else None
    try:
        if what == "back":
            if of is not None:
                take_back(entry=of, by=house["ana"], at=AT)
            return
        movement = Movement(amount, ON, reference=reference, draws_on=of)
        WHATS[what](line=line, movement=movement, by=house["ana"], at=AT)
    except (OverBudget, EntryUnclear, EnteredBefore):
        pass


@given(acts=acts, on_order=controls, on_invoice=controls)
@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_sums_follow_from_the_ledger_and_what_is_stopped_is_never_overspent(
    house, acts, on_order, on_invoice
):
    budget = budget_of(
        house, title=f"第 {Budget.objects.count()} 份", on_order=on_order, on_invoice=on_invoice
    )
    line = line_of(house, "1000", budget)
    for act in acts:
        done(house, line, act)
        line.refresh_from_db()
        kept = dict(line.entries.values_list("stage").annotate(sum=money_sum("amount")))
        sums = tuple(kept.get(stage, Decimal(0)) for stage in WHATS)
        assert (line.forecast, line.committed, line.spent) == sums
        used = line.committed + max(Decimal(0), line.spent)  # a refund beyond what was spent is no room
        assert line.overrun == max(Decimal(0), used - line.released)
        if (on_order, on_invoice) == (Control.STOP, Control.STOP):
            assert used <= line.released
        taken = BudgetEntry.objects.filter(line=line, amount__gt=0).exclude(stage="invoice")
        assert all(open_of(entry) >= 0 for entry in taken)
    assert verify().broken is None

"""Budgets: built from zero, core and reserve, forecast, committed, spent — and never more than there is."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from remit.governance.enums import RequestState
from remit.lake.queries import the_lake
from remit.org.models import Rate
from remit.planning.actions.actuals import ActualsRefused, Taken, take_actuals
from remit.planning.actions.approval import NotApproved
from remit.planning.actions.budget import (
    BudgetUnclear,
    GrantsTooMuch,
    LineCodeTaken,
    add_budget,
    add_line,
    change_total,
    remove_line,
)
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
from remit.planning.actions.plan import cancel_plan
from remit.planning.actions.release import ReleaseUnclear, ask_release, drop_release
from remit.planning.actions.spend import publish_spend
from remit.planning.actuals import Fault, read_actuals
from remit.planning.enums import Stage
from remit.planning.models import BudgetEntry, BudgetLine, Release
from remit.planning.money_rules import can_keep_budget, can_spend, lines_visible_to
from remit.planning.queries.budgets import open_entries, used_by

from ..governance.conftest import AT
from ..lake.rows import table_rows
from .planned import approved, department, plan_of

ON = date(2026, 4, 2)
WORDS = {"need": "短視頻投放", "evidence": "去年同檔 ROI 1.4", "alternative": "改做門店陳列，觸及少一半"}


@pytest.fixture
def house(db):
    return department()


def budget_of(house, total="1000000", title="二〇二六年行銷預算", **more):
    return add_budget(
        unit=house.units["shop"], title=title, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
        total=Decimal(total), by=house["dora"], at=AT, **more,
    )  # fmt: skip


def line_of(house, granted="1000", budget=None, code="video", **more):
    return add_line(
        budget=budget or budget_of(house), code=code, title="短視頻", owner=house["ana"],
        granted=Decimal(granted), words=WORDS, by=house["dora"], at=AT, **more,
    )  # fmt: skip


def moves(house, what, line, amount, **more):
    movement = Movement(Decimal(amount), more.pop("on", ON), **more)
    return what(line=line, movement=movement, by=house["ana"], at=AT)


def sums(line):
    line.refresh_from_db()
    return tuple(map(int, (line.released, line.forecast, line.committed, line.spent, line.overrun)))


def test_seventy_of_a_hundred_are_released_and_the_rest_is_reserve(house):
    line = line_of(house, "2000000", budget_of(house, "2000000"))
    assert (line.released, line.reserve) == (Decimal(1400000), Decimal(600000))
    assert line_of(house, "0.05", budget_of(house, "1", "零用")).released == Decimal("0.04")  # 3.5 cents, up


def test_money_goes_from_forecast_over_committed_to_spent(house):
    line = line_of(house)
    asked = moves(house, ask_for_money, line, 500).entry
    assert sums(line) == (700, 500, 0, 0, 0)
    ordered = moves(house, order, line, 300, draws_on=asked).entry
    assert sums(line) == (700, 200, 300, 0, 0)
    moves(house, invoice, line, 320, draws_on=ordered, reference="INV-1")
    assert sums(line) == (700, 200, 0, 320, 0)
    take_back(entry=asked, by=house["ana"], at=AT)
    moves(house, invoice, line, -20)
    assert sums(line) == (700, 0, 0, 300, 0)
    assert open_of(asked) == 0
    with pytest.raises(EntryUnclear, match="Nothing of it is open"):
        take_back(entry=ordered, by=house["ana"], at=AT)


def test_the_last_cent_is_spent_whatever_the_database_reckons_with(house):
    line = line_of(house, "4.71")
    assert line.released == Decimal("3.30")  # and 1.10 + 2.20 is more than 3.30 in floating numbers
    ordered = moves(house, order, line, "1.10").entry
    moves(house, invoice, line, "2.20")
    for part in ("0.10", "0.20", "0.80"):
        moves(house, invoice, line, part, draws_on=ordered)
    line.refresh_from_db()
    assert (line.committed, line.spent, line.overrun) == (0, Decimal("3.30"), 0)
    assert open_of(ordered) == 0 and ordered not in open_entries(line)


def test_an_order_beyond_what_is_released_is_stopped_with_what_is_left(house):
    line = line_of(house)
    moves(house, order, line, 700)
    with pytest.raises(OverBudget, match=r"700.00 TWD released, and this is 1.00 more.*H4\.2\.2"):
        moves(house, order, line, 1)
    assert sums(line) == (700, 0, 700, 0, 0)


def test_a_request_only_warns_unless_the_budget_stops_it(house):
    line = line_of(house)
    assert moves(house, ask_for_money, line, 700).warning == ""
    assert "is 100.00 more" in moves(house, ask_for_money, line, 100).warning
    strict = line_of(house, budget=budget_of(house, title="嚴格", on_request="stop"))
    with pytest.raises(OverBudget):
        moves(house, ask_for_money, strict, 701)


@pytest.mark.parametrize(("control", "warns"), [("warn", True), ("ignore", False)])
def test_what_a_budget_lets_pass_is_kept_as_overrun(house, control, warns):
    line = line_of(house, budget=budget_of(house, on_order=control, on_invoice=control))
    entered = moves(house, order, line, 900)
    assert (bool(entered.warning), entered.entry.was_over) == (warns, warns)
    assert sums(line) == (700, 0, 900, 0, 200)


def test_an_invoice_within_its_order_is_never_stopped(house):
    line = line_of(house, budget=budget_of(house, on_order="ignore", on_invoice="stop"))
    ordered = moves(house, order, line, 900).entry
    moves(house, invoice, line, 900, draws_on=ordered)
    assert sums(line) == (700, 0, 0, 900, 200)
    with pytest.raises(OverBudget):
        moves(house, invoice, line, 1)


def test_the_database_itself_refuses_an_overspent_line(house):
    line = line_of(house)
    wrong = [
        {"committed": Decimal(701)}, {"committed": Decimal(701), "overrun": Decimal(1)},
        {"released": Decimal(1001)}, {"forecast": Decimal(-1)}, {"need": ""},
    ]  # fmt: skip
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetLine.objects.filter(pk=line.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(line.budget).objects.filter(pk=line.budget_id).update(allotted=Decimal(1000001))


def test_lines_are_built_from_zero_and_add_up_to_the_budget_at_most(house):
    budget = budget_of(house, "1000")
    with pytest.raises(BudgetUnclear, match="evidence of the need"):
        add_line(
            budget=budget, code="x", title="x", owner=house["ana"], granted=Decimal(1),
            words=WORDS | {"evidence": " "}, by=house["dora"], at=AT,
        )  # fmt: skip
    line = line_of(house, "800", budget)
    with pytest.raises(LineCodeTaken):
        line_of(house, "1", budget)
    with pytest.raises(GrantsTooMuch, match=r"200\.00 TWD are left"):
        line_of(house, "201", budget, code="gifts")
    with pytest.raises(GrantsTooMuch):
        change_total(budget=budget, total=Decimal(799), by=house["dora"], at=AT)
    remove_line(line=line, by=house["dora"], at=AT)
    assert change_total(budget=budget, total=Decimal(1), by=house["dora"], at=AT).allotted == 0


def test_a_campaigns_lines_add_up_to_its_money_and_it_spends_only_when_approved(house):
    plan = plan_of(house)
    line = line_of(house, "300000", plan=plan)
    with pytest.raises(GrantsTooMuch, match="stand in lines already"):
        line_of(house, "1", line.budget, code="more", plan=plan)
    moves(house, ask_for_money, line, 1000)
    for what in (order, invoice):
        with pytest.raises(NotApproved, match=r"campaign “春季清倉” before its approval \(H5\.1\.1\)"):
            moves(house, what, line, 1000)
    assert sums(line) == (210000, 1000, 0, 0, 0)


def test_an_approved_campaign_orders_and_a_cancelled_one_no_more(house):
    plan = approved(house)
    line = line_of(house, "300000", plan=plan)
    moves(house, order, line, 1000)
    type(plan).objects.filter(pk=plan.pk).update(
        money=Decimal(299999)
    )  # past the rules: no longer what was signed
    with pytest.raises(NotApproved):
        moves(house, order, line, 1000)
    type(plan).objects.filter(pk=plan.pk).update(money=plan.money)
    cancel_plan(plan=plan, reason="天候", by=house["ana"], at=AT)
    with pytest.raises(NotApproved):
        moves(house, order, line, 1000)
    assert sums(line)[2] == 1000


def test_what_does_not_fit_is_refused_and_nothing_is_kept(house):
    line = line_of(house)
    other = line_of(house, budget=line.budget, code="other")
    asked = moves(house, ask_for_money, other, 10).entry
    moves(house, order, line, 10, reference="PO-1")
    for more, error in (
        ({"draws_on": asked}, "of its line"), ({"on": date(2027, 1, 1)}, "outside"),
        ({"currency": "USD"}, "No rate from USD to TWD"),
    ):  # fmt: skip
        with pytest.raises(EntryUnclear, match=error):
            moves(house, order, line, 5, **more)
    with pytest.raises(EnteredBefore):
        moves(house, order, line, 5, reference="PO-1")
    with pytest.raises(EntryUnclear, match="above nothing"):
        moves(house, order, line, -5)
    assert (sums(line)[2], BudgetEntry.objects.filter(line=line).count()) == (10, 1)


def test_an_invoice_in_another_currency_is_kept_at_the_rate_of_its_day(house):
    line = line_of(house)
    Rate.objects.create(
        unit=house.units["shop"], base="USD", quote="TWD", day=date(2026, 4, 1), rate=Decimal("32.105"),
        source="央行", changed_at=AT,
    )  # fmt: skip
    entry = moves(house, invoice, line, 10, currency="USD").entry
    assert (entry.amount, entry.stated, entry.currency) == (Decimal("321.05"), Decimal(10), "USD")


def test_the_reserve_moves_with_the_last_signature(house):
    line = line_of(house)
    request = ask_release(
        line=line, amount=Decimal(200), reason="七日 ROI 1.8", by=house["ana"], at=AT
    ).request
    with pytest.raises(ReleaseUnclear, match="being asked for"):
        ask_release(line=line, amount=Decimal(10), reason="再要", by=house["ana"], at=AT)
    house.signs("dora", request)
    assert sums(line)[0] == 700  # more than half of the reserve: the finance director signs too
    house.signs("fay", request)
    assert (sums(line)[0], Release.objects.get().state) == (900, "applied")
    with pytest.raises(ReleaseUnclear, match=r"holds 100\.00 TWD"):
        ask_release(line=line, amount=Decimal(101), reason="再要", by=house["ana"], at=AT)


def test_a_dropped_or_refused_release_moves_nothing(house):
    line = line_of(house)
    ask_release(line=line, amount=Decimal(10), reason="好", by=house["ana"], at=AT)
    drop_release(release=Release.objects.get(), by=house["ana"], at=AT)
    round_ = ask_release(line=line, amount=Decimal(10), reason="好", by=house["ana"], at=AT)
    house.signs("dora", round_.request, "refuse")
    round_.request.refresh_from_db()
    assert round_.request.state == RequestState.REFUSED
    assert (sums(line)[0], set(Release.objects.values_list("state", flat=True))) == (700, {"dropped"})


def test_who_keeps_spends_and_sees(house):
    line = line_of(house)
    assert [bool(can_keep_budget(house[name], line.budget.unit)) for name in ("dora", "ana", "ben")] == [
        True, False, False,
    ]  # fmt: skip
    assert [bool(can_spend(house[name], line)) for name in ("dora", "ana", "ben")] == [True, True, False]
    assert not lines_visible_to(house["ben"]).exists()


ACTUALS = """預算列,日期,金額,憑證號,備註
video,2026-04-01,"1,200.50",V-1,四月
video,2026/04/02,300,V-2,
"""


def test_a_refund_of_more_than_was_spent_makes_no_room(house):
    line = line_of(house)
    moves(house, invoice, line, -1000)  # of an invoice of last year
    assert sums(line) == (700, 0, 0, -1000, 0) and line.free == 700
    with pytest.raises(OverBudget):
        moves(house, order, line, "700.01")
    moves(house, order, line, 700)
    with pytest.raises(OverBudget):
        moves(house, invoice, line, 1001)
    assert sums(line) == (700, 0, 700, -1000, 0)


def test_what_a_line_got_back_is_no_room_for_its_campaign(house):
    plan = approved(house)
    budget = budget_of(house)
    one, other = (line_of(house, "150000", budget, code=code, plan=plan) for code in ("one", "other"))
    moves(house, invoice, one, -50000)
    moves(house, order, other, 100000)
    assert used_by(plan) == 100000


def test_a_credit_note_is_taken_once_and_may_name_its_invoice(house):
    line = line_of(house, "5000")
    rows, faults = read_actuals(
        "line,day,amount,reference\nvideo,2026-04-01,900,A-1\nvideo,2026-04-02,-200,A-1\n"
        "video,2026-04-02,-50,CN-7\n"
    )
    assert faults == []
    own = {"budget": line.budget, "rows": rows, "by": house["ana"], "at": AT}
    assert take_actuals(**own) == Taken(3, 0, ())
    assert take_actuals(**own) == Taken(0, 3, ())
    assert sums(line)[3] == 650
    with pytest.raises(IntegrityError, match="reference"), transaction.atomic():
        line.entries.create(
            stage="invoice", amount=Decimal(-1), reference="CN-7", on=ON, by=house["ana"], at=AT
        )


def test_a_closed_campaign_orders_nothing_and_what_it_ordered_is_invoiced(house):
    plan = approved(house)
    line = line_of(house, "300000", plan=plan)
    ordered = moves(house, order, line, 1000, reference="PO-1").entry
    type(plan).objects.filter(pk=plan.pk).update(
        stage=Stage.CLOSED, launched_by=house["ana"], launched_at=AT, ended_at=AT
    )
    with pytest.raises(NotApproved, match="closed"):
        moves(house, order, line, 1)
    moves(house, invoice, line, 990, draws_on=ordered)
    assert sums(line) == (210000, 0, 10, 990, 0)


def test_actuals_are_taken_once_and_draw_on_the_order_of_their_reference(house):
    line = line_of(house, "5000")
    moves(house, order, line, 300, reference="V-2")
    rows, faults = read_actuals(ACTUALS)
    assert faults == []
    own = {"budget": line.budget, "rows": rows, "by": house["ana"], "at": AT}
    assert take_actuals(**own) == Taken(2, 0, ())
    assert take_actuals(**own) == Taken(0, 2, ())
    line.refresh_from_db()
    assert (line.committed, line.spent) == (0, Decimal("1500.50"))


def test_of_actuals_that_do_not_fit_nothing_is_entered_and_every_row_is_named(house):
    line = line_of(house)
    rows, _faults = read_actuals(
        "line,day,amount,reference\nvideo,2026-04-01,600,A\nnone,2026-04-01,1,B\nvideo,2026-04-01,200,C\n"
    )
    with pytest.raises(ActualsRefused) as refused:
        take_actuals(budget=line.budget, rows=rows, by=house["ana"], at=AT)
    assert [sentence[:6] for sentence in refused.value.sentences] == ["Row 3:", "Row 4:"]
    assert sums(line) == (700, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault(1, "empty")), ("line,day\nx,y", Fault(1, "columns", "amount, reference")),
        ("line,day,amount,reference\nx,31/12/2026,1,A", Fault(2, "day", "31/12/2026")),
        ("line,day,amount,reference\nx,2026-01-01,viel,A", Fault(2, "amount", "viel")),
        ("line\tday\tamount\treference\nx\t2026-01-01\t\tA", Fault(2, "missing", "amount")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(text, fault):
    assert read_actuals(text)[1] == [fault]


def test_invoices_become_spend_in_the_lake_each_once(house, settings, tmp_path):
    settings.LAKE_URL = str(tmp_path / "lake")
    plan = approved(house)
    line = line_of(house, "300000", plan=plan, channel="video")
    for amount in (1000, -200):
        moves(house, invoice, line, amount)
    moves(house, order, line, 50)
    assert [publish_spend(at=AT) for _twice in range(2)] == [2, 0]
    moves(house, invoice, line, 5)
    assert publish_spend(at=AT) == 1
    BudgetEntry.objects.update(published=False)  # stopped after the lake had them
    publish_spend(at=AT)
    rows = table_rows(the_lake(), "spend", "unit_id, campaign_id, channel, spent_on, amount, currency")
    shop, campaign = house.units["shop"].pk, plan.campaign_id
    assert sorted(rows, key=lambda row: row[4]) == [
        (shop, campaign, "video", ON, Decimal(amount), "TWD") for amount in (-200, 5, 1000)
    ]

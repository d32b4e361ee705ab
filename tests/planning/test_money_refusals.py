"""What budgets, releases, invoices and the register of creators refuse, each with its sentence."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from remit.audit.models import Event
from remit.planning.actions.budget import (
    BudgetTitleTaken,
    BudgetUnclear,
    add_budget,
    change_total,
    remove_line,
)
from remit.planning.actions.creator import (
    CreatorUnclear,
    change_creator,
    end_work,
    resume_work,
    withdraw_contract,
)
from remit.planning.actions.ledger import ask_for_money, invoice
from remit.planning.actions.release import ReleaseUnclear, ask_release, drop_release
from remit.planning.models import Budget, BudgetEntry, BudgetLine
from remit.planning.money_rules import can_ask_release, can_drop_release, can_take_back

from ..governance.conftest import AT
from .planned import approved, department
from .test_creators import ON, contract, creator
from .test_money import budget_of, line_of, moves

DAYS = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


@pytest.fixture
def house(db, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return department()


def ana(house):
    return {"by": house["ana"], "at": AT}


# -- budgets and lines ----------------------------------------------------------------------------


def test_a_budget_has_days_money_and_a_title_of_its_own(house):
    with pytest.raises(BudgetUnclear, match="ends before it starts"):
        add_budget(
            unit=house.units["shop"], title="去年", starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1),
            total=Decimal(1), **ana(house),
        )  # fmt: skip
    with pytest.raises(BudgetUnclear, match="more than nothing"):
        budget_of(house, total="0")
    budget_of(house)
    with pytest.raises(BudgetTitleTaken, match="a budget of this title for these days"):
        budget_of(house)
    assert Budget.objects.count() == 1


def test_a_unit_without_books_has_no_budget(house):
    with pytest.raises(BudgetUnclear, match="keeps no books"):
        add_budget(unit=house.units["group"], title="集團", total=Decimal(1), **DAYS, **ana(house))


def test_the_same_total_again_is_not_recorded(house):
    budget = budget_of(house)
    kept = Event.objects.filter(name="planning.budget.changed")
    change_total(budget=budget, total=budget.total, **ana(house))
    assert not kept.exists()
    change_total(budget=budget, total=Decimal(900000), **ana(house))
    assert kept.get().fields["total"] == "900000.00"


def test_a_line_has_money_and_stays_once_money_has_moved_on_it(house):
    with pytest.raises(BudgetUnclear, match="A line has money"):
        line_of(house, granted="0")
    line = line_of(house, budget=Budget.objects.get())
    moves(house, ask_for_money, line, 100)
    with pytest.raises(BudgetUnclear, match="Money has moved on this line"):
        remove_line(line=line, **ana(house))
    assert BudgetLine.objects.get() == line


def test_a_campaign_is_paid_from_a_budget_of_its_currency(house):
    plan = approved(house)
    plan.currency = "USD"
    plan.save()
    with pytest.raises(BudgetUnclear, match="counts in USD and the budget in TWD"):
        line_of(house, plan=plan)


def test_only_what_is_open_of_a_request_or_an_order_is_given_back(house):
    line = line_of(house)
    paid = moves(house, invoice, line, 100, reference="INV-1").entry
    assert "is given back" in can_take_back(house["ana"], paid).reason
    asked = moves(house, ask_for_money, line, 100).entry
    assert can_take_back(house["ana"], asked)


# -- releases -------------------------------------------------------------------------------------


def test_a_release_has_a_reason_and_is_dropped_once_by_who_asked(house):
    line = line_of(house)
    with pytest.raises(ReleaseUnclear, match="A release needs a reason"):
        ask_release(line=line, amount=Decimal(100), reason=" ", **ana(house))
    ask_release(line=line, amount=Decimal(100), reason="點擊率 3%", **ana(house))
    release = line.releases.get()
    assert can_drop_release(house["dora"], release).reason == "Who asked for a release drops it."
    drop_release(release=release, **ana(house))
    release.refresh_from_db()
    assert can_drop_release(house["ana"], release).reason == "This release was decided already."
    with pytest.raises(ReleaseUnclear, match="decided already"):
        drop_release(release=release, **ana(house))


def test_a_reserve_that_is_used_up_is_not_asked_for(house):
    line = line_of(house)
    line.released = line.granted
    assert can_ask_release(house["ana"], line).reason == "The reserve of this line is used up."


# -- invoices as finance exports them -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("line,day,amount,reference", "There are no rows"),
        ("line,day,amount\nvideo,2026-01-31,5", "The first line lacks: reference."),
        ("line,day,amount,reference\nvideo,,5,A1", "Row 2 lacks: day."),
        ("line,day,amount,reference\nvideo,soon,5,A1", "Row 2: “soon” is no day. Write it as 2026-01-31."),
        ("line,day,amount,reference\nvideo,2026-01-31,much,A1", "Row 2: “much” is no amount."),
        ("line,day,amount,reference\n" + "video,2026-01-31,1,A\n" * 5001, "More than 5000 rows"),
        ("line,day,amount,reference\nother,2026-01-31,5,A1", "other"),
    ],
    ids=["empty", "columns", "missing", "day", "amount", "many", "line"],
)
def test_invoices_that_cannot_be_entered_are_refused_whole_with_the_reason(house, browse, text, sentence):
    line = line_of(house)
    answer = browse("dora").post(reverse("budgets_actuals", args=[line.budget_id]), {"text": text})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not BudgetEntry.objects.exists()


def test_invoices_are_entered_once_and_what_goes_beyond_is_said(house, browse):
    line_of(house, budget=budget_of(house, on_invoice="warn"))
    text = "line,day,amount,reference\nvideo,2026-01-31,600,A1\nvideo,2026-02-01,600,A2"
    client, budget = browse("dora"), Budget.objects.get().pk
    door, page = reverse("budgets_actuals", args=[budget]), reverse("budgets_budget", args=[budget])
    assert 'name="text"' in client.get(door).content.decode()
    client.post(door, {"text": text})
    said = client.get(page).content.decode()
    assert "2 invoices entered; 0 were there already." in said
    assert "700.00 TWD released" in said
    client.post(door, {"text": text})
    assert "0 invoices entered; 2 were there already." in client.get(page).content.decode()
    assert BudgetEntry.objects.count() == 2


# -- creators -------------------------------------------------------------------------------------


def test_an_entry_that_was_not_changed_is_not_recorded_as_changed(house):
    row = creator(house)
    change_creator(creator=row, name=row.name, **ana(house))
    kept = Event.objects.filter(name="planning.creator.changed")
    assert not kept.exists()
    with pytest.raises(TypeError, match="no changeable field ended_at"):
        change_creator(creator=row, ended_at=AT, **ana(house))


def test_ending_work_and_withdrawing_a_contract_take_a_reason(house):
    row = creator(house)
    with pytest.raises(CreatorUnclear, match="We work with 小美 as it is"):
        resume_work(creator=row, **ana(house))
    with pytest.raises(CreatorUnclear, match="Say why we work with them no longer"):
        end_work(creator=row, reason=" ", **ana(house))
    paper = contract(house, row, ON, ON)
    with pytest.raises(CreatorUnclear, match="Say why the contract counts no more"):
        withdraw_contract(contract=paper, reason=" ", **ana(house))
    row.refresh_from_db()
    assert row.ended_at is None


def test_creators_are_registered_with_a_company(house):
    with pytest.raises(CreatorUnclear, match="below no company that keeps books"):
        contract(house, creator(house, unit="group"), ON, ON)

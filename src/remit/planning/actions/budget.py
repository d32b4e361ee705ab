"""Budgets and their lines, built from zero: each says its need, the evidence, and what else could be done."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from remit.audit.actions import record
from remit.core.text import in_a_row
from remit.org.models import Person, Unit
from remit.org.queries.companies import books_of_units

from .. import events
from ..enums import Control, Stage
from ..models import Budget, BudgetLine, Plan
from ..spending import CENT, core_of

WORDS = {
    "need": _lazy("need"),
    "evidence": _lazy("evidence of the need"),
    "alternative": _lazy("alternative"),
}


class BudgetUnclear(ValueError):
    """The budget or the line contradicts itself; the sentence says where."""


class BudgetTitleTaken(ValueError):
    """The unit has a budget of this title for the period."""


class LineCodeTaken(ValueError):
    """The budget has a line of this code."""


class GrantsTooMuch(ValueError):
    """The lines together would get more than there is; the sentence says how much is left."""


@transaction.atomic
def add_budget(
    *, unit: Unit, title: str, starts_on: date, ends_on: date, total: Decimal, by: Person, at: datetime,
    on_request: str = Control.WARN, on_order: str = Control.STOP, on_invoice: str = Control.STOP,
) -> Budget:  # fmt: skip
    """Give a unit money for a period. Raise BudgetUnclear, BudgetTitleTaken."""
    if ends_on < starts_on:
        raise BudgetUnclear(_("The budget ends before it starts."))
    if total <= 0:
        raise BudgetUnclear(_("A budget has money: write more than nothing."))
    books = Unit.objects.get(pk=books_of_units()[unit.pk])
    if not books.currency:
        raise BudgetUnclear(_("The unit keeps no books: state the currency of its company first."))
    if Budget.objects.filter(unit=unit, title=title.strip(), starts_on=starts_on).exists():
        raise BudgetTitleTaken(_("The unit has a budget of this title for these days. Choose another."))
    budget = Budget.objects.create(
        unit=unit, title=title.strip(), starts_on=starts_on, ends_on=ends_on, total=total.quantize(CENT),
        currency=books.currency, on_request=on_request, on_order=on_order, on_invoice=on_invoice,
        made_by=by, made_at=at,
    )  # fmt: skip
    fields = {"title": budget.title, "total": budget.total, "currency": budget.currency, "unit": unit.code}
    record(events.BUDGET_ADDED, budget, by=by, at=at, fields=fields)
    return budget


@transaction.atomic
def change_total(*, budget: Budget, total: Decimal, by: Person, at: datetime) -> Budget:
    """More or less money; never less than what the lines were granted. Raise GrantsTooMuch."""
    budget = Budget.objects.select_for_update(of=("self",)).select_related("unit").get(pk=budget.pk)
    if total < budget.allotted:
        raise GrantsTooMuch(
            _("The lines were granted %(granted)s together: take from them first.")
            % {"granted": f"{budget.allotted:,.2f} {budget.currency}"}
        )
    if total == budget.total:
        return budget
    budget.total = total.quantize(CENT)
    budget.save(update_fields=["total"])
    fields = {
        "title": budget.title, "total": budget.total, "currency": budget.currency, "unit": budget.unit.code,
    }  # fmt: skip
    record(events.BUDGET_CHANGED, budget, by=by, at=at, fields=fields)
    return budget


@transaction.atomic
def add_line(
    *, budget: Budget, code: str, title: str, owner: Person, granted: Decimal, words: Mapping[str, str],
    by: Person, at: datetime, plan: Plan | None = None, channel: str = "other",
) -> BudgetLine:  # fmt: skip
    """Grant money to a need; its core is released at once. ``words``: need, evidence, alternative.

    Raise BudgetUnclear, LineCodeTaken, GrantsTooMuch.
    """
    budget = Budget.objects.select_for_update(of=("self",)).select_related("unit").get(pk=budget.pk)
    granted = granted.quantize(CENT)
    _require_words(words)
    if granted <= 0:
        raise BudgetUnclear(_("A line has money: write more than nothing."))
    if budget.lines.filter(code=code).exists():
        raise LineCodeTaken(_("The budget has a line %s. Choose another code.") % code)
    _require_room(budget, granted)
    if plan is not None:
        _require_plan(budget, plan, granted)
    line = BudgetLine.objects.create(
        budget=budget, code=code, title=title.strip(), owner=owner, plan=plan, channel=channel or "other",
        granted=granted, released=core_of(granted), may_overrun=_may_overrun(budget),
        **{name: words[name].strip() for name in WORDS},
    )  # fmt: skip
    budget.allotted += granted
    budget.save(update_fields=["allotted"])
    record(events.LINE_ADDED, budget.unit, by=by, at=at, fields=_said(line))
    return line


@transaction.atomic
def remove_line(*, line: BudgetLine, by: Person, at: datetime) -> None:
    """Give back what nothing was done with. Raise BudgetUnclear where the ledger knows it."""
    budget = Budget.objects.select_for_update(of=("self",)).select_related("unit").get(pk=line.budget_id)
    line = BudgetLine.objects.select_for_update().get(pk=line.pk)
    if line.entries.exists() or line.releases.exists():
        raise BudgetUnclear(_("Money has moved on this line: it stays, with its ledger."))
    record(events.LINE_REMOVED, budget.unit, by=by, at=at, fields=_said(line))
    budget.allotted -= line.granted
    line.delete()
    budget.save(update_fields=["allotted"])


def _require_words(words: Mapping[str, str]) -> None:
    if missing := [name for name in WORDS if not words.get(name, "").strip()]:
        raise BudgetUnclear(
            _("Built from zero, a line says: %s.")
            % in_a_row((str(WORDS[name]) for name in missing), get_language())
        )


def _require_room(budget: Budget, granted: Decimal) -> None:
    left = budget.total - budget.allotted
    if granted > left:
        raise GrantsTooMuch(
            _("%(left)s are left in “%(budget)s”; the line asks for %(asked)s.")
            % {"left": f"{left:,.2f} {budget.currency}", "budget": budget.title, "asked": f"{granted:,.2f}"}
        )


def _require_plan(budget: Budget, plan: Plan, granted: Decimal) -> None:
    """A campaign's lines add up to its money at most, whichever budgets they stand in."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.stage in (Stage.CLOSED, Stage.CANCELLED):
        raise BudgetUnclear(_("The campaign “%s” has ended: it gets no more money.") % plan.title)
    if plan.currency != budget.currency:
        raise BudgetUnclear(
            _("The campaign counts in %(one)s and the budget in %(other)s.")
            % {"one": plan.currency, "other": budget.currency}
        )
    have: Any = sum(BudgetLine.objects.filter(plan=plan).values_list("granted", flat=True), Decimal(0))
    if have + granted > plan.money:
        raise GrantsTooMuch(
            _("The campaign “%(plan)s” has %(money)s, of which %(have)s stand in lines already.")
            % {"plan": plan.title, "money": f"{plan.money:,.2f} {plan.currency}", "have": f"{have:,.2f}"}
        )


def _may_overrun(budget: Budget) -> bool:
    return {budget.on_order, budget.on_invoice} != {Control.STOP}


def _said(line: BudgetLine) -> dict[str, Any]:
    return {
        "budget": line.budget.title, "code": line.code, "granted": line.granted,
        "currency": line.budget.currency,
    }  # fmt: skip

"""The ledger of a budget: what is asked for, ordered, invoiced and taken back. Entries are never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.audit.actions import record
from remit.core.ref import Ref
from remit.core.text import day_in
from remit.governance.queries.rounds import approved_now
from remit.org.models import Person
from remit.org.queries.rates import rate_on

from .. import events
from ..enums import Control, MoneyStage, Stage
from ..models import BudgetEntry, BudgetLine, Plan
from ..queries.budgets import money_sum, used_by
from ..spending import CENT, NOTHING, Sums
from .approval import NotApproved

CLAUSE = "H4.2.2"
BEFORE = {MoneyStage.ORDER: MoneyStage.REQUEST, MoneyStage.INVOICE: MoneyStage.ORDER}


class OverBudget(ValueError):
    """The line does not have this much; the sentence says how much it has, and what to do."""


class EntryUnclear(ValueError):
    """The amount, its currency or what it draws on does not fit; the sentence says why."""


class EnteredBefore(ValueError):
    """The line has an entry of this reference already."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What is entered. ``currency``: of ``amount``; empty for the budget's own.

    ``draws_on``: the request that an order answers, or the order that an invoice does.
    """

    amount: Decimal
    on: date
    currency: str = ""
    reference: str = ""
    note: str = ""
    draws_on: BudgetEntry | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """The entry, and a sentence where the line is beyond what it has and the budget let it pass."""

    entry: BudgetEntry
    warning: str = ""


def ask_for_money(*, line: BudgetLine, movement: Movement, by: Person, at: datetime) -> Entered:
    """Enter what will be needed. Raise OverBudget, EntryUnclear, EnteredBefore."""
    return _enter(line, MoneyStage.REQUEST, movement, by, at)


def order(*, line: BudgetLine, movement: Movement, by: Person, at: datetime) -> Entered:
    """Commit money, drawing on a request if one is named.

    Raise OverBudget, EntryUnclear, EnteredBefore; NotApproved where the line's campaign is not.
    """
    return _enter(line, MoneyStage.ORDER, movement, by, at)


def invoice(*, line: BudgetLine, movement: Movement, by: Person, at: datetime) -> Entered:
    """Enter what was spent, drawing on an order if one is named; a refund is negative. Raise as ``order``."""
    return _enter(line, MoneyStage.INVOICE, movement, by, at)


@transaction.atomic
def take_back(*, entry: BudgetEntry, by: Person, at: datetime) -> BudgetEntry:
    """Give back what is still open of a request or an order. Raise EntryUnclear."""
    line = _held(entry.line_id)
    if entry.stage == MoneyStage.INVOICE:
        raise EntryUnclear(_("What was invoiced is taken back by a negative invoice (a refund)."))
    left = open_of(entry)
    if left <= 0:
        raise EntryUnclear(_("Nothing of it is open any more."))
    back = _kept(line, entry.stage, -left, Movement(-left, entry.on, draws_on=entry), by, at)
    moved = {"forecast": -left} if entry.stage == MoneyStage.REQUEST else {"committed": -left}
    _save(line, _sums(line).moved(**moved))
    _record(line, back, by, at)
    return back


def open_of(entry: BudgetEntry) -> Decimal:
    """What of a request or an order nothing has drawn on yet."""
    drawn = entry.drawn.filter(stage=entry.stage).aggregate(sum=money_sum("amount"))["sum"] or NOTHING
    return Decimal(entry.amount + drawn)


@transaction.atomic
def _enter(line: BudgetLine, stage: MoneyStage, movement: Movement, by: Person, at: datetime) -> Entered:
    line = _held(line.pk)
    amount = _in_budget_currency(line, movement)
    _require_fit(line, stage, movement, amount)
    drawn = _drawn(line, stage, movement, amount)
    before = {MoneyStage.ORDER: "forecast", MoneyStage.INVOICE: "committed"}.get(stage)
    field = {
        MoneyStage.REQUEST: "forecast",
        MoneyStage.ORDER: "committed",
        MoneyStage.INVOICE: "spent",
    }[stage]
    was = _sums(line)
    sums = was.moved(**{field: amount}, **({before: -drawn} if before else {}))
    warning = _judged(line, stage, was, sums) or _judged_by_campaign(line, stage, was, sums)
    entry = _kept(line, stage, amount, movement, by, at, was_over=bool(warning))
    if drawn:
        _kept(line, BEFORE[stage], -drawn, Movement(-drawn, movement.on, draws_on=movement.draws_on), by, at)
    _save(line, sums)
    _record(line, entry, by, at)
    return Entered(entry, warning)


def _held(pk: int) -> BudgetLine:
    """The line, locked: movements of one line follow one another."""
    lines = BudgetLine.objects.select_for_update(of=("self",))
    return lines.select_related("budget__unit", "plan").get(pk=pk)


def _in_budget_currency(line: BudgetLine, movement: Movement) -> Decimal:
    own, theirs = line.budget.currency, movement.currency or line.budget.currency
    rate = rate_on(theirs, own, movement.on)
    if rate is None:
        raise EntryUnclear(
            _(
                "No rate from %(base)s to %(quote)s is known on %(day)s: import one, or write the "
                "amount in %(quote)s."
            )
            % {"base": theirs, "quote": own, "day": day_in(movement.on, get_language())}
        )
    return (movement.amount * rate).quantize(CENT, ROUND_HALF_UP)


def _require_fit(line: BudgetLine, stage: MoneyStage, movement: Movement, amount: Decimal) -> None:
    if amount == 0 or (amount < 0 and stage != MoneyStage.INVOICE):
        raise EntryUnclear(_("Write an amount above nothing; only an invoice may be negative (a refund)."))
    if not line.budget.starts_on <= movement.on <= line.budget.ends_on:
        raise EntryUnclear(_("The day lies outside the budget's period."))
    same_way = {"amount__gt": 0} if amount > 0 else {"amount__lt": 0}  # a refund may name its invoice
    if (
        movement.reference
        and line.entries.filter(stage=stage, reference=movement.reference, **same_way).exists()
    ):
        raise EnteredBefore(
            _("%s was entered on this line before; nothing was changed.") % movement.reference
        )
    if line.plan is not None and stage != MoneyStage.REQUEST:
        if not (approved := approved_now("campaign", Ref("plan", line.plan_id or 0))):
            raise NotApproved(
                _(
                    "Nothing is ordered or spent for the campaign “%(plan)s” before its approval (H5.1.1). "
                    "%(why)s"
                )
                % {"plan": line.plan.title, "why": approved.reason}
            )
        if line.plan.stage == Stage.CANCELLED:
            raise NotApproved(_("This campaign was cancelled: nothing more is spent on it."))
        if line.plan.stage == Stage.CLOSED and stage == MoneyStage.ORDER:
            raise NotApproved(
                _("This campaign is closed: what was ordered is still invoiced, nothing is ordered.")
            )


def _drawn(line: BudgetLine, stage: MoneyStage, movement: Movement, amount: Decimal) -> Decimal:
    """How much of the stage before is used up."""
    source = movement.draws_on
    if source is None:
        return NOTHING
    if source.line_id != line.pk or source.stage != BEFORE.get(stage) or source.amount < 0:
        raise EntryUnclear(_("An order draws on a request of its line, an invoice on an order of its line."))
    return max(NOTHING, min(amount, open_of(source)))


def _judged(line: BudgetLine, stage: MoneyStage, was: Sums, sums: Sums) -> str:
    """Nothing, or the warning; raise OverBudget where the stage is stopped.

    What takes nothing more than before (an invoice within its order, a refund) is never stopped.
    """
    budget, asks, control = line.budget, stage == MoneyStage.REQUEST, _control(line, stage)
    beyond = sums.beyond(with_forecast=asks)
    if beyond <= was.beyond(with_forecast=asks) or control == Control.IGNORE:
        return ""
    said = {
        "line": line.title, "released": f"{line.released:,.2f} {budget.currency}", "beyond": f"{beyond:,.2f}",
        "reserve": f"{line.reserve:,.2f}",
    }  # fmt: skip
    sentence = _(
        "“%(line)s” has %(released)s released, and this is %(beyond)s more. Its reserve holds %(reserve)s: "
        "ask for a release, or order less."
    )
    if control == Control.STOP:
        raise OverBudget(f"{sentence % said} ({CLAUSE})")
    return f"{sentence % said} ({CLAUSE})"


def _judged_by_campaign(line: BudgetLine, stage: MoneyStage, was: Sums, sums: Sums) -> str:
    """The same for the money of the line's campaign, which may be less than its lines have by now."""
    if line.plan_id is None or stage == MoneyStage.REQUEST or sums.used <= was.used:
        return ""
    control = _control(line, stage)
    # Movements on two lines of one campaign, and a deviation of its money, follow one another.
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=line.plan_id)
    beyond = used_by(plan) - was.used + sums.used - plan.money
    if beyond <= 0 or control == Control.IGNORE:
        return ""
    sentence = _(
        "The campaign “%(plan)s” has %(money)s approved, and this is %(beyond)s more. Ask for a deviation "
        "(H4.3.3), or order less."
    ) % {"plan": plan.title, "money": f"{plan.money:,.2f} {plan.currency}", "beyond": f"{beyond:,.2f}"}
    if control == Control.STOP:
        raise OverBudget(sentence)
    return sentence


def _control(line: BudgetLine, stage: MoneyStage) -> str:
    """What the line's budget does where a stage goes beyond."""
    budget = line.budget
    by_stage = {
        MoneyStage.REQUEST: budget.on_request,
        MoneyStage.ORDER: budget.on_order,
        MoneyStage.INVOICE: budget.on_invoice,
    }
    return by_stage[stage]


def _sums(line: BudgetLine) -> Sums:
    return Sums(line.released, line.forecast, line.committed, line.spent)


def _save(line: BudgetLine, sums: Sums) -> None:
    line.forecast, line.committed, line.spent = sums.forecast, sums.committed, sums.spent
    line.overrun = sums.beyond()
    line.save(update_fields=["forecast", "committed", "spent", "overrun"])


def _kept(
    line: BudgetLine, stage: str, amount: Decimal, movement: Movement, by: Person, at: datetime,
    *, was_over: bool = False,
) -> BudgetEntry:  # fmt: skip
    foreign = bool(movement.currency) and movement.currency != line.budget.currency
    return BudgetEntry.objects.create(
        line=line, stage=stage, amount=amount, of=movement.draws_on, on=movement.on, by=by, at=at,
        reference=movement.reference[:80], note=movement.note[:300], was_over=was_over,
        stated=movement.amount if foreign else None, currency=movement.currency if foreign else "",
        published=stage != MoneyStage.INVOICE,
    )  # fmt: skip


def _record(line: BudgetLine, entry: BudgetEntry, by: Person, at: datetime) -> None:
    fields = {
        "budget": line.budget.title, "code": line.code, "stage": entry.stage, "amount": entry.amount,
        "currency": line.budget.currency, "reference": entry.reference, "was_over": entry.was_over,
    }  # fmt: skip
    record(events.MONEY_MOVED, line.budget.unit, by=by, at=at, fields=fields)

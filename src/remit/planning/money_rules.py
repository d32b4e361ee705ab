"""Who sees and may do what with money. Without an assignment: nothing."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.org.enums import Ability
from remit.org.models import Person, Unit
from remit.org.queries.leading import paths_led_by
from remit.org.queries.scopes import below
from remit.org.queries.today import today
from remit.org.rules import paths_with, units_visible_to

from .enums import MoneyStage, ReleaseState
from .models import Budget, BudgetEntry, BudgetLine, Release, ReleaseRule
from .rules import plans_visible_to

CLAUSE = "H4.2.2"


def budgets_visible_to(person: Person, on: date | None = None) -> QuerySet[Budget]:
    """Of the units that the person sees."""
    return Budget.objects.filter(unit__in=units_visible_to(person, on))


def lines_visible_to(person: Person, on: date | None = None) -> QuerySet[BudgetLine]:
    """Of the budgets and of the plans that the person sees, and those that they answer for."""
    if not person.is_active:
        return BudgetLine.objects.none()
    of_plans = Q(plan__in=plans_visible_to(person, on))
    return BudgetLine.objects.filter(
        Q(owner=person) | Q(budget__in=budgets_visible_to(person, on)) | of_plans
    )


def entries_visible_to(person: Person, on: date | None = None) -> QuerySet[BudgetEntry]:
    """Of the lines that the person sees."""
    return BudgetEntry.objects.filter(line__in=lines_visible_to(person, on))


def releases_visible_to(person: Person, on: date | None = None) -> QuerySet[Release]:
    """Of the lines that the person sees."""
    return Release.objects.filter(line__in=lines_visible_to(person, on))


def release_rules_visible_to(person: Person, on: date | None = None) -> QuerySet[ReleaseRule]:
    """Of the lines that the person sees."""
    return ReleaseRule.objects.filter(line__in=lines_visible_to(person, on))


def units_with_budgets_of(person: Person) -> QuerySet[Unit]:
    """Units whose budgets the person keeps by their position, or as who heads them; those below included."""
    if not person.is_active:
        return Unit.objects.none()
    on = today()
    paths = [*paths_led_by(person, on), *paths_with(person, Ability.KEEP_BUDGETS, on)]
    return Unit.objects.filter(below(paths))


def can_keep_budget(person: Person, unit: Unit) -> Verdict:
    """Whether the person may give the unit money and grant it to lines: who heads it, or a unit above."""
    if units_with_budgets_of(person).filter(pk=unit.pk).exists():
        return ALLOWED
    return refused(_("Who heads the unit, or whose position keeps budgets, does this."), CLAUSE)


def can_spend(person: Person, line: BudgetLine) -> Verdict:
    """Whether the person may enter requests, orders and invoices: the line's owner, or the keeper."""
    if line.owner_id == person.pk and person.is_active:
        return ALLOWED
    if can_keep_budget(person, line.budget.unit):
        return ALLOWED
    return refused(_("The line's owner does this, or who keeps the budget."), CLAUSE)


def can_take_back(person: Person, entry: BudgetEntry) -> Verdict:
    """Whether the person may give back what is open of a request or an order."""
    if entry.stage == MoneyStage.INVOICE or entry.amount < 0:
        return refused(_("Only what is open of a request or an order is given back."), CLAUSE)
    return can_spend(person, entry.line)


def can_ask_release(person: Person, line: BudgetLine) -> Verdict:
    """Whether the person may ask for a part of the reserve."""
    if line.reserve <= 0:
        return refused(_("The reserve of this line is used up."), CLAUSE)
    return can_spend(person, line)


def can_drop_release(person: Person, release: Release) -> Verdict:
    """Whether the person may no longer ask for it: who asked, while it is not decided."""
    if release.by_id != person.pk or not person.is_active:
        return refused(_("Who asked for a release drops it."), CLAUSE)
    if release.state != ReleaseState.ASKED:
        return refused(_("This release was decided already."), CLAUSE)
    return ALLOWED

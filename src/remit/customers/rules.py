"""Who sees which customers."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import ALLOWED, Verdict, refused
from remit.lake.rules import can_import, units_importable_by
from remit.org.models import Person, Unit
from remit.org.queries.scopes import scope_of
from remit.org.queries.today import today

from .models import Claim, Conflict, Customer


def can_name_customers(person: Person, on: date | None = None) -> Verdict:
    """Whether pages may name customers to the person: they see every row of at least one company."""
    if scope_of(person, on or today()).companies:
        return ALLOWED
    return refused(_("Customers belong to a whole company; for a part of one they are counted, not named."))


def customers_visible_to(person: Person, on: date | None = None) -> QuerySet[Customer]:
    """The customers of the companies whose every row the person sees.

    A customer belongs to the company and to no region of it, so that somebody of a region sees none: their
    figures count customers, without naming them.
    """
    return Customer.objects.filter(unit__in=scope_of(person, on or today()).companies)


def can_decide_who(person: Person, unit: Unit) -> Verdict:
    """Whether a person may decide who is who in a company: whoever may import for it."""
    return can_import(person, unit)


def conflicts_visible_to(person: Person) -> QuerySet[Conflict]:
    """What is to be decided in the companies for which the person may decide."""
    return Conflict.objects.filter(unit__in=units_importable_by(person))


def claims_visible_to(person: Person) -> QuerySet[Claim]:
    """Claims of the companies for which the person may decide."""
    return Claim.objects.filter(unit__in=units_importable_by(person))

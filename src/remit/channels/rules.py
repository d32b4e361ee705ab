"""Who sees which outlets, and who may move one."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from remit.core.verdict import Verdict, refused
from remit.org.enums import Ability
from remit.org.models import Person
from remit.org.queries.scopes import scope_of
from remit.org.queries.today import today
from remit.org.rules import can_in

from .models import Outlet


def outlets_visible_to(person: Person, on: date | None = None) -> QuerySet[Outlet]:
    """All outlets of the companies in the person's scope, and the outlets of their regions."""
    scope = scope_of(person, on or today())
    return Outlet.objects.filter(Q(company__in=scope.companies) | Q(pk__in=scope.outlets))


def can_move_outlet(person: Person, outlet: Outlet, on: date | None = None) -> Verdict:
    """Who manages the units of the outlet's company may move it between them."""
    if not outlets_visible_to(person, on).filter(pk=outlet.pk).exists():
        return refused(_("There is no such outlet in your scope."))
    return can_in(person, Ability.MANAGE_PEOPLE, outlet.company, on)

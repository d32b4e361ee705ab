"""Name the customers whom a campaign is to reach: before its approval, and by a deviation after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from remit.core.text import in_a_row
from remit.customers.models import Customer
from remit.customers.rules import customers_visible_to
from remit.org.models import Person
from remit.org.queries.companies import books_of_units

from ..models import AudienceList, Campaign, ListedCustomer, Plan
from ..queries.audiences import reached_by
from ..rules import campaigns_visible_to
from .plan import change_plan

MOST, SHOWN, BATCH = 200_000, 5, 5_000


class AudienceUnclear(ValueError):
    """Nobody can be reached by what was given; the message says why."""


@dataclass(frozen=True, slots=True)
class Named:
    """Customers by their ``codes``; or all whom a campaign ``reached``, of these ages and areas."""

    codes: Sequence[str] = ()
    reached: Campaign | None = None
    age_groups: Sequence[str] = ()
    areas: Sequence[str] = ()


@transaction.atomic
def name_audience(*, plan: Plan, named: Named, by: Person, at: datetime) -> Plan:
    """The plan with this list; what was signed of it no longer stands. Raise AudienceUnclear,
    NotInPreparation.
    """
    laid = lay_list(plan=plan, named=named, by=by, at=at)
    if plan.listed and plan.listed.digest == laid.digest:
        laid.delete()
        return plan
    return change_plan(plan=plan, by=by, at=at, listed=laid)


@transaction.atomic
def drop_audience(*, plan: Plan, by: Person, at: datetime) -> Plan:
    """The plan without a list, as long as it is in preparation."""
    return change_plan(plan=plan, by=by, at=at, listed=None)


def lay_list(*, plan: Plan, named: Named, by: Person, at: datetime) -> AudienceList:
    """The list, kept but not yet the plan's, in the caller's transaction. Raise AudienceUnclear."""
    company = books_of_units()[plan.unit_id]
    customers = customers_visible_to(by).filter(unit=company)
    found = _by_code(customers, named) if named.codes else _drawn(customers, named, by, company)
    if len(found) > MOST:
        raise AudienceUnclear(_("A list names at most %d customers.") % MOST)
    digest = sha256("\n".join(sorted(found)).encode()).hexdigest()
    row = AudienceList.objects.create(
        plan=plan, basis=_basis(named), size=len(found), digest=digest, by=by, at=at
    )
    rows = (ListedCustomer(audience=row, customer_id=pk) for pk in found.values())
    ListedCustomer.objects.bulk_create(rows, batch_size=BATCH)
    return row


def _by_code(customers: QuerySet[Customer], named: Named) -> dict[str, int]:
    if named.reached or named.age_groups or named.areas:
        raise AudienceUnclear(_("Name the customers by their codes, or draw them: not both at once."))
    asked = dict.fromkeys(code.strip() for code in named.codes if code.strip())
    known = dict(customers.values_list("code", "pk").iterator())
    if unknown := [code for code in asked if code not in known]:
        raise AudienceUnclear(
            _("%(count)d codes are not on the list of customers: %(some)s.")
            % {
                "count": len(unknown),
                "some": in_a_row((code[:80] for code in unknown[:SHOWN]), get_language()),
            }
        )
    if not asked:
        raise AudienceUnclear(_("Nobody is named."))
    return {code: known[code] for code in asked}


def _drawn(customers: QuerySet[Customer], named: Named, by: Person, company: int) -> dict[str, int]:
    if not (named.reached or named.age_groups or named.areas):
        raise AudienceUnclear(_("Say whom: codes, an earlier campaign, ages or areas."))
    if named.age_groups:
        customers = customers.filter(age_group__in=named.age_groups)
    if named.areas:
        customers = customers.filter(area__in=named.areas)
    found = dict(customers.values_list("code", "pk").iterator())
    if named.reached:
        if not campaigns_visible_to(by).filter(pk=named.reached.pk, unit=company).exists():
            raise AudienceUnclear(_("This campaign is none of the company."))
        reached = reached_by(named.reached)
        found = {code: pk for code, pk in found.items() if pk in reached}
    if not found:
        raise AudienceUnclear(_("No customer fits: the list would be empty."))
    return found


def _basis(named: Named) -> dict[str, object]:
    """As plain values; nothing of codes: the list itself has them."""
    if named.codes:
        return {"codes": True}
    said: dict[str, object] = {"reached": named.reached.pk} if named.reached else {}
    said |= {"age_groups": sorted(named.age_groups)} if named.age_groups else {}
    return said | ({"areas": sorted(named.areas)} if named.areas else {})

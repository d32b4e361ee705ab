"""Who is who: what somebody has to decide, and what can be taken apart."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from remit.customers.actions import restore_claim, settle_conflict, withdraw_claim
from remit.customers.actions.identity import AlreadySettled, StillTwoPeople
from remit.customers.models import Claim, Conflict
from remit.customers.rules import can_decide_who, claims_visible_to, conflicts_visible_to
from remit.lake.rules import can_import_anywhere

from ..companies import company_column, company_filter
from ..doing import tried
from ..lists import Column, Listing
from ..requiring import require
from ..who import who

COLUMNS = (
    Column("person", gettext_lazy("Person code"), value=lambda row: row.claim.person_code,
           href=lambda row: reverse("customers_conflict", args=[row.pk])),
    Column("rule", gettext_lazy("Known by"), value=lambda row: row.claim.get_kind_display()),
    Column("held", gettext_lazy("So far"), value=lambda row: row.held.code, sort="held__code"),
    Column("claimed", gettext_lazy("Now said"), value=lambda row: row.claimed.code, sort="claimed__code"),
    Column("at", gettext_lazy("Said"), value=lambda row: row.claim.at, kind="moment", sort="claim__at"),
    company_column(),
)  # fmt: skip


@require_GET
def conflicts(request: HttpRequest) -> HttpResponse:
    """Claims that would make one person of two known customers, newest first."""
    require(can_import_anywhere(who(request)))
    found = Listing(
        request,
        _rows(request),
        COLUMNS,
        name="conflicts_of_identity",
        search=("claim__person_code", "held__code", "claimed__code"),
        filters=company_filter(who(request)),
        sort="-at",
    )
    return found.export() or render(request, "customers/conflicts.html", {"listing": found})


@require_GET
def conflict(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """One of them, with what can be decided."""
    return render(request, "customers/conflict.html", {"conflict": _conflict(request, conflict_id)})


@require_POST
def decision(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """Keep the person with the customer so far, or follow what is said now (``follow``)."""
    found = _conflict(request, conflict_id)
    require(can_decide_who(who(request), found.unit))
    given: dict[str, Any] = {"conflict": found, "follow": request.POST.get("follow") == "1"}
    wrong = (AlreadySettled, StillTwoPeople)
    if not tried(request, settle_conflict, wrong, said=_("Decided."), **given):
        return redirect("customers_conflict", found.pk)
    return redirect("customers_conflicts")


@require_POST
def apart(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Take apart: the claim counts no longer."""
    claim = _claim(request, claim_id)
    tried(request, withdraw_claim, (), said=_("Taken apart."), claim=claim)
    return _back(request, claim)


@require_POST
def together(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Put together again: the claim counts."""
    claim = _claim(request, claim_id)
    tried(request, restore_claim, (), claim=claim)
    messages.success(request, _("Put together again."))
    return _back(request, claim)


def _rows(request: HttpRequest) -> Any:
    return conflicts_visible_to(who(request)).select_related("claim", "held", "claimed", "unit")


def _conflict(request: HttpRequest, conflict_id: int) -> Conflict:
    found: Conflict = get_object_or_404(_rows(request), pk=conflict_id)
    return found


def _claim(request: HttpRequest, claim_id: int) -> Claim:
    claim: Claim = get_object_or_404(claims_visible_to(who(request)).select_related("unit"), pk=claim_id)
    require(can_decide_who(who(request), claim.unit))
    return claim


def _back(request: HttpRequest, claim: Claim) -> HttpResponse:
    """To the customer's page that the button stood on."""
    customer = request.POST.get("customer", "")
    if customer.isdecimal() and len(customer) < 19:
        return redirect("customers_customer", int(customer))
    return redirect("customers_list")

"""Targets: what figures should reach, and how far they have come."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.metrics.actions.target import TargetUnclear, remove_target, set_target
from remit.metrics.models import Target
from remit.metrics.rules import can_set_targets, targets_visible_to

from ..lists import Column, Filter, Listing
from ..who import who
from .forms import TargetForm, fraction, written
from .sight import Sight
from .targeted import Progress, progress

MOST_TARGETS = 200


@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    """Every target of the units that one sees, the latest first, each with where it stands."""
    sight = Sight.of(request)
    found = targets_visible_to(who(request)).select_related("unit", "owner").order_by("-last", "metric", "pk")
    rows = progress(list(found[:MOST_TARGETS]), sight)
    listing = Listing(
        request,
        rows,
        columns=(
            Column("title", _("Metric"), sort="title",
                   href=lambda p: reverse("figures_target", args=[p.target.pk]),
                   note=lambda p: p.unit_title),
            Column("days", _("Period"), note=lambda p: p.words),
            Column("goal", _("Target"), value=lambda p: p.written(p.target.value),
                   raw=lambda p: p.target.value, currency=lambda p: p.target.currency),
            Column("value", _("So far"), value=lambda p: p.written(p.value), raw=lambda p: p.value),
            Column("reached", _("Reached"), kind="share", sort="reached"),
            Column("state", _("On its way"), value=_state, kind="badge", tone=lambda p: p.tone),
            Column("owner", _("Owner"), value=lambda p: p.target.owner.title(get_language() or "zh-hant")),
        ),
        name="targets",
        search=lambda rows, text: [p for p in rows if text.casefold() in _searched(p)],
        filters=(Filter("whose", _("Whose"), [("own", _("own"))], apply=lambda rows, _v: [
            p for p in rows if p.target.owner_id == who(request).pk]),),
        row_id=lambda p: p.target.pk,
    )  # fmt: skip
    return listing.export() or render(request, "figures/targets.html", {"listing": listing})


def _searched(row: Progress) -> str:
    return f"{row.title} {row.unit_title}".casefold()


def _state(row: Progress) -> str:
    return {"good": _("yes"), "bad": _("behind")}.get(row.tone, "")


@require_http_methods(["GET", "POST"])
def target_new(request: HttpRequest) -> HttpResponse:
    """Set a target; ``?metric=&unit=`` fill the form."""
    sight = Sight.of(request)
    initial: dict[str, Any] = {"metric": request.GET.get("metric", ""), "owner": who(request).pk}
    unit = next((u for u in sight.units if u.code == request.GET.get("unit")), None) or next(
        iter(sight.units), None
    )
    if unit:
        initial["unit"] = unit.pk
    form = TargetForm(request.POST or None, initial=initial, sight=sight)
    if request.method == "POST" and form.is_valid() and _set(request, form):
        return redirect("figures_targets")
    return render(request, "figures/target_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def target(request: HttpRequest, target_id: int) -> HttpResponse:
    """One target: where it stands, and changing it."""
    sight = Sight.of(request)
    found = _find(request, target_id)
    verdict = can_set_targets(who(request), found.unit)
    (stands,) = progress([found], sight)
    initial = {
        "metric": found.metric, "unit": found.unit_id, "first": found.first, "last": found.last,
        "value": written(found.value, stands.measure), "currency": found.currency, "owner": found.owner_id,
    }  # fmt: skip
    form = TargetForm(request.POST or None, initial=initial, sight=sight) if verdict else None
    if request.method == "POST" and form and form.is_valid() and _set(request, form, replaces=found):
        return redirect("figures_targets")
    context = {"form": form, "stands": stands, "verdict": verdict, "target": found}
    status = 422 if form and form.errors else 403 if request.method == "POST" else 200
    return render(request, "figures/target.html", context, status=status)


@require_POST
def target_removal(request: HttpRequest, target_id: int) -> HttpResponse:
    """Take a target away."""
    found = _find(request, target_id)
    verdict = can_set_targets(who(request), found.unit)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("figures_target", found.pk)
    remove_target(target=found, by=who(request), at=timezone.now())
    messages.success(request, _("The target was removed."))
    return redirect("figures_targets")


def _set(request: HttpRequest, form: TargetForm, replaces: Target | None = None) -> bool:
    """Set the target of a valid form; say in the form why it cannot be."""
    data = form.cleaned_data
    verdict = can_set_targets(who(request), data["unit"])
    if not verdict:
        form.add_error("unit", verdict.reason)
        return False
    try:
        kept = set_target(
            metric=data["metric"],
            unit=data["unit"],
            period=form.period(),
            value=fraction(data["value"], form.measure()),
            currency=data["currency"],
            owner=data["owner"],
            by=who(request),
            at=timezone.now(),
        )
    except TargetUnclear as error:
        form.add_error(None, str(error))
        return False
    if replaces is not None and replaces.pk != kept.pk:
        remove_target(target=replaces, by=who(request), at=timezone.now())
    messages.success(request, _("The target is set."))
    return True


def _find(request: HttpRequest, target_id: int) -> Target:
    rows = targets_visible_to(who(request)).select_related("unit", "owner")
    return get_object_or_404(rows, pk=target_id)

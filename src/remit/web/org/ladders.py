"""Career ladders."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from remit.org.actions import add_criterion, add_ladder, add_rung, remove_criterion, remove_rung
from remit.org.actions.ladder import (
    CriterionIncomplete,
    LadderCodeTaken,
    PositionStandsThere,
    SkillAskedAlready,
)
from remit.org.growth_rules import ladders_visible_to
from remit.org.models import Ladder
from remit.org.queries.ladders import criteria_on, with_rungs
from remit.org.queries.readiness import climbs_of
from remit.org.queries.today import today
from remit.org.rules import can_shape_positions, positions_visible_to

from ..requiring import require
from ..who import who
from .growth_forms import CriterionForm, LadderForm, RungForm


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every ladder from the lowest rung to the highest, and where one stands oneself."""
    context = {
        "ladders": with_rungs(ladders_visible_to(who(request))).order_by("code"),
        "own": {climb.standing.pk for climb in climbs_of(who(request), today())},
        "may_change": can_shape_positions(who(request)),
    }
    return render(request, "org/ladders.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add a ladder."""
    require(can_shape_positions(who(request)))
    form = LadderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ladder = add_ladder(**form.cleaned_data, by=who(request), at=timezone.now())
        except LadderCodeTaken as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, _("The ladder was added. Put positions on it, the lowest first."))
            return redirect("org_ladder", ladder.pk)
    back = reverse("org_ladders")
    context = {"form": form, "title": _("Add ladder"), "back": back, "parent": _("Career ladders")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


@require_GET
def page(request: HttpRequest, ladder_id: int) -> HttpResponse:
    """One ladder, with what each rung asks for."""
    return _page(request, _found(request, ladder_id))


def _found(request: HttpRequest, ladder_id: int) -> Ladder:
    return get_object_or_404(with_rungs(ladders_visible_to(who(request))), pk=ladder_id)


def _page(request: HttpRequest, ladder: Ladder, **forms: object) -> HttpResponse:
    viewer = who(request)
    may_change = can_shape_positions(viewer)
    context = {
        "ladder": ladder,
        "own": {climb.standing.pk for climb in climbs_of(viewer, today())},
        "open_positions": set(positions_visible_to(viewer).values_list("pk", flat=True)),
        "may_change": may_change,
        "rung_form": RungForm(by=viewer) if may_change else None,
        "criterion_form": CriterionForm(by=viewer, ladder=ladder) if may_change else None,
        **forms,
    }
    return render(request, "org/ladder.html", context, status=422 if forms else 200)


@require_http_methods(["POST"])
def rungs(request: HttpRequest, ladder_id: int) -> HttpResponse:
    """Put a position on top."""
    ladder = _found(request, ladder_id)
    require(can_shape_positions(who(request)))
    form = RungForm(request.POST, by=who(request))
    if form.is_valid():
        try:
            add_rung(ladder=ladder, **form.cleaned_data, by=who(request), at=timezone.now())
        except PositionStandsThere as error:
            form.add_error("position", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("org_ladder", ladder.pk)
    return _page(request, ladder, rung_form=form)


@require_http_methods(["POST"])
def rung_removal(request: HttpRequest, ladder_id: int, rung_id: int) -> HttpResponse:
    """Take a rung from its ladder."""
    ladder = _found(request, ladder_id)
    require(can_shape_positions(who(request)))
    remove_rung(rung=get_object_or_404(ladder.rungs, pk=rung_id), by=who(request), at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("org_ladder", ladder.pk)


@require_http_methods(["POST"])
def criteria(request: HttpRequest, ladder_id: int) -> HttpResponse:
    """Ask for something before somebody steps on a rung."""
    ladder = _found(request, ladder_id)
    require(can_shape_positions(who(request)))
    form = CriterionForm(request.POST, by=who(request), ladder=ladder)
    if form.is_valid():
        try:
            add_criterion(**form.cleaned_data, by=who(request), at=timezone.now())
        except (CriterionIncomplete, SkillAskedAlready) as error:
            form.add_error("kind", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("org_ladder", ladder.pk)
    return _page(request, ladder, criterion_form=form)


@require_http_methods(["POST"])
def criterion_removal(request: HttpRequest, ladder_id: int, criterion_id: int) -> HttpResponse:
    """Ask for it no longer."""
    ladder = _found(request, ladder_id)
    require(can_shape_positions(who(request)))
    found = get_object_or_404(criteria_on(ladder), pk=criterion_id)
    remove_criterion(criterion=found, by=who(request), at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("org_ladder", ladder.pk)

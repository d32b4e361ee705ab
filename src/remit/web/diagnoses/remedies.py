"""What is done about a root cause: set it out, say that it was done, drop it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.learning.actions.remedy import add_remedy, drop_remedy, finish_remedy
from remit.learning.diagnosis_rules import can_settle, can_steer, remedies_visible_to
from remit.learning.models import Remedy

from ..doing import done
from ..requiring import require
from ..who import who
from .forms import DoneForm, DropRemedyForm, RemedyForm
from .page import WRONG
from .whys import found as why_found
from .whys import show


def found(request: HttpRequest, remedy_id: int) -> Remedy:
    """The remedy, if the person may see its diagnosis."""
    rows = remedies_visible_to(who(request)).select_related("why__diagnosis__unit", "why__parent")
    return get_object_or_404(rows, pk=remedy_id)


@require_POST
def adding(request: HttpRequest, why_id: int) -> HttpResponse:
    """Set out what is done."""
    why = why_found(request, why_id)
    require(can_steer(who(request), why.diagnosis))
    form = RemedyForm(request.POST, by=who(request))
    said = _("Set out. On its day the effect is read from data.")
    if done(request, form, add_remedy, WRONG, said=said, why=why):
        return redirect("diagnoses_why", why.pk)
    return show(request, why, remedy=form)


@require_POST
def finishing(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """It was done."""
    row = found(request, remedy_id)
    require(can_settle(who(request), row))
    form = DoneForm(request.POST)
    said = _("Done. On its day the effect is read from data.")
    if done(request, form, finish_remedy, WRONG, said=said, remedy=row):
        return redirect("diagnoses_why", row.why_id)
    return show(request, row.why, finishing=form, settling=row.pk)


@require_POST
def dropping(request: HttpRequest, remedy_id: int) -> HttpResponse:
    """It is not done after all."""
    row = found(request, remedy_id)
    require(can_settle(who(request), row))
    form = DropRemedyForm(request.POST)
    if done(request, form, drop_remedy, WRONG, said=_("Dropped; the reason stays."), remedy=row):
        return redirect("diagnoses_why", row.why_id)
    return show(request, row.why, dropping=form, settling=row.pk)

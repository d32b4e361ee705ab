"""Both sides of a promise: accept the answer, report it done, say what is missing, confirm."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.execution.actions.cooperation import (
    CooperationUnclear,
    NotAtThisStage,
    NotPromised,
    accept_answer,
    confirm_done,
    report_done,
    send_back,
)
from remit.execution.cooperation_rules import can_accept, can_confirm, can_report_done

from ..doing import done, tried
from ..requiring import require
from ..who import who
from .forms import DoneForm, MissingForm
from .page import found, show

WRONG = (CooperationUnclear, NotAtThisStage, NotPromised)


@require_POST
def accept(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """Take the answer as it is."""
    row, person = found(request, cooperation_id), who(request)
    require(can_accept(person, row))
    tried(request, accept_answer, WRONG, said=_("Accepted: it is promised."), cooperation=row)
    return redirect("cooperation_one", row.pk)


@require_POST
def report(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """It is done, says the asked side."""
    row, person = found(request, cooperation_id), who(request)
    require(can_report_done(person, row))
    form = DoneForm(request.POST)
    if done(request, form, report_done, WRONG, said=_("Reported. Who asked confirms it."), cooperation=row):
        return redirect("cooperation_one", row.pk)
    return show(request, row, reporting=form)


@require_POST
def missing(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """It is not done, says the asker."""
    row, person = found(request, cooperation_id), who(request)
    require(can_confirm(person, row))
    form = MissingForm(request.POST)
    if done(
        request,
        form,
        send_back,
        WRONG,
        said=_("The other side has been told what is missing."),
        cooperation=row,
    ):
        return redirect("cooperation_one", row.pk)
    return show(request, row, sending_back=form)


@require_POST
def confirm(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """It is done, says the asker too."""
    row, person = found(request, cooperation_id), who(request)
    require(can_confirm(person, row))
    tried(request, confirm_done, WRONG, said=_("Confirmed."), cooperation=row)
    return redirect("cooperation_one", row.pk)

"""Both sides of a promise: accept the answer, report it done, say what is missing, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.planning.actions.cooperation import (
    CooperationUnclear,
    NotAtThisStage,
    NotPromised,
    accept_answer,
    confirm_done,
    report_done,
    send_back,
)
from remit.planning.cooperation_rules import can_accept, can_confirm, can_report_done

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
    try:
        accept_answer(cooperation=row, by=person, at=timezone.now())
    except WRONG as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Accepted: it is promised."))
    return redirect("cooperation_one", row.pk)


@require_POST
def done(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """It is done, says the asked side."""
    row, person = found(request, cooperation_id), who(request)
    require(can_report_done(person, row))
    form = DoneForm(request.POST)
    if form.is_valid():
        try:
            report_done(cooperation=row, by=person, at=timezone.now(), **form.cleaned_data)
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Reported. Who asked confirms it."))
            return redirect("cooperation_one", row.pk)
    return show(request, row, reporting=form)


@require_POST
def missing(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """It is not done, says the asker."""
    row, person = found(request, cooperation_id), who(request)
    require(can_confirm(person, row))
    form = MissingForm(request.POST)
    if form.is_valid():
        try:
            send_back(cooperation=row, by=person, at=timezone.now(), **form.cleaned_data)
        except WRONG as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The other side has been told what is missing."))
            return redirect("cooperation_one", row.pk)
    return show(request, row, sending_back=form)


@require_POST
def confirm(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """It is done, says the asker too."""
    row, person = found(request, cooperation_id), who(request)
    require(can_confirm(person, row))
    try:
        confirm_done(cooperation=row, by=person, at=timezone.now())
    except WRONG as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Confirmed."))
    return redirect("cooperation_one", row.pk)

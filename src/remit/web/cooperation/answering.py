"""The asked side: write the answer, sign it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from remit.execution.actions.cooperation import NotAtThisStage
from remit.execution.actions.feasibility import AnswerUnclear, sign_answer, write_answer
from remit.execution.cooperation_rules import can_answer
from remit.governance.actions.signature import (
    AlreadyDecided,
    ChangedSinceOpened,
    NotAnswered,
    NotYours,
    ReasonMissing,
)

from ..doing import done
from ..requiring import require
from ..who import who
from .forms import AnswerForm, SignAnswerForm
from .page import found, show

NOT_SIGNED = (AlreadyDecided, ChangedSinceOpened, NotAnswered, NotYours, ReasonMissing)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """Say what is feasible, who does it and by when."""
    row, person = found(request, cooperation_id), who(request)
    require(can_answer(person, row))
    form = AnswerForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and done(
        request,
        form,
        write_answer,
        (AnswerUnclear, NotAtThisStage),
        said=_("Kept. It counts once the head of the department has signed it."),
        cooperation=row,
    ):
        return redirect("cooperation_one", row.pk)
    context = {"form": form, "row": row}
    return render(request, "cooperation/answer.html", context, status=422 if form.errors else 200)


@require_POST
def signature(request: HttpRequest, cooperation_id: int) -> HttpResponse:
    """Sign exactly what was shown, or return what is unclear."""
    row, person = found(request, cooperation_id), who(request)
    form = SignAnswerForm(request.POST)
    returns = "return" in request.POST
    if form.is_valid() and returns and not form.cleaned_data["returned"].strip():
        form.add_error("returned", _("Say why: its author has to know what to change."))
    if not form.is_valid():
        return show(request, row, signing=form)
    said = form.cleaned_data
    try:
        sign_answer(
            cooperation=row, shown=said["shown"], returned=said["returned"] if returns else "", by=person,
            at=timezone.now(),
        )  # fmt: skip
    except NOT_SIGNED as error:
        return show(request, row, sign_error=str(error))
    done = _("Returned to its author with your reason.") if returns else _("Signed.")
    messages.success(request, done)
    return redirect("cooperation_one", row.pk)

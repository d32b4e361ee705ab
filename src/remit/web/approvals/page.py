"""One request: what is asked for, what the policy says, who signs, and one's own decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from remit.files.actions import store_file
from remit.files.actions.storing import DiskFull, FileTooLarge
from remit.governance.actions.paper import NotAsked, give_paper
from remit.governance.actions.request import NoPolicy, NotNow, NotTaken, ask_for_green, submit, withdraw
from remit.governance.actions.signature import (
    AlreadyDecided,
    ChangedSinceOpened,
    NoLongerPossible,
    NotAnswered,
    NotYours,
    ReasonMissing,
    sign,
)
from remit.governance.enums import Decision
from remit.governance.models import Request
from remit.governance.queries.requests import with_names
from remit.governance.queries.routes import steps_to_sign
from remit.governance.rules import can_give_paper, can_submit, can_withdraw, requests_visible_to
from remit.org.queries.organisation import organisation_on
from remit.org.queries.today import today

from ..doing import tried
from ..requiring import require
from ..who import who
from .drawn import page_of
from .forms import GreenForm, PaperForm, SignForm

NOT_SIGNED = (
    AlreadyDecided, ChangedSinceOpened, NoLongerPossible, NotAnswered, NotYours, ReasonMissing,
)  # fmt: skip


@require_GET
def page(request: HttpRequest, request_id: int) -> HttpResponse:
    """The request as it stands."""
    return _show(request, found(request, request_id))


def found(request: HttpRequest, request_id: int) -> Request:
    """The request, if the person may see it."""
    return get_object_or_404(with_names(requests_visible_to(who(request))), pk=request_id)


def _show(request: HttpRequest, one: Request, **more: Any) -> HttpResponse:
    context = page_of(one, who(request), timezone.now()) | more
    return render(request, "approvals/request.html", context, status=422 if more else 200)


@require_POST
def submission(request: HttpRequest, request_id: int) -> HttpResponse:
    """Lay it before those who sign first; every objection is said at once."""
    one = found(request, request_id)
    require(can_submit(who(request), one))
    try:
        submit(request=one, by=who(request), at=timezone.now())
    except NotTaken as refused:
        return _show(request, one, refused=refused.sentences)
    except (NoPolicy, NotNow) as error:
        return _show(request, one, refused=[str(error)])
    messages.success(request, _("Submitted. Who signs first has been told."))
    return redirect("approvals_request", one.pk)


@require_POST
def withdrawal(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take it back."""
    one = found(request, request_id)
    require(can_withdraw(who(request), one))
    tried(request, withdraw, NotNow, said=_("Withdrawn. It can be changed and submitted again."), request=one)
    return redirect("approvals_request", one.pk)


@require_POST
def green(request: HttpRequest, request_id: int) -> HttpResponse:
    """Ask for the green channel, or no longer."""
    one = found(request, request_id)
    require(can_submit(who(request), one))
    form = GreenForm(request.POST)
    if not form.is_valid():
        return _show(request, one, green=form)
    tried(request, ask_for_green, NotNow, request=one, reason=form.cleaned_data["reason"])
    return redirect("approvals_request", one.pk)


@require_POST
def paper(request: HttpRequest, request_id: int, code: str) -> HttpResponse:
    """Hand a document in."""
    one = found(request, request_id)
    require(can_give_paper(who(request), one))
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, one, paper_form=form, paper_code=code)
    given, by, at = form.cleaned_data["file"], who(request), timezone.now()
    try:
        stored = store_file(
            content=given.chunks(), name=given.name, owner=by, scope=one.unit, by=by, at=at
        )  # fmt: skip
        give_paper(request=one, code=code, file=stored, by=by, at=at)
    except (FileTooLarge, DiskFull) as error:
        form.add_error("file", str(error.args[-1]))
        return _show(request, one, paper_form=form, paper_code=code)
    except NotAsked as error:
        form.add_error("file", str(error))
        return _show(request, one, paper_form=form, paper_code=code)
    messages.success(request, _("The document was handed in."))
    return redirect("approvals_request", one.pk)


@require_POST
def signature(request: HttpRequest, request_id: int) -> HttpResponse:
    """Approve, return or refuse exactly what was shown."""
    one, person = found(request, request_id), who(request)
    form = SignForm(request.POST)
    on = today()
    steps = steps_to_sign(one, person, on, organisation_on(on))
    if not form.is_valid() or not steps:
        late = _("This was decided, withdrawn or changed meanwhile: look at it again.")
        return _show(request, one, sign_error=late)
    said = form.cleaned_data
    try:
        sign(
            step=steps[0][0], decision=said["decision"], shown=said["shown"], reason=said["reason"],
            by=person, at=timezone.now(),
        )  # fmt: skip
    except NOT_SIGNED as error:
        return _show(request, one, sign_error=str(error), sign_reason=said["reason"])
    done = {
        Decision.APPROVE: _("Signed."),
        Decision.RETURN: _("Returned to its author with your reason."),
        Decision.REFUSE: _("Refused, with your reason."),
    }
    messages.success(request, done[Decision(said["decision"])])
    return redirect("approvals_inbox")

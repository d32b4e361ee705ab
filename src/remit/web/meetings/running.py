"""Start a meeting, keep its minutes, close it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from remit.governance.actions.meeting import (
    NotReady,
    NotThen,
    Undecided,
    close_meeting,
    start_meeting,
    write_minutes,
)
from remit.governance.meeting_rules import can_close, can_keep_minutes, can_prepare, can_start

from ..doing import tried
from ..requiring import require
from ..who import who
from .forms import MinutesForm
from .page import found, show


@require_POST
def start(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Start it; what it lacks is said on its page, with the rule."""
    meeting, person = found(request, meeting_id), who(request)
    require(can_prepare(person, meeting))
    if not (verdict := can_start(person, meeting)):
        return show(request, meeting, refusal=verdict)
    tried(
        request,
        start_meeting,
        (NotReady, NotThen),
        said=_("It has begun. Settle each item, then close it."),
        meeting=meeting,
    )
    return redirect("meetings_meeting", meeting.pk)


@require_POST
def minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Keep what was said."""
    meeting, person = found(request, meeting_id), who(request)
    require(can_keep_minutes(person, meeting))
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return show(request, meeting, writing=form)
    try:
        write_minutes(meeting=meeting, **form.cleaned_data, by=person, at=timezone.now())
    except NotThen as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect("meetings_meeting", meeting.pk)


@require_POST
def close(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Close it; items without an outcome are named, with the rule."""
    meeting, person = found(request, meeting_id), who(request)
    require(can_keep_minutes(person, meeting))
    if not (verdict := can_close(person, meeting)):
        return show(request, meeting, refusal=verdict)
    tried(
        request,
        close_meeting,
        (Undecided, NotThen),
        said=_("Closed; who took part has been told."),
        meeting=meeting,
    )
    return redirect("meetings_meeting", meeting.pk)

"""Call a meeting, change it, cancel it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from remit.governance.actions.meeting import (
    MeetingUnclear,
    NotThen,
    call_meeting,
    cancel_meeting,
    change_meeting,
)
from remit.governance.meeting_rules import can_cancel, can_meet_in, can_prepare
from remit.governance.models import Meeting
from remit.org.models import Unit
from remit.org.queries.clocks import clocks

from ..doing import done
from ..requiring import require
from ..who import who
from .forms import ItemForms, MeetingForm, ReasonForm, moment_of, topics_by
from .page import found, show


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Call a meeting with its agenda."""
    person, at = who(request), timezone.now()
    form = MeetingForm(request.POST or None, by=person)
    items = ItemForms(request.POST or None, prefix="items", form_kwargs={"by": person})
    if request.method == "POST" and form.is_valid() and items.is_valid():
        given = form.cleaned_data
        require(can_meet_in(person, given["unit"]))
        starts_at = moment_of(given, _zone(given["unit"], given["on"]))
        if starts_at <= at:
            form.add_error("on", _("This time is past."))
        else:
            meeting = call_meeting(
                unit=given["unit"], title=given["title"], starts_at=starts_at, chair=given["chair"],
                people=given["people"], duration_min=given["duration_min"], place=given["place"],
                topics=topics_by(items), by=person, at=at,
            )  # fmt: skip
            messages.success(request, _("Called; who takes part has been told."))
            return redirect("meetings_meeting", meeting.pk)
    return _form(request, form, _("Call a meeting"), reverse("meetings_list"), items=items)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Move it, or invite others."""
    meeting, person = found(request, meeting_id), who(request)
    require(can_prepare(person, meeting))
    zone = clocks().zone_at(meeting.unit_id, meeting.starts_at)
    local = meeting.starts_at.astimezone(zone)
    form = MeetingForm(
        request.POST or None, by=person, meeting=meeting, initial={"on": local.date(), "at": local.time()}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        starts_at = moment_of(given, zone)
        values = {name: given[name] for name in ("title", "duration_min", "place", "chair")}
        if starts_at != meeting.starts_at and starts_at <= timezone.now():
            form.add_error("on", _("This time is past."))
        else:
            return _changed(request, meeting, form, {**values, "starts_at": starts_at})
    back = reverse("meetings_meeting", args=[meeting.pk])
    return _form(request, form, _("Change: %s") % meeting.title, back)


@require_POST
def cancel(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """It does not take place."""
    meeting = found(request, meeting_id)
    require(can_cancel(who(request), meeting))
    form = ReasonForm(request.POST)
    if done(
        request,
        form,
        cancel_meeting,
        (MeetingUnclear, NotThen),
        said=_("Cancelled; who takes part has been told."),
        meeting=meeting,
    ):
        return redirect("meetings_meeting", meeting.pk)
    return show(request, meeting, cancelling=form)


def _changed(
    request: HttpRequest, meeting: Meeting, form: MeetingForm, values: dict[str, Any]
) -> HttpResponse:
    try:
        change_meeting(
            meeting=meeting, people=form.cleaned_data["people"], **values, by=who(request), at=timezone.now()
        )
    except (MeetingUnclear, NotThen) as error:
        form.add_error(None, str(error))
        back = reverse("meetings_meeting", args=[meeting.pk])
        return _form(request, form, _("Change: %s") % meeting.title, back)
    messages.success(request, _("Saved; who takes part has been told."))
    return redirect("meetings_meeting", meeting.pk)


def _zone(unit: Unit, on: Any) -> Any:
    return clocks().zone(unit.pk, on)


def _form(
    request: HttpRequest, form: MeetingForm, title: str, back: str, *, items: Any = None
) -> HttpResponse:
    wrong = bool(form.errors) or (items is not None and items.is_bound and not items.is_valid())
    context = {"form": form, "items": items, "title": title, "back": back}
    return render(request, "meetings/form.html", context, status=422 if wrong else 200)
